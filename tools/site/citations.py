"""Python-Markdown extension: ``[@id]`` and ``[@id; @id]`` cite entries of the reference list.

A citation becomes a numbered note of the ``footnotes`` extension, in one sequence with the notes
written by hand; that extension's option ``USE_DEFINITION_ORDER`` must be false. The note is made of
elements rather than Markdown, so whatever characters a title holds stay what they are.
"""

import re
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

from ..references.keys import KEY
from ..references.model import REFERENCES, Reference
from .entries import ANCHOR, append_element, append_text, describe, load_entries
from .source import mark_unknown, warn

# Takes the space before it, as a raised number stands close. Not followed by a target:
# `[@somebody](address)` is a link.
CITATION = r"\s*\[(@[^\[\]]*)\](?!\(|\[[^@])"


class CitationInlineProcessor(InlineProcessor):
    """Turns a citation into links to its notes; code never gets here."""

    def __init__(self, md: Markdown, references: Path) -> None:
        """Take the path of the list."""
        super().__init__(CITATION, md)
        self.references = references

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the base class's older signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the links of one citation, with where it begins and ends."""
        entries = load_entries(self.references)
        notes = footnotes_of(self.md)
        links = Element("span", {"class": "citation"})
        for part in m.group(1).split(";"):
            cited = part.strip()
            key = cited.removeprefix("@")
            if key == cited or not KEY.fullmatch(key):
                words = m.group(0).strip()
                warn(f"{words} is no citation: write [@id] or [@id; @id]", words)
                links.append(mark_unknown(cited))
            elif key not in entries:
                warn(f"no reference has the id {key}", cited)
                links.append(mark_unknown(cited))
            else:
                links.append(note_link(notes, ANCHOR.format(key)))
        return links, m.start(0), m.end(0)


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

    def __init__(self, md: Markdown, references: Path, page: str) -> None:
        """Take the paths of the list and of the page that shows it."""
        super().__init__(md)
        self.references = references
        self.page = page

    def run(self, root: Element) -> None:
        """Append the notes; ``footnotes`` itself brings them into the order of citation."""
        notes = footnotes_of(self.md)
        if not notes.footnote_order:
            return
        renumber(root, notes)
        entries = {
            ANCHOR.format(key): entry for key, entry in load_entries(self.references).items()
        }
        cited = [note for note in notes.footnote_order if note in entries]
        if cited:
            items = note_list(root)
            for note in cited:
                self.append_note(items, note, entries[note], notes)

    def append_note(
        self, items: Element, note: str, entry: Reference, notes: FootnoteExtension
    ) -> None:
        """Append the note of one reference to the list of notes."""
        item = SubElement(items, "li", {"id": notes.makeFootnoteId(note)})
        text = SubElement(item, "p")
        describe(text, entry)
        append_text(text, " ")
        append_element(text, "a", "In the list", href=f"/{self.page}#{note}")
        append_text(text, NBSP_PLACEHOLDER)
        append_element(
            text,
            "a",
            FN_BACKLINK_TEXT,
            class_="footnote-backref",
            href=f"#{notes.makeFootnoteRefId(note)}",
            title=notes.getConfig("BACKLINK_TITLE").format(number_of(note, notes)),
        )


def renumber(root: Element, notes: FootnoteExtension) -> None:
    """Number all notes by where they are first referred to.

    Within a paragraph the parser reads notes written by hand before citations, wherever they stand.
    """
    links = [link for link in root.iter("a") if link.get("class") == "footnote-ref"]
    by_target = {f"#{notes.makeFootnoteId(note)}": note for note in notes.footnote_order}
    order = dict.fromkeys(by_target[link.get("href", "")] for link in links)
    notes.footnote_order[:] = order
    for link in links:
        link.text = AtomicString(number_of(by_target[link.get("href", "")], notes))


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
    """Citations; options: `references`, the list, and `page`, the page that shows it."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {
            "references": [REFERENCES, "the reference list"],
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
        processor = CitationTreeprocessor(md, references, self.getConfig("page"))
        md.treeprocessors.register(processor, "citations", 19.5)


def makeExtension(**kwargs: Any) -> CitationExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return CitationExtension(**kwargs)
