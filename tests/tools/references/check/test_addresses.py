"""Which addresses are public, and what a look-up that goes wrong is called."""

import socket
import threading

import pytest

from tools.references.check.addresses import Resolver, is_public
from tools.references.check.outcome import Fault, FaultError


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1:2:3:4:80ff:fffe",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_private_address_is_recognized_in_every_dress(address):
    """Private, loopback, link-local, metadata and multicast addresses, also inside IPv6 forms."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_address_is_recognized(address):
    """Addresses of the internet are public, through NAT64 too."""
    assert is_public(address)


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
