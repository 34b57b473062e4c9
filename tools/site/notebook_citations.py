"""Citations in notebooks, whose text comes to the site as HTML.

They are handed, and they alone, to Python-Markdown: marks, notes and warnings are those of a page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

from bs4 import BeautifulSoup
from markdown import Markdown

from .citations import CITATIONS, warn_of_linked, warn_of_misspelt

EXTENSIONS = ("footnotes", "tools.site.citations")
TEXT = "jp-RenderedMarkdown"
"""Class of the blocks that hold a notebook's text."""
LITERAL = ("code", "pre")
"""Elements in which a citation is none."""
LINK = "a"

BEGINS = re.compile(r"\[@\S*")
"""How a citation begins, up to the next space."""


def cite(html: str, configs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a notebook with marks for its citations, and the notes of these after it.

    Args:
        html: the notebook as it was made, with its citations as they were written.
        configs: the options of the site's Markdown extensions.
    """
    places = list(_places(html))
    if not places:
        return html
    options = {name: dict(configs.get(name) or {}) for name in EXTENSIONS}
    parser = Markdown(extensions=list(options), extension_configs=options)
    text = "\n\n".join(" ".join(found[0].split()) for _, found in places)
    made = BeautifulSoup(parser.convert(text), "html.parser")
    pieces, after = list[str](), 0
    for (start, found), mark in zip(places, made.select(".citation"), strict=True):
        pieces += [html[after : start + found.start()], str(mark)]
        after = start + found.end()
    return "".join([*pieces, html[after:], *map(str, made.select(".footnote"))])


def _places(html: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the citations in a notebook's text, with where the text begins that they are found in.

    What only looks like one is warned of, as on a page.
    """
    reader = _Reader()
    reader.feed(html)
    starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
    for (line, column), text, is_linked in reader.texts:
        for found in re.finditer(CITATIONS, text):
            if is_linked:
                warn_of_linked(found[0].strip())
            yield starts[line - 1] + column, found
        for misspelt in BEGINS.finditer(re.sub(CITATIONS, "", text)):
            warn_of_misspelt(misspelt[0])


class _Reader(HTMLParser):
    """Collects the pieces of a notebook's text that may cite, each with its line and column."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[tuple[tuple[int, int], str, bool]] = []
        """Position, words, and whether a link holds them."""
        self._depth = 0
        """How many blocks are open, from that of the text inwards."""
        self._open = Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or TEXT in (dict(attrs).get("class") or "").split()):
            self._depth += 1
        self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1
        self._open[tag] -= self._open[tag] > 0

    def handle_data(self, data: str) -> None:
        if self._depth and not any(self._open[tag] for tag in LITERAL):
            self.texts.append((self.getpos(), data, bool(self._open[LINK])))
