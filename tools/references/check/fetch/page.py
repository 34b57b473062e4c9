"""What a page shows: the little that judging a link needs, read from the bytes as they come.

lxml's HTML parser reports what it meets to a target, so that no tree is built: time grows with the
page's length, whatever is in it, and memory does not.
"""

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # it has no types

from .charset import PRESCAN_BYTES, encoding_of, signed

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

HTML_BEGINNINGS = (b"<!doctype html", b"<html", b"<head", b"<title", b"<body", b"<meta")
"""How a page begins whose server does not say what it is; comments and an XML declaration aside."""

TITLE_CHARS = 300
HEADING_CHARS = 300
TEXT_CHARS = 4000
SCRIPT_CHARS = 200
SOURCE_CHARS = 300
MAX_SCRIPTS = 8
MAX_SOURCES = 50
MAX_PIECES = 256
"""Of text, before they are joined: it comes in pieces, one for each entity and tag."""

SHELL_WORDS = 20
"""What a page shows at most that leaves the rest to scripts: a notice, the names of a menu."""

MAX_DEPTH = 2000
"""Of elements within each other: the parser keeps them all, and no real page has so many."""
MAX_NAMES = 2000
"""Of tags and attributes: libxml2 keeps each for as long as its thread lives."""

FEED_BYTES = 32 * 1024

HIDDEN = frozenset(
    {
        *("iframe", "noembed", "noframes", "noscript", "object", "option", "script", "select"),
        *("style", "svg", "template", "textarea"),
    }
)
"""Elements whose text a reader does not see, or not as a part of the page."""

CHROME = frozenset({"aside", "footer", "header", "nav"})
"""Elements that a site has around every page."""

NOTED = HIDDEN | CHROME | {"title", "h1", "input", "frame"}
"""Elements that are more than the end of a text; most are not."""

INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
"""Elements that may begin and end within a word; all others divide the text."""

SCRIPT_TYPES = frozenset(
    {"", "module", "text/javascript", "application/javascript", "application/x-javascript"}
)
"""Types of a ``script`` that is run; the others hold data."""

UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of languages that put no spaces between words; two of them count as a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An HTML page as a reader meets it. White space is folded; nothing here is unbounded."""

    title: str = ""
    heading: str = ""
    """The first ``h1`` with words in it."""
    text: str = ""
    """The beginning of the main visible text: no menus, headers, footers, scripts or options."""
    words: int = 0
    """How many words that text has in all, as far as it was read."""
    scripted: bool = False
    """Whether the page has scripts, which may write more than it shows here."""
    script: str = ""
    """The beginnings of the first scripts that stand in the page itself."""
    password: bool = False
    """Whether it asks for a password."""
    sources: tuple[str, ...] = ()
    """Whence it takes scripts and frames, absolute or not."""
    anchors: frozenset[str] = frozenset()
    """Those of the wanted names that some element has as ``id``, or an ``a`` as ``name``."""
    complete: bool = False
    """Whether it was read to its end, so that what was not found is not there."""

    @property
    def is_shell(self) -> bool:
        """Whether it has scripts and next to nothing else: what a reader sees, they write."""
        return self.scripted and self.words <= SHELL_WORDS


class PageReader:
    """Takes the bytes of a page as they come and gives what it shows; never raises."""

    def __init__(self, content_type: str, wanted: frozenset[str] = frozenset()) -> None:
        """Begin a page.

        Args:
            content_type: the header, which may name the encoding; a byte order mark knows better,
                and the page itself is asked where both are silent.
            wanted: names of anchors to look for, as `plain_name` gives them.
        """
        self._content_type = content_type
        self._target = _Target(wanted)
        self._parser: etree.HTMLParser | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._beginning = b""
        self._broken = self._closed = False

    @property
    def satisfied(self) -> bool:
        """Whether every wanted name was found."""
        return len(self._target.anchors) == len(self._target.wanted)

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._parser is None:
            self._beginning += data
            if len(self._beginning) >= PRESCAN_BYTES:
                self._begin()
        else:
            self._feed(data)

    def page(self, *, complete: bool) -> Page:
        """Return what was read; nothing more may be fed.

        Args:
            complete: whether it was all there is.
        """
        self._begin()
        if self._parser is not None and not self._closed:
            self._closed = True
            with suppress(Exception):  # what was read is read
                self._parser.close()
        return self._target.page(complete=complete and not self._broken)

    def _begin(self) -> None:
        if self._parser is None and self._beginning:
            beginning, self._beginning = self._beginning, b""
            encoding = encoding_of(self._content_type, beginning[:PRESCAN_BYTES])
            if encoding != "utf-8":
                # The parser gives up at the first byte that does not fit most other encodings.
                self._decoder = codecs.getincrementaldecoder(encoding)("replace")
            self._parser = etree.HTMLParser(target=self._target, encoding="utf-8", huge_tree=True)
            self._feed(beginning)

    def _feed(self, data: bytes) -> None:
        if self._parser is None or self._broken or self._closed:
            return
        try:
            for begin in range(0, len(data), FEED_BYTES):
                part = data[begin : begin + FEED_BYTES]
                if self._decoder is not None:
                    part = self._decoder.decode(part).encode("utf-8", "replace")
                self._parser.feed(part)
        except Exception:  # servers send anything; what was read until here is kept
            self._broken = True


def plain_name(name: str) -> str:
    """Return the name of an element without escapes, and without what forges write before it.

    GitHub, GitLab and Gitea do that with the headings in READMEs, and their scripts find them
    without it. Many of them run on hosts of their own, so it counts everywhere.
    """
    return unquote(name).removeprefix("user-content-")


def is_html(content_type: str, beginning: bytes) -> bool:
    """Return whether a response is a page: by its type, or by its looks where it has none.

    Args:
        content_type: the header's value, empty if there is none.
        beginning: the first bytes of the body.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return kind in HTML_TYPES
    text = beginning.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    while text.startswith((b"<!--", b"<?xml")):
        text = text.partition(b"-->" if text.startswith(b"<!--") else b">")[2].lstrip()
    return text.startswith(HTML_BEGINNINGS)


class _EndlessError(Exception):
    """A page is made to fill the memory."""


class _Target:
    """Keeps what matters of the parser's events.

    Every element that starts also ends, empty ones too, so that depths tell where a hidden part is
    over. Called several thousand times for a page: what is rare is asked last.
    """

    __slots__ = (
        "_chrome_at",
        "_depth",
        "_gap",
        "_heading",
        "_heading_at",
        "_hidden_at",
        "_kept",
        "_marked",
        "_names",
        "_pieces",
        "_script",
        "_script_at",
        "_text",
        "_title",
        "_title_at",
        "_unspaced",
        "_words",
        "anchors",
        "heading",
        "password",
        "scripted",
        "scripts",
        "sources",
        "title",
        "wanted",
    )

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.anchors: set[str] = set()
        self.title = self.heading = ""
        self.scripted = self.password = False
        self.scripts: list[str] = []
        self.sources: list[str] = []
        self._depth = 0
        self._names: set[str] = set()
        self._gap = False
        """Whether an element that divides the text has begun or ended since the last word."""
        # The depth of the element that this part of the page is within; 0 for none.
        self._hidden_at = self._chrome_at = self._title_at = self._heading_at = self._script_at = 0
        self._marked = 0
        """The greatest of these."""
        self._title = _Collected(TITLE_CHARS)
        self._heading = _Collected(HEADING_CHARS)
        self._script = _Collected(SCRIPT_CHARS)
        self._pieces: list[str] = []
        self._text: list[str] = []
        self._kept = self._words = self._unspaced = 0

    @signed
    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        depth = self._depth = self._depth + 1
        names = self._names
        names.add(tag)
        if attributes:
            names.update(attributes)
            if self.wanted:
                self._look_for(tag, attributes)
            if "hidden" in attributes and not self._hidden_at and tag not in ("html", "body"):
                self._hidden_at = self._marked = depth
        if depth > MAX_DEPTH or len(names) > MAX_NAMES:
            raise _EndlessError
        if tag not in INLINE:
            self._gap = True
            if tag in NOTED:
                self._note(tag, attributes, depth)

    def data(self, data: str) -> None:
        if self._title_at:
            self._title.add(data)
        elif self._hidden_at:
            if self._script_at and len(self.scripts) < MAX_SCRIPTS:
                self._script.add(data)
        else:
            if self._gap:
                self._gap = False
                data = f" {data}"
            if self._heading_at:
                self._heading.add(data)
            if not self._chrome_at:
                self._pieces.append(data)
                if len(self._pieces) > MAX_PIECES or len(data) > TEXT_CHARS:
                    self._fold()

    def end(self, tag: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth == self._marked:
            self._leave(depth)
        elif tag in INLINE:
            return
        self._gap = True

    def close(self) -> None:
        """Be told that the page is over; `page` looks after what is unfinished."""

    def page(self, *, complete: bool) -> Page:
        self._fold(last=True)
        self.title = self.title or self._title.take()
        self.heading = self.heading or self._heading.take()
        if self._script_at:
            self.scripts.append(self._script.take())
            self._script_at = 0
        return Page(
            title=self.title,
            heading=self.heading,
            text=" ".join(self._text)[:TEXT_CHARS],
            words=self._words + self._unspaced // 2,
            scripted=self.scripted,
            script=" ".join(self.scripts),
            password=self.password,
            sources=tuple(self.sources),
            anchors=frozenset(self.anchors),
            complete=complete,
        )

    def _note(self, tag: str, attributes: Mapping[str, str], depth: int) -> None:
        """Begin an element that means something, unless it is within one that rules that out."""
        if tag in HIDDEN:
            self._hide(tag, attributes)
        elif tag in CHROME:
            self._chrome_at = self._chrome_at or depth
        elif tag == "title":
            # That of a drawing is its own; the first is the page's.
            if not (self._hidden_at or self.title or self._title_at):
                self._title_at = depth
        elif tag == "h1":
            if not (self._hidden_at or self.heading or self._heading_at):
                self._heading_at = depth
        elif tag == "input":
            kind = attributes.get("type", "").strip().lower()
            self.password = self.password or (kind == "password" and not self._hidden_at)
        elif tag == "frame":
            self._take_source(attributes)
        self._marked = self._deepest()

    def _leave(self, depth: int) -> None:
        """End the element of a depth, which was more than the end of a text."""
        if depth == self._title_at:
            self._title_at = 0
            self.title = self._title.take()
        if depth == self._heading_at:
            self._heading_at = 0
            self.heading = self._heading.take()
        if depth == self._script_at:
            self._script_at = 0
            script = self._script.take()
            if script:
                self.scripts.append(script)
        if depth == self._hidden_at:
            self._hidden_at = 0
        if depth == self._chrome_at:
            self._chrome_at = 0
        self._marked = self._deepest()

    def _deepest(self) -> int:
        return max(
            self._hidden_at, self._chrome_at, self._title_at, self._heading_at, self._script_at
        )

    def _look_for(self, tag: str, attributes: Mapping[str, str]) -> None:
        for name in (attributes.get("id"), attributes.get("name") if tag == "a" else None):
            if name and (plain := plain_name(name)) in self.wanted:
                self.anchors.add(plain)

    def _hide(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "script" and attributes.get("type", "").strip().lower() in SCRIPT_TYPES:
            self.scripted = True
            self._script_at = self._script_at or self._depth
            self._take_source(attributes)
        elif tag == "iframe":
            self._take_source(attributes)
        self._hidden_at = self._hidden_at or self._depth

    def _take_source(self, attributes: Mapping[str, str]) -> None:
        source = attributes.get("src", "").strip()
        if source and len(self.sources) < MAX_SOURCES:
            self.sources.append(source[:SOURCE_CHARS])

    def _fold(self, *, last: bool = False) -> None:
        joined = "".join(self._pieces)
        self._pieces.clear()
        words = joined.split()
        if words and not last and not joined[-1].isspace() and len(words[-1]) < TEXT_CHARS:
            self._pieces.append(words.pop())  # it may go on
        if not words:
            return
        self._words += len(words)
        if not joined.isascii():
            shown = "".join(words)
            self._unspaced += len(shown) - len(UNSPACED.sub("", shown))
        if self._kept < TEXT_CHARS:
            piece = " ".join(words)[: TEXT_CHARS - self._kept]
            self._kept += len(piece) + 1
            self._text.append(piece)


class _Collected:
    """The beginning of a text that comes in pieces."""

    __slots__ = ("_chars", "_left", "_pieces")

    def __init__(self, chars: int) -> None:
        self._chars = chars
        self._left = 2 * chars  # white space may take as much as words
        self._pieces: list[str] = []

    def add(self, piece: str) -> None:
        if self._left > 0:
            self._pieces.append(piece[: self._left])
            self._left -= len(piece)

    def take(self) -> str:
        """Return what was collected, its white space folded, and begin anew."""
        text = " ".join("".join(self._pieces).split())[: self._chars].rstrip()
        self._left = 2 * self._chars
        self._pieces.clear()
        return text
