"""Asking the archive over the network."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools.references.check.conftest import DATA, Site
from tests.tools.references.repair.samples import Archive
from tools.references.check.fetch.environment import Environment, EnvironmentUnusable
from tools.references.repair import asking
from tools.references.repair.asking import Asker
from tools.references.repair.wayback import Unanswered


def test_answer_is_status_and_body(archive: Archive) -> None:
    """Whatever the type and the status; the User-Agent says who asks."""
    archive.snapshots["a"] = archive.response(404, "Content-Type: text/x", body=b"{}")
    assert Asker(Environment.read())(archive.url("/?url=a")) == (404, b"{}")
    [request] = archive.requests
    assert request.headers["user-agent"].startswith("deep-learning-notes-link-checker/")
    assert request.headers["accept-encoding"] == "identity"


def test_redirect_is_not_followed(archive: Archive) -> None:
    """The archive has no reason to send us anywhere, but a portal of a network has."""
    archive.snapshots["a"] = archive.redirect(302, "/?url=b")
    assert Asker(Environment.read())(archive.url("/?url=a"))[0] == 302
    assert archive.paths == ["/?url=a"]


def close(connection: socket.socket) -> None:
    """Answer nothing."""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (close, "connection closed without an answer"),
        (b"garbage\r\n\r\n", "makes no sense"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "makes no sense"),
        (Archive.response(body=b" " * (asking.MOST_BYTES + 1)), "the answer is too long"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b" " * (1 << 20),
            "the answer is too long",
        ),
    ],
)
def test_bad_answer_is_none(archive: Archive, answer: object, told: str) -> None:
    """One that breaks off, is too long or makes no sense is told in a few words."""

    def send(connection: socket.socket) -> None:
        if isinstance(answer, bytes):
            connection.sendall(answer)

    archive.snapshots["a"] = send
    with pytest.raises(Unanswered, match=told):
        Asker(Environment.read())(archive.url("/?url=a"))


DRIPPED = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n" + b" " * 100


@pytest.mark.parametrize("at_once", [0, 17, 30])
def test_time_is_over_however_slowly_bytes_come(archive: Archive, at_once: int) -> None:
    """No status line, head or body that drips holds the program longer than it may take in all."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(DRIPPED[:at_once])
        archive.drip(DRIPPED[at_once:])(connection)

    archive.snapshots["a"] = drip
    begun = time.monotonic()
    with pytest.raises(Unanswered, match="timed out"):
        Asker(Environment.read(), timeout_s=0.3)(archive.url("/?url=a"))
    assert time.monotonic() - begun < 5


def test_nobody_there_is_told(archive: Archive) -> None:
    """A machine without a network has its answer at once."""
    port = archive.port
    archive.close()
    with pytest.raises(Unanswered, match="connection refused"):
        Asker(Environment.read())(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("certificate", ["loopback.pem", "expired.pem"])
def test_archive_must_be_who_it_says(serve: Callable[..., Site], certificate: str) -> None:
    """Over TLS, by an authority that the user trusts: what comes gets into the list."""
    site = serve(tls=certificate)
    ask = Asker(Environment({}, str(DATA / "loopback.pem")))
    if certificate == "loopback.pem":
        assert ask(site.url()) == (200, b"ok")
        return
    with pytest.raises(Unanswered, match="certificate"):
        ask(site.url())


def test_proxy_of_the_environment_is_asked(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for the checker, a proxy that is named is asked for everything."""
    monkeypatch.setenv("http_proxy", archive.url(""))
    assert Asker(Environment.read())("http://nowhere.example/?url=a")[0] == 200
    assert archive.paths == ["http://nowhere.example/?url=a"]


def test_environment_is_that_of_the_beginning(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the library would read there itself is not asked: it knows less of it."""
    environment = Environment.read()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert Asker(environment)(archive.url("/?url=a"))[0] == 200


def test_unreadable_authorities_are_named(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are a setting of the user's, not a fault of the archive."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with pytest.raises(EnvironmentUnusable, match=r"none\.pem: no certificate authorities"):
        Asker(Environment.read())
