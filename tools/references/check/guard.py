"""Connections within limits: a deadline however slowly bytes come, so many bytes, public hosts.

A socket's own time-out starts anew with every byte, so a server that drips defeats it. The sockets
here set it before each read to what is left of the attempt that their thread is making, and count
what came.
"""

import http.client
import logging
import socket
import ssl
import threading
import time
from types import TracebackType
from typing import Any, Protocol

import urllib3.connection
import urllib3.connectionpool
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

from .addresses import Resolver, SocketAddress
from .outcome import Fault, FaultError

CONNECT_SHARE = 0.5
"""How much of an attempt may pass until it is connected: who cannot be reached shows it early."""

RECEIVED_BYTES = 1 << 20
"""What one response may bring, headers and all."""

CONNECT_FAULTS: tuple[tuple[type[OSError], Fault], ...] = (
    (TimeoutError, Fault.CONNECT_TIMEOUT),
    (ConnectionRefusedError, Fault.REFUSED),
    (ConnectionError, Fault.RESET),
    (OSError, Fault.UNREACHABLE),
)
"""What an error of connecting says of the host; the first that fits."""

# The standard library gives up at the 101st header line; RECEIVED_BYTES bounds them here.
http.client._MAXHEADERS = 1 << 20  # type: ignore[attr-defined]  # it has no public setting

# Malformed headers are the server's affair; a warning per response would bury the report.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Attempt:
    """The limits of the request that this thread is making; a context manager."""

    def __init__(self, timeout_s: float, resolver: Resolver) -> None:
        """Start the clock."""
        self.resolver = resolver
        self.started = time.monotonic()
        self._connect_by = self.started + timeout_s * CONNECT_SHARE
        self._deadline = self.started + timeout_s
        self._bytes_left = RECEIVED_BYTES
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


class _Current(threading.local):
    attempt: Attempt | None = None


_current = _Current()


def _until(moment: float) -> float:
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the attempt has used up its time")
    return left


class _GuardedSocket(socket.socket):
    """A socket that reads within the limits of its thread's attempt."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # whatever the standard library passes
        return _guarded_read(self, super().recv_into, *args, **kwargs)


class _GuardedTLSSocket(ssl.SSLSocket):
    """The same, encrypted. The library's handshake and reads keep a time-out as a whole."""

    def do_handshake(self, block: bool = False) -> None:
        if _current.attempt is not None:
            self.settimeout(_current.attempt.seconds_left())
        super().do_handshake(block)

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # whatever the standard library passes
        return _guarded_read(self, super().recv_into, *args, **kwargs)


class _Read(Protocol):
    def __call__(self, *args: Any, **kwargs: Any) -> int: ...


def _guarded_read(sock: socket.socket, read: _Read, *args: Any, **kwargs: Any) -> int:
    attempt = _current.attempt
    if attempt is None:  # outside an attempt, a pool asks whether its connection still lives
        return read(*args, **kwargs)
    sock.settimeout(attempt.seconds_left())
    size = read(*args, **kwargs)
    attempt.received(size)
    return size


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


class _GuardedConnection(urllib3.connection.HTTPConnection):
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


class _GuardedTLSConnection(_GuardedConnection, urllib3.connection.HTTPSConnection):
    pass


class _GuardedPool(urllib3.connectionpool.HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(urllib3.connectionpool.HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection


POOLS = {"http": _GuardedPool, "https": _GuardedTLSPool}


def tls_context(ca_bundle: str) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a PEM file; make one: reading it is slow."""
    context = create_urllib3_context()
    context.load_verify_locations(ca_bundle)
    context.sslsocket_class = _GuardedTLSSocket
    return context


class GuardedAdapter(HTTPAdapter):
    """A requests adapter whose connections are guarded; one per host."""

    def __init__(self, context: ssl.SSLContext, connections: int) -> None:
        """Take the TLS context, and how many connections are kept open."""
        self._context = context
        super().__init__(pool_connections=2, pool_maxsize=connections)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools guarded ones."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Return a manager for a proxy whose pools are guarded ones, too."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """Have every pool share the one TLS context."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self._context}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the pool as it is: its context verifies, and has read its authorities already."""
