"""A cluster that is of no use: one sentence, and status 2, before anything is asked."""

import sys

import pytest
from distributed import Client, LocalCluster

from tools.references.check.cluster import client as client_module


@pytest.fixture
def refused(check, capsys, tmp_path):
    """Return a function that checks by a scheduler that is of no use, and returns what is told."""

    def run(address: str) -> str:
        with pytest.raises(FileNotFoundError):  # there is no report
            check(["http://127.0.0.2:9/"], "--scheduler", address, "--state", "state.json")
        assert not list(tmp_path.glob("*state.json*"))
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        return told

    return run


@pytest.fixture
def impatient(monkeypatch):
    """Wait for an answer only as long as a test may take."""
    monkeypatch.setattr(client_module, "CONNECT_S", 0.2)


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "",
        "http://127.0.0.1:8786",
        "tcp://127.0.0.1",
        "tls://127.0.0.1:1",
        "ucx://127.0.0.1:1",
    ],
)
def test_address_that_is_none(refused, address):
    """It is told as such."""
    assert refused(address).startswith(f"{address}: is no address of a scheduler (")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["127.0.0.1:1", "tcp://nowhere.example:8786"])
def test_address_at_which_nobody_answers(refused, address):
    """Nor is it waited for without end."""
    assert refused(address) == f"{address}: no scheduler answers.\n"


@pytest.mark.usefixtures("impatient")
def test_address_at_which_something_else_answers(refused, site):
    """A web server is no scheduler."""
    address = f"{site.address}:{site.port}"
    assert refused(address) == f"{address}: no scheduler answers.\n"


def test_address_of_a_worker(refused, cluster):
    """It is none of a scheduler."""
    address = next(iter(cluster.workers.values())).worker_address
    assert refused(address) == f"{address}: is a worker of a cluster, not its scheduler.\n"


def test_cluster_without_workers(refused, monkeypatch):
    """Nobody would ask."""
    monkeypatch.setattr(client_module, "CONNECT_S", 0.5)
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster:
        address = cluster.scheduler_address
        assert refused(address) == f"{address}: has no workers.\n"


def test_worker_with_another_version(refused, cluster, monkeypatch):
    """Its verdicts might be others."""
    monkeypatch.setattr(client_module, "version", lambda: "another")
    told = refused(cluster.scheduler_address)
    assert told.endswith(
        ": this worker is of no use: it has another version of tools/references.\n"
    )
    assert told.split(": ")[0] in {nanny.worker_address for nanny in cluster.workers.values()}


@pytest.mark.parametrize(
    ("harm", "undo", "told"),
    [
        (
            "import sys; [sys.modules.pop(name) for name in [*sys.modules] if name[:5] == 'tools'];"
            "sys.modules['tools'] = None",
            "import sys; del sys.modules['tools']",
            "No module named 'tools",
        ),
        (
            "import os; os.environ['https_proxy'] = 'socks5://x'",
            "import os; del os.environ['https_proxy']",
            "the proxy of https_proxy is ",
        ),
    ],
)
def test_worker_that_cannot_run_the_program(refused, cluster, harm, undo, told):
    """It lacks the checkout, say, or its environment names what is of no use."""
    with Client(cluster) as client:
        client.run(exec, harm)
    try:
        assert f": this worker is of no use: {told}" in refused(cluster.scheduler_address)
    finally:
        with Client(cluster) as client:
            client.run(exec, undo)


def test_dask_that_is_not_installed(refused, monkeypatch):
    """It is an optional dependency."""
    monkeypatch.delitem(sys.modules, client_module.__name__)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused("127.0.0.1:8786") == (
        "--scheduler needs Dask, which is not installed: pip install --group cluster.\n"
    )
