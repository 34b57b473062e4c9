"""Markers: comments in a page, as ``<!-- reference-list vision -->``, which the build replaces."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from .source import mark_unknown, warn


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker on a parsed page."""

    words: str
    """What stands after its name, such as ``vision``; empty if nothing does."""
    raw: str
    """The whole comment, as the page has it."""
    parent: Element
    element: Element

    def replace(self, made: Element) -> None:
        """Put `made` where the marker stands."""
        index = list(self.parent).index(self.element)
        self.parent[index] = made

    def refuse(self, message: str) -> None:
        """Warn with the marker's file and line, and show the reader that something is missing."""
        warn(message, self.raw)
        missing = Element("p")
        missing.append(mark_unknown(self.words))
        self.replace(missing)


def find(root: Element, md: Markdown, name: str) -> Iterator[Marker]:
    """Yield the markers of one name, in the order of the page; each may be replaced meanwhile."""
    for parent in list(root.iter()):
        for element in list(parent):
            raw = _comment(element, md)
            called, _, words = raw.removeprefix("<!--").removesuffix("-->").strip().partition(" ")
            if called == name:
                yield Marker(words.strip(), raw, parent, element)


def _comment(element: Element, md: Markdown) -> str:
    """Return the comment that an element stands for, which the parser has put aside; else ""."""
    stashed = HTML_PLACEHOLDER_RE.fullmatch(element.text or "")
    if stashed is None:
        return ""
    raw = str(md.htmlStash.rawHtmlBlocks[int(stashed.group(1))]).strip()
    return raw if raw.startswith("<!--") and raw.endswith("-->") else ""
