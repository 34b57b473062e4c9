"""Packed bodies: whatever they are called, and however much they would unpack to."""

import bz2
import gzip
import itertools
import tracemalloc
import zlib

import pytest

from tools.references.check.fetch.decoding import PIECE_BYTES, UndecodableError, layers, unpacked

TEXT = b"".join(b"<p>line %d of the page</p>" % n for n in range(5000))


def bare(data: bytes) -> bytes:
    """Return data deflated without zlib's header, as many servers understand "deflate"."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def slices(data: bytes, size: int) -> list[bytes]:
    """Return data as it comes from a network, so many bytes at a time."""
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def unpack(data: bytes, named: str, size: int = 1000) -> bytes:
    """Return the content of a whole body."""
    return b"".join(unpacked(slices(data, size), layers(named)))


@pytest.mark.parametrize("size", [1, 7, 1000, 1_000_000])
@pytest.mark.parametrize(
    ("named", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=9)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip,,gzip", gzip.compress(gzip.compress(TEXT))),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT) + b"more"),
        ("utf-8", TEXT),
    ],
)
def test_content_is_the_same_however_it_was_packed(named, data, size):
    """Names in any case, many layers, many members, rubbish behind: all that browsers read."""
    assert unpack(data, named, size) == TEXT


def test_content_that_just_does_not_fit_a_piece_is_given_whole():
    """All of what is packed may have been taken in while some of the content is still to come."""
    for length in range(PIECE_BYTES, PIECE_BYTES + 300):
        packed = bare(bytes(length))
        assert len(unpack(packed, "deflate", len(packed))) == length


@pytest.mark.parametrize("named", ["br", "zstd", "gzip, br", "compress", "gzip, gzip, gzip, gzip"])
def test_packing_that_was_not_asked_for_is_refused(named):
    """What cannot be unpacked, or is packed without end, is no page."""
    with pytest.raises(UndecodableError):
        layers(named)


@pytest.mark.parametrize(
    ("named", "data", "content"),
    [
        ("gzip", gzip.compress(TEXT)[:-1000], TEXT),
        ("deflate", bare(TEXT)[:-1000], TEXT),
        ("gzip", b"<html>not packed at all", b""),
        ("deflate", b"<html>not packed at all", b""),
        ("gzip", bz2.compress(TEXT), b""),
        ("gzip, gzip", gzip.compress(TEXT), b""),
    ],
    ids=["gzip breaks off", "deflate breaks off", "text", "text", "bzip2", "packed but once"],
)
def test_what_came_before_a_fault_is_given(named, data, content):
    """A body that breaks off or is not what it is called gives what it can, and says so."""
    got: list[bytes] = []
    pieces = unpacked(slices(data, 1000), layers(named))
    with pytest.raises(UndecodableError):
        got.extend(pieces)
    assert content.startswith(b"".join(got))
    assert bool(got) is bool(content)


def test_empty_body_is_no_fault():
    """Answers without a body are sent with the headers of those that have one."""
    assert unpack(b"", "gzip") == b""


def zeros(layers_of: int) -> bytes:
    """Return ten gigabytes of zeros, packed so many times over."""
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(20)) + packer.flush()
    data *= 500  # a gzip file may have many members
    for _ in range(layers_of - 1):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_bomb_is_unpacked_no_further_than_is_wanted(depth):
    """Ten gigabytes in a few kilobytes cost what is taken of them, and little memory."""
    data = slices(zeros(depth), PIECE_BYTES)
    tracemalloc.start()
    try:
        pieces = unpacked(data, ["gzip"] * depth)
        taken = list(itertools.islice(pieces, 4))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [len(piece) for piece in taken] == [PIECE_BYTES] * 4
    assert peak < 1_000_000


def test_bomb_of_which_the_next_layer_makes_nothing_ends():
    """A layer that grows without end, where the one above yields nothing, would never return."""
    nothing = gzip.compress(b"")  # many empty members are an empty file
    with pytest.raises(UndecodableError, match="more than any page"):
        unpack(gzip.compress(nothing * 300_000), "gzip, gzip", PIECE_BYTES)
