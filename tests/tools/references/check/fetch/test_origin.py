"""The words that a host is asked with, and the connections that are kept to it."""

from pathlib import Path

import pytest

from tools.references.check.fetch.addresses import Resolver
from tools.references.check.fetch.guard import Attempt, tls_context
from tools.references.check.fetch.origin import Origin

DATA = Path(__file__).parents[4] / "data" / "links"
PATIENT_S = 5.0
PROXY = "proxy.example:3128"
LOGIN = "proxy-authorization: Basic dXNlcjpwQHNz\r\n"


@pytest.fixture
def origin():
    """Return a function that makes an origin with one header and room for two connections."""

    def make(address: str, proxy: str = "") -> Origin:
        context = tls_context(str(DATA / "loopback.pem"))
        return Origin(address, proxy=proxy, headers={"X-Who": "me"}, context=context, kept=2)

    return make


@pytest.mark.parametrize(
    ("address", "proxy", "line", "host", "login"),
    [
        ("http://e.example", "", "/a?b=c", "e.example", ""),
        ("https://e.example", "", "/a?b=c", "e.example", ""),
        ("http://e.example:8080", "", "/a?b=c", "e.example:8080", ""),
        ("http://e.example.:8080", "", "/a?b=c", "e.example:8080", ""),
        ("http://[::1]", "", "/a?b=c", "[::1]", ""),
        ("https://[::1]:8443", "", "/a?b=c", "[::1]:8443", ""),
        ("http://e.example", PROXY, "http://e.example/a?b=c", "e.example", ""),
        ("http://e.example", f"http://user@{PROXY}", "http://e.example/a?b=c", "e.example", ""),
        ("http://e.example", f"user:p%40ss@{PROXY}", "http://e.example/a?b=c", "e.example", LOGIN),
        ("https://e.example", f"user:p%40ss@{PROXY}", "/a?b=c", "e.example", ""),
    ],
)
def test_request_names_what_is_asked_of_whom(origin, address, proxy, line, host, login):
    """The path, but for proxies; the host as its server calls it; a login for the proxy alone."""
    request = origin(address, proxy).request(f"{address}/a?b=c", None).decode()
    assert request == f"GET {line} HTTP/1.1\r\nHost: {host}\r\nX-Who: me\r\n{login}\r\n"


def test_cookie_is_of_one_request(origin):
    """The next one goes without it."""
    one = origin("http://e.example")
    begin = b"GET / HTTP/1.1\r\nHost: e.example\r\nX-Who: me\r\n"
    assert one.request("http://e.example/", "a=\xe9") == begin + b"Cookie: a=\xe9\r\n\r\n"
    assert one.request("http://e.example/", None) == begin + b"\r\n"


def test_connections_used_last_are_kept(site, origin):
    """They are taken first, too: the others may have been closed by the server."""
    one = origin(site.url("").rstrip("/"))
    with Attempt(PATIENT_S, Resolver(allow_private=True)):
        made = [one.connect() for _ in range(3)]
        for connection in made:
            one.keep(connection)
        assert [one.take() for _ in range(3)] == [made[2], made[1], None]


def test_connection_that_is_over_is_not_taken(site, origin):
    """Nor one on which something comes that nobody asked for."""
    one = origin(site.url("").rstrip("/"))
    with Attempt(PATIENT_S, Resolver(allow_private=True)):
        one.keep(one.connect())
        kept = one.connect()
        kept.ask(one.request(site.url("/"), None)).close()  # with a body that nobody reads
        one.keep(kept)
        site.close()
        assert one.take() is None
