"""Ask every link of the list, or of other files, and tell what became of it."""

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import TextIO

from ... import files
from .. import sources
from ..check import formats
from ..check.asker import Alone, Asker, AskerLost
from ..check.fetch.environment import Environment, EnvironmentUnusable
from ..check.formats import terminal
from ..check.memory import lasting
from ..check.memory.lasting import Memory
from ..check.memory.state import StateError
from ..check.run import Run
from ..check.settings import Settings
from ..check.verdict import BROKEN, counted
from ..model import LINK_STATUS, REFERENCES
from . import check_options


class Exit(IntEnum):
    """The exit statuses."""

    SOUND = 0
    BROKEN = 1
    USAGE = 2
    OFFLINE = 3
    INTERRUPTED = 130  # as a shell has it for Ctrl-C


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a polite kill, and a terminal that is closed."""


class UsageError(Exception):
    """The user asked for something that cannot be done; the text is one sentence."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sources, the reports and how hard to ask."""
    check_options.declare(parser)


def run(args: argparse.Namespace) -> int:
    """Check the links; return the exit status."""
    try:
        return _check(args)
    except (UsageError, AskerLost, EnvironmentUnusable, sources.SourceError, StateError) as error:
        _tell(error)
        return Exit.USAGE


def _check(args: argparse.Namespace) -> Exit:
    outputs = check_options.outputs(args)
    state_file = args.state or (LINK_STATUS if _is_own_list(args.sources) else None)
    named = [str(source) for source in args.sources or [REFERENCES]]
    written = [*outputs.values(), *([state_file] if state_file else [])]
    _require_own_files(written, set(named) - {sources.STDIN})
    _require_writable(outputs.values(), state_file)
    places = [place for source in named for place in sources.read(source)]
    settings = check_options.settings(args)
    began = datetime.now(UTC)
    with (
        lasting.opened(state_file, began) as remembered,
        closing(_asker(args.scheduler, settings)) as asker,
    ):
        _tell_of(remembered, {place.url for place in places}, quiet=args.quiet)
        max_age = timedelta(days=min(args.max_age, timedelta.max.days))
        known = remembered.known(max_age, began)
        check = Run(places, settings, asker, known, remembered.expected())
        with _stopped_by_signals(check):
            results = remembered.results(check)
            _carry_out(check, results, progress=not args.quiet and sys.stderr.isatty())
            problems = [*_keep(remembered, check), *_report(check, outputs, quiet=args.quiet)]
    if check.fault:
        problems.insert(0, f"{check.fault}; {counted(check.unfinished, 'link')} unfinished")
    for problem in problems:
        _tell(problem)
    if check.fault or (remembered.stopped and problems):
        return Exit.USAGE
    return _exit_status(check, told_all=not problems)


def _asker(scheduler: str | None, settings: Settings) -> Asker:
    """Return who makes the requests: the workers of a cluster, or this process.

    Raises:
        AskerLost: when there is no such cluster.
        EnvironmentUnusable: when the environment names what is of no use.
    """
    environment = Environment.read()
    if scheduler is None:
        return Alone(settings, environment)
    from ..check.cluster.client import Cluster  # which needs Dask

    return Cluster(scheduler, settings, environment)


def _tell_of(remembered: Memory, links: Set[str], *, quiet: bool) -> None:
    """Tell what is amiss in what is remembered, and that an earlier run is gone on with."""
    for note in remembered.notes:
        _tell(note)
    finished = links & {result.url for result in remembered.resumed}
    if finished and not quiet:
        told = counted(len(finished), "link")
        _tell(f"Going on with a run that was broken off: {told} finished")


def _carry_out(check: Run, results: Iterator[object], *, progress: bool) -> None:
    """Ask all there is to ask."""
    if progress:
        from tqdm import tqdm  # a sixth of the time that the program takes to begin

        results = iter(tqdm(results, total=check.to_ask, unit=" links", leave=False))
    for _ in results:
        pass


def _keep(remembered: Memory, check: Run) -> Iterator[str]:
    """Have the results remembered; yield what could not be done."""
    try:
        remembered.keep(check, datetime.now(UTC))
    except StateError as error:
        yield str(error)


def _report(check: Run, outputs: Mapping[str, Path], *, quiet: bool) -> Iterator[str]:
    """Print the results and write the reports; yield what could not be done.

    One that fails keeps none of the others from being done.
    """
    report = check.report()
    try:
        _print(terminal.render(report, quiet=quiet), sys.stdout)
    except OSError as error:
        yield f"standard output: cannot be written: {error.strerror}"
    for name, path in outputs.items():
        try:
            files.replace(path, formats.FILES[name](report))
        except BrokenPipeError:
            pass  # as with what is printed
        except OSError as error:
            yield f"{path}: cannot be written: {error.strerror}"


def _exit_status(check: Run, *, told_all: bool) -> Exit:
    if check.interrupted and check.unfinished:
        _tell(f"Interrupted; {counted(check.unfinished, 'link')} unfinished")
        return Exit.INTERRUPTED
    if not told_all:
        return Exit.USAGE
    if not check.judged:
        _tell(
            "No host at all answered, so nothing was judged and the state is as it was "
            f"({counted(check.asked, 'link')} asked); this machine may be offline"
        )
        return Exit.OFFLINE
    return Exit.BROKEN if any(map(check.report().count, BROKEN)) else Exit.SOUND


def _is_own_list(named: Sequence[str]) -> bool:
    return all(source != sources.STDIN and Path(source).resolve() == REFERENCES for source in named)


@contextmanager
def _stopped_by_signals(check: Run) -> Iterator[None]:
    """Have signals end the asking early, and nothing else: what is finished is still written.

    After the first one the program is at its end, and more of them cannot hurry it. A signal that
    is ignored, as ``nohup`` has it, stays so.
    """
    came = []

    def stop(number: int, _: object) -> None:
        came.append(number)
        check.stop()

    heeded = [number for number in STOPPING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if came else handler)


def _require_own_files(written: Iterable[Path], named: Iterable[str]) -> None:
    """Find out that a source, or a file just written, would be written over.

    Raises:
        UsageError: when that is so.
    """
    taken = {os.path.realpath(source) for source in named}
    for path in (path for path in written if not files.is_device(path)):
        if os.path.realpath(path) in taken:
            raise UsageError(f"{path}: is named twice, and would be written over")
        taken.add(os.path.realpath(path))


def _require_writable(reports: Iterable[Path], state_file: Path | None) -> None:
    """Find out that a file cannot be written before the work is done, not after.

    Raises:
        UsageError: when that is so, or when a state would be kept in a device.
    """
    # A state is replaced, which would end a device.
    if state_file is not None and files.is_device(state_file):
        raise UsageError(f"{state_file}: is not a regular file, so no state can be kept in it")
    for path in filter(None, (*reports, state_file)):
        if obstacle := files.obstacle(path):
            raise UsageError(f"{path}: {obstacle}")


def _tell(sentence: object) -> None:
    """Tell a sentence, given without its full stop; that nobody hears it stops nothing."""
    with suppress(OSError):
        _print(f"{sentence}.\n", sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print; a reader that has gone away, as ``head`` does, stops nothing else.

    Raises:
        OSError: when it cannot be written for another reason.
    """
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # What is buffered cannot be written any more, nor may the interpreter try at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
