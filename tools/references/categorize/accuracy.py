"""How often the rules say what a person says.

``python -m tools.references.categorize.accuracy FILE`` prints it. The file has JSON lines with
``title``, ``url``, ``kind`` and ``topic``, and a ``split`` to tell links that rules were tuned on
(``tune``) from the others (``test``).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..store import ListError
from .engine import Category, categorize

Pair = tuple[str, str]
"""What a person says, and what the rules say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled link and what the rules say of it."""

    title: str
    url: str
    split: str
    kind: str
    topic: str
    rules: Category

    @property
    def kinds(self) -> Pair:
        """The kind, by the person and by the rules."""
        return self.kind, str(self.rules.kind)

    @property
    def topics(self) -> Pair:
        """The main topic, by the person and by the rules."""
        return self.topic, str(self.rules.topic)

    @property
    def right(self) -> bool:
        """Whether kind and main topic are both what the person says."""
        return self.kinds[0] == self.kinds[1] and self.topics[0] == self.topics[1]


def judge(lines: Iterable[str]) -> list[Judged]:
    """Returns labelled links, given as lines of JSON, with what the rules say of each."""
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Judged(
            title=row["title"],
            url=row["url"],
            split=row.get("split", ""),
            kind=row["kind"],
            topic=row["topic"],
            rules=categorize(row["title"], row["url"]),
        )
        for row in rows
    ]


def accuracy(pairs: Sequence[Pair]) -> float:
    """Returns the share of pairs that agree."""
    return sum(told == ruled for told, ruled in pairs) / len(pairs)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Returns the F1 score, which weighs precision and recall alike, averaged over all labels."""
    right = Counter(told for told, ruled in pairs if told == ruled)
    told_often = Counter(told for told, _ in pairs)
    ruled_often = Counter(ruled for _, ruled in pairs)
    scores = [2 * right[word] / (told_often[word] + ruled_often[word]) for word in told_often]
    return sum(scores) / len(scores)


def confusion(pairs: Sequence[Pair]) -> str:
    """Returns a table: a row for each word of persons, a column for each answer of the rules."""
    words = sorted({word for pair in pairs for word in pair})
    counts = Counter(pairs)
    width = max(map(len, words))
    short = 8  # letters tell general from generative
    lines = [" " * width + "".join(f"{word[: short - 1]:>{short}}" for word in words)]
    for told in words:
        cells = (str(counts[told, ruled] or "·") for ruled in words)
        lines.append(f"{told:>{width}}" + "".join(f"{cell:>{short}}" for cell in cells))
    return "\n".join(lines)


def reliability(links: Iterable[Judged], bins: int = 5) -> list[tuple[int, float, float]]:
    """Returns of each bin of confidence: how many links, their mean confidence, how many right."""
    found: list[list[Judged]] = [[] for _ in range(bins)]
    for link in links:
        found[min(bins - 1, int(link.rules.confidence * bins))].append(link)
    return [
        (
            len(links_of_bin),
            sum(link.rules.confidence for link in links_of_bin) / len(links_of_bin),
            sum(link.right for link in links_of_bin) / len(links_of_bin),
        )
        for links_of_bin in found
        if links_of_bin
    ]


def report(links: Sequence[Judged]) -> str:
    """Returns accuracy, macro-F1 and confusion of kind and topic, and how honest confidence is."""
    parts = []
    for name, pairs in (
        ("kind", [link.kinds for link in links]),
        ("topic", [link.topics for link in links]),
    ):
        score = f"accuracy {accuracy(pairs):.3f}, macro-F1 {macro_f1(pairs):.3f}"
        parts.append(f"{name} of {len(pairs)} links: {score}\n{confusion(pairs)}")
    rows = (
        f"{said:.2f} said, {right:.2f} right ({count})" for count, said, right in reliability(links)
    )
    parts.append("confidence: " + "; ".join(rows))
    return "\n\n".join(parts)


def main(paths: Sequence[str]) -> int:
    """Print the report of each split of a file."""
    if len(paths) != 1:
        print("Name one file of labelled links, as JSON lines.", file=sys.stderr)
        return 2
    try:
        links = judge(Path(paths[0]).read_text(encoding="utf-8").splitlines())
    except ListError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{paths[0]}: cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError) as error:
        print(
            f"{paths[0]}: is not JSON lines with title, url, kind, topic: {error}", file=sys.stderr
        )
        return 2
    for split in sorted({link.split for link in links}):
        print(f"== {split or 'all'}\n{report([x for x in links if x.split == split])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
