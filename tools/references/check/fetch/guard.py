"""Connections within limits: a deadline however slowly bytes come, so many bytes, public hosts.

A socket's own time-out starts anew with every byte, so a server that drips defeats it. The sockets
here set it before each read to what is left of the attempt that their thread is making, and count
what came.
"""

import http.client
import io
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar

import urllib3.connection
import urllib3.connectionpool
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.util.ssl_ import create_urllib3_context

from ..outcome import Fault, FaultError
from .addresses import Resolver, SocketAddress

CONNECT_SHARE = 0.5
"""How much of an attempt may pass until it is connected: who cannot be reached shows it early."""

HEAD_BYTES = 2 << 20
"""What the status line and the headers of a response may be long, with those before them."""

MAX_LINE = 64 * 1024
"""How long a line of it may be, to be more than passed over."""

KEPT_HEAD_BYTES = 64 * 1024
"""After so much of a head, no more is kept of it but what the answer is not understood without."""

LINE_COST = 64
"""What a line takes beside its bytes, however short it is."""

FRAMING = frozenset(
    {
        *(b"connection", b"content-encoding", b"content-length", b"content-type", b"location"),
        *(b"retry-after", b"set-cookie", b"transfer-encoding"),
    }
)

NO_HEADER = b":"

INTERIM = frozenset(range(100, 200)) - {101}
"""Status codes of answers that only say that there will be one."""

OLD_VERSIONS = frozenset({"HTTP/0.9", "HTTP/1.0"})
"""Any other is read as HTTP/1.1, whatever servers call it."""

BODILESS = frozenset({101, 204, 304})
"""Status codes after which nothing comes, whatever the headers say."""

UNAUTHORIZED_BY_PROXY = 407
PROXY_WANTS_LOGIN = "the proxy asks for a login"
TUNNEL_REFUSED = "Tunnel connection failed:"
"""How the library's error begins when a proxy does not connect; a status code follows."""

CONNECT_FAULTS: tuple[tuple[type[OSError], Fault], ...] = (
    (TimeoutError, Fault.CONNECT_TIMEOUT),
    (ConnectionRefusedError, Fault.REFUSED),
    (ConnectionError, Fault.RESET),
    (OSError, Fault.UNREACHABLE),
)
"""What an error of connecting says of the host; the first that fits."""

# Malformed headers are the server's affair; a warning per response would bury the report.
logging.getLogger("urllib3").setLevel(logging.ERROR)


T = TypeVar("T")
Received = TypeVar("Received", int, bytes)


class Attempt:
    """The limits of the request that this thread is making; a context manager."""

    def __init__(self, timeout_s: float, resolver: Resolver) -> None:
        """Start the clock."""
        self.resolver = resolver
        self.started = time.monotonic()
        self._connect_by = self.started + timeout_s * CONNECT_SHARE
        self._deadline = self.started + timeout_s
        self._bytes_left = HEAD_BYTES
        self.connected = False
        """Whether it made a connection of its own, rather than use one that was kept open."""

    def __enter__(self) -> "Attempt":
        """Make this the thread's attempt."""
        _current.attempt = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget it."""
        _current.attempt = None

    @property
    def elapsed_s(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.started

    @property
    def rest_s(self) -> float:
        """What is left until the deadline: 0 when nothing is."""
        return max(0.0, self._deadline - time.monotonic())

    def seconds_left(self) -> float:
        """Return what is left until the deadline.

        Raises:
            TimeoutError: when nothing is.
        """
        return _until(self._deadline)

    def seconds_left_to_connect(self) -> float:
        """Return what is left for finding and connecting to the host.

        Raises:
            TimeoutError: when nothing is.
        """
        return _until(self._connect_by)

    def received(self, size: int) -> None:
        """Count bytes.

        Raises:
            FaultError: when there have been more than a response may bring.
        """
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise FaultError(Fault.GARBLED, "headers without end")

    def expect(self, size: int) -> None:
        """Let so many bytes come from now on: the head is over, and the body has its own limit."""
        self._bytes_left = size

    def hurry(self, seconds: float) -> None:
        """Have the attempt end this soon at the latest: what is left of it is not worth more."""
        self._deadline = min(self._deadline, time.monotonic() + seconds)
        self._connect_by = min(self._deadline, time.monotonic() + seconds * CONNECT_SHARE)


class _Current(threading.local):
    attempt: Attempt | None = None


_current = _Current()


def _until(moment: float) -> float:
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the attempt has used up its time")
    return left


class _GuardedSocket(socket.socket):
    """A socket that reads and sends within the limits of its thread's attempt."""

    # Each takes whatever the libraries pass.
    def recv(self, *args: Any, **kwargs: Any) -> bytes:
        return _counted(_timed(self, super().recv, *args, **kwargs))

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        return _counted(_timed(self, super().recv_into, *args, **kwargs))

    def sendall(self, *args: Any, **kwargs: Any) -> None:
        _timed(self, super().sendall, *args, **kwargs)


class _GuardedTLSSocket(_GuardedSocket, ssl.SSLSocket):
    """The same, encrypted. The library's handshake keeps a time-out as a whole."""

    def do_handshake(self, block: bool = False) -> None:
        _timed(self, super().do_handshake, block)


def _timed(sock: socket.socket, call: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    # Outside an attempt, a pool asks whether its connection still lives.
    if _current.attempt is not None:
        sock.settimeout(_current.attempt.seconds_left())
    return call(*args, **kwargs)


def _counted(received: Received) -> Received:
    if _current.attempt is not None:
        _current.attempt.received(received if isinstance(received, int) else len(received))
    return received


def connect(host: str, port: int, *, checked: bool) -> socket.socket:
    """Return a socket connected to a host, at an address that was looked at before.

    Args:
        host: a name or an address.
        port: at that host.
        checked: refuse private addresses. A proxy, which the user chose, may have one.

    Raises:
        FaultError: when the host is not known or not to be asked.
        OSError: of the last address tried, be it a time-out.
    """
    attempt = _current.attempt
    assert attempt is not None, "connections are made within an Attempt"
    resolver = attempt.resolver if checked else Resolver(allow_private=True)
    addresses = resolver.resolve(host, port, attempt.seconds_left_to_connect())
    for i, address in enumerate(addresses, start=1):
        # An address that swallows everything (IPv6 without a route) leaves time for the next.
        share = attempt.seconds_left_to_connect() / (len(addresses) - i + 1)
        try:
            sock = _connect_to(address, share)
            attempt.connected = True
            return sock
        except OSError:
            if i == len(addresses):
                raise
    raise AssertionError("a host that resolves has an address")


def _connect_to(address: SocketAddress, timeout_s: float) -> socket.socket:
    family, destination = address
    sock = _GuardedSocket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(timeout_s)
        sock.connect(destination)
    except BaseException:
        sock.close()
        raise
    return sock


class _GuardedResponse(http.client.HTTPResponse):
    """A response whose head may be as long and as odd as browsers bear.

    The library has a parser of mail read it, which is slow, refuses more than a hundred headers,
    and stops at the first line that is none, whatever follows.
    """

    def begin(self) -> None:
        """Read the head."""
        version, status, reason = self._read_status()  # type: ignore[attr-defined]  # not public
        while status in INTERIM:
            _headers(self.fp)
            version, status, reason = self._read_status()  # type: ignore[attr-defined]
        self.version = 10 if version in OLD_VERSIONS else 11
        self.code = self.status = status
        self.reason = reason.strip()
        self.headers = self.msg = http.client.HTTPMessage()
        for name, value in _headers(self.fp):
            self.headers[name] = value
        self._frame()

    def _frame(self) -> None:
        """Find out where the body ends."""
        self.chunked = self.headers.get("Transfer-Encoding", "").lower() == "chunked"
        self.chunk_left = None
        self.length = None if self.chunked else _size(self.headers.get("Content-Length", ""))
        if self.status in BODILESS:
            self.length = 0
        ends_itself = self.chunked or self.length is not None
        self.will_close = not ends_itself or self._check_close()  # type: ignore[attr-defined]


def _size(text: str) -> int | None:
    try:
        return int(text) if text.isdigit() else None
    except ValueError:  # more digits than are taken for a number, and than any body is long
        return None


def _headers(stream: io.BufferedIOBase) -> list[list[str]]:
    """Return the names and values of a head's lines, as far as they are kept."""
    room = KEPT_HEAD_BYTES
    missing = set(FRAMING)
    kept: list[list[str]] = []
    goes_on = False
    while line := _line(stream):
        if line.startswith((b" ", b"\t")):  # of the header before
            if goes_on and room > 0:
                kept[-1][1] += f" {_text(line)}"
                room -= len(line) + LINE_COST
            continue
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        goes_on = bool(name and colon) and (room > 0 or name.lower() in missing)
        if goes_on:
            kept.append([_text(name), _text(value)])
            missing.discard(name.lower())
            room -= len(line) + LINE_COST
    return kept


def _line(stream: io.BufferedIOBase) -> bytes:
    """Return the next line without its end: empty after the last, no header if it is too long."""
    line = stream.readline(MAX_LINE)
    if len(line) < MAX_LINE or line.endswith(b"\n"):
        return line.rstrip(b"\r\n")
    while (line := stream.readline(MAX_LINE)) and not line.endswith(b"\n"):
        pass
    return NO_HEADER


def _text(value: bytes) -> str:
    return value.strip().replace(b"\r", b" ").decode("latin-1")


class _GuardedConnection(urllib3.connection.HTTPConnection):
    response_class = _GuardedResponse

    def _new_conn(self) -> socket.socket:
        assert self.port is not None, "a connection has the port of its scheme"
        try:
            return connect(self._dns_host, self.port, checked=self.proxy is None)
        except (OSError, FaultError) as error:
            if self.proxy is not None:
                raise FaultError(Fault.PROXY, "the proxy could not be reached") from error
            if isinstance(error, OSError):
                fault = next(fault for kind, fault in CONNECT_FAULTS if isinstance(error, kind))
                raise FaultError(fault) from error
            raise

    def _tunnel(self) -> None:
        """Have the proxy connect to the host; what it says of that is not the host's answer."""
        try:
            super()._tunnel()
        except TimeoutError:
            raise  # of the host's, most likely
        except (OSError, http.client.HTTPException, FaultError) as error:
            wants_login = str(error).startswith(f"{TUNNEL_REFUSED} {UNAUTHORIZED_BY_PROXY}")
            raise FaultError(Fault.PROXY, PROXY_WANTS_LOGIN if wants_login else "") from error


class _GuardedTLSConnection(_GuardedConnection, urllib3.connection.HTTPSConnection):
    pass


class _GuardedPool(urllib3.connectionpool.HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(urllib3.connectionpool.HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection


POOLS = {"http": _GuardedPool, "https": _GuardedTLSPool}


def peer_certificate(host: str, port: int, context: ssl.SSLContext) -> Mapping[str, Any]:
    """Return what a host's certificate says, without asking the host for anything else.

    Raises:
        OSError: when it cannot be reached, or the context does not trust it; FaultError too.
    """
    with (
        connect(host, port, checked=True) as sock,
        context.wrap_socket(sock, server_hostname=host) as secured,
    ):
        return secured.getpeercert() or {}


def tls_context(ca_bundle: str) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a PEM file; make one: reading it is slow."""
    context = create_urllib3_context()
    context.load_verify_locations(ca_bundle)
    context.sslsocket_class = _GuardedTLSSocket
    return context


class GuardedAdapter(HTTPAdapter):
    """A requests adapter whose connections are guarded; one for each scheme, host and port.

    They are closed when nothing refers to it any more, so that none is that is in use.
    """

    def __init__(self, context: ssl.SSLContext, connections: int) -> None:
        """Take the TLS context, and how many connections are kept open."""
        self._context = context
        self._pool: Any = None
        super().__init__(pool_connections=1, pool_maxsize=connections)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools guarded ones."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Return a manager for a proxy whose pools are guarded ones, too."""
        manager = super().proxy_manager_for(proxy, proxy_ssl_context=self._context, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def get_connection_with_tls_context(
        self, request: PreparedRequest, *args: Any, **kwargs: Any
    ) -> Any:
        """Return the pool; it is always the same, and finding out which takes long."""
        if self._pool is None:
            self._pool = super().get_connection_with_tls_context(request, *args, **kwargs)
        return self._pool

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """Have every pool share the one TLS context."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self._context}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the pool as it is: its context verifies, and has read its authorities already."""

    def request_url(self, request: PreparedRequest, proxies: Mapping[str, str] | None) -> str:
        """Return what the request line names: the path, but for proxies."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Return the response with what is used of it; cookies are the chain's affair."""
        response = Response()
        response.status_code = resp.status
        response.headers = CaseInsensitiveDict(resp.headers)
        response.raw, response.request = resp, req
        return response
