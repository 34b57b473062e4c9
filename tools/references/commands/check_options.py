"""The options of ``check``, and how a word becomes a value or a refusal."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from .. import sources
from ..check import formats
from ..check.settings import Settings

EPILOG = """\
verdicts:
  alive      moved (alive behind a permanent redirect)      blocked (by a wall against programs)
  dead       anchor (the page is alive, the part is gone)   transient (no proof of death)
  excluded   (not asked, by a rule)
exit status:
  0 nothing dead   1 dead links or missing anchors   2 wrong usage or unreadable input
  3 no host at all answered, so nothing was judged   130 interrupted; what was finished is kept
"""


def declare(parser: argparse.ArgumentParser) -> None:
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
    _add_setting(parser, "--concurrency", _positive_count, 64, "N", "requests in flight at all")
    _add_setting(parser, "--max-age", _number, 7.0, "D", "days an observation stays fresh, at most")
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
        "--scheduler",
        metavar="ADDRESS",
        help="have the workers of a Dask cluster ask, each with its own --concurrency",
    )
    parser.add_argument(
        "--quiet", action="store_true", help="no progress bar; tell only of broken links"
    )


def settings(args: argparse.Namespace) -> Settings:
    """Return what the options say of how to ask."""
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


def outputs(args: argparse.Namespace) -> dict[str, Path]:
    """Return the files of the reports that are to be written, by format."""
    return {name: path for name in formats.FILES if (path := getattr(args, name)) is not None}


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
