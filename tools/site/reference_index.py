"""What the reference list is searched and sorted by beyond what its entries show."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..references.model import Reference

PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i"}
    | {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{EN DASH}": "-"}
)
"""Letters from which no mark can be taken off, and signs that no keyboard has."""

ORDERS: dict[str, tuple[str, Callable[[Reference], Any]]] = {
    "year": ("newest", lambda entry: -(entry.year or float("-inf"))),
    "oldest": ("oldest", lambda entry: entry.year or float("inf")),
    "title": ("title", lambda entry: ()),
    "author": (
        "first author",
        lambda entry: (not entry.authors, *(letters(author) for author in entry.authors[:1])),
    ),
}
"""The orders of a flat list, as the address calls them, each with words for it and a key.

What is not known comes last in all of them; what has the same key goes by title.
"""


def ranks(entries: Iterable[Reference]) -> Mapping[str, str]:
    """Return the places of each entry, by its id, in `ORDERS`, one after the other."""
    by_title = sorted(entries, key=lambda entry: letters(entry.title))
    places: dict[str, list[str]] = {entry.id: [] for entry in by_title}
    for _, key in ORDERS.values():
        for place, entry in enumerate(sorted(by_title, key=key)):
            places[entry.id].append(str(place))
    return {name: " ".join(numbers) for name, numbers in places.items()}


def search_words(entry: Reference, hidden: Sequence[str]) -> str:
    """Return what an entry is found by beside its text: plain spellings, and `hidden` names."""
    texts = [entry.title, *entry.authors, entry.venue or "", entry.note or "", *hidden]
    words = " ".join(texts).casefold().split()
    spelt = [word.translate(PLAIN) for word in words if word.translate(PLAIN) != word]
    return " ".join([*hidden, *dict.fromkeys(spelt)])


def letters(text: str) -> str:
    """Return the letters and digits of a text, without case and marks, by which it is sorted."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    unmarked = "".join(part for part in parts if not unicodedata.combining(part))
    return re.sub(r"[\W_]+", " ", unmarked).strip()
