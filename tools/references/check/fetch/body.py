"""The body of a response: read as far as it is wanted, as a page if it is one."""

import ctypes
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import chain
from threading import BoundedSemaphore

from ..outcome import REDIRECTS
from .answer import Answer
from .decoding import PIECE_BYTES, UndecodableError, layers, unpacked
from .guard import WAITING, Attempt
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


def spare_memory() -> None:
    """Have memory that is freed given back to the system; to be called before there are threads."""
    with suppress(AttributeError, OSError):  # other C libraries have no such settings
        for setting, value in MALLOPT.items():
            ctypes.CDLL(None).mallopt(setting, value)


def read(answer: Answer, attempt: Attempt, wanted: frozenset[str]) -> Page | None:
    """Return what an answer shows, if it is a page; the rest of it is read, too, if it is little.

    The status line has said what there is to know: a body that breaks off, drips, or is not what
    it is called does not unsay it. What came of it is the page. Never raises.

    Args:
        answer: the head of it read.
        attempt: the limits; its time may be over then.
        wanted: names of anchors to look for.
    """
    attempt.expect(ANCHORED_PAGE_BYTES)
    body = _Body(answer)
    try:
        return None if _leads_on(answer) else _page(answer, body, wanted, attempt)
    finally:
        body.drain(attempt)


def _leads_on(answer: Answer) -> bool:
    return answer.status in REDIRECTS and "Location" in answer.fields


def _page(answer: Answer, body: "_Body", wanted: frozenset[str], attempt: Attempt) -> Page | None:
    content_type = next(reversed(answer.fields.getlist("Content-Type")), "")  # as in browsers
    if content_type and not is_html(content_type, b""):
        return None
    try:
        pieces = body.content()
    except UndecodableError:
        return None
    beginning = b"" if content_type else _beginning(pieces)
    if not is_html(content_type, beginning):
        return None
    is_success = answer.status // 100 == 2
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
    with WAITING:
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

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._pieces = iter(self._piece, b"")  # unlike a generator, it stays when one on it ends
        self._size = 0
        self.is_complete = False
        """Whether it was read to its end, and all of it made sense."""

    def content(self) -> Iterator[bytes]:
        """Return the content in small pieces, as far as there is any; reading them never raises.

        Raises:
            UndecodableError: when it is packed in a way that nobody asked for.
        """
        if self._answer.codings - {"chunked"}:
            raise UndecodableError("coded for the way as well")
        return self._content(layers(self._answer.fields.get("Content-Encoding", "")))

    def drain(self, attempt: Attempt) -> None:
        """Read what is left, if that is little and the connection can be used again then."""
        if self._answer.will_close or (self._answer.length or 0) > DRAINED_BYTES:
            return
        with suppress(Exception):
            attempt.hurry(DRAINING_S)
            while self._size <= DRAINED_BYTES and next(self._pieces, b""):
                pass

    def _content(self, packers: list[str]) -> Iterator[bytes]:
        with suppress(Exception):  # of the server, the network or the deadline
            yield from unpacked(self._pieces, packers)
            self.is_complete = True

    def _piece(self) -> bytes:
        piece = self._answer.piece(PIECE_BYTES)
        self._size += len(piece)
        return piece
