"""What the options of the command say of how to ask."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to ask, and what not to."""

    timeout_s: float
    """Of a whole attempt, redirects included."""
    retries: int
    per_host: int
    """Requests in flight at one host."""
    interval_s: float
    """Between two starts at one host."""
    concurrency: int
    """Requests in flight at all hosts, by one process."""
    exclude: tuple[re.Pattern[str], ...] = ()
    allow_private: bool = False
    shard: tuple[int, int] = (1, 1)
    """Which part of how many, from 1."""
