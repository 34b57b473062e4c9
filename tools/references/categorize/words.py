"""Words of titles and addresses, and the phrases of a lexicon found among them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from .tables import Label, Weights

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_VERSION = re.compile(r"(\D{3,}?)[vV]?\d+[dD]?")
_ACRONYM = re.compile(r"([A-Za-z0-9]+?)(ASR|BERT|CNN|GAN|GPT|LLM|LSTM|NLP|RNN|SLAM|TTS|VAE)s?")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_CLASS_NUMBER = re.compile(r"\b[A-Z]{2,4}[ -]?(?!(19|20)\d\d)\d{3,4}[A-Za-z]?\b|\b6\.S?\d{3}\b")
SENTENCE = 7
"""A title of so many words tells something; names of tools and laboratories are shorter."""
MAX_CHARACTERS = 600
"""What lies beyond is no title any more and is not read."""


def normalize(text: str) -> str:
    """Returns the text with ligatures and full-width letters resolved, cut to a title's length."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])


def words(text: str) -> list[str]:
    """Returns the words of a text in their own case; hyphens and underscores separate."""
    return _WORD.findall(_POSSESSIVE.sub("", normalize(text)))


def stem(word: str) -> str:
    """Returns the word in lower case without the s of a plural."""
    word = word.lower()
    if word.endswith("sses"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word


def title_traits(title: str, title_words: list[str]) -> list[str]:
    """Returns the names of ``kinds.TRAITS`` that hold of a title."""
    holds = {
        "class number in title": _CLASS_NUMBER.search(title) is not None,
        "one-word title": len(title_words) == 1,
        "title of a sentence": len(title_words) >= SENTENCE,
    }
    return [name for name, is_so in holds.items() if is_so]


@dataclass(frozen=True, slots=True)
class Match(Generic[Label]):
    """A phrase found, as it was written, and what it speaks for."""

    phrase: str
    weights: Weights[Label]


class Phrases(Generic[Label]):
    """A lexicon ready to search: the longest phrase wins, and no word is counted twice.

    A phrase written with a capital, ``LIME``, is a name: it is found in that spelling only.
    """

    def __init__(self, lexicon: Mapping[str, Weights[Label]]) -> None:
        """Index the lexicon's phrases by their stems."""
        self._any_case: dict[tuple[str, ...], Weights[Label]] = {}
        self._names: dict[tuple[str, ...], Weights[Label]] = {}
        for phrase, weights in lexicon.items():
            parts = tuple(words(phrase))
            is_name = phrase != phrase.lower()
            index = self._names if is_name else self._any_case
            merged = index.setdefault(parts if is_name else tuple(map(stem, parts)), {})
            for label, weight in weights.items():
                merged[label] = max(weight, merged.get(label, weight))
        self._longest: dict[str, int] = {}
        for key in (*self._any_case, *self._names):
            first = stem(key[0])
            self._longest[first] = max(len(key), self._longest.get(first, 0))
        self._part = {part for key in self._any_case for part in key}

    def find(self, text_words: Iterable[str]) -> list[Match[Label]]:
        """Returns the matches in the order of the text."""
        tokens = self._split_glued(text_words)
        stems = [stem(token) for token in tokens]
        found: list[Match[Label]] = []
        start = 0
        while start < len(tokens):
            longest = self._longest.get(stems[start], 0)
            for length in range(min(longest, len(tokens) - start), 0, -1):
                end = start + length
                weights = self._names.get(tuple(tokens[start:end]))
                if weights is None:
                    weights = self._any_case.get(tuple(stems[start:end]))
                if weights is not None:
                    found.append(Match(" ".join(tokens[start:end]), weights))
                    start = end
                    break
            else:
                start += 1
        return found

    def _split_glued(self, text_words: Iterable[str]) -> list[str]:
        """Split NeuralNetworks, SRGAN, and ResNet50 from its version, but no name, as StyleGAN."""
        tokens: list[str] = []
        for word in text_words:
            if stem(word) in self._part or (word,) in self._names:
                tokens.append(word)
            elif glued := _ACRONYM.fullmatch(word):
                tokens.extend(glued.groups())
            elif (versioned := _VERSION.fullmatch(word)) and stem(versioned[1]) in self._part:
                tokens.append(versioned[1])
            elif word.islower():
                tokens.append(word)
            else:
                tokens.extend(_CAMEL.findall(word) or [word])
        return tokens
