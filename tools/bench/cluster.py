"""A Dask cluster on this machine: a scheduler and workers, each a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from . import measure, peers

PATIENCE_S = 60.0
"""How long the cluster may take to be there."""


class ClusterError(Exception):
    """There is no cluster to be had; the text is one sentence."""


def named(workers: int) -> str:
    """Return how a cluster of so many workers is called in the record."""
    return f"{workers} worker" if workers == 1 else f"{workers} workers"


@contextmanager
def started(workers: int, folder: Path) -> Iterator[str]:
    """Run a cluster for as long as the context lasts; yield the address of its scheduler.

    Raises:
        ClusterError: when it cannot be started.
    """
    told = folder / f"scheduler-{workers}.json"
    common = ["--no-dashboard", "--scheduler-file", str(told)]
    local = ["--host", "127.0.0.1", "--port", "0"]
    worker = [
        *("--nworkers", "1", "--nthreads", "1", "--no-nanny"),
        *("--host", "127.0.0.1", "--local-directory", str(folder)),
    ]
    with ExitStack() as running:
        scheduler = running.enter_context(_process("scheduler", [*common, *local], folder))
        address = _address(told, scheduler)
        for number in range(workers):
            running.enter_context(_process(f"worker-{number}", [*common, *worker], folder))
        _wait_for(address, workers)
        yield address


def _process(role: str, options: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", role.partition("-")[0], *options]
    return measure.launched(command, folder, folder / f"{role}.log", peers.environment())


def _address(told: Path, scheduler: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while scheduler.poll() is None and time.monotonic() < deadline:
        try:
            return str(json.loads(told.read_text())["address"])
        except (FileNotFoundError, ValueError):  # not yet, or not yet all of it
            time.sleep(0.1)
    raise ClusterError("no Dask scheduler could be started (pip install --group cluster)")


WAIT = (
    "import sys; from distributed import Client; "
    "Client(sys.argv[1]).wait_for_workers(int(sys.argv[2]), timeout=float(sys.argv[3]))"
)
"""In a process of its own: the group of dependencies that it needs may not be there."""


def _wait_for(address: str, workers: int) -> None:
    command = [sys.executable, "-c", WAIT, address, str(workers), str(PATIENCE_S)]
    if subprocess.run(command, capture_output=True).returncode:
        raise ClusterError(f"no cluster of {named(workers)} came about in {PATIENCE_S:g} s")
