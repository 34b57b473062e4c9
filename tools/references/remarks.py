"""Remarks on the list: what its owner may want to look at, though nothing is wrong with it.

One small generator per remark, as in ``validate``; none of them changes an exit status.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import citing
from .categorize import categorize
from .schema import Entry, line_of
from .store import ReferenceList, place

CONFIDENT = 0.8
"""How sure the rules must be for each of their objections to be worth a look."""
DOUBT = "the rules differ, in doubt"
FEW = 5
"""So many remarks on one matter have a line each; of more the last is told, and their number."""
DOCUMENTS, SITE = "docs", "mkdocs.yml"
"""The folder that holds a site's pages, and the file beside it."""


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing to look at, and where."""

    line: int
    key: str
    """Id of the entry."""
    message: str
    matter: str
    """What remarks on other entries may be about, too; empty if it is told whatever they are."""


def remarks(listing: ReferenceList) -> list[Remark]:
    """Return the remarks on a list, by line; entries with faults have theirs, too."""
    found = [
        *without_note(listing.entries),
        *categorized_otherwise(listing.entries),
        *cited_nowhere(listing.entries, documents_of(listing.path)),
    ]
    return sorted(found)


def told(path: Path, found: Sequence[Remark], *, each: bool = False) -> list[str]:
    """Return the lines that tell the remarks: each in its own, or many on one matter in one.

    That one names the last entry, which is the newest.
    """
    on = Counter(remark.matter for remark in found)
    last = {remark.matter: remark for remark in found}
    lines = []
    for remark in found:
        who, what = remark.key, remark.message
        if remark.matter and on[remark.matter] > FEW and not each:
            if remark is not last[remark.matter]:
                continue
            who += f" and {on[remark.matter] - 1} others"
            what = remark.matter
        lines.append(f"{place(path, remark.line)}: remark: {who}: {what}")
    return lines


def without_note(entries: Sequence[Entry]) -> Iterator[Remark]:
    """Remark on entries that do not say what a reader gets from the work."""
    for entry in entries:
        if "note" not in entry.written:
            yield Remark(entry.line, _key(entry), "no note", "no note")


def categorized_otherwise(entries: Sequence[Entry]) -> Iterator[Remark]:
    """Remark on entries of which the rules hold that kind or main topic is another.

    The list wins: the rules see a title and an address, its owner knows the work.
    """
    for entry in entries:
        if not {"title", "url", "kind", "topics"} <= entry.values.keys():
            continue
        rules = categorize(entry.values["title"], entry.values["url"])
        differing = [
            (name, listed, ruled)
            for name, listed, ruled in (
                ("kind", entry.values["kind"], rules.kind),
                ("topics", entry.values["topics"][0], rules.topic),
            )
            if listed is not ruled
        ]
        if not differing:
            continue
        said = "; ".join(
            f"{name}: the list says {listed}, the rules {ruled}"
            for name, listed, ruled in differing
        )
        message = f"{said} (confidence {rules.confidence:.2f}; {rules.why})"
        line = line_of(entry.nodes[differing[0][0]])
        matter = "" if rules.confidence >= CONFIDENT else DOUBT
        yield Remark(line, _key(entry), message, matter)


def cited_nowhere(entries: Sequence[Entry], documents: Path | None) -> Iterator[Remark]:
    """Remark on entries of a site's list that none of its pages cites."""
    if documents is None:
        return
    cited = set()
    for page in citing.all_pages(documents):
        try:
            cited |= {citation.key for citation in citing.citations(documents, [page])}
        except (OSError, UnicodeDecodeError):
            continue  # the build tells of a page that it cannot read
    for entry in entries:
        if entry.values.get("id", "") not in cited:
            yield Remark(entry.line, _key(entry), "cited on no page", "cited on no page")


def documents_of(path: Path) -> Path | None:
    """Return the documents' folder of the site that a list belongs to, or None."""
    for folder in path.resolve().parents:
        if folder.name == DOCUMENTS and (folder.parent / SITE).is_file():
            return folder
    return None


def _key(entry: Entry) -> str:
    return str(entry.values.get("id", "an entry without id"))
