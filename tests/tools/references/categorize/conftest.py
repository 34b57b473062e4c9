"""Links with the kind and main topic that a person gave them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references.categorize.accuracy import Judged, judge

LABELLED = Path(__file__).parents[3] / "data" / "categorize" / "labelled.jsonl"


@pytest.fixture(scope="session")
def judged() -> Callable[[str], list[Judged]]:
    """Return what gives the labelled links of a split, each with what the rules say of it."""
    links = judge(LABELLED.read_text(encoding="utf-8").splitlines())
    return lambda split: [link for link in links if link.split == split]
