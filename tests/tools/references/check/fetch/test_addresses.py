"""Which addresses are public, and what a look-up that goes wrong is called."""

import socket
import threading
from ipaddress import ip_network

import pytest

from tools.references.check.fetch.addresses import Resolver, is_public
from tools.references.check.outcome import Fault, FaultError

NOT_PUBLIC = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
    224.0.0.0/4 240.0.0.0/4 255.255.255.255/32
    ::/128 ::1/128 ::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:2::/48
    2001:db8::/32 2001:10::/28 2001:20::/28 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10
    fec0::/10 ff00::/8
"""
"""IANA's special-purpose registries, where they do not say "globally reachable"; with
multicast, 6to4, and what older standards kept for site-local and IPv4-compatible addresses."""

PUBLIC = """
    1.0.0.0/8 8.0.0.0/8 9.0.0.0/8 11.0.0.0/8 100.0.0.0/10 100.128.0.0/9 126.0.0.0/8 128.0.0.0/8
    169.253.0.0/16 169.255.0.0/16 172.15.0.0/16 172.32.0.0/11 192.0.1.0/24 192.31.196.0/24
    192.52.193.0/24 192.167.0.0/16 192.169.0.0/16 192.175.48.0/24 198.17.0.0/16 198.20.0.0/16
    203.0.112.0/24 203.0.114.0/24 223.0.0.0/8
    2001:200::/23 2001:4860::/32 2003::/16 2606:4700::/32 2620:4f:8000::/48 2a00::/12
"""
"""Neighbours of those, and the blocks of the registries that may be reached by everybody."""


def ends(block: str) -> tuple[str, str]:
    """Return the first and the last address of a block."""
    network = ip_network(block)
    return str(network[0]), str(network[-1])


@pytest.mark.parametrize("block", NOT_PUBLIC.split())
def test_special_purpose_address_is_not_public(block):
    """What the registries keep from the internet is refused to its first and last address."""
    assert [is_public(address) for address in ends(block)] == [False, False]


@pytest.mark.parametrize("block", PUBLIC.split())
def test_address_of_the_internet_is_public(block):
    """Blocks beside the special ones are not refused with them."""
    assert [is_public(address) for address in ends(block)] == [True, True]


@pytest.mark.parametrize("address", ["168.63.129.16", "169.254.169.254", "100.100.100.200"])
@pytest.mark.parametrize(
    "dress", ["{}", "::ffff:{}", "64:ff9b::{}", "::{}", "2606:4700::5efe:{}", "2606::200:5efe:{}"]
)
def test_metadata_of_clouds_is_recognized_in_every_dress(dress, address):
    """A machine's own secrets stand at addresses that IPv6 has several ways to write."""
    assert not is_public(dress.format(address))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("::ffff:1.1.1.1", True),
        ("::ffff:0:1.1.1.1", False),
        ("64:ff9b::1.1.1.1", True),
        ("64:ff9b:1::1.1.1.1", False),
        ("2606:4700::5efe:1.1.1.1", True),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
    ],
)
def test_form_that_stands_for_an_ipv4_address_is_judged_by_it(address, public):
    """Through NAT64 all of IPv4 is reached like that; unless the form is none of the web's."""
    assert is_public(address) is public


def fault_of(resolver: Resolver, host: str, timeout_s: float = 5) -> Fault:
    """Return the fault of a look-up that must fail."""
    with pytest.raises(FaultError) as caught:
        resolver.resolve(host, 80, timeout_s)
    return caught.value.fault


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0x7f.1", "2130706433", "0177.0.0.1"])
def test_name_tricks_end_at_the_same_refusal(monkeypatch, host):
    """Whatever spelling the system takes for loopback is refused by the address it stands for."""
    resolve = socket.getaddrinfo
    spellings = {"0x7f.1": "127.0.0.1", "2130706433": "127.0.0.1", "0177.0.0.1": "127.0.0.1"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: resolve(spellings.get(host, host), *a, **k)
    )
    assert fault_of(Resolver(allow_private=False), host) is Fault.PRIVATE
    assert Resolver(allow_private=True).resolve(host, 80, 5)


def test_only_the_public_addresses_of_a_host_are_returned(monkeypatch):
    """A name with a public and a private address cannot lead to the private one."""
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("10.0.0.1", "1.1.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    addresses = Resolver(allow_private=False).resolve("two.example", 80, 5)
    assert addresses == [(socket.AF_INET, ("1.1.1.1", 80))]


def test_host_that_a_proxy_could_reach_at_a_private_address_is_refused(monkeypatch):
    """The proxy picks among the addresses itself, so one that is private is one too many."""
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(FaultError, match=r"private address 10\.0\.0\.1"):
        Resolver(allow_private=False).resolve("two.example", 80, 5, by_proxy=True)
    assert Resolver(allow_private=True).resolve("two.example", 80, 5, by_proxy=True)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), Fault.NO_SUCH_HOST),
        (socket.gaierror(socket.EAI_AGAIN, ""), Fault.NO_DNS),
        (UnicodeError("label empty or too long"), Fault.NO_SUCH_HOST),
    ],
)
def test_failed_look_up_blames_the_name_or_the_name_server(monkeypatch, error, fault):
    """A name that does not exist is told from a name server that does not work."""

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert fault_of(Resolver(allow_private=False), "gone.example") is fault


def test_look_up_that_hangs_is_waited_for_no_longer_than_allowed(monkeypatch):
    """A name server that never answers costs the time given, once for all who ask."""
    release = threading.Event()
    calls = []

    def hang(*args, **kwargs):
        calls.append(args)
        release.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    resolver = Resolver(allow_private=False)
    try:
        assert [fault_of(resolver, "slow.example", 0.05) for _ in range(2)] == [Fault.NO_DNS] * 2
        assert len(calls) == 1
    finally:
        release.set()


def test_name_server_that_recovers_is_asked_again(monkeypatch):
    """A look-up that failed is not the last word, as one that succeeded is."""
    answers = [
        socket.gaierror(socket.EAI_AGAIN, ""),
        [(socket.AF_INET, 1, 6, "", ("1.1.1.1", 80))],
    ]

    def look_up(*args, **kwargs):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    resolver = Resolver(allow_private=False)
    assert fault_of(resolver, "slow.example") is Fault.NO_DNS
    expected = [(socket.AF_INET, ("1.1.1.1", 80))]
    assert [resolver.resolve("slow.example", 80, 5) for _ in range(2)] == [expected] * 2
