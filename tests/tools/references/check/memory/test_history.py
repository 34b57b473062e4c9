"""When a failure is proof enough: rows of runs with dates, counted by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from tools.references.check.memory.history import Failing, after, is_confirmed_dead, is_unreachable
from tools.references.check.verdict import LinkResult, Verdict

BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECOND = 1 / 86_400


def moment(day: float) -> datetime:
    """Return a moment some days after the first."""
    return BEGIN + timedelta(seconds=round(day * 86_400))


def asked(verdict: str, day: float | None) -> LinkResult:
    """Return the result of a run on a day; None for a link that was not asked."""
    return LinkResult(
        url="https://e.example/",
        verdict=Verdict(verdict),
        reason="told",
        checked_at=None if day is None else moment(day),
    )


def row(*runs: tuple[str, float | None]) -> tuple[Failing | None, LinkResult]:
    """Return the row after some runs, and the result of the last."""
    failing, result = None, None
    for verdict, day in runs:
        result = asked(verdict, day)
        failing = after(failing, result)
    assert result is not None
    return failing, result


def test_first_failure_begins_a_row():
    """A row knows since when it lasts, and apart from that since when the link is dead."""
    assert row(("transient", 0))[0] == Failing(since=moment(0), runs=1)
    assert row(("dead", 0))[0] == Failing(
        since=moment(0), runs=1, dead_since=moment(0), dead_runs=1
    )


def test_row_counts_dead_runs_apart():
    """A transient run makes the row longer, but neither begins nor ends its death."""
    failing, _ = row(("transient", 0), ("dead", 1), ("transient", 2), ("dead", 5))
    assert failing == Failing(since=moment(0), runs=4, dead_since=moment(1), dead_runs=2)


@pytest.mark.parametrize("verdict", ["alive", "moved", "blocked", "anchor"])
def test_whoever_answers_ends_the_row(verdict):
    """One run in which the page was there, or a wall before it, and all counting starts anew."""
    assert row(("dead", 0), ("dead", 1), (verdict, 2))[0] is None
    failing, _ = row(("dead", 0), ("dead", 1), (verdict, 2), ("dead", 3))
    assert failing == Failing(since=moment(3), runs=1, dead_since=moment(3), dead_runs=1)


@pytest.mark.parametrize("unasked", [("excluded", None), ("excluded", 9), ("transient", None)])
def test_link_that_was_not_asked_stays_as_it_was(unasked):
    """Neither a rule nor a run without network says anything of a link."""
    assert row(("dead", 0), unasked)[0] == row(("dead", 0))[0]
    assert row(unasked)[0] is None


@pytest.mark.parametrize(
    "wrong",
    [
        Failing(since=moment(9), runs=5),
        Failing(since=moment(0), runs=5, dead_since=moment(9), dead_runs=4),
    ],
)
def test_row_from_the_future_proves_nothing(wrong):
    """What a clock that was wrong has left is begun anew."""
    assert after(wrong, asked("dead", 1)) == row(("dead", 1))[0]


@pytest.mark.parametrize(
    ("runs", "confirmed"),
    [
        ([("dead", 0)], False),
        ([("dead", 0), ("dead", 9)], False),
        ([("dead", 0), ("dead", 1), ("dead", 2 - SECOND)], False),
        ([("dead", 0), ("dead", 1), ("dead", 2)], True),
        ([("dead", 0), ("dead", 0), ("dead", 2)], True),
        ([("dead", 0), ("dead", 0.1), ("dead", 0.2), ("dead", 0.3)], False),
        ([("transient", 0), ("dead", 1), ("dead", 2), ("dead", 2.9)], False),
        ([("transient", 0), ("dead", 1), ("dead", 2), ("dead", 3)], True),
        ([("dead", 0), ("transient", 1), ("dead", 2)], False),
        ([("dead", 0), ("transient", 1), ("dead", 2), ("transient", 3), ("dead", 4)], True),
        ([("dead", 0), ("dead", 1), ("dead", 2), ("transient", 3)], False),
        ([("dead", 0), ("dead", 1), ("alive", 2), ("dead", 3)], False),
        ([("dead", 0), ("dead", 1), ("dead", 2), ("excluded", None), ("dead", 3)], True),
    ],
)
def test_death_is_confirmed_by_three_runs_over_two_days(runs, confirmed):
    """Three runs are needed, two whole days, and that the last one found it dead, too."""
    failing, last = row(*runs)
    assert is_confirmed_dead(failing, last) == confirmed
    assert not is_unreachable(failing, last)


@pytest.mark.parametrize(
    ("days", "last", "unreachable"),
    [
        ([0, 6, 12, 18, 24, 30], "transient", True),
        ([0, 6, 12, 18, 24, 30 - SECOND], "transient", False),
        ([0, 6, 12, 18, 30], "transient", False),
        ([0, 0, 0, 0, 0, 30], "transient", True),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8], "transient", False),
        ([0, 6, 12, 18, 24, 30], "dead", False),
    ],
)
def test_unreachable_takes_six_runs_over_thirty_days(days, last, unreachable):
    """Fewer runs or a shorter time are no month of silence; a dead link is not unreachable."""
    runs = [("transient", day) for day in days[:-1]]
    failing, result = row(*runs, (last, days[-1]))
    assert is_unreachable(failing, result) == unreachable
    assert not is_confirmed_dead(failing, result)


def test_dead_runs_count_for_being_unreachable():
    """A link that was found dead now and then, and now gives no answer, was not alive either."""
    failing, last = row(
        *[("dead" if day == 12 else "transient", day) for day in (0, 6, 12, 18, 24, 30)]
    )
    assert is_unreachable(failing, last)


def test_one_answer_within_the_month_ends_it():
    """Thirty days count only without a break."""
    failing, last = row(
        *[("alive" if day == 6 else "transient", day) for day in (0, 6, 12, 18, 24, 30, 35.9)]
    )
    assert not is_unreachable(failing, last)
    assert is_unreachable(*row(*[("transient", day) for day in (0, 6, 12, 18, 24, 35.9)]))


@pytest.mark.parametrize(
    ("failing", "sound"),
    [
        (Failing(since=moment(0), runs=1), True),
        (Failing(since=moment(0), runs=0), False),
        (Failing(since=moment(0), runs=3, dead_since=moment(0), dead_runs=3), True),
        (Failing(since=moment(0), runs=3, dead_since=moment(0), dead_runs=4), False),
        (Failing(since=moment(0), runs=3, dead_since=moment(0), dead_runs=0), False),
        (Failing(since=moment(0), runs=3, dead_runs=1), False),
        (Failing(since=moment(2), runs=3, dead_since=moment(1), dead_runs=1), False),
    ],
)
def test_row_that_cannot_be_is_known(failing, sound):
    """What is read from a file may contradict itself."""
    assert failing.is_sound() == sound
