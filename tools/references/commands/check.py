"""Ask every link of the list, or of other files, and tell what became of it."""

import argparse
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path

from tqdm import tqdm

from ... import files
from .. import sources
from ..check import formats, state
from ..check.formats import terminal
from ..check.run import Run, Settings
from ..check.transport import Environment, EnvironmentUnusable
from ..check.verdict import BROKEN, counted
from ..model import LINK_STATUS, REFERENCES


class Exit(IntEnum):
    """The exit statuses."""

    SOUND = 0
    BROKEN = 1
    USAGE = 2
    OFFLINE = 3
    INTERRUPTED = 130  # as a shell has it for Ctrl-C


SAVE_EVERY_S = 2.0
"""How often the state is saved while results come."""

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a polite kill, and a terminal that is closed."""


class UsageError(Exception):
    """The user asked for something that cannot be done; the text is one sentence."""


EPILOG = """\
verdicts:
  alive      moved (alive behind a permanent redirect)      blocked (by a wall against programs)
  dead       anchor (the page is alive, the part is gone)   transient (no proof of death)
  excluded   (not asked, by a rule)
exit status:
  0 nothing dead   1 dead links or missing anchors   2 wrong usage or unreadable input
  3 no host at all answered, so nothing was judged   130 interrupted; what was finished is kept
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sources, the reports and how hard to ask."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help=f"{', '.join(sources.READERS)}, or - for addresses or Markdown on standard input "
        "(default: docs/references/references.yml)",
    )
    for name in formats.FILES:
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write a {name} report")
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="what earlier runs observed, brought up to date by this one "
        "(default: docs/references/link-status.json for our own list, else none)",
    )
    _add_setting(parser, "--timeout", _positive, 20.0, "S", "seconds an attempt may take in all")
    _add_setting(parser, "--retries", _count, 3, "N", "how often to ask again after a fault")
    _add_setting(parser, "--per-host", _positive_count, 10, "N", "requests in flight at a host")
    _add_setting(parser, "--interval", _number, 0.05, "S", "seconds between starts at a host")
    _add_setting(parser, "--concurrency", _positive_count, 32, "N", "requests in flight at all")
    _add_setting(parser, "--max-age", _number, 7.0, "D", "days an observation stays fresh")
    parser.add_argument(
        "--exclude",
        type=_regex,
        action="append",
        default=[],
        metavar="REGEX",
        help="do not ask links in which this is found; may be given many times",
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="ask hosts of the local network, too"
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="I/N",
        help="ask only part I of N of the hosts",
    )
    parser.add_argument(
        "--quiet", action="store_true", help="no progress bar; tell only of broken links"
    )


def run(args: argparse.Namespace) -> int:
    """Check the links; return the exit status."""
    try:
        return _check(args)
    except (UsageError, EnvironmentUnusable, sources.SourceError, state.StateError) as error:
        print(f"{error}.", file=sys.stderr)
        return Exit.USAGE


def _check(args: argparse.Namespace) -> Exit:
    outputs = {name: path for name in formats.FILES if (path := getattr(args, name)) is not None}
    for path in outputs.values():
        _require_writable(path)
    if args.state is not None:
        _require_state_file(args.state)
    places = [
        place for source in args.sources or [REFERENCES] for place in sources.read(str(source))
    ]
    state_file = args.state or (LINK_STATUS if _is_own_list(args.sources) else None)
    before = _load_state(state_file) if state_file else state.State({})
    fresh = before.fresh(timedelta(days=args.max_age), datetime.now(UTC))
    check = Run(places, _settings(args), Environment.read(), fresh)

    def save() -> None:
        if state_file and check.online:
            state.save(state_file, before.updated(check.report().results))

    with _stopped_by_signals(check):
        _carry_out(check, Autosave(save), progress=not args.quiet and sys.stderr.isatty())
        problems = _tell(check, save, outputs, quiet=args.quiet)
    for problem in problems:
        print(f"{problem}.", file=sys.stderr)
    return _exit_status(check, told_all=not problems)


class Autosave:
    """Saves the state of a run under way, so that a crash or a ``kill -9`` costs seconds of work.

    It is called at every result and saves at the first and then every ``SAVE_EVERY_S``: what came
    since the last saving is lost with the process. A run that ends, or is stopped by a signal that
    can be caught, loses nothing.
    """

    def __init__(
        self, save: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what saves, and a clock that only moves on."""
        self._save = save
        self._clock = clock
        self._due = clock()

    def __call__(self) -> None:
        """Save, if it is time to; that it cannot be done is told at the end of the run."""
        if self._clock() >= self._due:
            with suppress(state.StateError):
                self._save()
            self._due = self._clock() + SAVE_EVERY_S


def _tell(
    check: Run, save: Callable[[], None], outputs: dict[str, Path], *, quiet: bool
) -> list[str]:
    """Save the state, print the results and write the reports; return what could not be done.

    One that fails keeps none of the others from being done.
    """
    report = check.report()
    problems = []
    try:
        save()
    except state.StateError as error:
        problems.append(str(error))
    _print(terminal.render(report, quiet=quiet))
    for name, path in outputs.items():
        try:
            # A server may have sent half of a surrogate pair, which no file can hold.
            text = formats.FILES[name](report).encode("utf-8", "backslashreplace").decode()
            files.replace(path, text)
        except OSError as error:
            problems.append(f"{path}: cannot be written: {error.strerror}")
    return problems


def _exit_status(check: Run, *, told_all: bool) -> Exit:
    if check.interrupted and check.unfinished:
        print(f"Interrupted; {counted(check.unfinished, 'link')} unfinished.", file=sys.stderr)
        return Exit.INTERRUPTED
    if not told_all:
        return Exit.USAGE
    if not check.judged:
        print(
            "No host at all answered, so nothing was judged and the state is as it was "
            f"({counted(check.asked, 'link')} asked): is this machine online?",
            file=sys.stderr,
        )
        return Exit.OFFLINE
    return Exit.BROKEN if any(map(check.report().count, BROKEN)) else Exit.SOUND


def _settings(args: argparse.Namespace) -> Settings:
    return Settings(
        timeout_s=args.timeout,
        retries=args.retries,
        per_host=args.per_host,
        interval_s=args.interval,
        concurrency=args.concurrency,
        exclude=tuple(args.exclude),
        allow_private=args.allow_private,
        shard=args.shard,
    )


def _is_own_list(named: Sequence[str]) -> bool:
    return all(source != sources.STDIN and Path(source).resolve() == REFERENCES for source in named)


def _load_state(path: Path) -> state.State:
    """Return what earlier runs observed; nothing, told in one sentence, if the file is damaged."""
    try:
        return state.load(path)
    except state.DamagedStateError as error:
        aside = state.set_aside(path)
        print(f"{error}; it is kept as {aside}, and a new one is begun.", file=sys.stderr)
        return state.State({})


@contextmanager
def _stopped_by_signals(check: Run) -> Iterator[None]:
    """Have signals end the asking early, and nothing else: what is finished is still written."""
    handlers = {number: signal.signal(number, lambda *_: check.stop()) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _carry_out(check: Run, autosave: Autosave, *, progress: bool) -> None:
    """Ask all there is to ask."""
    results = check.results()
    for _ in tqdm(results, total=check.to_ask, unit="link", leave=False, disable=not progress):
        autosave()


def _require_writable(path: Path) -> None:
    """Find out that a file cannot be written before the work is done, not after.

    Raises:
        UsageError: when it is a folder, or it or its folder is not to be written to.
    """
    if os.path.isdir(path):  # unlike Path's, these tests never raise
        raise UsageError(f"{path}: is a folder, not a file to write")
    if _is_device(path):
        if not os.access(path, os.W_OK):
            raise UsageError(f"{path}: cannot be written to")
        return
    folder = Path(os.path.realpath(path)).parent if os.path.islink(path) else path.parent
    if not os.path.isdir(folder):
        raise UsageError(f"{path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{path}: the folder {folder} cannot be written to")


def _require_state_file(path: Path) -> None:
    """Find out that a file cannot be a state: it is replaced, which would end a device.

    Raises:
        UsageError: when it exists and is not a regular file, or cannot be written.
    """
    if _is_device(path):
        raise UsageError(f"{path}: is not a regular file, so no state can be kept in it")
    _require_writable(path)


def _is_device(path: Path) -> bool:
    """Return whether there is something that is neither file nor folder: a device or a pipe."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _print(text: str) -> None:
    """Print; a reader that has gone away, as ``head`` does, stops nothing else."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is buffered cannot be written any more, nor may the interpreter try at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _add_setting(
    parser: argparse.ArgumentParser,
    name: str,
    convert: Callable[[str], float],
    default: float,
    metavar: str,
    meaning: str,
) -> None:
    parser.add_argument(
        name, type=convert, default=default, metavar=metavar, help=f"{meaning} (%(default)g)"
    )


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from None
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 up")
    return number


def _positive(text: str) -> float:
    number = _number(text)
    if number == 0:
        raise argparse.ArgumentTypeError("0 seconds leave no time to ask")
    return number


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 up")
    return int(text)


def _positive_count(text: str) -> int:
    number = _count(text)
    if number == 0:
        raise argparse.ArgumentTypeError("with 0 at once nothing is ever asked")
    return number


def _regex(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text} is not a regular expression: {error}") from None


def _shard(text: str) -> tuple[int, int]:
    part, slash, parts = text.partition("/")
    shard = _count(part), _positive_count(parts) if slash else 0
    if not 1 <= shard[0] <= shard[1]:
        raise argparse.ArgumentTypeError(f"{text} is not I/N with I from 1 to N")
    return shard
