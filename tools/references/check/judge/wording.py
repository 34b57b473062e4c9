"""Words of pages, compared without regard to case, accents, punctuation and white space."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlsplit

Row = TypeVar("Row")

SEPARATORS = "|\u00b7\u2022\u00ab\u00bb\u2039\u203a<>"
"""Marks that divide a title wherever they stand."""

SPACED_SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014\u2015:/\\~"
"""Marks that divide it next to a space, and stand within words otherwise."""

_BETWEEN_PARTS = re.compile(
    f"[{re.escape(SEPARATORS)}]|[{re.escape(SPACED_SEPARATORS)}](?:(?= )|(?<= .))"
)

APOSTROPHES = "'\u2019"
"""Marks within words, which nobody writes as the next one does."""

ASCII = {
    code: None if chr(code) in APOSTROPHES else chr(code).lower() if chr(code).isalnum() else " "
    for code in range(128)
}
"""What becomes of each letter of a text that has no others."""


def fold(text: str) -> str:
    """Return the words of a text in lower case, without accents, with single spaces between."""
    if text.isascii():
        return " ".join(text.translate(ASCII).split())
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        char if char.isalnum() else " "
        for char in letters
        if not (char in APOSTROPHES or unicodedata.combining(char))
    )
    return " ".join(letters.split())


def without(words: Collection[str], text: str) -> str:
    """Return a folded text without some words."""
    return " ".join([word for word in text.split() if word not in words])


def joined(*texts: str) -> str:
    """Return folded texts as one."""
    return " ".join(filter(None, texts))


def parts(title: str) -> list[str]:
    """Return the folded parts of a title, such as the page's name and the site's.

    Joined they are the folded title.
    """
    return [folded for folded in map(fold, _BETWEEN_PARTS.split(title)) if folded]


def contains(text: str, phrases: frozenset[str]) -> bool:
    """Return whether a folded text has one of the folded phrases in it, as whole words.

    Languages that put no spaces between words have the phrase anywhere.
    """
    spaced = f" {text} "
    by_word, anywhere = _indexed(phrases)
    candidates = (phrase for word in by_word.keys() & text.split() for phrase in by_word[word])
    if any(phrase in spaced for phrase in candidates):
        return True
    return not text.isascii() and any(phrase in text for phrase in anywhere)


@lru_cache(maxsize=64)
def _indexed(phrases: frozenset[str]) -> tuple[Mapping[str, list[str]], list[str]]:
    """Return the phrases by their longest words, and those that may stand anywhere.

    A text has few of those words, so that most phrases need not be looked for.
    """
    by_word: dict[str, list[str]] = {}
    for phrase in filter(str.isascii, phrases):
        by_word.setdefault(max(phrase.split(), key=len), []).append(f" {phrase} ")
    return by_word, [phrase for phrase in phrases if not phrase.isascii()]


def by_host(table: Mapping[str, Row], host: str) -> Row | None:
    """Return the row of a host, or of the site that it is a sub-domain of, if there is one."""
    while host and host not in table:
        host = host.partition(".")[2]
    return table.get(host)


def host_of(url: str) -> str:
    """Return the host of an address, absolute or without its scheme; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
