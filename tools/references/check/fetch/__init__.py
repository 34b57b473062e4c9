"""Asking: one request at a time, within limits, to public hosts only, and what came of it."""
