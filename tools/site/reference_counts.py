"""The list by topic, by time and by verdict: what the picture draws and its tables count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..references.check.memory import state
from ..references.model import Kind, Reference, Topic
from .entries import authors_line
from .link_status import JUDGEMENTS, NOT_CHECKED, verdict
from .periods import NO_YEAR, periods

YEARS_FROM = 2010
"""From here on the picture has a column for each year; before, when works are few, for each
decade."""

SHAPES: dict[str, dict[Kind, str]] = {
    "circle": {Kind.PAPER: "papers"},
    "square": {
        Kind.BOOK: "books",
        Kind.COURSE: "courses",
        Kind.TUTORIAL: "tutorials",
        Kind.VIDEO: "videos",
        Kind.ENCYCLOPEDIA: "encyclopedia",
    },
    "diamond": {Kind.DATASET: "data sets", Kind.CODE: "code", Kind.TOOL: "tools"},
    "triangle": {Kind.NEWS: "news", Kind.ORGANIZATION: "organizations"},
}
"""The shape for works of each kind, and what those are called: research, what one learns from,
what one works with, and the rest. More than four shapes nobody could tell apart at this size."""
SHAPE_OF = {kind: shape for shape, kinds in SHAPES.items() for kind in kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work with where its link stands, in the words that the list has for it."""

    entry: Reference
    verdict: str

    @property
    def name(self) -> str:
        """Authors, year and title, and the verdict if there is one."""
        year = f"({self.entry.year})" if self.entry.year else ""
        lead = " ".join(filter(None, [authors_line(self.entry), year]))
        words = ", ".join(filter(None, [lead, self.entry.title]))
        return words if self.verdict == NOT_CHECKED else f"{words}: {self.verdict}"

    @property
    def shape(self) -> str:
        """The shape that stands for its kind."""
        return SHAPE_OF[self.entry.kind]

    @property
    def judgement(self) -> str:
        """What its verdict comes to."""
        return JUDGEMENTS[self.verdict]


Cell = tuple[Topic, int | None]
"""A main topic, and the first year of a column; None for works without a year."""


def works_of(entries: Iterable[Reference], status: state.State) -> list[Work]:
    """Return the entries with their verdicts, by shape, then year, then title."""
    shapes = list(SHAPES)
    works = [Work(entry=entry, verdict=verdict(entry, status)) for entry in entries]
    return sorted(
        works,
        key=lambda work: (
            shapes.index(work.shape),
            work.entry.year or 0,
            work.entry.title.casefold(),
        ),
    )


def topics_of(works: Iterable[Work]) -> list[Topic]:
    """Return the main topics that occur, in the order of the page."""
    found = {work.entry.topic for work in works}
    return [topic for topic in Topic if topic in found]


def columns(works: Iterable[Work]) -> list[range]:
    """Return the years of each column, with no gap between: decades, then single years."""
    years = [work.entry.year for work in works if work.entry.year]
    if not years:
        return []
    decades = range(min(years) // 10 * 10, YEARS_FROM, 10)
    single = range(max(YEARS_FROM, min(years)), max(years) + 1)
    return [range(first, first + 10) for first in decades] + [range(y, y + 1) for y in single]


def cells(works: Sequence[Work]) -> dict[Cell, list[Work]]:
    """Return the works of each cell of the picture, in their order."""
    first_of = {year: column.start for column in columns(works) for year in column}
    found: dict[Cell, list[Work]] = {}
    for work in works:
        year = work.entry.year
        found.setdefault((work.entry.topic, first_of[year] if year else None), []).append(work)
    return found


def by_period(works: Sequence[Work]) -> dict[str, Counter[Topic]]:
    """Return how many works of each topic each period has, the oldest first, no year last."""
    named = periods(work.entry.year for work in works)
    counts = {words: Counter[Topic]() for words in named.values() if words != NO_YEAR}
    for work in works:
        counts.setdefault(named[work.entry.year], Counter())[work.entry.topic] += 1
    return counts


def kinds_of(works: Iterable[Work]) -> dict[str, list[str]]:
    """Return, by shape, what the kinds that occur are called."""
    found = {work.entry.kind for work in works}
    names = {
        shape: [name for kind, name in kinds.items() if kind in found]
        for shape, kinds in SHAPES.items()
    }
    return {shape: kinds for shape, kinds in names.items() if kinds}


def verdicts_of(works: Iterable[Work]) -> dict[str, int]:
    """Return how often each verdict occurs, in the order of the legend."""
    counts = Counter(work.verdict for work in works)
    return {word: counts[word] for word in JUDGEMENTS if counts[word]}
