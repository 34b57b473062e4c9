"""The list's links beside what is known of them: for what tells of them, and what mends them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import store
from .check.memory.history import Failing
from .check.memory.standing import Standing, standing
from .check.memory.state import State
from .check.verdict import LinkResult, Verdict, counted
from .model import Reference
from .schema import line_of
from .store import ReferenceList


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a link stands, and the entry it belongs to."""

    file: str
    line: int
    work: Reference
    field: str
    """``url`` or ``related``."""

    def __str__(self) -> str:
        """Return ``file:line``."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the list with what is known of it."""

    places: Sequence[Place]
    """All of them, in the order of the list."""
    result: LinkResult
    failing: Failing | None
    standing: Standing

    def history(self) -> Iterator[str]:
        """Yield when it was asked, and for how long it has been failing."""
        if self.result.checked_at:
            yield f"asked on {self.result.checked_at.date()}"
        row = self.failing
        if row and row.dead_since and self.result.verdict is Verdict.DEAD:
            yield f"dead in {counted(row.dead_runs, 'run')} since {row.dead_since.date()}"
        elif row:
            yield f"failed in {counted(row.runs, 'run')} since {row.since.date()}"


def places(listing: ReferenceList) -> dict[str, list[Place]]:
    """Return each link of a list, in its order, with all places where it stands.

    Raises:
        ListError: when the list has faults of structure.
    """
    file = store.place(listing.path, 0)
    found: dict[str, list[Place]] = {}
    for work, entry in zip(listing.references(), listing.entries, strict=True):
        for field, url in entry.links():
            place = Place(file=file, line=line_of(url), work=work, field=field)
            found.setdefault(url.value.strip(), []).append(place)
    return found


def links(found: Mapping[str, Sequence[Place]], observed: State) -> Iterator[Link]:
    """Yield the links that were checked, in the order of the list."""
    for url, where in found.items():
        result = observed.links.get(url)
        if result is not None:
            row = observed.failing.get(url)
            yield Link(places=where, result=result, failing=row, standing=standing(result, row))
