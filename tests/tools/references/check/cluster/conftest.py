"""A real cluster: a scheduler, and workers that are processes of their own."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster
from distributed.scheduler import WorkerState

from tools.references.cli import main

QUICK = ("--interval", "0", "--timeout", "5", "--allow-private", "--quiet")


@pytest.fixture(scope="session")
def only_cluster() -> Iterator[LocalCluster]:
    """Return the cluster of all tests: to start one takes longer than most of them."""
    with LocalCluster(
        processes=True,
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as cluster:
        yield cluster


@pytest.fixture
def cluster(only_cluster) -> LocalCluster:
    """Return two workers; where a test has killed some, their nannies have started others."""
    until = time.monotonic() + 30
    while sum(map(is_at_work, list(only_cluster.scheduler.workers.values()))) < 2:
        assert time.monotonic() < until
        time.sleep(0.01)
    return only_cluster


def is_at_work(worker: WorkerState) -> bool:
    """Return whether a worker that the scheduler knows of is neither dead nor about to be."""
    running = psutil.pid_exists(worker.pid) and worker.status.name == "running"
    return running and psutil.Process(worker.pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Return a function that checks some addresses, and returns exit status and JSON."""
    monkeypatch.chdir(tmp_path)

    def run(urls, *options: str, by: LocalCluster | None = None):
        Path("notes.md").write_text("\n\n".join(urls))
        cluster = ["--scheduler", by.scheduler_address] if by else []
        status = main(["check", "notes.md", "--json", "out.json", *QUICK, *options, *cluster])
        return status, json.loads(Path("out.json").read_text())

    return run
