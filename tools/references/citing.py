"""Which pages cite which works: every ``[@id]`` of the notes, with the section it stands in.

What a citation is, is written down here once; the site's extension turns the same text into marks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.extensions.toc import slugify, unique
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from . import commonmark
from .keys import KEY

CITATION = re.compile(r"\[(@[^\[\]]*)\](?!\(|\[[^@])")
"""A citation; its group 1 is what `parts` takes apart.

Not followed by a target: ``[@somebody](address)`` is a link.
"""

PAGE, NOTEBOOK = ".md", ".py"

SECTION_LEVELS = (2, 3)
"""Levels of the headings that a reader is sent to."""

SHOWN = ("text", "text_special", "code_inline")
"""The tokens whose content a reader sees as it is; the second holds what was escaped."""

CITES = "citation"
"""The token of a citation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A work cited once in a text."""

    key: str
    """The id that is cited, known or not."""
    page: str
    """Path of the page or notebook below the documents' folder, with slashes."""
    line: int
    """Counted from 1, front matter included."""
    title: str
    """Words of the page's first heading; its path if there is none."""
    section: str
    """Words of the nearest heading of level 2 or 3 above; the title before the first one."""
    anchor: str
    """Id of that heading on the built page; empty before the first one."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of text, tokenized."""

    line: int
    level: int
    """Of a heading; 0 for what is none."""
    token: Token

    @property
    def children(self) -> list[Token]:
        return self.token.children or []


def citations(docs: Path, pages: Iterable[str]) -> Iterator[Citation]:
    """Yield the citations of the pages, in the order of the pages and of each text.

    One in code is none, and one that is misspelt is left to the build, which warns of it. A page is
    read again only when it has changed.

    Args:
        docs: the documents' folder.
        pages: paths below it, of Markdown pages and of notebooks (``.py``).
    """
    for page in pages:
        yield from _page_citations(docs, page, (docs / page).stat().st_mtime_ns)


def all_pages(docs: Path) -> list[str]:
    """Return the paths of every page and notebook below the documents' folder, sorted."""
    files = (path for path in docs.rglob("*") if path.suffix in (PAGE, NOTEBOOK))
    return sorted(path.relative_to(docs).as_posix() for path in files)


def parts(words: str) -> list[str]:
    """Return what stands between the semicolons of a citation, such as ``@he2015delving``."""
    return [part.strip() for part in words.split(";")]


def cited_key(part: str) -> str | None:
    """Return the id that one part of a citation names, known or not; None if it is misspelt."""
    key = part.removeprefix("@")
    return key if key != part and KEY.fullmatch(key) else None


@lru_cache(maxsize=4096)
def _page_citations(docs: Path, page: str, _time: int) -> tuple[Citation, ...]:
    """Return the citations of one page; the time is part of the cache's key."""
    text = (docs / page).read_text(encoding="utf-8-sig")
    if page.endswith(NOTEBOOK):
        blocks = [block for line, cell in _cells(text) for block in _blocks(cell, line)]
        headings = [(_words(block), _notebook_id(block)) for block in blocks if block.level]
    else:
        blocks = list(_blocks(text))
        headings = list(_page_headings([block for block in blocks if block.level]))
    title = section = headings[0][0] if headings else page
    anchor, following = "", iter(headings)
    found: list[Citation] = []
    for block in blocks:
        if block.level:
            heading = next(following)
            section, anchor = heading if block.level in SECTION_LEVELS else (section, anchor)
        found += [
            Citation(key=key, page=page, line=line, title=title, section=section, anchor=anchor)
            for key, line in _cited(block)
        ]
    return tuple(found)


def _cells(script: str) -> Iterator[tuple[int, str]]:
    """Yield the Markdown cells of a notebook, each with the line it begins on."""
    import jupytext  # type: ignore[import-untyped]  # as slow to import as all else; has no types

    # The notebook's own lines, as jupytext gives them: it does not say where a cell begins.
    lines = [line.removeprefix("#").removeprefix(" ").rstrip() for line in script.splitlines()]
    after = 0
    for cell in jupytext.reads(script, fmt="py:percent").cells:
        if cell.cell_type == "markdown":
            wanted = [line.rstrip() for line in cell.source.splitlines()]
            starts = range(after, len(lines) - len(wanted) + 1)
            begins = next((n for n in starts if lines[n : n + len(wanted)] == wanted), after)
            yield begins + 1, cell.source
            after = begins + len(wanted)


def _blocks(text: str, first_line: int = 1) -> Iterator[_Block]:
    """Yield the blocks of a Markdown text that hold words."""
    line, level = first_line, 0
    for token in _parser().parse(text):
        line = first_line + token.map[0] if token.map else line
        if token.type == "heading_open":
            level = int(token.tag.removeprefix("h"))
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            yield _Block(line, level, token)


def _page_headings(blocks: list[_Block]) -> Iterator[tuple[str, str]]:
    """Yield words and id of each heading, as `attr_list` and `toc` of Python-Markdown give them."""
    read = [_without_attributes(_words(block)) for block in blocks]
    taken = {written for _, written in read if written}
    for words, written in read:
        yield words, written or unique(slugify(words, "-"), taken)


def _notebook_id(block: _Block) -> str:
    """Return the id that a notebook's heading gets, in which a citation is words like others."""
    return slugify(_words(block, (*SHOWN, CITES)), "-")


def _words(block: _Block, types: Sequence[str] = SHOWN) -> str:
    words = "".join(child.content for child in block.children if child.type in types)
    return " ".join(words.split())


def _without_attributes(words: str) -> tuple[str, str]:
    """Return a heading without the attributes at its end, and the id among these, or nothing."""
    found = AttrListTreeprocessor.HEADER_RE.search(words)
    if found is None:
        return words, ""
    attributes, _ = get_attrs_and_remainder(found[1])
    return words[: found.start()], dict(attributes).get("id") or ""


def _cited(block: _Block) -> Iterator[tuple[str, int]]:
    """Yield the ids cited in a block, each with the line on which its citation begins."""
    for child in block.children:
        if child.type == CITES:
            line = block.line + block.token.content.count("\n", 0, child.meta["begins"])
            yield from ((key, line) for part in parts(child.content) if (key := cited_key(part)))


@cache
def _parser() -> MarkdownIt:
    # Escaped brackets are joined with the text around them where code and links have been read.
    made = commonmark.parser()
    made.inline.ruler.before("link", CITES, _citation)
    return made


def _citation(state: StateInline, silent: bool) -> bool:
    """Read a citation: like the site's extension after code and escapes, and before links."""
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(CITES, "", 0)
        token.content, token.meta = found[1], {"begins": state.pos}
    state.pos = found.end()
    return True
