"""Links of an HTML page: where it leads to and what it shows."""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup

from .found import Found

LINKING: Mapping[str, str] = {
    "a": "href",
    "area": "href",
    "img": "src",
    "iframe": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
}
"""The elements that a reader follows or sees; style sheets and scripts are the page's affair."""

BARE_AMPERSAND = re.compile(r"&(?![A-Za-z][A-Za-z0-9]*;|#)")
"""In ``?a=1&copy=2`` no browser sees a copyright sign; the parser does, unless it is escaped."""


def links(text: str, first_line: int = 1) -> Iterator[Found]:
    """Yield the links of a page or fragment whose first line has the given number.

    As in a browser, entities are decoded, and white space around an address and line breaks in it
    are dropped. A link stands on the line where its tag begins. Comments and scripts hold none.
    """
    page = BeautifulSoup(BARE_AMPERSAND.sub("&amp;", text), "html.parser")
    for tag in page.find_all(list(LINKING)):
        value = tag.get(LINKING[tag.name])
        if isinstance(value, str):
            url = value.strip().translate({ord(c): None for c in "\t\r\n"})
            yield Found(url, first_line - 1 + (tag.sourceline or 1))
