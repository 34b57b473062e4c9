"""Links of an HTML page: where it leads to and what it shows.

libxml2 reads as browsers do, in linear time whatever comes; the parser that Python brings does
neither.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]  # it has no types

from .found import Found

LINKING: Mapping[str, tuple[str, ...]] = {
    "a": ("href", "xlink:href"),  # the latter in drawings
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),  # of a drawing
    "img": ("src", "srcset"),
    "object": ("data",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
"""The elements that a reader follows or sees, and which of their attributes are addresses.

Style sheets, scripts and fonts are the page's own affair; what it says of itself in ``link`` and
``meta``, and whence a ``cite`` quotes, nobody sees. A ``base`` moves only the links without scheme,
which are none of ours.
"""

TAG_BEGINS = re.compile(r"(?=<[A-Za-z])")

LINE_BREAKS = str.maketrans("", "", "\t\n\r")


def links(text: str, first_line: int = 1) -> Iterator[Found]:
    """Yield the links of a page or fragment whose first line has the given number.

    As in a browser, entities are decoded, and white space around an address and line breaks in it
    are dropped. A link stands on the line where its tag begins. Comments and scripts hold none.
    """
    tags = _Tags()
    parser = etree.HTMLParser(target=tags)
    before, *pieces = TAG_BEGINS.split(text)
    parser.feed(before)
    line = first_line + before.count("\n")
    for piece in pieces:
        if not tags.is_open:
            tags.line, tags.is_open = line, True
        parser.feed(piece)
        line += piece.count("\n")
    parser.close()
    yield from tags.found


class _Tags:
    """Takes what the parser sees, piece by piece, and keeps the links.

    The parser knows the line where a tag ends, and none beyond 65,535. Here a tag began with the
    first piece after which the parser had nothing to say: a later one only looked like a tag.
    """

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.line = 0
        self.is_open = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.is_open = False
        for name in LINKING.get(tag, ()):
            value = attributes.get(name, "")
            for url in _candidates(value) if name == "srcset" else [value]:
                if url.strip():
                    self.found.append(Found(url.strip().translate(LINE_BREAKS), self.line))

    def end(self, tag: str) -> None:
        self.is_open = False

    def comment(self, text: str) -> None:
        self.is_open = False

    def close(self) -> None:
        pass


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of an image in several sizes; a size may follow each, then a comma."""
    is_address = True
    for word in srcset.split():
        if not is_address:
            _, comma, word = word.partition(",")
            is_address = bool(comma)
        if is_address and word.strip(","):
            yield word.strip(",")
            is_address = word.endswith(",")
