"""Texts as an issue or a pull request takes them."""

from collections.abc import Sequence
from pathlib import Path

from .programs import GitHubError

LONGEST = 65_536
"""How many characters GitHub takes."""


def fitted(text: str, *, begin: str = "", end: str = "") -> str:
    """Return a text between two others, without its last lines if it would else be too long.

    How many lines are left out is told in its place; a block of code that is cut is ended before.
    """
    whole = text.rstrip("\n")
    room = LONGEST - len(begin) - len(end)
    if len(whole) > room:
        lines = whole.split("\n")
        kept, fence = _first(lines, room - 60)  # enough for the line that tells of the rest
        left = len(lines) - len(kept)
        told = f"{left} more {'line' if left == 1 else 'lines'}, for which there is no room"
        whole = "\n".join([*kept, *filter(None, [fence]), "", told])
    return f"{begin}{whole}{end}"


def _first(lines: Sequence[str], room: int) -> tuple[list[str], str]:
    """Return the lines for which there is room, and the fence that ends them in a block of code."""
    kept: list[str] = []
    fence = ""
    for line in lines:
        ticks = line[: len(line) - len(line.lstrip("`"))]
        now = fence
        if not fence and len(ticks) >= len("```"):
            now = ticks
        elif fence and line == fence:
            now = ""
        room -= len(line) + 1
        if room < len(now):
            break
        kept.append(line)
        fence = now
    return kept, fence


def is_same(text: str | None, other: str) -> bool:
    """Return whether two texts differ in nothing but line ends, which a browser may have changed.

    What has no text at all, GitHub calls null.
    """
    return _plain(text or "") == _plain(other)


def read(path: Path) -> str:
    """Return the text of a file.

    Raises:
        GitHubError: when it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GitHubError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise GitHubError(f"{path}: is not UTF-8 text") from None


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
