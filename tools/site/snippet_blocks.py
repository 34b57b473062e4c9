"""Blocks of code that show a snippet, so that a link can lead to them: to ``page.md#softmax.py``.

A block is told by its title, the file's name, as in `` ```python title="softmax.py" ``.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from ..formulas.pages import nav_pages
from .cited_on import DOCS

TITLE = re.compile(r'^\s*`{3,}.* title="(\w+\.py)"', re.MULTILINE)
SHOWN_TITLE = re.compile(r'<span class="filename">(\w+\.py)</span>')


def anchor_blocks(root: Element, md: Markdown) -> None:
    """Put the anchor of each snippet before the first block that shows it."""
    anchored = set[str]()
    for parent in list(root.iter()):
        for element in list(parent):
            name = _title(element, md)
            if name and name not in anchored:
                anchored.add(name)
                anchor = Element("div", {"class": "snippet-anchor", "id": name})
                parent.insert(list(parent).index(element), anchor)


def pages_of_snippets(config: Path) -> Mapping[str, str]:
    """Return by the name of each snippet, such as ``softmax.py``, the first page that shows it.

    A page is read again only when it has changed.

    Args:
        config: a ``mkdocs.yml``, which stands beside the documents' folder.
    """
    docs = config.parent / DOCS
    found: dict[str, str] = {}
    for page in nav_pages(config):
        path = docs / page
        if path.is_file():
            for name in _titles(path, path.stat().st_mtime_ns):
                found.setdefault(name, page)
    return found


def _title(element: Element, md: Markdown) -> str:
    """Return the name of the snippet that an element stands for, put aside by the parser; or ""."""
    stashed = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
    if stashed is None:
        return ""
    found = SHOWN_TITLE.search(str(md.htmlStash.rawHtmlBlocks[int(stashed.group(1))]))
    return found.group(1) if found else ""


@lru_cache(maxsize=4096)
def _titles(path: Path, _time: int) -> tuple[str, ...]:
    """Return the titles of the blocks on a page; the time is part of the cache's key."""
    return tuple(TITLE.findall(path.read_text(encoding="utf-8-sig")))
