"""In which encoding a page is written: as browsers find it, in names that Python knows."""

import codecs
import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from lxml import etree  # type: ignore[import-untyped]  # it has no types

PRESCAN_BYTES = 4096
"""Where a page's own word on its encoding is looked for; browsers read less, but start again."""

FEED_BYTES = 512
"""How much of that is looked at a time: most pages say it at once."""

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

CHARSETS: Mapping[str, str] = {
    **dict.fromkeys(("ascii", "iso-8859-1", "iso8859-1", "latin1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("windows-31j", "x-sjis", "shift-jis", "shift_jis"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "big5": "big5hkscs",
    "iso-8859-8-i": "iso-8859-8",
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    "x-mac-cyrillic": "mac-cyrillic",
}
"""Names that browsers understand in another way than Python."""

CODECS = frozenset(
    {
        *("big5hkscs", "cp866", "cp932", "cp949", "euc_jp", "gb18030", "iso2022_jp", "koi8-r"),
        *("koi8-u", "mac-cyrillic", "mac-roman", "utf-8", "utf-16"),
        *("utf-16-be", "utf-16-le"),
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in (874, *range(1250, 1259))),
    }
)
"""Python's own names of the encodings that browsers know: any other name is as good as none."""

Method = TypeVar("Method", bound=Callable[..., Any])


def signed(start: Method) -> Method:
    """Note the signature of a parser's ``start``.

    lxml reads it for each page anew, to know what to hand over, and to find it out takes as long as
    to read a short page.
    """
    start.__signature__ = inspect.signature(start)  # type: ignore[attr-defined]
    return start


def encoding_of(content_type: str, beginning: bytes) -> str:
    """Return the codec of a page: by its mark, the header, its own word, or the look of it.

    Args:
        content_type: the header's value, empty if there is none.
        beginning: the first bytes of the page, ``PRESCAN_BYTES`` if there are so many.
    """
    for mark, name in BOMS:
        if beginning.startswith(mark):
            return name
    codec = _codec(_charset(content_type))
    if codec:
        return codec
    if b"charset" in beginning.lower():
        codec = _codec(_declared(beginning))
        if codec and codec.startswith("utf-16"):
            return "utf-8"  # else this could not have been read
        if codec:
            return codec
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        return "utf-8" if error.reason == "unexpected end of data" else "cp1252"
    return "utf-8"


def _charset(content_type: str) -> str:
    named = content_type.lower().partition("charset=")[2].partition(";")[0]
    return named.strip(" \t\"'")


def _codec(charset: str) -> str | None:
    """Return Python's name of an encoding that browsers know, or None."""
    try:
        name = codecs.lookup(CHARSETS.get(charset, charset)).name if charset else ""
    except (LookupError, ValueError):
        return None
    return name if name in CODECS else None


def _declared(beginning: bytes) -> str:
    """Return the encoding that a ``meta`` element names, or an empty string."""
    metas = _Metas()
    with suppress(Exception):
        parser = etree.HTMLParser(target=metas, encoding="iso-8859-1")
        for begin in range(0, len(beginning), FEED_BYTES):
            parser.feed(beginning[begin : begin + FEED_BYTES])
        parser.close()
    return metas.charset


class _FoundError(Exception):
    """The rest of a page has nothing to say any more."""


class _Metas:
    """Waits for the first ``meta`` that names an encoding."""

    def __init__(self) -> None:
        self.charset = ""

    @signed
    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            named = attributes.get("charset", "").strip().lower()
            kind = attributes.get("http-equiv", "").strip().lower()
            if not named and kind == "content-type":
                named = _charset(attributes.get("content", ""))
            self.charset = named
            if named:
                raise _FoundError

    def close(self) -> None:
        """Be told that this is all."""
