"""The reference list: parse, validate, categorize, add, check, export.

The authored list is ``docs/references/references.yml``, one entry per work; what was observed about
its links lives apart, in ``docs/references/link-status.json``, and is written by ``check`` alone.
"""
