"""Python-Markdown extension: ``[@id]`` and ``[@id; @id]`` cite entries of the reference list.

A citation becomes a numbered note of the ``footnotes`` extension, in one sequence with the notes
written by hand; that extension's option ``USE_DEFINITION_ORDER`` must be false. What the note says
is what the theme shows over the number, too. It is made of elements rather than Markdown, so
whatever characters a title holds stay what they are.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.extensions.footnotes import (
    FN_BACKLINK_TEXT,
    NBSP_PLACEHOLDER,
    FootnoteExtension,
)
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..references import citing
from ..references.check.memory.state import State
from ..references.model import LINK_STATUS, REFERENCES, Reference
from .entries import ANCHOR, append_element, append_text, describe, escape_entities, load_entries
from .link_status import append_status, read_status
from .source import mark_unknown, warn

CITATIONS = rf"(?:\s*{citing.CITATION.pattern})+"
"""Citations side by side, which are one, lest 1 and 2 look like 12; with the space before them,
which goes: a raised number stands close."""


class CitationInlineProcessor(InlineProcessor):
    """Turns citations into links to their notes; code never gets here."""

    def __init__(self, md: Markdown, references: Path) -> None:
        """Take the path of the list."""
        super().__init__(CITATIONS, md)
        self.references = references

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the base class's older signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the links of the citations found, with where these begin and end."""
        entries = load_entries(self.references)
        notes = footnotes_of(self.md)
        links = Element("span", {"class": "citation"})
        for words in citing.CITATION.findall(m.group(0)):
            for cited in citing.parts(words):
                key = citing.cited_key(cited)
                if key is None:
                    warn_of_misspelt(f"[{words}]")
                    links.append(mark_unknown(cited))
                elif key not in entries:
                    warn(f"no reference has the id {key}{suggestion(key, entries)}", cited)
                    links.append(mark_unknown(cited))
                else:
                    links.append(note_link(notes, ANCHOR.format(key)))
        return links, m.start(0), m.end(0)


def warn_of_misspelt(words: str) -> None:
    """Warn of what looks like a citation and is none."""
    warn(f"{words} is no citation: write [@id] or [@id; @id]", words)


def suggestion(key: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that asks whether an id near by was meant; empty if none is."""
    near = get_close_matches(key, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def footnotes_of(md: Markdown) -> FootnoteExtension:
    """Return the footnotes extension of a parser.

    Raises:
        LookupError: it is not among the parser's extensions.
    """
    for extension in md.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            return extension
    raise LookupError("citations need the extension `footnotes`")


def note_link(notes: FootnoteExtension, note: str) -> Element:
    """Return a link to a note as ``footnotes`` makes its own; the number comes at the end."""
    if note not in notes.footnotes:
        notes.setFootnote(note, "")
    notes.addFootnoteRef(note)
    mark = Element("sup", {"id": notes.makeFootnoteRefId(note, found=True)})
    append_element(mark, "a", "", class_="footnote-ref", href=f"#{notes.makeFootnoteId(note)}")
    return mark


def number_of(note: str, notes: FootnoteExtension) -> str:
    """Return the number of a note: its place in the order of first reference."""
    return str(notes.footnote_order.index(note) + 1)


class CitationTreeprocessor(Treeprocessor):
    """Adds the notes of the cited references to the page's footnotes."""

    def __init__(self, md: Markdown, references: Path, status: Path, page: str) -> None:
        """Take the paths of the list, of what was observed, and of the page that shows both."""
        super().__init__(md)
        self.references = references
        self.status = status
        self.page = page

    def run(self, root: Element) -> None:
        """Append the notes; ``footnotes`` itself brings them into the order of citation."""
        notes = footnotes_of(self.md)
        if not notes.footnote_order:
            return
        entries = {
            ANCHOR.format(key): entry for key, entry in load_entries(self.references).items()
        }
        renumber(root, notes, {note: entry.title for note, entry in entries.items()})
        cited = [note for note in notes.footnote_order if note in entries]
        if cited:
            keys = {f"#{notes.makeFootnoteId(note)}": entries[note].id for note in cited}
            warn_of_nested(root, keys)
            items = note_list(root)
            status = read_status(self.status)
            for note in cited:
                item = SubElement(items, "li", {"id": notes.makeFootnoteId(note)})
                append_facts(item, entries[note])
                last = append_standing(item, entries[note], status, f"/{self.page}#{note}")
                append_way_back(last, note, notes)


def append_facts(item: Element, entry: Reference) -> None:
    """Append what a work is and, on a line of its own, what a reader gets from it."""
    describe(SubElement(item, "p"), entry)
    if entry.note:
        append_element(item, "p", entry.note, class_="citation-note")


def append_standing(item: Element, entry: Reference, status: State, listed: str) -> Element:
    """Append and return the line that says where a work's link stands and where it is listed."""
    line = SubElement(item, "p", {"class": "citation-status", "data-search-exclude": ""})
    append_status(line, entry, status)
    append_text(line, " · ")
    append_element(line, "a", "In the list", href=listed)
    return line


def append_way_back(line: Element, note: str, notes: FootnoteExtension) -> None:
    """Append the arrow that leads from a note to its number in the text."""
    append_text(line, NBSP_PLACEHOLDER)
    append_element(
        line,
        "a",
        FN_BACKLINK_TEXT,
        class_="footnote-backref",
        href=f"#{notes.makeFootnoteRefId(note)}",
        title=notes.getConfig("BACKLINK_TITLE").format(number_of(note, notes)),
    )


def renumber(root: Element, notes: FootnoteExtension, titles: Mapping[str, str]) -> None:
    """Number all notes by where they are first referred to, and tell a screen reader of what.

    Within a paragraph the parser reads notes written by hand before citations, wherever they stand.
    """
    links = [link for link in root.iter("a") if link.get("class") == "footnote-ref"]
    by_target = {f"#{notes.makeFootnoteId(note)}": note for note in notes.footnote_order}
    order = dict.fromkeys(by_target[link.get("href", "")] for link in links)
    notes.footnote_order[:] = order
    for link in links:
        note = by_target[link.get("href", "")]
        number = number_of(note, notes)
        link.text = AtomicString(number)
        # Not by a description: the theme takes that attribute for its tooltip.
        label = f"{number}: {titles[note]}" if note in titles else f"Note {number}"
        link.set("aria-label", escape_entities(label))


def warn_of_nested(root: Element, keys: Mapping[str, str]) -> None:
    """Warn of citations in the text of a link, which browsers would end there.

    Args:
        root: the page.
        keys: the ids of the cited works by the addresses of their notes.
    """
    for link in root.iter("a"):
        for mark in link.iterfind(".//a"):
            if key := keys.get(mark.get("href", "")):
                warn_of_linked(f"@{key}")


def warn_of_linked(words: str) -> None:
    """Warn of a citation in the text of a link, given by its words."""
    warn(f"{words} cites in the text of a link: cite after the link", words)


def note_list(root: Element) -> Element:
    """Return the list of notes of a page, made at its end if there is none yet."""
    for block in root.iter("div"):
        if block.get("class") == "footnote":
            items = block.find("ol")
            if items is not None:
                return items
    block = SubElement(root, "div", {"class": "footnote"})
    SubElement(block, "hr")
    return SubElement(block, "ol")


class CitationExtension(Extension):
    """Citations; options: `references`, the list, `status`, what was observed, and `page`."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {
            "references": [REFERENCES, "the reference list"],
            "status": [LINK_STATUS, "what the link check observed"],
            "page": ["references/index.md", "the page that shows the list, below the docs folder"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors.

        The pattern comes after code and escapes (190, 180) and before links (170); the notes come
        after all text was read (20) and before ``footnotes`` orders them (19).
        """
        references = Path(self.getConfig("references"))
        md.inlinePatterns.register(CitationInlineProcessor(md, references), "citation", 174)
        status = Path(self.getConfig("status"))
        processor = CitationTreeprocessor(md, references, status, self.getConfig("page"))
        md.treeprocessors.register(processor, "citations", 19.5)


def makeExtension(**kwargs: Any) -> CitationExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return CitationExtension(**kwargs)
