"""What was measured, as it is kept: raw figures only, for all that is shown is computed of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .measure import Cost
from .server import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One list, checked by one checker after the other."""

    seed: int
    links: int
    hanging: int
    bound_s: float
    """What no polite checker can beat."""
    costs: Mapping[str, Cost]
    """By checker."""
    seen: Mapping[str, Tally]
    """What the server saw of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that one start of the bench measured."""

    date: str
    machine: str
    versions: Mapping[str, str]
    conditions: str
    """What the latency was like."""
    works: Mapping[str, Sequence[Run]]
    """The runs of each work, one a seed."""


def dump(record: Record) -> str:
    """Return the record as JSON."""
    return json.dumps(asdict(record), indent=1) + "\n"


def load(path: Path) -> Record:
    """Return the record that a file holds."""
    document = json.loads(path.read_text(encoding="utf-8"))
    works = {name: [_run(run) for run in runs] for name, runs in document["works"].items()}
    return Record(**document | {"works": works})


def _run(document: dict[str, Any]) -> Run:
    costs = {name: Cost(**cost) for name, cost in document["costs"].items()}
    seen = {name: Tally(**tally) for name, tally in document["seen"].items()}
    return Run(**document | {"costs": costs, "seen": seen})
