"""The link checkers, how each is called, and what each says of the links."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import measure
from .measure import Cost

LIST = "links.md"
ANSWER = "answer.json"
STATE = "state.json"

VENV = Path(sys.executable).parent

NAIVE_THREADS = {True: 64, False: 16}
"""Where answers come late, more wait together, as many as with ours; where they come at once, 16
cost the least: 8 and 64 take some per cent more."""

LIFTED = 1000
"""So many at once at a host are no limit: no checker has as many in flight at all."""


class WrongError(Exception):
    """A checker did not do the work, so what it cost says nothing; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many links a checker called what."""

    alive: int
    hanging: int
    others: int = 0

    def __str__(self) -> str:
        """Return the numbers in words."""
        return f"{self.alive} alive, {self.hanging} hanging and {self.others} other links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a checker is told of its work; the list is ``LIST`` in the folder it runs in."""

    timeout_s: float
    polite: bool
    """Whether to keep to ten at once and twenty starts a second at a host."""
    options: tuple[str, ...] = ()
    """More of the checker's own."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A checker: its name, its command line, and how its answer is read."""

    name: str
    command: Callable[[Task], list[str]]
    verdicts: Callable[[Any], Verdicts]


def _ours(task: Task) -> list[str]:
    """Return our own command, with its defaults; loopback addresses must be allowed by name."""
    polite = [] if task.polite else ["--interval", "0", "--per-host", str(LIFTED)]
    return [
        *(sys.executable, "-m", "tools.references", "check", LIST, "--quiet", "--allow-private"),
        *("--timeout", f"{task.timeout_s:g}", "--json", ANSWER, *polite, *task.options),
    ]


def _lychee(task: Task) -> list[str]:
    """Return lychee with its defaults, which are ours: 10 at once, 50 ms apart, 3 retries.

    It has no cache by default and asks loopback addresses by default. Its own progress bar, which
    would cost it time, is off as ours is.
    """
    unlimited = ("--host-concurrency", str(LIFTED), "--host-request-interval", "0ms")
    return [
        *(str(VENV / "lychee"), "--no-progress", "--timeout", f"{task.timeout_s:g}"),
        *("--format", "json", "--output", ANSWER, *(() if task.polite else unlimited)),
        *(*task.options, LIST),
    ]


def _naive(task: Task) -> list[str]:
    threads = NAIVE_THREADS[task.polite]
    return [
        *(sys.executable, "-m", "tools.bench.naive", LIST, ANSWER),
        *(f"{task.timeout_s:g}", str(threads)),
    ]


def _of_ours(answer: Any) -> Verdicts:
    counts = dict(answer["summary"])
    links = len(answer["links"])
    alive, hanging = counts["alive"], counts["transient"]
    return Verdicts(alive, hanging, links - alive - hanging)


def _of_lychee(answer: Any) -> Verdicts:
    alive, hanging = answer["successful"], answer["timeouts"]
    return Verdicts(alive, hanging, answer["total"] - alive - hanging)


def _of_naive(answer: Any) -> Verdicts:
    return Verdicts(answer["alive"], answer["hanging"], answer["others"])


OURS = Peer("ours", _ours, _of_ours)
LYCHEE = Peer("lychee", _lychee, _of_lychee)
NAIVE = Peer("requests.get", _naive, _of_naive)


UNWANTED = ("_proxy", "request_method", "github_token", "ca_bundle")
"""Ends of names of variables that would send requests elsewhere, or have one tool do more work."""


def environment() -> dict[str, str]:
    """Return the environment in which all are run: ours, without what is unwanted."""
    return {
        name: value for name, value in os.environ.items() if not name.lower().endswith(UNWANTED)
    }


def run(peer: Peer, task: Task, folder: Path, expected: Verdicts) -> Cost:
    """Run a checker in the folder of its list; return what it cost.

    Raises:
        WrongError: when it does not end by itself, or its verdicts are not the expected ones.
    """
    answer = folder / ANSWER
    answer.unlink(missing_ok=True)
    printed = folder / "printed.txt"
    cost = measure.run(peer.command(task), folder, printed, environment())
    if not answer.exists():
        said = printed.read_text(errors="replace").strip().splitlines() or ["nothing"]
        raise WrongError(f"{peer.name} ended with status {cost.status} and said: {said[-1]}")
    found = peer.verdicts(json.loads(answer.read_bytes()))
    if found != expected:
        raise WrongError(f"{peer.name} found {found}, but there are {expected}")
    return cost
