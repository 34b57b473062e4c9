"""Connections within limits: a deadline however slowly bytes come, so many bytes, public hosts.

A socket's own time-out starts anew with every byte, so a server that drips defeats it. The sockets
here, once open, never wait by themselves: they are waited for, until the deadline of the attempt
that their thread is making, and what comes is counted.
"""

import math
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar

from urllib3.util.ssl_ import create_urllib3_context

from ..outcome import Fault, FaultError
from .addresses import Resolver, SocketAddress

CONNECT_SHARE = 0.5
"""How much of an attempt may pass until it is connected: who cannot be reached shows it early."""

HEAD_BYTES = 2 << 20
"""What the status line and the headers of a response may be long, with those before them."""

LONGEST_S = 1_000_000.0
"""What an attempt may take, whatever is asked for: the system knows no number for much more."""

TURN = threading.Lock()
"""Held by the thread that makes something of its attempt, while the others wait for the network.

Python runs one at a time as it is, but each call of the system and each tag that the parser meets
would let another go on for a moment; to change over takes longer than all that is done between.
"""

T = TypeVar("T")
Received = TypeVar("Received", int, bytes)


class _Waiting:
    """A context in which a thread waits for something, and lets the others go on."""

    def __enter__(self) -> None:
        TURN.release()

    def __exit__(self, *error: object) -> None:
        TURN.acquire()


WAITING = _Waiting()
"""To be entered wherever an attempt may have to wait; else it would hold up all others."""


class Attempt:
    """The limits of the request that this thread is making, and its turn; a context manager."""

    def __init__(self, timeout_s: float, resolver: Resolver) -> None:
        """Start the clock."""
        timeout_s = min(timeout_s, LONGEST_S)
        self.resolver = resolver
        self.started = time.monotonic()
        self._connect_by = self.started + timeout_s * CONNECT_SHARE
        self._deadline = self.started + timeout_s
        self._bytes_left = HEAD_BYTES

    def __enter__(self) -> "Attempt":
        """Make this the thread's attempt, as soon as it is its turn."""
        assert _current.attempt is None, "a thread would wait for itself"
        TURN.acquire()
        _current.attempt = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget it, and let another thread go on."""
        _current.attempt = None
        TURN.release()

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


def _attempt() -> Attempt:
    assert _current.attempt is not None, "connections are made and used within an Attempt"
    return _current.attempt


def _until(moment: float) -> float:
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the attempt has used up its time")
    return left


class _GuardedSocket(socket.socket):
    """A socket that reads and sends within the limits of its thread's attempt."""

    # Each takes whatever the libraries pass.
    def recv(self, *args: Any, **kwargs: Any) -> bytes:
        return _counted(_when_ready(select.POLLIN, self, super().recv, *args, **kwargs))

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        return _counted(_when_ready(select.POLLIN, self, super().recv_into, *args, **kwargs))

    def sendall(self, data: Any, flags: int = 0) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[_when_ready(select.POLLOUT, self, super().send, rest) :]


class _GuardedTLSSocket(_GuardedSocket, ssl.SSLSocket):
    """The same, encrypted. The library's handshake keeps a time-out as a whole."""

    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(_attempt().seconds_left())
        with WAITING:
            super().do_handshake(block)


def _when_ready(
    event: int, sock: socket.socket, call: Callable[..., T], *args: Any, **kwargs: Any
) -> T:
    """Return what a call returns, which does not wait, having waited for what it needs."""
    if sock.gettimeout() != 0:  # those who made it have waited
        sock.settimeout(0)
    # There is room for a request, nearly always, but no answer yet.
    if event == select.POLLIN and not (isinstance(sock, ssl.SSLSocket) and sock.pending()):
        _wait(event, sock)
    while True:
        try:
            return call(*args, **kwargs)
        except ssl.SSLWantReadError:
            _wait(select.POLLIN, sock)
        except ssl.SSLWantWriteError:
            _wait(select.POLLOUT, sock)
        except BlockingIOError:
            _wait(event, sock)


def _wait(event: int, sock: socket.socket) -> None:
    """Return when a socket is ready, or when time is up, so that there is none the next time.

    Raises:
        TimeoutError: when it was up before.
    """
    left_ms = math.ceil(_attempt().seconds_left() * 1000)
    poll = select.poll()
    poll.register(sock, event)
    with WAITING:
        poll.poll(left_ms)


def _counted(received: Received) -> Received:
    _attempt().received(received if isinstance(received, int) else len(received))
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
    attempt = _attempt()
    resolver = attempt.resolver if checked else Resolver(allow_private=True)
    with WAITING:
        addresses = resolver.resolve(host, port, attempt.seconds_left_to_connect())
        for i, address in enumerate(addresses, start=1):
            # An address that swallows everything (IPv6 without a route) leaves time for the next.
            share = attempt.seconds_left_to_connect() / (len(addresses) - i + 1)
            try:
                return _connect_to(address, share)
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
