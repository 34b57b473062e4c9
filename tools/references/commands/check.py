"""Ask every link of the list, or of other files, and tell what became of it."""

import argparse
import re
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path

from tqdm import tqdm

from .. import sources
from ..check import formats, state
from ..check.formats import terminal
from ..check.run import Run, Settings
from ..check.transport import Environment, ProxyUnsupported
from ..check.verdict import BROKEN, counted
from ..model import LINK_STATUS, REFERENCES


class Exit(IntEnum):
    """The exit statuses."""

    SOUND = 0
    BROKEN = 1
    USAGE = 2
    OFFLINE = 3
    INTERRUPTED = 130  # as a shell has it for Ctrl-C


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
    except (UsageError, ProxyUnsupported, sources.SourceError, state.StateError) as error:
        print(f"{error}.", file=sys.stderr)
        return Exit.USAGE


def _check(args: argparse.Namespace) -> Exit:
    outputs = {name: path for name in formats.FILES if (path := getattr(args, name)) is not None}
    for path in outputs.values():
        _require_folder(path)
    places = [
        place for source in args.sources or [REFERENCES] for place in sources.read(str(source))
    ]
    state_file = args.state or (LINK_STATUS if _is_own_list(args.sources) else None)
    before = _load_state(state_file) if state_file else state.State({})
    fresh = before.fresh(timedelta(days=args.max_age), datetime.now(UTC))
    check = Run(places, _settings(args), Environment.read(), fresh)
    _carry_out(check, progress=not args.quiet and sys.stderr.isatty())
    report = check.report()
    try:
        if state_file and check.online:
            state.save(state_file, before.updated(report.results))
    finally:
        for name, path in outputs.items():
            _write(path, formats.FILES[name](report))
        sys.stdout.write(terminal.render(report, quiet=args.quiet))
    if check.interrupted:
        print(f"Interrupted; {counted(check.unfinished, 'link')} unfinished.", file=sys.stderr)
        return Exit.INTERRUPTED
    if not check.judged:
        print(
            "No host at all answered, so nothing was judged and the state is as it was "
            f"({counted(check.to_ask, 'link')}): is this machine online?",
            file=sys.stderr,
        )
        return Exit.OFFLINE
    return Exit.BROKEN if any(map(report.count, BROKEN)) else Exit.SOUND


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
    _require_folder(path)
    try:
        return state.load(path)
    except state.DamagedStateError as error:
        aside = state.set_aside(path)
        print(f"{error}; it is kept as {aside}, and a new one is begun.", file=sys.stderr)
        return state.State({})


def _carry_out(check: Run, *, progress: bool) -> None:
    """Ask all there is to ask. Ctrl-C and a polite kill end it early, losing nothing finished."""
    handlers = {
        number: signal.signal(number, lambda *_: check.stop())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        results = check.results()
        for _ in tqdm(results, total=check.to_ask, unit="link", leave=False, disable=not progress):
            pass
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _require_folder(path: Path) -> None:
    """Find out that a file cannot be written before the work is done, not after."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder, not a file to write")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


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
