"""What can be said of a link: the vocabulary of verdicts, and one result per link."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..occurrence import Occurrence


class Verdict(StrEnum):
    """What became of a link, the worst first; the order is that of every listing."""

    DEAD = "dead"  # gone, no such host, redirect loop
    ANCHOR = "anchor"  # the page is alive, the fragment is gone
    TRANSIENT = "transient"  # time-out, reset, 429, 5xx: no proof of death
    BLOCKED = "blocked"  # a wall against programs: a person can still see it
    MOVED = "moved"  # alive behind a permanent redirect
    EXCLUDED = "excluded"  # not asked, by a rule
    ALIVE = "alive"


BROKEN = frozenset({Verdict.DEAD, Verdict.ANCHOR})
"""What a reader cannot use: exit status 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkResult:
    """One link and what became of it. The fields are those of ``--json``."""

    url: str
    """As the source has it."""
    verdict: Verdict
    reason: str
    status_code: int | None = None
    """Of the last response of the redirect chain."""
    new_url: str | None = None
    """Where a moved link lives now: the end of the permanent part of its redirects."""
    archive_url: str | None = None
    elapsed_s: float = 0.0
    """How long the last attempt took, redirects included."""
    checked_at: datetime | None = None
    """In UTC, to the second; None for a link that was not asked."""
    attempts: int = 0
    occurrences: tuple[Occurrence, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the result as JSON has it, the fields in this order."""
        document: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        if self.checked_at is not None:
            document["checked_at"] = self.checked_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        document["occurrences"] = [{"file": o.file, "line": o.line} for o in self.occurrences]
        return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The results of a run, in the order of the sources, and what it cost."""

    results: tuple[LinkResult, ...]
    requests: int
    wall_s: float

    def count(self, verdict: Verdict) -> int:
        """Return how many links have this verdict."""
        return sum(result.verdict is verdict for result in self.results)

    def headline(self) -> str:
        """Return the counts in one line: "134 links: 1 dead, 133 alive; 140 requests in 12.3 s"."""
        counts = [(self.count(verdict), verdict) for verdict in Verdict]
        told = ", ".join(f"{n} {verdict}" for n, verdict in counts if n) or "nothing to check"
        links = counted(len(self.results), "link")
        return f"{links}: {told}; {counted(self.requests, 'request')} in {self.wall_s:.1f} s"


def counted(n: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
