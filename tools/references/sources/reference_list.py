"""Links of our own list: the address of each entry and those of its related pages.

Aliases are former addresses, kept because they are dead or moved, and snapshots live in an archive
that asks not to be crawled: neither is checked.
"""

from collections.abc import Iterator
from pathlib import Path

from .. import store
from ..schema import line_of
from .found import Found, Unreadable


def links(text: str) -> Iterator[Found]:
    """Yield the links of a list, each on its own line.

    Raises:
        Unreadable: at the first fault of structure; ``validate`` names them all.
    """
    try:
        listing = store.parse(Path(), text)
        listing.references()
    except store.ListError as error:
        fault = error.faults[0]
        raise Unreadable(fault.line, fault.message) from None
    for entry in listing.entries:
        for _, url in entry.links():
            yield Found(url.value.strip(), line_of(url))
