"""Redirects as servers really send them, and the form in which an address is requested."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.references.check.fetch.chain import PLAIN, Chain, prepared_form, request_form
from tools.references.check.fetch.transport import Transport
from tools.references.check.outcome import Fault, FaultError, Outcome

TIMEOUT_S = 5.0


def follow(transport: Transport, url: str) -> Outcome:
    """Return the outcome of a whole chain."""
    chain = Chain(request_form(url))
    while (outcome := transport.step(chain, TIMEOUT_S)) is None:
        pass
    assert chain.start == request_form(url)
    return outcome


@pytest.mark.parametrize(
    ("location", "paths"),
    [
        ("\\b\\c", ["/b/c"]),
        ("/b\\c?d\\e", ["/b/c?d%5Ce"]),
        ("/b%20c%zz", ["/b%20c%25zz"]),
        ("/100%", ["/100%25"]),
        ("./../../b", ["/b"]),
        ("/x/%2e%2e/b", ["/b"]),
        ("/b c#d", ["/b%20c"]),
        ("?b", ["/dir/a?b"]),
        ("", []),
        ("#part", []),
    ],
)
def test_target_is_read_as_browsers_read_it(site, transport, location, paths):
    """Backslashes are slashes, a percent sign may stand for itself, an empty target is none."""
    site.answers["/dir/a"] = site.redirect(301, location)
    follow(transport(), site.url("/dir/a"))
    assert site.paths == ["/dir/a", *paths]


@pytest.mark.parametrize("slashes", ["//", "///", "\\/\\"])
def test_target_without_a_scheme_keeps_the_link_s(site, serve, transport, slashes):
    """``//host/path`` is another host, asked in the same way."""
    other = serve("127.0.0.2")
    site.answers["/a"] = site.redirect(302, other.url("/b").replace("http://", slashes))
    assert follow(transport(), site.url("/a")).hops[-1].url == other.url("/b")


def test_target_with_an_international_host_is_asked_by_its_ascii_name(site, transport, names):
    """Raw UTF-8 in a Location is no fault."""
    names["xn--bcher-kva.example"] = "127.0.0.1"
    site.answers["/a"] = site.redirect(301, f"http://bücher.example:{site.port}/ä".encode())
    outcome = follow(transport(), site.url("/a"))
    assert outcome.hops[-1].url == site.url("/%C3%A4", host="xn--bcher-kva.example")
    assert outcome.status == 200


def test_secure_page_may_lead_to_one_that_is_not(site, serve, transport, trust):
    """As browsers follow it for a link; the cookie that is for secure pages stays behind."""
    trust("loopback.pem")
    secure = serve(tls="loopback.pem")
    cookies = ("Set-Cookie: a=1; Secure; Path=/", "Set-Cookie: b=2; Path=/")
    secure.answers["/a"] = secure.redirect(302, site.url("/b"), *cookies)
    outcome = follow(transport(), secure.url("/a"))
    assert [hop.url for hop in outcome.hops] == [secure.url("/a"), site.url("/b")]
    assert site.requests[0].headers["cookie"] == "b=2"


def test_part_that_a_target_names_goes_on_until_another_does(site, transport):
    """As in browsers, where it is the page's that the redirects end at."""
    site.answers |= {
        "/a": site.redirect(302, "/b#one"),
        "/b": site.redirect(302, "/c"),
        "/c": site.redirect(302, "/d#two"),
    }
    hops = follow(transport(), site.url("/a")).hops
    assert [hop.fragment for hop in hops] == ["", "one", "one", "two"]


def test_password_in_a_target_is_neither_told_nor_shown(site, transport):
    """Nor does a name before the host make a request go elsewhere."""
    location = site.url("/b").replace("://", "://user:secret@")
    site.answers["/a"] = site.redirect(302, location)
    outcome = follow(transport(), site.url("/a"))
    assert outcome.hops[-1].url == site.url("/b")
    assert "secret" not in repr(outcome)
    assert "authorization" not in site.requests[-1].headers
    assert "secret" not in repr(site.requests)


def test_password_in_a_resolver_s_answer_is_not_shown(site, transport, names):
    """It is left out of whatever a person may read."""
    names["doi.org"] = "127.0.0.1"
    site.answers["/10.1/a"] = site.redirect(302, "https://user:secret@publisher.example/a")
    outcome = follow(transport(), site.url("/10.1/a", host="doi.org"))
    assert outcome.resolved == "https://publisher.example/a"


def test_same_target_named_twice_is_one(site, transport):
    """Proxies add the header again."""
    site.answers["/a"] = site.redirect(301, "/b", "Location: /b")
    assert follow(transport(), site.url("/a")).hops[-1].url == site.url("/b")


def test_two_targets_are_followed_neither(site, transport):
    """Browsers refuse to choose, and so it is no proof of anything."""
    site.answers["/a"] = site.redirect(301, "/b", "Location: /c")
    outcome = follow(transport(), site.url("/a"))
    assert (outcome.fault, site.paths) == (Fault.GARBLED, ["/a"])
    assert outcome.detail == "redirects to several addresses at once"


def test_location_without_a_redirect_leads_nowhere(site, transport):
    """201 and others name an address that is not where the page is."""
    site.answers["/a"] = site.response(201, "Location: /b")
    assert follow(transport(), site.url("/a")).status == 201


def test_page_that_sends_a_visitor_back_to_itself_once_is_alive(site, transport):
    """Some servers do that now and then, to be rid of programs that do not follow."""
    site.answers["/a"] = lambda connection: connection.sendall(
        site.redirect(302, "/a", "Connection: close")
        if len(site.paths) == 1
        else site.response(200, "Connection: close")
    )
    assert follow(transport(), site.url("/a")).status == 200


@pytest.mark.parametrize(("status", "requests"), [(301, 1), (308, 1), (302, 2), (307, 2)])
def test_page_that_always_does_so_is_a_loop(site, transport, status, requests):
    """For good at once, for the time being when it has been asked again."""
    site.answers["/a"] = site.redirect(status, "/a#part")
    assert follow(transport(), site.url("/a")).fault is Fault.LOOP
    assert len(site.paths) == requests


def test_loop_that_hands_out_the_same_cookie_is_found(site, transport):
    """With a cookie it goes once more round, and no further."""
    cookie = "Set-Cookie: a=1; Path=/"
    site.answers |= {"/a": site.redirect(302, "/b", cookie), "/b": site.redirect(302, "/a")}
    assert follow(transport(), site.url("/a")).fault is Fault.LOOP
    assert site.paths == ["/a", "/b", "/a"]


def test_loop_with_ever_new_cookies_ends_where_browsers_end_it(site, transport):
    """A counter in a cookie makes every request a new one."""

    def count(connection) -> None:
        cookie = f"Set-Cookie: n={len(site.paths)}; Path=/"
        connection.sendall(site.redirect(302, "/a", cookie, "Connection: close"))

    site.answers["/a"] = count
    assert follow(transport(), site.url("/a")).fault is Fault.TOO_MANY_REDIRECTS
    assert len(site.paths) == 21


@pytest.mark.parametrize(
    ("attributes", "sent"),
    [
        ("", False),
        ("; Path=/", True),
        ("; Path=/in", True),
        ("; Path=/other", False),
        ("; Path=/; Secure", False),
        ("; Path=/; Domain=e.example", True),
        ("; Path=/; Domain=other.example", False),
        ("; Path=/; Domain=example", False),
        ("; Path=/; Max-Age=0", False),
    ],
)
def test_cookie_goes_only_where_it_belongs(site, transport, names, attributes, sent):
    """Path, domain, security and age are kept."""
    names["a.e.example"] = "127.0.0.1"
    cookie = f"Set-Cookie: id=1{attributes}"
    site.answers["/out/a"] = site.redirect(302, "/in/b", cookie)
    follow(transport(), site.url("/out/a", host="a.e.example"))
    assert ("cookie" in site.requests[-1].headers) is sent


def test_cookie_of_one_host_is_not_told_to_another(site, transport, names):
    """Unless it is for their common domain."""
    names |= {"a.e.example": "127.0.0.1", "b.e.example": "127.0.0.1"}
    cookies = ("Set-Cookie: own=1; Path=/", "Set-Cookie: all=2; Path=/; Domain=e.example")
    site.answers["/a"] = site.redirect(302, site.url("/b", host="b.e.example"), *cookies)
    follow(transport(), site.url("/a", host="a.e.example"))
    assert site.requests[-1].headers["cookie"] == "all=2"


def test_cookie_that_is_taken_back_is_gone(site, transport):
    """A later hop may end what an earlier one began."""
    site.answers |= {
        "/a": site.redirect(302, "/b", "Set-Cookie: id=1; Path=/"),
        "/b": site.redirect(302, "/c", "Set-Cookie: id=; Path=/; Max-Age=0"),
    }
    follow(transport(), site.url("/a"))
    assert ["cookie" in request.headers for request in site.requests] == [False, True, False]


@pytest.mark.parametrize("host", ["doi.org", "dx.doi.org", "hdl.handle.net"])
def test_resolver_s_redirect_is_its_whole_answer(site, transport, names, host):
    """The publisher, who walls programs off, is not asked."""
    names[host] = "127.0.0.1"
    site.answers["/10.1/a"] = site.redirect(302, "https://publisher.example/a?b=ü#c".encode())
    outcome = follow(transport(), site.url("/10.1/a", host=host))
    assert outcome.fault is None
    assert outcome.resolved == "https://publisher.example/a?b=%C3%BC"
    assert [hop.status for hop in outcome.hops] == [302]
    assert site.paths == ["/10.1/a"]


def test_resolver_s_other_addresses_are_followed(site, transport, names):
    """From its old name to the new one, and from a short address to it."""
    names |= {"dx.doi.org": "127.0.0.1", "doi.org": "127.0.0.1", "bit.ly": "127.0.0.1"}
    site.answers |= {
        "/x": site.redirect(301, site.url("/10.1/a", host="dx.doi.org")),
        "/10.1/a": site.redirect(301, site.url("/10.1/A", host="doi.org")),
        "/10.1/A": site.redirect(302, "https://publisher.example/a"),
    }
    outcome = follow(transport(), site.url("/x", host="bit.ly"))
    assert outcome.resolved == "https://publisher.example/a"
    assert [hop.status for hop in outcome.hops] == [301, 301, 302]


def test_resolver_that_knows_no_such_name_has_answered_too(site, transport, names):
    """404 is as good as anybody's."""
    names["doi.org"] = "127.0.0.1"
    site.answers["/10.1/none"] = site.response(404)
    outcome = follow(transport(), site.url("/10.1/none", host="doi.org"))
    assert (outcome.status, outcome.resolved) == (404, "")


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://user:secret@e.example/", "http://e.example/"),
        ("http://good.example@127.0.0.1/", "http://127.0.0.1/"),
        ("http://good.example\\@127.0.0.1/", "http://good.example/@127.0.0.1/"),
        ("http:\\\\e.example\\a?b\\c", "http://e.example/a?b%5Cc"),
        ("http://e.example/a%20b%zz", "http://e.example/a%20b%25zz"),
        ("http://e.example/?q=50%&r=%41", "http://e.example/?q=50%25&r=A"),
        ("http://e.example/%2e%2e/a", "http://e.example/a"),
        ("http://e.example/%252e", "http://e.example/%252e"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("https://i❤.ws/", "https://xn--i-7iq.ws/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("http://e.example#:~:text=a", "http://e.example/"),
        ("HTTP://E.Example?Q=1", "http://e.example/?Q=1"),
        ("http://e.example:80/a", "http://e.example/a"),
        ("https://e.example:443?a", "https://e.example/?a"),
        ("https://e.example:80/", "https://e.example:80/"),
        ("http://e.example:/", "http://e.example/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://[::1]/", "http://[::1]/"),
        ("HTTP:///e.example/", "http://e.example/"),
        ("http:///e.example/a?b=///c", "http://e.example/a?b=///c"),
        ("https:\\\\\\e.example\\a", "https://e.example/a"),
        ("http://e.example/a b", "http://e.example/a%20b"),
        ("http://bücher.example:80/ä", "http://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_requested_form_is_what_a_browser_asks_for(url, form):
    """Tricks with names before the host and with escapes lead where a browser would go."""
    assert request_form(url) == form


@pytest.mark.parametrize(
    ("url", "fault", "told"),
    [
        ("mailto:a@e.example", Fault.SCHEME, "mailto: is not asked, only http and https are"),
        ("//e.example/a", Fault.SCHEME, "not a web address"),
        ("http://", Fault.MALFORMED, "not a valid address"),
        ("http://user@/", Fault.MALFORMED, "not a valid address"),
        ("http://e.example:99999/", Fault.MALFORMED, "not a valid address"),
        ("http://e example/", Fault.MALFORMED, "not a valid address"),
    ],
)
def test_what_is_no_web_address_is_told_as_such(url, fault, told):
    """With its scheme, if it has one."""
    with pytest.raises(FaultError, match=f"^{told}$") as caught:
        request_form(url)
    assert caught.value.fault is fault


ADDRESS = st.text() | st.builds(
    "{}://{}/{}?{}#{}".format,
    st.sampled_from(["http", "HTTPS"]),
    st.text(min_size=1),
    *(st.text(st.sampled_from("a%2eE5./\\ ü?#@:[]~")) for _ in range(3)),
)


@given(ADDRESS)
def test_requested_form_is_its_own_form(url):
    """It is ASCII, has no fragment, and asking for it changes nothing more."""
    try:
        form = request_form(url)
    except FaultError as error:
        fault, form = error.fault, ""
    else:
        fault = None
    assert fault in {None, Fault.MALFORMED, Fault.SCHEME}
    if form:
        assert request_form(form) == form
        assert form.isascii()
        assert "#" not in form
        assert form.startswith(("http://", "https://"))


@given(ADDRESS)
def test_requested_form_cannot_end_the_line_it_is_sent_in(url):
    """Whatever a page links to, nothing of it becomes another header or request."""
    with contextlib.suppress(FaultError):
        form = request_form(url)
        assert form.isascii()
        assert form.isprintable()
        assert " " not in form


@given(
    st.from_regex(PLAIN, fullmatch=True)
    | st.builds(
        "{}://{}{}/{}{}".format,
        st.sampled_from(["http", "https"]),
        st.text(st.sampled_from("a1.-"), min_size=1, max_size=8),
        st.sampled_from(["", ":80", ":443", ":1000", ":8080", ":64999", ":65536", ":080"]),
        st.text(st.sampled_from("/.a~!$&'()*+,;=:@-_")),
        st.sampled_from(["", "?", "?a", "?a?/.", "?a=%41", "#a", "?/../a"]),
    ).filter(PLAIN.fullmatch)
)
def test_plain_address_is_its_own_form_by_the_long_way_too(url):
    """What is not parsed is what the parser would make of it."""
    assert prepared_form(url) == url == request_form(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://e.example/",
        "https://www.e-1.example:8443/a/b_c~d/page.html?q=1&r=a/b?c",
        "http://127.0.0.1:40123/a.b/c-d",
        "https://doi.org/10.1162/neco.1997.9.8.1735",
        "https://e.example/a//b/(c),d;e=f@g:h!$&'*+",
    ],
)
def test_usual_address_is_plain(url):
    """So that it costs next to nothing."""
    assert PLAIN.fullmatch(url)


@pytest.mark.parametrize(
    "rest",
    [
        "",
        *(
            "/./a",
            "/../a",
            "/a/..",
            "/a/.",
            "/%41",
            "/a%20b",
            "/a b",
            "/é",
            "/a\\b",
            "/[a]",
            "/a\n",
        ),
        *("/?", "/?%41", "/?a b", "/#a", "/?a#", ":80/", ":443/", ":99999/", ":08080/", ":/"),
        *("@f.example/", ".\u3002/", "?a"),
    ],
)
def test_address_that_may_change_is_not_plain(rest):
    """It is parsed."""
    assert not PLAIN.fullmatch(f"http://e.example{rest}")
