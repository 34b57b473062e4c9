"""What a workflow tells GitHub, or a person at a desk: issues, pull requests, annotations.

All of it goes through the ``gh`` and ``git`` commands and the standard library: the job that may
write to the repository installs nothing.
"""
