"""Judging: what an answer means, from tables and pure functions; no clock, no network."""
