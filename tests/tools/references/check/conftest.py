"""A loopback web server that misbehaves as told, and the only host names there are."""

import contextlib
import select
import signal
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.references.check.fetch.chain import Chain, request_form
from tools.references.check.fetch.environment import Environment
from tools.references.check.fetch.transport import Transport
from tools.references.check.outcome import Outcome
from tools.references.commands.check import STOPPING

DATA = Path(__file__).parents[3] / "data" / "links"

Answer = bytes | Callable[[socket.socket], None]
"""What a path answers: bytes to send, or a function that does what it likes with the connection."""

BROKEN_OFF = (OSError, ssl.SSLError)


@dataclass(slots=True, kw_only=True)
class Request:
    """A request as the server saw it."""

    path: str
    headers: dict[str, str]
    at: float


class Site:
    """A server on one loopback address; unknown paths answer 200, ``/dead`` 404."""

    def __init__(self, address: str, tls: ssl.SSLContext | None) -> None:
        """Listen on a free port."""
        self.address = address
        self.tls = tls
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.peak = 0
        """The most requests that were in flight at once."""
        self._in_flight = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._listener = socket.create_server((address, 0), backlog=200)
        self.port: int = self._listener.getsockname()[1]
        self._connections: list[socket.socket] = []
        self._secured: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.requests]

    def url(self, path: str = "/", host: str | None = None) -> str:
        """Return the address of a path, under the server's own or another host name."""
        return f"http{'s' if self.tls else ''}://{host or self.address}:{self.port}{path}"

    @staticmethod
    def response(status: int = 200, *headers: str, body: bytes = b"ok") -> bytes:
        """Return a whole HTTP response."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
        return "\r\n".join(lines).encode() + body

    @staticmethod
    def page(body: str, title: str = "", *headers: str, status: int = 200) -> bytes:
        """Return a response that is an HTML page."""
        html = f"<!doctype html><title>{title}</title><body>{body}</body>".encode()
        return Site.response(status, "Content-Type: text/html; charset=utf-8", *headers, body=html)

    @staticmethod
    def redirect(status: int, location: str | bytes, *headers: str) -> bytes:
        """Return a response that leads elsewhere."""
        raw = location if isinstance(location, bytes) else location.encode()
        return Site.response(status, "Location: @", *headers, body=b"").replace(b"@", raw, 1)

    def hang(self, connection: socket.socket) -> None:
        """Answer nothing until the test is over."""
        self._closing.wait()

    def drip(self, data: bytes) -> Callable[[socket.socket], None]:
        """Return an answer that sends data byte by byte, slowly, until the test is over."""

        def send(connection: socket.socket) -> None:
            for i in range(len(data)):
                connection.sendall(data[i : i + 1])
                if self._closing.wait(0.05):
                    return

        return send

    def tunnel(self, far: "Site") -> Callable[[socket.socket], None]:
        """Return what a proxy answers to CONNECT: it leads on to another site."""

        def pass_on(near: socket.socket) -> None:
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with socket.create_connection((far.address, far.port)) as beyond:
                other = {near: beyond, beyond: near}
                while not self._closing.is_set():
                    for end in select.select(list(other), [], [], 0.05)[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        other[end].sendall(data)

        return pass_on

    @property
    def connections(self) -> int:
        """How many were made."""
        return len(self._connections)

    def closed_by_client(self, within_s: float) -> int:
        """Return how many connections are over, waiting for all that were made."""
        for thread in self._threads[1:]:
            thread.join(within_s)
        return sum(not thread.is_alive() for thread in self._threads[1:])

    def wait_for(self, path: str, within_s: float) -> None:
        """Return when a path has been asked for."""
        deadline = time.monotonic() + within_s
        while path not in self.paths:
            assert time.monotonic() < deadline, f"{path} was not asked for"
            time.sleep(0.01)

    def close(self) -> None:
        """Stop, and break off what is in flight."""
        self._closing.set()
        for sock in [self._listener, *self._connections, *self._secured]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(*BROKEN_OFF):
            stream = connection
            if self.tls:
                stream = self.tls.wrap_socket(connection, server_side=True)
                self._secured.append(stream)  # the socket itself is another one now
            with stream, stream.makefile("rb") as lines:
                while request := self._read(lines):
                    with self._lock:
                        self.requests.append(request)
                        self._in_flight += 1
                        self.peak = max(self.peak, self._in_flight)
                    try:
                        answer = self._answer(request.path)
                        if callable(answer):
                            answer(stream)
                            return
                        stream.sendall(answer)
                    finally:
                        with self._lock:
                            self._in_flight -= 1

    def _answer(self, path: str) -> Answer:
        return self.answers.get(path) or self.response(404 if path == "/dead" else 200)

    @staticmethod
    def _read(lines) -> Request | None:
        first = lines.readline().decode("latin-1").split()
        headers = {}
        while (line := lines.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Request(path=first[1], headers=headers, at=time.monotonic()) if first else None


def certificate(name: str) -> ssl.SSLContext:
    """Return a server's side of TLS with one of the fixtures' certificates."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / name, DATA / "loopback.key")
    return context


@pytest.fixture
def serve() -> Iterator[Callable[..., Site]]:
    """Return a function that starts a site; all are stopped after the test."""
    sites: list[Site] = []

    def start(address: str = "127.0.0.1", *, tls: str | None = None) -> Site:
        sites.append(Site(address, certificate(tls) if tls else None))
        return sites[-1]

    yield start
    for site in sites:
        site.close()


@pytest.fixture
def site(serve) -> Site:
    """Return one site on 127.0.0.1."""
    return serve()


@pytest.fixture(autouse=True)
def names(monkeypatch) -> dict[str, str]:
    """Return the only host names there are, each with its address; tests add to them."""
    known: dict[str, str] = {}
    look_up = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        literal = host.replace(".", "").isdigit() or ":" in host
        if not literal and host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(known.get(host, host), port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch) -> None:
    """Keep the tester's own proxies and certificates out of it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "request_method"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _few_authorities(monkeypatch) -> None:
    """Trust one that signs nothing here: to read all that are real takes longer than most tests."""
    bundle = "tools.references.check.fetch.environment.DEFAULT_CA_BUNDLE_PATH"
    monkeypatch.setattr(bundle, str(DATA / "not-yet.pem"))


@pytest.fixture
def trust(monkeypatch) -> Callable[[str | None], None]:
    """Return a function that has a certificate of the fixtures trusted."""

    def name(certificate: str | None) -> None:
        if certificate:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(DATA / certificate))

    return name


@pytest.fixture
def transport() -> Iterator[Callable[..., Transport]]:
    """Return a function that makes a transport as the environment says; closed after the test."""
    made: list[Transport] = []

    def make(*, allow_private: bool = True) -> Transport:
        made.append(Transport(Environment.read(), allow_private=allow_private, per_host=4))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def get(transport) -> Callable[..., Outcome]:
    """Return a function that asks for an address and follows it to its end."""

    def follow(
        url: str,
        *,
        by: Transport | None = None,
        timeout_s: float = 5.0,
        wanted: frozenset[str] = frozenset(),
    ) -> Outcome:
        chain = Chain(request_form(url))
        by = by or transport()
        while (outcome := by.step(chain, timeout_s, wanted)) is None:
            pass
        return outcome

    return follow


@pytest.fixture
def interruptible():
    """Have Ctrl-C heeded, and afterwards all signals that a stopped program leaves ignored."""
    before = {number: signal.getsignal(number) for number in STOPPING}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
