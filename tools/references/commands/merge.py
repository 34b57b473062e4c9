"""Bring a state up to date with those of other machines or parts."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ... import files
from ..check.memory import lasting, state
from ..check.memory.state import State, StateError
from ..check.verdict import counted
from ..model import LINK_STATUS

EPILOG = """\
A part is another state: of a shard of the list, of a cache, of another machine. Of each link the
later result is kept, with its row of failing runs; the order of the parts does not matter, and one
that is merged in again changes nothing. A part is best begun as a copy of the state: in one that
was begun empty, every row begins anew, and no death is ever confirmed. Exit status: 0; 2 when a
part is missing or damaged, or the state cannot be read or written: it is as it was then.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the parts and the state."""
    parser.epilog = EPILOG
    parser.add_argument("parts", nargs="+", type=Path, metavar="PART", help="another state")
    parser.add_argument(
        "--state",
        type=Path,
        default=LINK_STATUS,
        metavar="FILE",
        help="the state to bring up to date, begun if there is none "
        "(default: docs/references/link-status.json)",
    )


def run(args: argparse.Namespace) -> int:
    """Merge the parts into the state; return 2, after one sentence, if that cannot be done."""
    try:
        _merge(args.state, args.parts)
    except StateError as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    return 0


def _merge(path: Path, parts: Sequence[Path]) -> None:
    if obstacle := files.obstacle(path):
        raise StateError(f"{path}: {obstacle}")
    now = datetime.now(UTC)
    with lasting.opened(path, now):  # no check is at work on it, nor will be
        known = state.load(path)
        others = {part: _load(part) for part in parts}
        merged = state.merged([known, *others.values()], now)
        if merged != known or not path.exists():
            state.save(path, merged)
    news = [
        f"{len(state.newer(other, known, now)) or 'nothing'} newer in {part}"
        for part, other in others.items()
    ]
    print(f"{counted(len(merged.links), 'link')}: {', '.join(news)}")


def _load(part: Path) -> State:
    """Return another state, which must be there.

    Raises:
        StateError: when it is missing or damaged.
    """
    if not part.exists():
        raise StateError(f"{part}: there is no such file")
    return state.load(part)
