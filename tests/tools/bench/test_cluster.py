"""The cluster that the bench starts on this machine."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.bench import cluster


def test_a_cluster_has_its_workers_and_leaves_nothing(tmp_path: Path) -> None:
    """It listens on loopback while it is wanted; afterwards nobody does."""
    with cluster.started(1, tmp_path) as address:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        assert (parts.scheme, host) == ("tcp", "127.0.0.1")
        with socket.create_connection((host, port)):
            pass
        assert "Start worker" in (tmp_path / "worker-0.log").read_text()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, port))
