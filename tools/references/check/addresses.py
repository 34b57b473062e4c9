"""Host names to socket addresses: looked up once, within a limit, and none but public ones."""

import socket
import threading
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from .outcome import Fault, FaultError

SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]
"""What ``socket.socket`` and ``connect`` take."""

NAT64 = IPv6Network("64:ff9b::/96")
METADATA = frozenset({IPv4Address("168.63.129.16")})
"""Addresses in public ranges at which a cloud machine finds its own secrets."""

RESOLVER_FAULTS = {socket.EAI_AGAIN: Fault.NO_DNS, socket.EAI_FAIL: Fault.NO_DNS}
"""What the name service says of itself; any other of its errors is about the name."""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet.

    IPv6 forms that stand for an IPv4 address (mapped, 6to4, Teredo, NAT64) are judged by that.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        embedded = [ip.ipv4_mapped, ip.sixtofour, ip.teredo and ip.teredo[1]]
        if ip in NAT64:
            embedded.append(IPv4Address(int(ip) & 0xFFFFFFFF))
        for inner in embedded:
            if inner is not None:
                return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in METADATA


class Resolver:
    """Looks up each host once; stops waiting in time, as the system's own look-up will not."""

    def __init__(self, *, allow_private: bool) -> None:
        """Take whether addresses that are not public may be returned."""
        self._allow_private = allow_private
        self._lookups: dict[tuple[str, int], Future[list[SocketAddress]]] = {}
        self._lock = threading.Lock()

    def resolve(self, host: str, port: int, timeout_s: float) -> list[SocketAddress]:
        """Return the addresses of a host that may be connected to, the best first; never empty.

        Raises:
            FaultError: when there is no such name, no answer in time, or no public address.
        """
        try:
            found = self._lookup(host, port).result(max(0.0, timeout_s))
        except TimeoutError:
            raise FaultError(Fault.NO_DNS) from None
        except socket.gaierror as error:
            self._forget(host, port)
            raise FaultError(RESOLVER_FAULTS.get(error.errno or 0, Fault.NO_SUCH_HOST)) from None
        except (OSError, UnicodeError):  # a label that is empty or too long
            raise FaultError(Fault.NO_SUCH_HOST) from None
        allowed = [
            (family, address)
            for family, address in found
            if self._allow_private or is_public(str(address[0]))
        ]
        if not allowed:
            shown = found[0][1][0] if found else host
            raise FaultError(
                Fault.PRIVATE, f"private address {shown} (--allow-private has it checked too)"
            )
        return allowed

    def _lookup(self, host: str, port: int) -> Future[list[SocketAddress]]:
        with self._lock:
            lookup = self._lookups.get((host, port))
            if lookup is None:
                lookup = self._lookups[host, port] = Future()
                if _is_literal(host):
                    _look_up(host, port, lookup)
                else:
                    # In a thread of its own, left behind if it hangs; a daemon lets the run end.
                    work = (host, port, lookup)
                    threading.Thread(target=_look_up, args=work, daemon=True).start()
        return lookup

    def _forget(self, host: str, port: int) -> None:
        with self._lock:
            self._lookups.pop((host, port), None)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _look_up(host: str, port: int, lookup: Future[list[SocketAddress]]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except Exception as error:  # whatever it is belongs to whoever waits for the result
        lookup.set_exception(error)
    else:
        lookup.set_result([(family, address) for family, _, _, _, address in found])
