"""How the rules are written: words or places, by what they speak for and how strongly.

A weight is a log-odds: evidence adds up, and the answer is the word of the vocabulary with the
largest sum.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from ..model import Kind, Topic

SETTLES = 12.0  # the place allows nothing else: a repository, a video site, an encyclopedia
CERTAIN = 6.0  # the place or the word all but says it: arxiv.org, "nanodegree"
LIKELY = 4.5  # seldom anything else: the blog of a laboratory, a domain of use
STRONG = 3.5  # names the subject itself: "machine translation"
MEDIUM = 2.0  # names a method mostly used for it, or one sense of an ambiguous word
SLIGHT = 1.2  # names the field as a whole: "machine learning"
HINT = 0.8  # tips the scales when nothing else does

Label = TypeVar("Label", bound=StrEnum)
Weights = dict[Label, float]
Table = Mapping[Label, Mapping[float, str]]
KindTable = Table[Kind]
TopicTable = Table[Topic]


def entries(table: Table[Label]) -> Iterator[tuple[str, Label, float]]:
    """Yields every (text, label, weight) of a table; texts are separated by commas."""
    for label, by_weight in table.items():
        for weight, texts in by_weight.items():
            for text in texts.split(","):
                yield " ".join(text.split()), label, weight


def by_text(*tables: Table[Label]) -> dict[str, Weights[Label]]:
    """Returns the weights of each text; one that stands under several labels has them all."""
    index: dict[str, Weights[Label]] = {}
    for table in tables:
        for text, label, weight in entries(table):
            weights = index.setdefault(text, {})
            weights[label] = max(weight, weights.get(label, weight))
    return index
