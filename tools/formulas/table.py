"""The formulas of the site as a table: a line each, with what it is bound to and what was tried."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from textwrap import fill

from .binding import Binding
from .checking import Outcome, Trial
from .pages import Formula

UNBOUND = "unbound"
NONE = "-"
GAP = "  "
WIDTH = 100
HEADING = ("formula", "function", "check", "draws", "caught", "same")


def listing(formulas: Sequence[Formula], bindings: Mapping[str, Binding]) -> Iterator[str]:
    """Yield a line for each formula: label, page, function and kind of check."""
    rows = [
        (
            formula.label,
            formula.page,
            (binding.function if binding else "") or NONE,
            binding.kind if binding else UNBOUND,
        )
        for formula in formulas
        for binding in [bindings.get(formula.label)]
    ]
    yield from _lines(rows)


def tried(results: Sequence[tuple[Outcome, Trial]]) -> Iterator[str]:
    """Yield a line for each formula that was checked, by pages, and one with the totals.

    A mutant is caught if it gives another result or is refused. Those that truly say the same as
    the formula have a column of their own.
    """
    heading, *rows = _lines([HEADING, *(_row(outcome, trial) for outcome, trial in results)])
    pages = (outcome.formula.page for outcome, _ in results)
    yield heading
    for page, lines in groupby(zip(pages, rows, strict=True), key=itemgetter(0)):
        yield ""
        yield page
        yield from (line for _, line in lines)
    total = _total([trial for _, trial in results])
    yield ""
    yield fill(
        f"{len(results)} formulas, {sum(len(outcome.cases) for outcome, _ in results)} draws. "
        f"Mutants caught: {_caught(total)}; {total.differing} of them give another result, "
        f"{total.refused} are refused. {total.equal} more say the same, each for a written reason.",
        WIDTH,
    )
    definitions = [outcome.binding for outcome, _ in results if outcome.binding.reason]
    if definitions:
        yield ""
        yield "Nothing can be computed of:"
        for binding in definitions:
            text = f"{binding.label}: {binding.reason}"
            yield fill(text, WIDTH, initial_indent=GAP, subsequent_indent=2 * GAP)


def _row(outcome: Outcome, trial: Trial) -> tuple[str, ...]:
    """Return the cells of one formula."""
    binding = outcome.binding
    counts = (str(len(outcome.cases)), _caught(trial)) if outcome.cases else (NONE, NONE)
    equal = str(trial.equal) if trial.equal else ""
    return (binding.label, binding.function or NONE, binding.kind, *counts, equal)


def _caught(trial: Trial) -> str:
    """Return how many mutants were caught, of those that are wrong."""
    return f"{trial.caught}/{trial.caught + trial.survived}"


def _total(trials: Sequence[Trial]) -> Trial:
    """Return the sums of trials."""
    return Trial(
        refused=sum(trial.refused for trial in trials),
        differing=sum(trial.differing for trial in trials),
        equal=sum(trial.equal for trial in trials),
        survived=sum(trial.survived for trial in trials),
    )


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines, with the columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()
