"""The record as tables: what was to be reached, whether it was, and what everything cost."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .record import Record, Run
from .server import Tally

Figure = Callable[[Run], float]
"""What one run says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure, of which work, and what it is to be at most."""

    work: str
    what: str
    figure: Figure
    reach: float | None = None
    shown: str = "{:.3f}"
    of_all: Callable[[list[float]], float] = statistics.median
    """What the runs say together; of limits that must never be passed, it is the worst."""


def _share_of_wall(checker: str, of: str) -> Figure:
    return lambda run: run.costs[checker].wall_s / run.costs[of].wall_s


def _both(run: Run) -> Sequence[Tally]:
    return [run.seen[name] for name in ("ours", "ours, next time")]


ROWS = (
    Row(
        work="polite-140",
        what="140 links with latency: wall time, share of lychee's",
        figure=_share_of_wall("ours", "lychee"),
        reach=0.28,
    ),
    Row(
        work="polite-140",
        what="the same, share of lychee's when that is told not to retry",
        figure=_share_of_wall("ours", "lychee, asking once"),
    ),
    Row(
        work="polite-1000",
        what="1,000 links with latency: wall time, share of lychee's",
        figure=_share_of_wall("ours", "lychee"),
        reach=0.38,
    ),
    Row(
        work="polite-1000",
        what="the same, share of lychee's when that is told not to retry",
        figure=_share_of_wall("ours", "lychee, asking once"),
    ),
    Row(
        work="polite-1000",
        what="1,000 links, when an earlier run has told which are slow: share of lychee's",
        figure=_share_of_wall("ours, next time", "lychee"),
    ),
    Row(
        work="polite-1000",
        what="the same, both times: most requests in flight at one host",
        figure=lambda run: max(seen.in_flight for seen in _both(run)),
        reach=10,
        shown="{:.0f}",
        of_all=max,
    ),
    Row(
        work="polite-1000",
        what="the same: most requests that were surely sent to one host within a second",
        figure=lambda run: max(seen.starts_per_s for seen in _both(run)),
        reach=20,
        shown="{:.0f}",
        of_all=max,
    ),
    Row(
        work="unlimited-10000",
        what="10,000 links without latency: processor time, share of `requests.get` for each",
        figure=lambda run: run.costs["ours"].cpu_s / run.costs["requests.get"].cpu_s,
        reach=0.5,
    ),
    Row(
        work="unlimited-10000",
        what="the same: wall time, times lychee's",
        figure=_share_of_wall("ours", "lychee"),
        reach=5,
        shown="{:.1f}",
    ),
    Row(
        work="unlimited-10000",
        what="the same: peak memory in MB",
        figure=lambda run: run.costs["ours"].rss_mb,
        reach=90,
        shown="{:.0f}",
        of_all=max,
    ),
    Row(
        work="again-1000",
        what="1,000 links, run again within `--max-age`: requests",
        figure=lambda run: run.seen["again"].requests,
        reach=0,
        shown="{:.0f}",
        of_all=max,
    ),
    Row(
        work="cluster-50000",
        what="50,000 links without latency: wall time of one Dask worker, share of ours alone",
        figure=_share_of_wall("1 worker", "ours"),
    ),
    Row(
        work="cluster-50000",
        what="the same: wall time of two workers, share of one's",
        figure=_share_of_wall("2 workers", "1 worker"),
    ),
)


def summary(record: Record) -> str:
    """Return what was reached, as Markdown."""
    reached = _table(("what", "measured", "reach", ""), _reached(record))
    return (
        f"{reached}\n\nMeasured on {record.date}: {record.machine}. "
        "In parentheses the range over several lists.\n"
    )


def costs(record: Record) -> str:
    """Return what every run cost, as Markdown."""
    head = ("work", "checker", "wall s", "processor s", "memory MB", "requests")
    seen = ("in flight at a host", "in a second at a host")
    return (
        f"{_table((*head, *seen), _costs(record))}\n\n"
        "The bound is what no polite checker can beat. Of a cluster, processor time and memory are "
        "those of the process that was started.\n"
    )


def conditions(record: Record) -> str:
    """Return what is to be known about the figures, as Markdown."""
    versions = ", ".join(f"{name} {number}" for name, number in record.versions.items())
    return (
        f"{versions}. {record.conditions}. Medians over lists with hosts and latency of their own, "
        "but the worst of memory and of limits.\n\n"
        "By default, lychee waits four times in full for a link that hangs; ours waits once in "
        "full and once, at the end, for a tenth of it. lychee looks at the status alone; ours "
        "reads the page, too. `requests.get` is not polite: it asks once, in 64 threads where "
        "there is latency and 16 elsewhere, without a pause.\n"
    )


def _reached(record: Record) -> Iterator[Sequence[str]]:
    for row in ROWS:
        if runs := record.works.get(row.work):
            values = [row.figure(run) for run in runs]
            value = row.of_all(values)
            low, high = (row.shown.format(end(values)) for end in (min, max))
            spread = "" if low == high else f" ({low} to {high})"
            reach = "" if row.reach is None else f"at most {row.reach:g}"
            word = "" if row.reach is None else "kept" if value <= row.reach else "missed"
            yield row.what, row.shown.format(value) + spread, reach, word


def _costs(record: Record) -> Iterator[Sequence[str]]:
    for work, runs in record.works.items():
        if not runs:
            continue
        if any(run.hanging for run in runs):
            yield work, "bound", f"{_median(runs, lambda run: run.bound_s):.1f}", *[""] * 5
        for checker in runs[0].costs:
            yield work, checker, *_cost(runs, checker)


def _cost(runs: Sequence[Run], checker: str) -> Iterator[str]:
    yield f"{_median(runs, lambda run: run.costs[checker].wall_s):.1f}"
    yield f"{_median(runs, lambda run: run.costs[checker].cpu_s):.2f}"
    yield f"{_median(runs, lambda run: run.costs[checker].rss_mb):.0f}"
    yield f"{_median(runs, lambda run: run.seen[checker].requests):.0f}"
    yield f"{_median(runs, lambda run: run.seen[checker].in_flight):.0f}"
    yield f"{_median(runs, lambda run: run.seen[checker].starts_per_s):.0f}"


def _median(runs: Sequence[Run], figure: Figure) -> float:
    return statistics.median(map(figure, runs))


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """Return a Markdown table that is a table to the eye as well."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths]
    padded = (
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in (head, rule, *lines[1:])
    )
    return "\n".join(f"| {line} |" for line in padded)
