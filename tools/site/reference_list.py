"""Python-Markdown extension: puts the reference list where a page says ``<!-- reference-list -->``.

The list stands by main topic, each entry with what the link checks found. What was never checked
says so: no date or verdict is made up.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ..references.check.memory import state
from ..references.check.memory.standing import Standing, standing
from ..references.model import LINK_STATUS, REFERENCES, Kind, Reference, Topic
from .entries import ANCHOR, append_element, append_link, append_text, authors_line, load_entries
from .source import log

MARKER = "<!-- reference-list -->"
NOT_CHECKED = "not checked yet"
KINDS = list(Kind)
MARKS = {
    Standing.ALIVE: "good",
    Standing.MOVED: "good",
    Standing.ANCHOR: "bad",
    Standing.UNREACHABLE: "bad",
    Standing.DEAD: "bad",
}
"""What is certain, and how it is set off; neither is a death that is still to be confirmed."""


class ReferenceListTreeprocessor(Treeprocessor):
    """Replaces the marker by the list."""

    def __init__(self, md: Markdown, references: Path, status: Path) -> None:
        """Take the paths of the list and of what was observed of its links."""
        super().__init__(md)
        self.references = references
        self.status = status

    def run(self, root: Element) -> None:
        """Change the page in place; a page without the marker stays as it is."""
        for parent in root.iter():
            for index, element in enumerate(parent):
                if self.is_marker(element):
                    entries = load_entries(self.references).values()
                    parent[index] = reference_list(entries, read_status(self.status))
                    return

    def is_marker(self, element: Element) -> bool:
        """Return whether `element` stands for the marker, which the parser has put aside."""
        stashed = HTML_PLACEHOLDER_RE.fullmatch(element.text or "")
        return (
            stashed is not None
            and str(self.md.htmlStash.rawHtmlBlocks[int(stashed.group(1))]).strip() == MARKER
        )


def read_status(path: Path) -> state.State:
    """Return what was observed of each address; empty when nothing was, or is readable."""
    try:
        return state.load(path)
    except state.StateError as error:
        log.warning("%s", error)
        return state.State({})


def reference_list(entries: Iterable[Reference], status: state.State) -> Element:
    """Return the whole list as a block: a table of topics, then a heading and entries for each."""
    block = Element("div", {"class": "references"})
    entries = sorted(entries, key=reading_order)
    counts = Counter(entry.topic for entry in entries)
    topics = [topic for topic in Topic if counts[topic]]
    jump = SubElement(block, "ul", {"class": "reference-topics"})
    for topic in topics:
        item = SubElement(jump, "li")
        append_element(item, "a", topic.capitalize(), href=f"#{topic}")
        append_text(item, " ")
        append_element(item, "span", str(counts[topic]), class_="count")
    for topic in topics:
        heading = append_element(block, "h2", f"{topic.capitalize()} ", id=topic)
        heading.set("data-toc-label", topic.capitalize())
        append_element(heading, "span", str(counts[topic]), class_="count")
        items = SubElement(block, "ul", {"class": "reference-list"})
        for entry in entries:
            if entry.topic == topic:
                append_entry(items, entry, status)
    return block


def reading_order(entry: Reference) -> tuple[int, float, str]:
    """Return the key that sorts by kind, then year, the unknown ones last, then title."""
    return KINDS.index(entry.kind), entry.year or float("inf"), entry.title.casefold()


def append_entry(items: Element, entry: Reference, status: state.State) -> None:
    """Append one entry: title and kind, a line of facts with where its link stands, the note."""
    item = SubElement(items, "li", {"id": ANCHOR.format(entry.id)})
    item.set("data-kind", entry.kind)
    item.set("data-topics", " ".join(entry.topics))
    title = SubElement(item, "div", {"class": "reference-title"})
    append_link(title, entry.title, entry.url)
    append_text(title, " ")
    append_element(title, "span", entry.kind, class_="kind")
    line = SubElement(item, "div", {"class": "reference-facts"})
    for fact in (authors_line(entry), str(entry.year or ""), entry.venue):
        if fact:
            append_text(line, f"{fact} · ")
    append_status(line, entry, status)
    for related in entry.related:
        append_fact_link(line, related.rel, related.url, entry.title)
    if entry.archive:
        append_fact_link(line, "archived copy", entry.archive, entry.title)
    for topic in entry.topics[1:]:
        append_text(line, " · ")
        append_element(line, "span", f"also {topic}", class_="topic")
    if entry.unverified:
        append_text(line, f" · unverified: {', '.join(entry.unverified)}")
    if entry.note:
        append_element(item, "div", entry.note, class_="reference-note")


def append_status(line: Element, entry: Reference, status: state.State) -> None:
    """Append where an entry's link stands and since which date, or that it was never checked."""
    observed = status.links.get(entry.url)
    if observed is None:
        append_element(line, "span", NOT_CHECKED, class_="verdict")
        return
    known = standing(observed, status.failing.get(entry.url))
    mark = f" verdict-{MARKS[known]}" if known in MARKS else ""
    append_element(line, "span", known, class_=f"verdict{mark}")
    if observed.checked_at:
        date = observed.checked_at.date().isoformat()
        append_text(line, ", checked ")
        append_element(line, "time", date, datetime=date)
    if observed.new_url:
        append_fact_link(line, "new address", observed.new_url, entry.title)


def append_fact_link(line: Element, words: str, url: str, title: str) -> None:
    """Append a short link that says to a screen reader which work it belongs to."""
    append_text(line, " · ")
    append_link(line, words, url, aria_label=f"{words}: {title}")


class ReferenceListExtension(Extension):
    """The list; options: `references`, its file, and `status`, what was observed of its links."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {
            "references": [REFERENCES, "the reference list"],
            "status": [LINK_STATUS, "what the link check observed"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after all text was read (20), before the contents are (5)."""
        processor = ReferenceListTreeprocessor(
            md, Path(self.getConfig("references")), Path(self.getConfig("status"))
        )
        md.treeprocessors.register(processor, "reference_list", 12)


def makeExtension(**kwargs: Any) -> ReferenceListExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ReferenceListExtension(**kwargs)
