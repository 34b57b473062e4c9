"""What was observed of each link, in a file that only ``check`` and ``merge`` write."""

import hashlib
import itertools
import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import NoneType
from typing import Any

from .... import files
from ..verdict import LinkResult, Verdict
from . import history
from .history import Failing

VERSION = 1

LASTING = frozenset({Verdict.ALIVE, Verdict.MOVED, Verdict.BLOCKED})
"""Verdicts that stay fresh for a while; all others are asked again in the next run."""

JITTER = 0.25
"""How much sooner than others a link may have to be asked again, as a share of the time that all
stay fresh: else those that were asked together would for ever be asked together."""

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
"""The fields of a link's record, all of which it has, and what each may be. A link that fails has
one more, ``failing``, if this version of the program wrote it."""

UNSOUND = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading a document of any other shape may raise."""


class StateError(Exception):
    """A state file cannot be used; the text is one ``path: message``."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of each link, by the link as its source has it."""

    links: Mapping[str, LinkResult]
    """The last result of each, without occurrences."""
    failing: Mapping[str, Failing] = field(default_factory=dict)
    """The row of failing runs of each that fails, and of no other."""

    def fresh(self, max_age: timedelta, now: datetime) -> dict[str, LinkResult]:
        """Return the results that need not be asked for again; dates in the future prove nothing.

        How long one stays fresh is between three quarters of ``max_age`` and all of it.
        """
        return {
            url: result
            for url, result in self.links.items()
            if result.verdict in LASTING
            and result.checked_at is not None
            and timedelta(0) <= now - result.checked_at < max_age * _share(result)
        }

    def updated(self, results: Iterable[LinkResult], now: datetime) -> "State":
        """Return the state with these results, of links that were asked, over their earlier ones.

        Links that the run did not meet keep theirs: it may have been over a part of the list. A
        result that is in the state already, or is older than the one that is, changes nothing.
        """
        links, failing = dict(self.links), dict(self.failing)
        for result in results:
            result = replace(result, occurrences=())
            if not _is_news(links.get(result.url), result, now):
                continue
            links[result.url] = result
            row = history.after(failing.pop(result.url, None), result)
            if row is not None:
                failing[result.url] = row
        return State(links, failing)


def merged(states: Iterable[State], now: datetime) -> State:
    """Return what is known from several states: of each link the latest result, with its row.

    The order of the states does not matter, and one that is merged in again changes nothing. As
    everywhere, what comes from the future, by a clock that was wrong, gives way to what does not.
    """
    links: dict[str, LinkResult] = {}
    failing: dict[str, Failing] = {}
    for state in states:
        for url in newer(state, State(links, failing), now):
            links[url] = state.links[url]
            failing.pop(url, None)
            if row := state.failing.get(url):
                failing[url] = row
    return State(links, failing)


def newer(other: State, known: State, now: datetime) -> list[str]:
    """Return the links of which another state has a later result than is known, or the only one."""
    return [
        url
        for url in other.links
        if url not in known.links or _rank(other, url, now) > _rank(known, url, now)
    ]


class DamagedStateError(StateError):
    """A state file is not a state: something else wrote it, or not to its end."""

    def __init__(self, message: str, sound: State | None = None) -> None:
        """Take the text, and what of the file is sound."""
        super().__init__(message)
        self.sound = sound or State({})


def load(path: Path) -> State:
    """Return the state in a file; an empty one if there is no file.

    What is returned is sound to its last field, whatever wrote the file: nothing else is raised.

    Raises:
        StateError: when the file cannot be opened, or a later version of this program wrote it.
        DamagedStateError: when it is not a state; a kind of StateError. It has what is sound.
    """
    try:
        document = json.loads(path.read_bytes())
        version = document["version"]
        if isinstance(version, int) and version > VERSION:
            raise StateError(f"{path}: was written by a later version of this program")
        if version != VERSION:
            raise ValueError
        records = document["links"].items()
    except FileNotFoundError:
        return State({})
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise DamagedStateError(f"{path}:{error.lineno}: is not JSON: {error.msg}") from None
    except UNSOUND:
        raise DamagedStateError(f"{path}: is not a state of links") from None
    links: dict[str, LinkResult] = {}
    failing: dict[str, Failing] = {}
    damaged = []
    for url, record in records:
        try:
            link = result_of(url, record)
            row = _row_of(link, record)
        except UNSOUND:
            damaged.append(url)
            continue
        links[url] = link
        if row is not None:
            failing[url] = row
    if damaged:
        others = f" and of {len(damaged) - 1} more" if damaged[1:] else ""
        raise DamagedStateError(
            f"{path}: is not a state of links: the record of {damaged[0]!r}{others} is not sound",
            State(links, failing),
        )
    return State(links, failing)


def save(path: Path, state: State) -> None:
    """Write a state, sorted, in one step: a reader finds the old file or the new one, never a part.

    Raises:
        StateError: when it cannot be written; the old file is then untouched.
    """
    links = {}
    for url in sorted(state.links):
        links[url] = record_of(state.links[url])
        if row := state.failing.get(url):
            links[url]["failing"] = {
                "since": _written(row.since),
                "runs": row.runs,
                "dead_since": row.dead_since and _written(row.dead_since),
                "dead_runs": row.dead_runs,
            }
    text = json.dumps({"version": VERSION, "links": links}, indent=2, ensure_ascii=False) + "\n"
    # A server may have sent half of a surrogate pair: no UTF-8 has it, but the escapes of JSON do.
    text = text.encode("utf-8", "backslashreplace").decode()
    try:
        files.replace(path, text)
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror}") from None


def record_of(result: LinkResult) -> dict[str, Any]:
    """Return what is remembered of a result, as JSON has it."""
    document = result.document()
    return {name: value for name, value in document.items() if name not in OF_SOURCE}


def result_of(url: str, record: dict[str, Any]) -> LinkResult:
    """Return what a record remembers of a link.

    Raises:
        Exception: one of ``UNSOUND``, when it is not a record, or a field not what it may be.
    """
    fields = {name: record[name] for name in SHAPES}
    if not all(isinstance(fields[name], shape) for name, shape in SHAPES.items()):
        raise TypeError
    if not math.isfinite(fields["elapsed_s"]):
        raise ValueError
    verdict, checked_at = Verdict(fields["verdict"]), _read(fields["checked_at"])
    return LinkResult(**fields | {"url": url, "verdict": verdict, "checked_at": checked_at})


def name_aside(path: Path) -> Path:
    """Return the name under which a damaged file will be kept: one that is free."""
    target = path.resolve() if path.is_symlink() else path
    names = (target.with_name(f"{target.name}.damaged-{n}") for n in itertools.count(1))
    return next(name for name in names if not os.path.lexists(name))


def set_aside(path: Path) -> Path:
    """Keep a damaged file under a free name, over nothing, and return that.

    Where the file system can, the file has its old name, too, until it is replaced: whatever
    happens before, the next run finds it there.

    Raises:
        StateError: when it cannot be done.
    """
    aside = name_aside(path)
    try:
        try:
            os.link(path.resolve(), aside)
        except OSError:  # a file system that knows one name of a file only
            path.resolve().rename(aside)
    except OSError as error:
        raise StateError(f"{path}: cannot be set aside: {error.strerror}") from None
    return aside


def _is_news(known: LinkResult | None, result: LinkResult, now: datetime) -> bool:
    """Return whether a result says more of its link than is known."""
    if result.checked_at is None or result == known:
        return False
    if known is None or known.checked_at is None:
        return True
    return known.checked_at <= result.checked_at or known.checked_at > now


def _rank(state: State, url: str, now: datetime) -> tuple[bool, datetime, int, str]:
    """Return by what a link's result in one state comes before that in another.

    Two of the same second are told apart by the longer row, and else by anything that is the same
    on every machine: which of them is kept must not depend on which was found first.
    """
    result, row = state.links[url], state.failing.get(url)
    asked = result.checked_at or datetime.min.replace(tzinfo=UTC)
    return asked <= now, asked, row.runs if row else 0, f"{record_of(result)!r} {row!r}"


def _share(result: LinkResult) -> float:
    """Return for how much of the whole time a result stays fresh: on every machine the same."""
    digest = hashlib.sha256(f"{result.checked_at} {result.url!a}".encode()).digest()
    return 1 - JITTER * int.from_bytes(digest[:4], "big") / 2**32


def _row_of(link: LinkResult, record: dict[str, Any]) -> Failing | None:
    """Return the row in a link's record; where it has none, that of the one run it tells of."""
    document = record.get("failing")
    if document is None:
        return history.after(None, link)
    row = Failing(
        since=_read(document["since"]),
        runs=document["runs"],
        dead_since=document["dead_since"] and _read(document["dead_since"]),
        dead_runs=document["dead_runs"],
    )
    numbers = isinstance(row.runs, int) and isinstance(row.dead_runs, int)
    if not numbers or not row.is_sound() or link.verdict not in history.FAILURES:
        raise ValueError
    return row


def _read(moment: str) -> datetime:
    """Return a moment, in UTC.

    Raises:
        Exception: one of ``UNSOUND``, when the text is none, or does not say in which zone it is.
    """
    read = datetime.fromisoformat(moment)
    if read.tzinfo is None:
        raise ValueError
    return read.astimezone(UTC)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
