"""The results of a run, one a line, written the moment they come: what a crash leaves of it.

Results are written over blanks, which are written before anything is asked and are enough for all
results: a disk that gets full in the middle of a run takes none of them. Only if servers have sent
very long addresses may more be needed; where that cannot be had, the run stops asking. Each result
is handed to the system at once, which a ``kill -9`` of this process does not undo. Only a power cut
may cost the last seconds: to wait for the disk at every result, 0.1 ms here and a hundred times
that elsewhere, is not worth them.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ..verdict import LinkResult
from . import state
from .state import StateError

RESUMED_WITHIN = timedelta(days=1)
"""How old the first result of a run may be for the next run to go on with it. Whoever comes back
on the same day wants the rest; later, he wants to know how the links are now."""

RECORD_ROOM = 1024
"""Bytes set aside for a result; with usual addresses one takes 300 to 500."""

BLANK = b"\n\r\t \0"
"""What is nothing: zeros are what a power cut leaves of blanks that never came to the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a journal tells."""

    results: tuple[LinkResult, ...] = ()
    """In the order in which they came."""
    end: int = 0
    """Where, in bytes, what is worth keeping ends."""
    damaged_line: int | None = None
    """The number of the first line that is no result, if there is one."""


class Full(StateError):  # noqa: N818 - what it says of the disk
    """There is no room for the results; the text is one ``path: message``."""


def read(path: Path) -> Contents:
    """Return what a journal tells; nothing if there is none.

    A last line that was not written to its end is as if it were not there. Any other line that is
    no result is damage, and stays in the file; what is sound is told all the same.

    Raises:
        StateError: when the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Contents()
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}") from None
    told = data.rstrip(BLANK)
    lines = told.split(b"\n")
    results, damaged = [], []
    for number, line in enumerate(lines, start=1):
        if line.strip(BLANK):
            try:
                results.append(_result_of(line))
            except state.UNSOUND:
                damaged.append(number)
    if damaged == [len(lines)] and not _is_json(lines[-1]):
        told = told[: -len(lines[-1])].rstrip(BLANK)
        damaged = []
    return Contents(
        results=tuple(results), end=len(told), damaged_line=damaged[0] if damaged else None
    )


def unfinished_run(results: Iterable[LinkResult], now: datetime) -> list[LinkResult]:
    """Return the results of the run that is to be gone on with; none if the last one is too old.

    A result a day or more after the first of a run belongs to another run: a journal may tell of
    several, if one was broken off and the next one did not come to its end either.
    """
    run: list[LinkResult] = []
    first: datetime | None = None
    for result in results:
        if result.checked_at is None:
            continue
        if first is None or abs(result.checked_at - first) >= RESUMED_WITHIN:
            run, first = [], result.checked_at
        run.append(result)
    return run if first is not None and abs(now - first) < RESUMED_WITHIN else []


class Journal:
    """A journal that is being written; there must be no other writer."""

    def __init__(self, path: Path, end: int, results: int) -> None:
        """Open a journal, with room for results.

        Args:
            path: of the file, which is made if there is none.
            end: where what it tells ends; what comes after is written over.
            results: how many are to come.

        Raises:
            Full: when there is no room for them.
            StateError: when it cannot be opened.
        """
        self._path = path
        self._room = results * RECORD_ROOM
        """How many bytes are still to be written, at most."""
        self.fault = ""
        """Why there is less room than that; empty as long as there is enough."""
        self.lost = 0
        """How many results found no room at all."""
        self._held: list[bytes] = []
        """Lines that wait to be written."""
        self._position = end + 1 if end else 0
        """Where the next line goes."""
        self._blank_to = end
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StateError(f"{path}: cannot be written: {error.strerror}") from None
        self._have_room()
        if self.fault:
            self.close()
            raise Full(f"{path}: cannot be written: {self.fault}")

    def add(self, result: LinkResult, *, certain: bool) -> None:
        """Take a result, and write it at once if it is certain, with those that were not so far."""
        line = json.dumps({"url": result.url} | state.record_of(result)).encode() + b"\n"
        self._held.append(line)
        self._room = max(0, self._room - RECORD_ROOM) + len(line)
        self._have_room()
        if certain:
            self.write()

    def write(self) -> None:
        """Write all results that were taken and not written yet."""
        for line in self._held:
            end = self._position + len(line)
            self._room -= len(line)
            if end <= self._blank_to and self._put(line):
                self._position = end
            else:
                self.lost += 1
        self._held = []

    def close(self) -> None:
        """Give the blanks back; a journal that tells nothing is removed."""
        with suppress(OSError):
            if self._position == 0:
                self._path.unlink()
            elif self._blank_to > self._position:
                os.ftruncate(self._file, self._position)
        os.close(self._file)

    def _have_room(self) -> None:
        """Write blanks until there are as many after the position as are to be written over."""
        try:
            while (missing := self._position + self._room - self._blank_to) > 0:
                written = os.pwrite(self._file, b"\n" * missing, self._blank_to)
                os.fsync(self._file)  # some file systems find out only now that they are full
                self._blank_to += written
        except OSError as error:
            self.fault = error.strerror or str(error)

    def _put(self, line: bytes) -> bool:
        """Write a line over blanks; return whether that was done."""
        try:
            return os.pwrite(self._file, line, self._position) == len(line)
        except OSError as error:  # a file system that takes new room even for what is written over
            self.fault = error.strerror or str(error)
            return False


def _result_of(line: bytes) -> LinkResult:
    """Return the result in a line.

    Raises:
        Exception: one of ``state.UNSOUND``, when it is none.
    """
    record = json.loads(line.strip(BLANK).decode())
    if not isinstance(record["url"], str):
        raise TypeError
    return state.result_of(record["url"], record)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.strip(BLANK).decode())
    except (ValueError, RecursionError):
        return False
    return True
