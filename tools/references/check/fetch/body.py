"""The body of a response: read as far as it is wanted, as a page if it is one."""

import ctypes
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import chain
from threading import BoundedSemaphore

import urllib3
from requests import Response

from ..outcome import REDIRECTS
from .decoding import PIECE_BYTES, UndecodableError, layers, unpacked
from .guard import Attempt
from .page import Page, PageReader, is_html

PAGE_BYTES = 64 * 1024
"""How much of a page is read, unpacked."""

ANCHORED_PAGE_BYTES = 2 << 20
"""The same where anchors are looked for that have not been found yet."""

LONG_PAGES = BoundedSemaphore(4)
"""How many pages are read beyond ``PAGE_BYTES`` at once: their parser keeps all it is given."""

FED_BYTES = 8 * 1024
"""How much of a page is parsed at a time."""

UNCLOSED_BYTES = 128 * 1024
"""After how much without the end of a tag or a comment a page is left: a parser keeps it all, and
what an attack makes of it takes many times the room."""

DRAINED_BYTES = 64 * 1024
"""What is read of a body for nothing but that the connection can be used again."""

DRAINING_S = 1.0
"""How long that may take: a new connection is not worth more."""

SNIFFED_BYTES = 1024
"""How much of a body shows whether it is a page, where its type is not told."""

MALLOPT = {-3: 64 * 1024, -8: 1}
"""glibc's M_MMAP_THRESHOLD and M_ARENA_MAX. Left to itself it keeps what was freed in each of many
heaps, and a thread's share of that is several times what its pages take."""

FRAMES = frozenset({"", "chunked", "identity"})
"""Transfer codings that the library undoes; under any other the body is not the page."""


def spare_memory() -> None:
    """Have memory that is freed given back to the system; to be called before there are threads."""
    with suppress(AttributeError, OSError):  # other C libraries have no such settings
        for setting, value in MALLOPT.items():
            ctypes.CDLL(None).mallopt(setting, value)


def read(response: Response, attempt: Attempt, wanted: frozenset[str]) -> Page | None:
    """Return what a response shows, if it is a page; its connection is free or closed then.

    The status line has said what there is to know: a body that breaks off, drips, or is not what
    it is called does not unsay it. What came of it is the page. Never raises.

    Args:
        response: the head of it read.
        attempt: the limits; its time may be over then.
        wanted: names of anchors to look for.
    """
    attempt.expect(ANCHORED_PAGE_BYTES)
    body = _Body(response.raw)
    try:
        return None if _leads_on(response) else _page(response, body, wanted, attempt)
    finally:
        body.drain(attempt)


def _leads_on(response: Response) -> bool:
    return response.status_code in REDIRECTS and "Location" in response.headers


def _page(
    response: Response, body: "_Body", wanted: frozenset[str], attempt: Attempt
) -> Page | None:
    content_type = response.headers.get("Content-Type", "").strip()
    if content_type and not is_html(content_type, b""):
        return None
    try:
        pieces = body.content()
    except UndecodableError:
        return None
    beginning = b"" if content_type else _beginning(pieces)
    if not is_html(content_type, beginning):
        return None
    is_success = response.status_code // 100 == 2
    reader = PageReader(content_type, wanted if is_success else frozenset())
    size = unclosed = 0
    with ExitStack() as places:
        for piece in _gathered(chain([beginning], pieces)):
            if size == PAGE_BYTES and not _take_place(places, attempt):
                return reader.page(complete=False)
            reader.feed(piece)
            size += len(piece)
            unclosed = 0 if b">" in piece else unclosed + len(piece)
            limit = PAGE_BYTES if reader.satisfied else ANCHORED_PAGE_BYTES
            if size >= limit or unclosed > UNCLOSED_BYTES or not attempt.rest_s:
                return reader.page(complete=False)
        return reader.page(complete=body.is_complete)


def _take_place(places: ExitStack, attempt: Attempt) -> bool:
    """Return whether a long page may be read now, having waited until it may, if that is soon."""
    taken = LONG_PAGES.acquire(timeout=attempt.rest_s)
    if taken:
        places.callback(LONG_PAGES.release)
    return taken


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same in pieces of ``FED_BYTES``: a server may send single bytes."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        while len(gathered) >= FED_BYTES:
            yield bytes(gathered[:FED_BYTES])
            del gathered[:FED_BYTES]
    yield bytes(gathered)


def _beginning(pieces: Iterator[bytes]) -> bytes:
    beginning = b""
    for piece in pieces:
        beginning += piece
        if len(beginning) >= SNIFFED_BYTES:
            break
    return beginning


class _Body:
    """The bytes of a body as they come."""

    def __init__(self, raw: urllib3.BaseHTTPResponse) -> None:
        self._raw = raw
        self._pieces = self._received()
        self._size = 0
        self.is_complete = False
        """Whether it was read to its end, and all of it made sense."""

    def content(self) -> Iterator[bytes]:
        """Return the content in small pieces, as far as there is any; reading them never raises.

        Raises:
            UndecodableError: when it is packed in a way that nobody asked for.
        """
        coding = self._raw.headers.get("Transfer-Encoding", "").strip().lower()
        if coding not in FRAMES:
            raise UndecodableError(coding)
        return self._content(layers(self._raw.headers.get("Content-Encoding", "")))

    def drain(self, attempt: Attempt) -> None:
        """Read what is left, if it is little, and let go of the connection."""
        with suppress(Exception):
            if (self._raw.length_remaining or 0) <= DRAINED_BYTES:
                attempt.hurry(DRAINING_S)
                while self._size <= DRAINED_BYTES and next(self._pieces, b""):
                    pass
        self._raw.close()  # the connection too, unless the body was read to its end

    def _content(self, packers: list[str]) -> Iterator[bytes]:
        with suppress(Exception):  # of the server, the network or the deadline
            yield from unpacked(self._pieces, packers)
            self.is_complete = True

    def _received(self) -> Iterator[bytes]:
        while piece := self._raw.read1(PIECE_BYTES, decode_content=False):
            self._size += len(piece)
            yield piece
