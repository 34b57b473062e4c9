"""Proxies and their exceptions, whom to trust and who we are, as the environment has it."""

import pytest

from tools.references.check.fetch.environment import Environment, EnvironmentUnusable, is_direct


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_proxy_is_found_under_either_spelling(monkeypatch, name):
    """Programs do not agree in which case the variables are written."""
    monkeypatch.setenv(name, "http://proxy.example:3128")
    assert Environment.read().proxy("http://e.example/") == "http://proxy.example:3128"


def test_each_scheme_has_its_own_proxy(monkeypatch):
    """``all_proxy`` is for schemes that have none."""
    monkeypatch.setenv("https_proxy", "http://one.example")
    monkeypatch.setenv("all_proxy", "two.example:3128")
    environment = Environment.read()
    assert environment.proxy("https://e.example/") == "http://one.example"
    assert environment.proxy("http://e.example/") == "two.example:3128"


def test_environment_is_read_once(monkeypatch):
    """What changes after the beginning of a run does not change the run."""
    environment = Environment.read()
    monkeypatch.setenv("http_proxy", "http://proxy.example")
    assert environment.proxy("http://e.example/") == ""


@pytest.mark.parametrize(
    ("no_proxy", "host", "port"),
    [
        ("*", "e.example", 80),
        ("e.example", "e.example", 80),
        ("e.example", "www.e.example", 80),
        (".e.example", "e.example", 80),
        ("*.e.example", "www.e.example", 80),
        ("a.example, E.Example.", "e.example", 80),
        ("e.example:8080", "e.example", 8080),
        ("127.0.0.1", "127.0.0.1", 80),
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("10.0.0.0/8", "10.1.2.3", 80),
        ("10.1.2.3/8", "10.4.5.6", 80),
        ("::1", "::1", 80),
        ("[::1]", "::1", 80),
        ("[::1]:8080", "::1", 8080),
        ("0:0::1", "::1", 80),
        ("fe80::/10", "fe80::1", 80),
    ],
)
def test_host_of_no_proxy_is_direct(no_proxy, host, port):
    """Names with all under them, addresses, blocks, ports."""
    assert is_direct(no_proxy, host, port)


@pytest.mark.parametrize(
    ("no_proxy", "host", "port"),
    [
        ("", "e.example", 80),
        (",,", "e.example", 80),
        ("e.example", "the.example", 80),
        ("e.example", "e.example.org", 80),
        ("www.e.example", "e.example", 80),
        ("e.example:8080", "e.example", 80),
        ("10.0.0.0/8", "11.0.0.1", 80),
        ("10.0.0.0/8", "e.example", 80),
        ("10.0.0.0/8", "::1", 80),
        ("[::1", "e.example", 80),
        ("e.example:x", "e.example", 80),
        (".", "e.example", 80),
        ("1.1.1.1", "1.1.1.11", 80),
    ],
)
def test_host_beside_no_proxy_is_not(no_proxy, host, port):
    """Like names are not the name, and entries that make no sense match nothing."""
    assert not is_direct(no_proxy, host, port)


@pytest.mark.parametrize(
    "proxy", ["socks5://user:secret@127.0.0.1:1080", "user:secret://@127.0.0.1", "secret://x"]
)
def test_unknown_kind_of_proxy_is_refused_at_once(monkeypatch, proxy):
    """A proxy that cannot be used is told before anything is asked past it, without its login."""
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(EnvironmentUnusable, match="all_proxy is neither http") as caught:
        Environment.read()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "proxy",
    [
        "http://",
        "http://[::1",
        "http://proxy.example:99999",
        "u:%D0%BF@proxy.example:1",
        "http:///p",
    ],
)
def test_proxy_without_an_address_is_refused_at_once(monkeypatch, proxy):
    """It is a mistake in the settings, not a fault of every link; nor does it tell the login."""
    monkeypatch.setenv("https_proxy", proxy.replace("//", "//user:secret@", 1))
    with pytest.raises(EnvironmentUnusable, match="https_proxy has no valid address") as caught:
        Environment.read()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("site", ["https://notes.example/", "http://notes.example/deep?x=1"])
def test_site_is_the_address_of_the_project(monkeypatch, site):
    """Whoever finds us in a log can read who we are."""
    monkeypatch.setenv("SITE_URL", site)
    environment = Environment.read()
    assert environment.site == f"+{site}"
    assert environment.agent == f"deep-learning-notes-link-checker/0.1 (+{site})"


@pytest.mark.parametrize(
    "site",
    [
        "",
        "notes",
        "javascript:alert(1)",
        "https://e.example/\r\nX: y",
        "https://é.example",
        "https://e.example/)",
    ],
)
def test_site_that_is_no_address_is_not_told(monkeypatch, site):
    """Nothing in it can end the header and begin another."""
    monkeypatch.setenv("SITE_URL", site)
    assert Environment.read().site == "no public address yet"
