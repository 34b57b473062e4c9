"""Remembering: what lasts from one run to the next, and loses nothing that was finished."""
