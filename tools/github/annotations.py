"""Remarks on lines of files, in the form in which a step of a workflow prints them for GitHub.

The runner takes a line for a command by its beginning, ``::``, and ends it at the line's end: text
is escaped as the runner unescapes it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 10
"""How many annotations of a level GitHub shows of one step; the others it drops without a word."""

DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


class Level(StrEnum):
    """How much an annotation matters, in the runner's words."""

    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A remark on a line of a file."""

    level: Level
    file: str
    """Relative to the root of the repository."""
    line: int
    title: str
    message: str


def commands(annotations: Sequence[Annotation]) -> Iterator[str]:
    """Yield a command for each annotation, in their order, as far as GitHub shows them.

    Where there are more of a level, the last that is shown says how many are not.
    """
    totals = Counter(annotation.level for annotation in annotations)
    told: Counter[Level] = Counter()
    for annotation in annotations:
        level = annotation.level
        told[level] += 1
        if totals[level] <= SHOWN or told[level] < SHOWN:
            place = f"file={annotation.file.translate(PROPERTY)},line={annotation.line}"
            title = annotation.title.translate(PROPERTY)
            yield f"::{level} {place},title={title}::{annotation.message.translate(DATA)}"
        elif told[level] == SHOWN:
            left = totals[level] - SHOWN + 1
            yield f"::{level}::{left} more, for which there is no room here; see the summary"
