"""What was observed of each link, kept between runs in a file that only ``check`` writes."""

import itertools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import NoneType
from typing import Any

from ... import files
from .verdict import LinkResult, Verdict

VERSION = 1

LASTING = frozenset({Verdict.ALIVE, Verdict.MOVED, Verdict.BLOCKED})
"""Verdicts that stay fresh for a while; all others are asked again in the next run."""

OF_SOURCE = frozenset({"url", "occurrences"})
"""What is not remembered in a link's record: its key, and where it stands."""

SHAPES: Mapping[str, tuple[type, ...]] = {
    "verdict": (str,),
    "reason": (str,),
    "status_code": (int, NoneType),
    "new_url": (str, NoneType),
    "archive_url": (str, NoneType),
    "elapsed_s": (int, float),
    "checked_at": (str,),
    "attempts": (int,),
}
"""The fields of a link's record, all of which it has, and what each may be."""


class StateError(Exception):
    """A state file cannot be used; the text is one ``path: message``."""


class DamagedStateError(StateError):
    """A state file is not a state: something else wrote it, or not to its end."""


@dataclass(frozen=True, slots=True)
class State:
    """The last result of each link, without occurrences, by the link as its source has it."""

    links: Mapping[str, LinkResult]

    def fresh(self, max_age: timedelta, now: datetime) -> dict[str, LinkResult]:
        """Return the results that need not be asked for again."""
        return {
            url: result
            for url, result in self.links.items()
            if result.verdict in LASTING
            and result.checked_at is not None
            and timedelta(0) <= now - result.checked_at < max_age
        }

    def updated(self, results: Iterable[LinkResult]) -> "State":
        """Return the state with these results, of links that were asked, over their earlier ones.

        Links that the run did not meet keep theirs: it may have been over a part of the list.
        """
        asked = {
            result.url: replace(result, occurrences=()) for result in results if result.checked_at
        }
        return State({**self.links, **asked})


def load(path: Path) -> State:
    """Return the state in a file; an empty one if there is no file.

    What is returned is sound to its last field, whatever wrote the file: nothing else is raised.

    Raises:
        StateError: when the file cannot be opened, or a later version of this program wrote it.
        DamagedStateError: when it is not a state; a kind of StateError.
    """
    try:
        document = json.loads(path.read_bytes())
        version = document["version"]
        if isinstance(version, int) and version > VERSION:
            raise StateError(f"{path}: is of version {version}, not {VERSION}")
        if version != VERSION:
            raise ValueError
        return State({url: _result(url, link) for url, link in document["links"].items()})
    except FileNotFoundError:
        return State({})
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise DamagedStateError(f"{path}:{error.lineno}: is not JSON: {error.msg}") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise DamagedStateError(f"{path}: is not a state of links") from None


def save(path: Path, state: State) -> None:
    """Write a state, sorted, in one step: a reader finds the old file or the new one, never a part.

    Raises:
        StateError: when it cannot be written; the old file is then untouched.
    """
    documents = {url: state.links[url].document() for url in sorted(state.links)}
    links = {
        url: {name: value for name, value in document.items() if name not in OF_SOURCE}
        for url, document in documents.items()
    }
    text = json.dumps({"version": VERSION, "links": links}, indent=2, ensure_ascii=False)
    try:
        files.replace(path, text + "\n")
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror}") from None


def set_aside(path: Path) -> Path:
    """Rename a damaged file, over nothing, and return its new path.

    Raises:
        StateError: when it cannot be renamed.
    """
    names = (f"{path.name}.damaged-{n}" for n in itertools.count(1))
    aside = next(free for name in names if not (free := path.with_name(name)).exists())
    try:
        return path.rename(aside)
    except OSError as error:
        raise StateError(f"{path}: cannot be set aside: {error.strerror}") from None


def _result(url: str, document: dict[str, Any]) -> LinkResult:
    """Return a record as a result.

    Raises:
        ValueError, LookupError, TypeError: when it is not a record, or a field not what it may be.
    """
    record = {name: document[name] for name in SHAPES}
    if not all(isinstance(record[name], shape) for name, shape in SHAPES.items()):
        raise TypeError
    checked_at = datetime.fromisoformat(record["checked_at"])
    if checked_at.tzinfo is None or not math.isfinite(record["elapsed_s"]):
        raise ValueError
    verdict = Verdict(record["verdict"])
    return LinkResult(**record | {"url": url, "verdict": verdict, "checked_at": checked_at})
