"""Host names to socket addresses: looked up once, within a limit, and none but public ones."""

import socket
import threading
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Any

from ..outcome import Fault, FaultError

SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]
"""What ``socket.socket`` and ``connect`` take."""

NOT_PUBLIC_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a provider's customers
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # in a public range, but where a machine of Azure's finds its own
            "169.254.0.0/16",  # link-local, the metadata of clouds among it
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays of 6to4, given up
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
"""What IANA's registry of special-purpose addresses keeps from the internet. A table of our own:
that of the standard library is older than some of the registry's entries, and laxer."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that was ever given out of IPv6; loopback, private and link-local addresses are outside."""

NOT_PUBLIC_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarks, identifiers that look like it
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, given up
            "3fff::/20",  # documentation
        ),
    )
)
"""The same within GLOBAL_UNICAST."""

NAT64 = IPv6Network("64:ff9b::/96")
"""Under which a network of IPv6 only reaches the internet of IPv4."""

ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""The third quarter of an IPv6 address that ends with the IPv4 address it stands for."""

RESOLVER_FAULTS = {socket.EAI_AGAIN: Fault.NO_DNS, socket.EAI_FAIL: Fault.NO_DNS}
"""What the name service says of itself; any other of its errors is about the name."""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet.

    IPv6 forms that stand for an IPv4 address (mapped, NAT64, ISATAP) are judged by that.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in NOT_PUBLIC_V4)
    inner = IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.ipv4_mapped or ip in NAT64:
        return is_public(str(inner))
    if (int(ip) >> 32) & 0xFFFFFFFF in ISATAP and not is_public(str(inner)):
        return False
    return ip in GLOBAL_UNICAST and not any(ip in network for network in NOT_PUBLIC_V6)


class Resolver:
    """Looks up each host once; stops waiting in time, as the system's own look-up will not."""

    def __init__(self, *, allow_private: bool) -> None:
        """Take whether addresses that are not public may be returned."""
        self._allow_private = allow_private
        self._lookups: dict[tuple[str, int], Future[list[SocketAddress]]] = {}
        self._lock = threading.Lock()

    def resolve(
        self, host: str, port: int, timeout_s: float, *, by_proxy: bool = False
    ) -> list[SocketAddress]:
        """Return the addresses of a host that may be connected to, the best first; never empty.

        Args:
            host: a name or an address.
            port: at that host.
            timeout_s: how long to wait for the name service.
            by_proxy: whether a proxy is to connect. It takes which it likes, so all must be public.

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
        if not allowed or (by_proxy and len(allowed) < len(found)):
            refused = [address[0] for family, address in found if (family, address) not in allowed]
            shown = refused[0] if refused else host
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
