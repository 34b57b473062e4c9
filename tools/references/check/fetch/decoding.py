"""Bodies that were packed for the way: unpacked piece by piece, never more than is asked for.

A few kilobytes can hold gigabytes of zeros, packed once or many times over. Everything here is a
chain of generators, so that nothing is unpacked before somebody wants it, and of each layer no more
than a piece at a time.
"""

import zlib
from collections.abc import Iterable, Iterator

PIECE_BYTES = 16 * 1024
UNPACKED_BYTES = 4 << 20
"""What one layer may make: more than is read of any page."""

MAX_LAYERS = 3

PACKERS = frozenset({"gzip", "x-gzip", "deflate"})
UNREADABLE = frozenset({"br", "zstd", "compress", "x-compress"})
"""Not asked for, but some send them all the same. Any other name is ignored, as browsers do: it is
a server's mistake for a character set or a media type."""

GZIP_MAGIC = b"\x1f\x8b"
GZIP = zlib.MAX_WBITS | 16
ZLIB = zlib.MAX_WBITS
BARE = -zlib.MAX_WBITS


class UndecodableError(Exception):
    """A body is packed in a way that is not known here, or makes no sense, or is not all there."""


def layers(content_encoding: str) -> list[str]:
    """Return what a body has to be unpacked from, the outermost last.

    Raises:
        UndecodableError: when there is a kind that cannot be unpacked, or no end of them.
    """
    named = [name.strip().lower() for name in content_encoding.split(",")]
    if UNREADABLE.intersection(named):
        raise UndecodableError("packed in a way that was not asked for")
    packers = [name for name in named if name in PACKERS]
    if len(packers) > MAX_LAYERS:
        raise UndecodableError("packed many times over")
    return packers


def unpacked(pieces: Iterable[bytes], packers: list[str]) -> Iterable[bytes]:
    """Return the content of a body, in pieces of no more than ``PIECE_BYTES`` if it was packed.

    To ask for the next raises ``UndecodableError`` when it makes no sense or breaks off.
    """
    for packer in reversed(packers):
        pieces = _inflated(pieces, packer)
    return pieces


def _inflated(pieces: Iterable[bytes], packer: str) -> Iterator[bytes]:
    inflater = None
    made = 0
    for piece in pieces:
        data = piece
        while data:
            if inflater is None:
                inflater = zlib.decompressobj(_window(packer, data))
            elif inflater.eof:  # of one member of a gzip file; there may be others
                if packer == "deflate" or not GZIP_MAGIC.startswith(data[:2]):
                    return  # what comes after the end is ignored
                inflater = zlib.decompressobj(GZIP)
            for content in _content(inflater, data):
                made += len(content)
                if made > UNPACKED_BYTES:
                    raise UndecodableError("unpacks to more than any page")
                yield content
            data = inflater.unused_data
    if inflater is not None and not inflater.eof:
        raise UndecodableError("breaks off")


def _content(inflater: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    is_full = False
    try:
        # A full piece may have left some of the content behind, even if all data were taken.
        while not inflater.eof and (data or is_full):
            content = inflater.decompress(data, PIECE_BYTES)
            data = inflater.unconsumed_tail
            is_full = len(content) == PIECE_BYTES
            if content:
                yield content
    except zlib.error as error:
        raise UndecodableError(str(error)) from None


def _window(packer: str, data: bytes) -> int:
    """Return what zlib is to expect: "deflate" is sent with its header, and as often without."""
    if packer != "deflate":
        return GZIP
    method, window = data[0] & 0x0F, data[0] >> 4
    return ZLIB if method == 8 and window <= 7 else BARE
