"""How long a link has been failing, and when that is proof enough: pure functions, no clock."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..verdict import LinkResult, Verdict

FAILURES = frozenset({Verdict.DEAD, Verdict.TRANSIENT})
"""Verdicts that make a row longer; every other one of a link that was asked ends it."""

DEAD_RUNS = 3
DEAD_OVER = timedelta(days=2)
"""How often, and for how long, a link must be found dead to be so for certain: pages come back
after a bad deployment or a lapsed domain, and one run may meet either."""

UNREACHABLE_RUNS = 6
UNREACHABLE_OVER = timedelta(days=30)
"""The same for a link that nobody answers for: no failure of it proves anything, a month does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """An unbroken row of runs in which a link was dead or transient."""

    since: datetime
    """When the first of them asked."""
    runs: int
    dead_since: datetime | None = None
    """When the first of them asked that found it dead; a transient one between does not count."""
    dead_runs: int = 0

    def is_sound(self) -> bool:
        """Return whether such a row can be: what a file says of one may be anything."""
        if self.dead_since is None:
            return self.runs >= 1 and self.dead_runs == 0
        return 1 <= self.dead_runs <= self.runs and self.since <= self.dead_since


def after(before: Failing | None, result: LinkResult) -> Failing | None:
    """Return the row with one more run's result; None if the link does not fail now.

    A link that was not asked stays as it was. A row from the future, which a clock that was wrong
    has left, proves nothing and is begun anew.
    """
    asked = result.checked_at
    if asked is None or result.verdict is Verdict.EXCLUDED:
        return before
    if result.verdict not in FAILURES:
        return None
    if before is None or before.since > asked or (before.dead_since or asked) > asked:
        before = Failing(since=asked, runs=0)
    row = replace(before, runs=before.runs + 1)
    if result.verdict is not Verdict.DEAD:
        return row
    return replace(row, dead_since=row.dead_since or asked, dead_runs=row.dead_runs + 1)


def is_confirmed_dead(failing: Failing, result: LinkResult) -> bool:
    """Return whether the last result is ``dead``, for the third time at least, over two days."""
    return (
        result.verdict is Verdict.DEAD
        and failing.dead_runs >= DEAD_RUNS
        and _lasts(failing.dead_since, result.checked_at, DEAD_OVER)
    )


def is_unreachable(failing: Failing, result: LinkResult) -> bool:
    """Return whether the last result is ``transient``, after six failing runs over 30 days."""
    return (
        result.verdict is Verdict.TRANSIENT
        and failing.runs >= UNREACHABLE_RUNS
        and _lasts(failing.since, result.checked_at, UNREACHABLE_OVER)
    )


def _lasts(since: datetime | None, until: datetime | None, over: timedelta) -> bool:
    return since is not None and until is not None and until - since >= over
