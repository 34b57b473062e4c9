"""Words of pages, compared without regard to case, accents, punctuation and white space."""

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import urlsplit

SEPARATORS = "|\u00b7\u2022\u00ab\u00bb\u2039\u203a<>"
"""Marks that divide a title wherever they stand."""

SPACED_SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014\u2015:/\\~"
"""Marks that divide it next to a space, and stand within words otherwise."""

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
    return " ".join(word for word in text.split() if word not in words)


def parts(title: str) -> list[str]:
    """Return the folded parts of a title, such as the page's name and the site's."""
    for mark in SEPARATORS:
        title = title.replace(mark, "|")
    for mark in SPACED_SEPARATORS:
        title = title.replace(f" {mark}", " |").replace(f"{mark} ", "| ")
    return [folded for folded in map(fold, title.split("|")) if folded]


def stated(shown: Iterable[str], phrases: Collection[str]) -> bool:
    """Return whether a title or heading, or a part of it, is as a whole one of the phrases."""
    return any(
        text in phrases or any(part in phrases for part in parts(original))
        for original in shown
        if (text := fold(original))
    )


def contains(text: str, phrases: frozenset[str]) -> bool:
    """Return whether a folded text has one of the folded phrases in it, as whole words.

    Languages that put no spaces between words have the phrase anywhere.
    """
    spaced = f" {text} "
    return any(phrase in spaced for phrase in _bounded(phrases))


@lru_cache(maxsize=64)
def _bounded(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(f" {phrase} " if phrase.isascii() else phrase for phrase in phrases)


def is_named(host: str, names: Iterable[str]) -> bool:
    """Return whether a host is one of the names or below one of them."""
    return any(host == name or host.endswith(f".{name}") for name in names)


def host_of(url: str) -> str:
    """Return the host of an address, absolute or without its scheme; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
