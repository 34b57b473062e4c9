"""Markdown in, works out: which links a text holds, and which of them belong together.

A bullet with links is one work: its first link leads to it, the others belong to it. So is a line
outside bullets that holds nothing but links, for lists of bare addresses. Links in running text,
headings, code and comments are no entries of a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from markdown_it.token import Token

from . import commonmark

ADDRESS_SCHEMES = ("http:", "https:", "doi:", "arxiv:")
BREAKS = ("softbreak", "hardbreak")
EMPTY_TEXTS = frozenset({"", "arxiv", "here", "link", "paper", "pdf"})  # the title stands beside
PUNCTUATION = " \t,;:.|()[]-\N{EN DASH}\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the text has it; a bare address has no text."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a bullet says of one work."""

    title: str
    """Empty when the text names none."""
    url: str
    """As the text has it."""
    others: tuple[Link, ...] = ()
    line: int


def works(markdown: str) -> list[Work]:
    """Return the works a Markdown text lists, in order."""
    parser = commonmark.parser().disable("table")  # a row of one is a line like others
    found = [_work(children, line) for children, line in _units(parser.parse(markdown))]
    return sorted(filter(None, found), key=attrgetter("line"))


def _units(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], int]]:
    """Yield the inline tokens of each bullet and each lone line of links, with its line."""
    open_bullets: list[tuple[list[Token], int]] = []
    in_heading = False
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.type == "list_item_open":
            bullet: tuple[list[Token], int] = ([], line)
            open_bullets.append(bullet)
        elif token.type == "list_item_close":
            yield open_bullets.pop()
        elif token.type == "inline" and open_bullets:
            open_bullets[-1][0].extend(token.children or ())
        elif token.type == "inline" and not in_heading:
            yield from _lone_lines(token.children or (), line)


def _lone_lines(children: Sequence[Token], line: int) -> Iterator[tuple[list[Token], int]]:
    for is_break, group in groupby(children, key=lambda child: child.type in BREAKS):
        tokens = list(group)
        if is_break:
            line += len(tokens)
        elif not _split(tokens)[1]:
            yield tokens, line


def _work(children: Sequence[Token], line: int) -> Work | None:
    links, beside = _split(children)
    if not links:
        return None
    first, *others = links
    says_nothing = first.text.casefold() in EMPTY_TEXTS
    title = beside if says_nothing and beside else first.text
    return Work(title=title, url=first.url, others=tuple(others), line=line)


def _split(children: Sequence[Token]) -> tuple[list[Link], str]:
    """Return the links of a line, and the text beside them."""
    links: list[Link] = []
    beside = text = ""
    href, bare = None, False
    for child in children:
        if child.type == "link_open":
            href, text = commonmark.address(child), ""
            bare = child.markup in ("autolink", "linkify")
        elif child.type == "link_close":
            if href is not None and href.lower().startswith(ADDRESS_SCHEMES):
                links.append(Link("" if bare or text == href else text, href))
            else:
                beside += text
            href = None
        else:
            content = " " if child.type in BREAKS else child.content
            if child.type == "html_inline":
                content = ""
            if href is None:
                beside += content
            else:
                text += content
    return links, " ".join(beside.split()).strip(PUNCTUATION)
