"""Words of titles and addresses, and the phrases of a lexicon found among them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic

from .evidence import Label, Weights

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_VERSION = re.compile(r"(\D{3,}?)[vV]?\d+[dD]?")
_BREAK = re.compile(r"[:;,!?()\[\]{}|\u2013\u2014\u201c\u201d\"]|\s[-~/]\s|\.(?:\s|$)")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
LONG = 6
"""A phrase of so many letters is no accident at the end of a longer word."""
SHORT = 4
"""What is left of the word beside it may be anything up to so many letters."""
CACHED = 20_000
"""So many words are remembered with what they come to: links of one field share most of theirs."""
MAX_CHARACTERS = 600
"""What lies beyond is no title any more and is not read."""


def normalize(text: str) -> str:
    """Returns the text with ligatures and full-width letters resolved, cut to a title's length."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])


def words(text: str) -> list[str]:
    """Returns the words of a text in their own case; hyphens and underscores separate."""
    return _WORD.findall(_POSSESSIVE.sub("", normalize(text)))


def clauses(text: str) -> list[list[str]]:
    """Returns the words of a text, by what its punctuation holds together."""
    return [found for clause in _BREAK.split(normalize(text)) if (found := words(clause))]


@lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """Returns the word in lower case without the s of a plural."""
    word = word.lower()
    if word.endswith("sses"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word


def key_of(phrase: str) -> tuple[str, ...]:
    """Returns what a phrase is found by: its words, as stems unless it is a name with a capital.

    Raises:
        ValueError: when it has no word to look for.
    """
    parts = words(phrase)
    if not parts:
        raise ValueError("has no letter or number to look for")
    return tuple(parts if is_name(phrase) else map(stem, parts))


def is_name(phrase: str) -> bool:
    """Tells whether a phrase is a name that is found in its own spelling only: ``LIME``."""
    return phrase != phrase.lower()


@dataclass(frozen=True, slots=True)
class Match(Generic[Label]):
    """A phrase found, as it was written, what it speaks for, and the words around it."""

    phrase: str
    weights: Weights[Label]
    before: list[str]
    after: list[str]


class Phrases(Generic[Label]):
    """A lexicon ready to search: the longest phrase wins, and no word is counted twice.

    A phrase written with a capital, ``LIME``, is a name: it is found in that spelling only.
    """

    def __init__(self, lexicon: Mapping[str, Weights[Label]], acronyms: Iterable[str]) -> None:
        """Index the lexicon's phrases; a word that ends in an acronym is read as two."""
        self._any_case: dict[tuple[str, ...], Weights[Label]] = {}
        self._names: dict[tuple[str, ...], Weights[Label]] = {}
        for phrase, weights in lexicon.items():
            index = self._names if is_name(phrase) else self._any_case
            merged = index.setdefault(key_of(phrase), {})
            for label, weight in weights.items():
                merged[label] = max(weight, merged.get(label, weight))
        self._acronym = re.compile(rf"([A-Za-z0-9]+?)({'|'.join(map(re.escape, acronyms))})s?")
        self._longest: dict[str, int] = {}
        for key in (*self._any_case, *self._names):
            first = stem(key[0])
            self._longest[first] = max(len(key), self._longest.get(first, 0))
        self._part = {part for key in self._any_case for part in key}
        self._glued = {"".join(key): key for key in self._any_case}
        self._whole = {"".join(key).lower(): key for key in self._names}
        self._pieces = lru_cache(maxsize=CACHED)(self._split_glued)

    def find(self, text_words: Iterable[str], *, inside: bool = False) -> list[Match[Label]]:
        """Returns the matches in the order of the text.

        With ``inside``, as for addresses, also a long phrase that a longer word begins or ends
        with: the ``dropout`` of fastdropout.
        """
        tokens = [token for word in text_words for token in self._pieces(word)]
        if inside:
            tokens = [part for token in tokens for part in self._parts_of(token)]
        stems = [stem(token) for token in tokens]
        found: list[Match[Label]] = []
        start = 0
        while start < len(tokens):
            end = start + self._longest.get(stems[start], 0)
            while end > start:
                weights = self._names.get(tuple(tokens[start:end]))
                if weights is None:
                    weights = self._any_case.get(tuple(stems[start:end]))
                if weights is not None:
                    phrase = " ".join(tokens[start:end])
                    found.append(Match(phrase, weights, tokens[:start], tokens[end:]))
                    break
                end -= 1
            start = max(end, start + 1)
        return found

    def find_name(self, text: str) -> list[Match[Label]]:
        """Returns the name that a text is, in whatever case: the ``shap`` of an address."""
        key = self._whole.get("".join(words(text)).lower())
        return [Match(" ".join(key), self._names[key], [], [])] if key else []

    def _parts_of(self, token: str) -> list[str]:
        """Split a long phrase off the beginning or the end of a word that is none.

        What is left must be short or a known word: vision is no part of subdivision.
        """
        whole = stem(token)
        if whole in self._part or (token,) in self._names:
            return [token]
        for length in range(len(whole) - 1, LONG - 1, -1):
            for piece, rest in (
                (whole[:length], whole[length:]),
                (whole[-length:], whole[:-length]),
            ):
                parts = self._glued.get(piece)
                if parts and (len(rest) <= SHORT or rest in self._part):
                    return [*parts, rest]
        return [token]

    def _split_glued(self, word: str) -> Sequence[str]:
        """Split neuralnetworks, NeuralNetworks, SRGAN, and ResNet50 from its version.

        A name of the lexicon, as StyleGAN, stays whole.
        """
        if stem(word) in self._part or (word,) in self._names:
            return [word]
        if word.islower() and (parts := self._glued.get(stem(word))):
            return parts
        if glued := self._acronym.fullmatch(word):
            return glued.groups()
        if (versioned := _VERSION.fullmatch(word)) and stem(versioned[1]) in self._part:
            return [versioned[1]]
        return [word] if word.islower() else _CAMEL.findall(word) or [word]
