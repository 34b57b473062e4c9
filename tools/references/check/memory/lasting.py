"""What lasts from one run to the next: the state of the links, and a journal of the run under way.

The journal has each result the moment it comes; the state is brought up to date when the run ends.
A run that comes to its end removes its journal; one that is broken off, by whatever, leaves it to
the next one, which goes on where it stopped. A run in which no host answered changes nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from .... import files
from ...model import ROOT
from ..run import Run
from ..verdict import LinkResult, Verdict, counted
from . import journal, lock, state
from .journal import Journal
from .state import State, StateError

WATCHED = ROOT / "docs"
"""The folder in which nothing may change while a run goes on: ``mkdocs serve`` builds the site anew
at every change."""

INSTEAD = ROOT / ".cache" / "link-check"
"""Where what belongs to a state below it is kept instead."""

UNANSWERED_S = 20.0
"""How long a link that was transient is expected to take at least: it is waited for until its time
is up, or asked again and again. What its record tells is how long the last attempt took."""


class Memory:
    """The memory of a run that is not to be remembered: there is nothing in it."""

    notes: tuple[str, ...] = ()
    """What was found damaged, a sentence each, without full stop."""
    resumed: tuple[LinkResult, ...] = ()
    """What was finished in a run that was broken off, and need not be asked for again."""
    stopped = False
    """Whether the run was stopped because nothing more could be remembered."""

    def known(self, max_age: timedelta, now: datetime) -> Mapping[str, LinkResult]:
        """Return the results that need not be asked for, by link."""
        return {}

    def expected(self) -> Mapping[str, float]:
        """Return how many seconds each link is expected to take, as far as one was ever asked."""
        return {}

    def results(self, check: Run) -> Iterator[LinkResult]:
        """Yield the results of a run, nothing of which was asked yet, each when it is safe."""
        return check.results()

    def keep(self, check: Run, now: datetime) -> None:
        """Bring the state up to date with a run that has ended, or was broken off.

        Raises:
            StateError: when not everything could be remembered; the text tells what was.
        """


class LastingMemory(Memory):
    """The memory of all runs over one state file. While there is one, it is the only one."""

    def __init__(self, path: Path, now: datetime) -> None:
        """Remember what earlier runs observed.

        Raises:
            StateError: when that cannot be read.
        """
        self._path = path
        self._journal_path = place(path, "journal")
        self._journal: Journal | None = None
        self._saved, self._damage = _load(path)
        self._contents = journal.read(self._journal_path)
        self.notes = tuple(filter(None, (self._damage, self._damage_of_journal())))
        self.resumed = tuple(journal.unfinished_run(self._contents.results, now))
        self._observed = list(self._contents.results)

    def known(self, max_age: timedelta, now: datetime) -> Mapping[str, LinkResult]:
        """Return what is fresh, and all that a run that was broken off has finished."""
        known = self._saved.updated(self._observed, now)
        finished = {result.url: known.links[result.url] for result in self.resumed}
        return known.fresh(max_age, now) | finished

    def expected(self) -> Mapping[str, float]:
        """Return how long each link took last, whatever came of it, or will take if it is slow."""
        last = [*self._saved.links.values(), *self._observed]
        return {result.url: _expected_s(result) for result in last}

    def results(self, check: Run) -> Iterator[LinkResult]:
        """Yield the results of a run, each when it is in the journal; stop the run if that is full.

        Before it is known that the machine is online none proves anything, and none is written.

        Raises:
            StateError: when the journal cannot be written, before anything is asked.
        """
        if not check.to_ask:
            yield from check.results()
            return
        self._journal = Journal(self._journal_path, self._contents.end, check.to_ask)
        for result in check.results():
            if result.checked_at is not None:
                self._observed.append(result)
                self._journal.add(result, certain=check.online)
            if self._journal.fault and not self.stopped:
                self.stopped = True
                check.stop()
            yield result
        if check.online:
            self._journal.write()

    def keep(self, check: Run, now: datetime) -> None:
        """Write the state, and remove the journal unless the next run is to go on with it."""
        fault, lost = (self._journal.fault, self._journal.lost) if self._journal else ("", 0)
        self.close()  # before the state is written, for which there is more room then
        unfinished = check.unfinished if check.interrupted else 0
        problem = ""
        if self.stopped and unfinished:
            problem = f"{self._journal_path}: cannot be written: {fault}"
        if check.judged:
            try:
                damage = self._save(now)
                lost = 0
                if not unfinished:
                    self._end_journal()
                problem = problem or damage
            except StateError as error:
                problem = problem or str(error)
        if problem:
            raise StateError(problem + self._what_is_left(lost, unfinished))

    def close(self) -> None:
        """End the writing of the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _save(self, now: datetime) -> str:
        """Write the state, if it is another one; a damaged file is kept under another name.

        It may have been edited meanwhile, or come from another machine: what it says by now counts.
        Where it is gone, or damaged, what it said before does. Return what is to be told of that.
        """
        known, told = self._saved, ""
        try:
            found: State | None = state.load(self._path)
        except state.DamagedStateError as error:
            found, aside = None, state.set_aside(self._path)
            if not self._damage:
                told = f"{error}; it is kept as {aside}, and what it said before is used"
        if found is not None and found.links:
            known = found
        updated = known.updated(self._observed, now)
        if updated != found:
            state.save(self._path, updated)
        return told

    def _end_journal(self) -> None:
        try:
            if self._contents.damaged_line is not None:
                state.set_aside(self._journal_path)
            self._journal_path.unlink(missing_ok=True)
        except OSError as error:
            raise StateError(f"{self._journal_path}: cannot be removed: {error.strerror}") from None

    def _damage_of_journal(self) -> str:
        line = self._contents.damaged_line
        if line is None:
            return ""
        kept = f"it is kept as {state.name_aside(self._journal_path)} when this run has ended"
        return (
            f"{self._journal_path}:{line}: is not a result; the others are taken over, and {kept}"
        )

    def _what_is_left(self, lost: int, unfinished: int) -> str:
        """Return what the next run has to do, to be told after what went wrong in this one."""
        told = f"; {counted(lost, 'result')} could not be kept" if lost else ""
        if unfinished:
            return f"{told}; {counted(unfinished, 'link')} unfinished, left to the next run"
        if self._journal_path.exists():
            return f"{told}; the next run takes the results over from {self._journal_path}"
        return told


@contextmanager
def opened(path: Path | None, now: datetime) -> Iterator[Memory]:
    """Have the memory that goes with a state file for oneself; without a file, one of nothing.

    Raises:
        StateError: when another process has it, or it cannot be used.
    """
    if path is None:
        yield Memory()
        return
    sole = place(path, "lock")
    with ExitStack() as stack:
        try:
            sole.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(lock.held(sole))
            files.sweep(path)
        except lock.Taken as holder:
            raise StateError(f"{path}: another check is at work on it, {holder}") from None
        except OSError as error:
            raise StateError(f"{sole}: cannot be written: {error.strerror}") from None
        memory = LastingMemory(path, now)
        stack.callback(memory.close)
        yield memory


def place(path: Path, kind: str) -> Path:
    """Return where the lock or the journal of a state is; the same, however the state is named."""
    target = path.resolve()
    if target.is_relative_to(WATCHED):
        return INSTEAD / target.relative_to(ROOT).with_name(f"{target.name}.{kind}")
    return target.with_name(f".{target.name}.{kind}")


def _expected_s(result: LinkResult) -> float:
    is_slow = result.verdict is Verdict.TRANSIENT
    return max(result.elapsed_s, UNANSWERED_S) if is_slow else result.elapsed_s


def _load(path: Path) -> tuple[State, str]:
    """Return what is sound of a state, and what is not, as a sentence without full stop."""
    try:
        return state.load(path), ""
    except state.DamagedStateError as error:
        used = "a new one is begun"
        if error.sound.links:
            used = f"what is sound in it is used, {counted(len(error.sound.links), 'link')}"
        return error.sound, f"{error}; it is kept as {state.name_aside(path)}, and {used}"
