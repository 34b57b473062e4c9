"""Files of a list and its state, and a loopback server in place of the archive."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools.references.check.conftest import DATA, serve
from tests.tools.references.repair.samples import LIST, Archive, Known, observed
from tools.references.check.memory import state
from tools.references.repair import wayback

__all__ = ["serve"]


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Return a server that is asked in place of the archive, without a pause."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(DATA / "not-yet.pem"))
    server = Archive()
    monkeypatch.setattr(wayback, "API", server.url("/wayback/available"))
    monkeypatch.setattr(wayback, "INTERVAL_S", 0.0)
    yield server
    server.close()


@pytest.fixture
def files(tmp_path: Path, list_file: Callable[[str], Path]) -> Callable[..., list[str]]:
    """Return a function that writes list and state, and returns the options that name them."""

    def write(known: Known, text: str = LIST) -> list[str]:
        path = tmp_path / "status.json"
        state.save(path, observed(known))
        return ["--list", str(list_file(text)), "--state", str(path)]

    return write
