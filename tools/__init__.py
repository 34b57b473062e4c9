"""The machines that keep the notes true; run from the root as ``python -m tools.<name>``."""
