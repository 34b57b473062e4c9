"""Hosts as they are asked: the words of a request, and the connections it goes over.

The library makes the connections, through proxies as well, and no more: what goes over them is the
same for all pages of a host but for a line or two, so it is put together once.
"""

import http.client
import logging
import select
import socket
import ssl
from collections import deque
from collections.abc import Mapping
from contextlib import suppress

import urllib3.connection
from requests.utils import get_auth_from_url
from urllib3.connection import ProxyConfig
from urllib3.util import Url, make_headers, parse_url

from ..outcome import Fault, FaultError
from .answer import Answer
from .chain import DEFAULT_PORTS
from .guard import connect

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

# What goes wrong is told as what becomes of a link; a warning each would bury the report.
logging.getLogger("urllib3").setLevel(logging.ERROR)


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

    def _tunnel(self) -> None:
        """Have the proxy connect to the host; what it says of that is not the host's answer."""
        try:
            super()._tunnel()
            self.sock.settimeout(None)  # for the handshake, which sets its own
        except TimeoutError:
            raise  # of the host's, most likely
        except (OSError, http.client.HTTPException, FaultError) as error:
            wants_login = str(error).startswith(f"{TUNNEL_REFUSED} {UNAUTHORIZED_BY_PROXY}")
            raise FaultError(Fault.PROXY, PROXY_WANTS_LOGIN if wants_login else "") from error


class _GuardedTLSConnection(_GuardedConnection, urllib3.connection.HTTPSConnection):
    pass


class Connection:
    """An open connection, over which one request is made after the other.

    It is closed when nothing refers to it any more, so that none is that is in use.
    """

    def __init__(self, sock: socket.socket) -> None:
        """Take what is connected."""
        self._sock = sock

    def __del__(self) -> None:
        """Close it."""
        self._sock.close()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has come that nobody asked for, be it the end."""
        if isinstance(self._sock, ssl.SSLSocket) and self._sock.pending():
            return False
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        return not poll.poll(0)

    def ask(self, request: bytes) -> Answer:
        """Send a request and return the answer, its head read.

        Raises:
            OSError: when the connection breaks off; FaultError and HTTPException too.
        """
        # Who is asked too much may answer and close before all of it has come: that is to be read.
        with suppress(ConnectionError):
            self._sock.sendall(request)
        return Answer(self._sock)


class Origin:
    """A scheme, host and port: how its pages are asked for, and the connections that are kept.

    Safe to use from many threads, each of which has a connection for itself until it gives it back.
    """

    def __init__(
        self,
        origin: str,
        *,
        proxy: str,
        headers: Mapping[str, str],
        context: ssl.SSLContext,
        kept: int,
    ) -> None:
        """Take how it is to be asked; nothing is opened yet.

        Args:
            origin: the beginning of its addresses in requested form, up to the path.
            proxy: the address of the proxy it is asked through, empty for none.
            headers: of every request.
            context: whose authorities are trusted.
            kept: how many connections are kept open.
        """
        self._far = self._near = parse_url(origin)
        self._login: Mapping[str, str] = {}
        if proxy:
            address = proxy if "://" in proxy else f"http://{proxy}"
            user, password = get_auth_from_url(address)
            self._near = parse_url(address)
            self._login = make_headers(proxy_basic_auth=f"{user}:{password}") if user else {}
        self.proxy = proxy
        self.is_forwarded = bool(proxy) and self._far.scheme == "http"
        """Whether a proxy is asked for its pages, rather than for a connection to it."""
        self._context = context
        self._idle: deque[Connection] = deque(maxlen=kept)
        self._cut = 0 if self.is_forwarded else len(origin)
        host = str(self._far.host).rstrip(".")
        lines = {"Host": f"{host}:{self._far.port}" if self._far.port else host, **headers}
        if self.is_forwarded:
            lines |= self._login
        # What is the same in each request.
        self._rest = " HTTP/1.1\r\n" + "".join(f"{n}: {value}\r\n" for n, value in lines.items())

    def request(self, form: str, cookie: str | None) -> bytes:
        """Return what is sent for one of its addresses, in requested form."""
        line = f"Cookie: {cookie}\r\n" if cookie is not None else ""
        return f"GET {form[self._cut :]}{self._rest}{line}\r\n".encode("latin-1")

    def take(self) -> Connection | None:
        """Return one of the connections that were kept, the one used last, or None."""
        try:
            while not (connection := self._idle.pop()).is_quiet:
                pass
        except IndexError:
            return None
        return connection

    def keep(self, connection: Connection) -> None:
        """Have a connection used again; of too many, those not used for longest are closed."""
        self._idle.append(connection)

    def connect(self) -> Connection:
        """Return a new connection.

        Raises:
            FaultError: when the host or the proxy cannot be reached.
            OSError: when time is up, or the host has no good certificate.
        """
        made = self._unconnected()
        try:
            made.connect()
        except BaseException as error:
            of_proxy = made.proxy is not None and not made.has_connected_to_proxy
            made.close()
            if of_proxy and isinstance(error, OSError):
                raise FaultError(Fault.PROXY) from error
            raise
        return Connection(made.sock)

    def _unconnected(self) -> _GuardedConnection:
        far, near = self._far, self._near
        host, port = _bare(near), _port(near)
        proxy = near if self.proxy else None
        if "https" not in {far.scheme, near.scheme}:
            return _GuardedConnection(host, port, proxy=proxy)
        made = _GuardedTLSConnection(
            host,
            port,
            proxy=proxy,
            proxy_config=ProxyConfig(self._context, False, None, None),
            ssl_context=self._context,
        )
        if proxy and not self.is_forwarded:
            made.set_tunnel(_bare(far), _port(far), headers=self._login, scheme=str(near.scheme))
        return made


def _bare(url: Url) -> str:
    return str(url.host).strip("[]")


def _port(url: Url) -> int:
    return url.port or DEFAULT_PORTS[str(url.scheme)]
