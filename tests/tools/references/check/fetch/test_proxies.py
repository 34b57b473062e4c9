"""Requests through proxies, plain and tunnelled, and what is the proxy's fault, not the site's."""

import base64
import socket
import struct

import pytest

from tools.references.check.outcome import Fault

TIMEOUT_S = 0.2


@pytest.fixture
def secure(serve, trust):
    """Return a site of HTTPS that is trusted."""
    trust("loopback.pem")
    return serve(tls="loopback.pem")


@pytest.fixture
def through(serve, monkeypatch):
    """Return a function that starts a proxy for both schemes, which tunnels to a site if given."""

    def start(far=None, *, tls=None, login=""):
        proxy = serve(tls=tls)
        address = proxy.url().replace("//", f"//{login}", 1)
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.setenv("https_proxy", address)
        if far is not None:
            proxy.answers[f"{far.address}:{far.port}"] = proxy.tunnel(far)
        return proxy

    return start


def test_proxy_is_asked_instead_if_the_target_is_public(serve, through, transport, get):
    """The request goes to the proxy, whole address and all; not for a private host."""
    inner, proxy = serve("127.0.0.2"), through()
    guarded = transport(allow_private=False)
    assert get("http://1.1.1.1/page", by=guarded).status == 200
    assert proxy.paths == ["http://1.1.1.1/page"]
    assert get(inner.url(), by=guarded).fault is Fault.PRIVATE
    assert get("https://127.0.0.2/", by=guarded).fault is Fault.PRIVATE
    assert len(proxy.paths) == 1


def test_private_target_of_a_redirect_is_not_asked_of_the_proxy(through, transport, get):
    """Each hop is checked, not the first alone."""
    proxy = through()
    proxy.answers["http://1.1.1.1/"] = proxy.redirect(302, "http://169.254.169.254/secret")
    outcome = get("http://1.1.1.1/", by=transport(allow_private=False))
    assert (outcome.status, outcome.fault) == (302, Fault.PRIVATE)
    assert proxy.paths == ["http://1.1.1.1/"]


def test_proxy_is_not_asked_for_a_name_with_any_private_address(
    through, transport, get, monkeypatch
):
    """It looks the name up itself, and takes which of its addresses it likes."""
    proxy, look_up = through(), socket.getaddrinfo
    both = [
        found
        for address in ("1.1.1.1", "127.0.0.9")
        for found in look_up(address, 80, type=socket.SOCK_STREAM)
    ]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda h, *a, **k: both if "mixed" in h else look_up(h, *a, **k)
    )
    outcome = get("http://mixed.example/", by=transport(allow_private=False))
    assert (outcome.fault, proxy.paths) == (Fault.PRIVATE, [])
    assert "127.0.0.9" in outcome.detail


def test_name_that_cannot_be_looked_up_here_is_not_asked_of_the_proxy(through, transport, get):
    """It cannot be checked, and could lead the proxy anywhere; with --allow-private it may."""
    proxy = through()
    url = "http://inside.example/"
    assert get(url, by=transport(allow_private=False)).fault is Fault.NO_SUCH_HOST
    assert proxy.paths == []
    assert get(url, by=transport(allow_private=True)).status == 200
    assert proxy.paths == [url]


def test_host_of_no_proxy_is_asked_directly(serve, through, get, monkeypatch):
    """Exceptions from the proxy are kept."""
    proxy, inner = through(), serve("127.0.0.2")
    monkeypatch.setenv("no_proxy", "127.0.0.2")
    get(inner.url("/direct"))
    assert (proxy.paths, inner.paths) == ([], ["/direct"])


def test_direct_host_is_guarded_all_the_same(serve, through, transport, get, monkeypatch):
    """An exception from the proxy is none from the guard."""
    through()
    inner = serve("127.0.0.2")
    monkeypatch.setenv("no_proxy", "*")
    assert get(inner.url(), by=transport(allow_private=False)).fault is Fault.PRIVATE
    assert inner.connections == 0


@pytest.mark.parametrize("tls", [None, "loopback.pem"])
def test_https_goes_through_a_tunnel(secure, through, get, tls):
    """The proxy, itself asked with TLS or without, sees whom we ask and nothing of what."""
    proxy = through(secure, tls=tls)
    secure.answers["/page"] = secure.page("", "Through the tunnel")
    outcome = get(secure.url("/page"))
    assert (outcome.status, outcome.fault) == (200, None)
    assert outcome.page.title == "Through the tunnel"
    assert proxy.paths == [f"127.0.0.1:{secure.port}"]
    assert secure.paths == ["/page"]


def test_http_goes_through_a_proxy_of_https(secure, through, get):
    """A proxy that is asked with TLS forwards plain requests, too."""
    proxy = through(tls="loopback.pem")
    assert get("http://1.1.1.1/").status == 200
    assert proxy.paths == ["http://1.1.1.1/"]


def test_login_is_for_the_proxy_alone(secure, through, get):
    """It is unescaped, and no site behind the proxy learns it."""
    proxy = through(secure, login="user:p%40ss@")
    get("http://1.1.1.1/")
    get(secure.url())
    expected = "Basic " + base64.b64encode(b"user:p@ss").decode()
    assert [r.headers["proxy-authorization"] for r in proxy.requests] == [expected] * 2
    assert not {"proxy-authorization", "authorization"} & secure.requests[0].headers.keys()


def test_proxy_that_is_not_there_says_nothing_of_the_link(serve, secure, through, get):
    """If the proxy cannot be reached, the fault is the proxy's."""
    through().close()
    for url in ("http://1.1.1.1/", secure.url()):
        assert get(url).fault is Fault.PROXY


def test_untrusted_proxy_says_nothing_of_the_link(serve, through, get):
    """Its certificate is not the site's."""
    through(tls="loopback.pem")
    for url in ("http://1.1.1.1/", "https://1.1.1.1/"):
        assert get(url).fault is Fault.PROXY


def reset(connection: socket.socket) -> None:
    """Answer by breaking the connection off."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def pour(connection: socket.socket) -> None:
    """Answer with headers and no end of them."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 50_000 + b"\r\n")


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (b"HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n", "the proxy asks for a login"),
        (b"HTTP/1.1 403 X\r\n\r\n", ""),
        (b"HTTP/1.1 502 X\r\n\r\n", ""),
        (b"HTTP/1.1 503 X\r\n\r\n", ""),
        (b"HTTP/1.1 404 X\r\n\r\n", ""),
        (b"nonsense\r\n\r\n", ""),
        (lambda connection: None, ""),
        (reset, ""),
        (pour, ""),
    ],
    ids=["login", "refused", "502", "503", "404", "nonsense", "closed", "reset", "endless"],
)
def test_proxy_that_does_not_connect_says_nothing_of_the_link(secure, through, get, answer, detail):
    """Its answer to CONNECT is not the site's, be it a 404."""
    proxy = through()
    proxy.answers[f"127.0.0.1:{secure.port}"] = answer
    outcome = get(secure.url())
    assert (outcome.status, outcome.fault, outcome.detail) == (None, Fault.PROXY, detail)


@pytest.mark.parametrize("drips", [True, False])
def test_proxy_that_never_connects_costs_the_time_out(secure, through, get, drips):
    """The limit holds for CONNECT, too, however slowly its answer comes."""
    proxy = through()
    slow = proxy.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 1000) if drips else proxy.hang
    proxy.answers[f"127.0.0.1:{secure.port}"] = slow
    assert get(secure.url(), timeout_s=TIMEOUT_S).fault is Fault.TIMEOUT


def test_proxy_that_wants_a_login_for_a_plain_request_says_nothing_of_the_link(through, get):
    """No site may answer 407: it is always the proxy's."""
    proxy = through()
    proxy.answers["http://1.1.1.1/"] = proxy.response(407)
    outcome = get("http://1.1.1.1/")
    assert (outcome.fault, outcome.detail) == (Fault.PROXY, "the proxy asks for a login")


@pytest.mark.parametrize("status", [404, 407, 502, 503])
def test_answer_through_a_tunnel_is_the_site_s(secure, through, get, status):
    """Once connected, the proxy cannot say anything any more."""
    through(secure)
    secure.answers["/"] = secure.response(status)
    assert get(secure.url()).status == status


def test_certificate_behind_a_tunnel_is_the_site_s(serve, through, get):
    """What TLS says after CONNECT is said by the site."""
    site = serve(tls="loopback.pem")
    through(site)
    assert get(site.url()).fault is Fault.CERTIFICATE
