"""Python-Markdown extension: draws the list where a page says ``<!-- reference-picture -->``.

Beneath the drawing stand its caption and, folded away, the same numbers as tables.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from ..references.check.memory import state
from ..references.check.verdict import counted
from ..references.model import LINK_STATUS, REFERENCES, Reference
from .entries import append_element, load_entries
from .link_status import BAD, GOOD, NOT_CHECKED, OPEN, UNKNOWN, read_status
from .markers import find
from .reference_counts import Work, by_period, topics_of, verdicts_of, works_of
from .reference_drawing import drawing

MARKER = "reference-picture"
SAID = {GOOD: "in order", OPEN: "undecided", BAD: "broken", UNKNOWN: NOT_CHECKED}
"""What the caption says of links that were judged so."""
UNSEARCHED = {"data-search-exclude": ""}
"""What the search index leaves out: a search finds the works in the list."""


class ReferencePictureTreeprocessor(Treeprocessor):
    """Replaces the marker by the picture."""

    def __init__(self, md: Markdown, references: Path, status: Path) -> None:
        """Take the paths of the list and of what was observed of its links."""
        super().__init__(md)
        self.references = references
        self.status = status

    def run(self, root: Element) -> None:
        """Change the page in place; a page without the marker stays as it is."""
        for place in find(root, self.md, MARKER):
            entries = load_entries(self.references).values()
            place.replace(reference_picture(entries, read_status(self.status)))


def reference_picture(entries: Iterable[Reference], status: state.State) -> Element:
    """Return the drawing with its caption and its numbers; an empty block for an empty list."""
    works = works_of(entries, status)
    block = Element("div", {"class": "reference-picture"})
    if works:
        figure = SubElement(block, "figure")
        svg = drawing(works)
        svg.attrib |= UNSEARCHED
        figure.append(svg)
        append_element(figure, "figcaption", caption(works))
        append_numbers(block, works)
    return block


def caption(works: Sequence[Work]) -> str:
    """Return what the drawing shows, with its numbers, in a sentence."""
    years = [work.entry.year for work in works if work.entry.year]
    dated = f", {len(years)} of them with a year, {min(years)} to {max(years)}" if years else ""
    counts = Counter(work.judgement for work in works)
    links = ", ".join(
        f"{counts[judgement]} {said}" for judgement, said in SAID.items() if counts[judgement]
    )
    number = counted(len(works), "work")
    return f"The {number} of the list by topic and time{dated}; links: {links}."


def append_numbers(block: Element, works: Sequence[Work]) -> None:
    """Append the tables: works by topic and period, and by verdict."""
    folded = SubElement(block, "details", UNSEARCHED)
    append_element(folded, "summary", "The picture in numbers")
    counts = by_period(works)
    rows = {
        topic.capitalize(): [count[topic] for count in counts.values()]
        for topic in topics_of(works)
    }
    append_table(folded, ["Topic", *counts], rows)
    verdicts = {word: [n] for word, n in verdicts_of(works).items()}
    append_table(folded, ["Verdict"], verdicts)


def append_table(parent: Element, head: Sequence[str], rows: dict[str, list[int]]) -> None:
    """Append a table of counts, with the sums of all rows and, where they are several, columns."""
    table = SubElement(parent, "table")
    sums = [sum(column) for column in zip(*rows.values(), strict=True)]
    is_wide = len(sums) > 1
    top = SubElement(SubElement(table, "thead"), "tr")
    for words in [*head, "all" if is_wide else "works"]:
        append_element(top, "th", words, scope="col")
    body = SubElement(table, "tbody")
    for words, counts in (rows | {"All": sums}).items():
        line = SubElement(body, "tr")
        append_element(line, "th", words, scope="row")
        for count in [*counts, sum(counts)] if is_wide else counts:
            append_element(line, "td", str(count or ""))


class ReferencePictureExtension(Extension):
    """The picture; options: `references`, the list, and `status`, what was observed of it."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {
            "references": [REFERENCES, "the reference list"],
            "status": [LINK_STATUS, "what the link check observed"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after MkDocs, for which no link is without ``href`` (0)."""
        processor = ReferencePictureTreeprocessor(
            md, Path(self.getConfig("references")), Path(self.getConfig("status"))
        )
        md.treeprocessors.register(processor, "reference_picture", -1)


def makeExtension(**kwargs: Any) -> ReferencePictureExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ReferencePictureExtension(**kwargs)
