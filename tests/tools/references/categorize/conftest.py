"""Links with the kind and main topic that a person gave them."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.references.categorize import Category, categorize

LABELLED = Path(__file__).parents[3] / "data" / "categorize" / "labelled.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled link and what the rules say of it."""

    split: str
    kind: str
    topic: str
    rules: Category

    @property
    def kind_right(self) -> bool:
        """Whether the rules give the person's kind."""
        return self.rules.kind == self.kind

    @property
    def topic_right(self) -> bool:
        """Whether the rules give the person's main topic."""
        return self.rules.topic == self.topic


@pytest.fixture(scope="session")
def judged() -> list[Judged]:
    """Return every labelled link with what the rules say of it."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    return [
        Judged(
            split=row["split"],
            kind=row["kind"],
            topic=row["topic"],
            rules=categorize(row["title"], row["url"]),
        )
        for row in rows
    ]
