"""The table of awkward answers: what a site does, and what is to be said of the link."""

import gzip
import json
from pathlib import Path

import pytest

from tools.references.cli import main

OPTIONS = ("--interval", "0", "--retries", "0", "--timeout", "5", "--allow-private")

PROSE = "<p>" + "A sentence of an article goes on for a while and says what it has to say. " * 60

LOGIN = (
    "<h1>Sign in</h1><form><input name=user><input type=password name=pass>"
    "<button>Sign in</button></form>"
)

CHECKING = "<p>Checking your browser. Enable JavaScript and cookies to continue.</p>"

SOFT = "<h1>Page not found</h1><p>Sorry, there is nothing here any more.</p>"

FOR_SALE = "<h1>example.test</h1><p>This domain is for sale. Make an offer!</p>"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return a function that checks addresses and returns the result of each, in order."""
    monkeypatch.chdir(tmp_path)

    def check(*urls: str, options=()) -> list[dict]:
        Path("links.txt").write_text("\n".join(urls) + "\n")
        status = main(["check", "links.txt", "--json", "out.json", *OPTIONS, *options])
        links = json.loads(Path("out.json").read_text())["links"]
        assert status == any(link["verdict"] in {"dead", "anchor"} for link in links)
        return links

    return check


def once(answer: bytes):
    """Return an answer after which the connection is closed."""
    return lambda connection: connection.sendall(answer)


def answers(site) -> dict[str, tuple[bytes | None, str, str]]:
    """Return for each path its answer, the verdict, and a part of the reason."""
    page, redirect, response = site.page, site.redirect, site.response
    long = page(PROSE, "An article")
    return {
        # By status code.
        "/ok": (long, "alive", "200 OK"),
        "/none": (response(404), "dead", "404 Not Found"),
        "/gone": (response(410), "dead", "410 Gone"),
        "/teapot": (response(418), "blocked", "418"),
        "/401": (response(401), "blocked", "401 Unauthorized"),
        "/403": (page("No.", status=403), "blocked", "403 Forbidden"),
        "/451": (response(451), "blocked", "451"),
        "/999": (response(999), "blocked", "999"),
        "/429": (response(429, "Retry-After: 3600"), "transient", "429 Too Many Requests"),
        "/500": (response(500), "transient", "500"),
        "/503": (response(503), "transient", "503"),
        "/520": (response(520), "transient", "520"),
        "/204": (b"HTTP/1.1 204 X\r\n\r\n", "alive", "204 No Content"),
        "/205": (response(205, body=b""), "alive", "205"),
        "/206": (
            page(PROSE, "An article", "Content-Range: bytes 0-9/9", status=206),
            "alive",
            "206",
        ),
        "/300": (response(300, "Location: /none"), "alive", "300 Multiple Choices"),
        "/304": (b"HTTP/1.1 304 X\r\n\r\n", "alive", "304"),
        "/400": (response(400), "blocked", "400 Bad Request"),
        "/414": (response(414), "blocked", "414"),
        "/600": (response(600), "blocked", "600"),
        "/103": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + long, "alive", "200 OK"),
        "/103-404": (b"HTTP/1.1 103 X\r\n\r\n" + response(404), "dead", "404"),
        "/101": (once(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), "transient", "101"),
        # By what is barely HTTP.
        "/http-0.9": (once(b"<title>Hi</title>"), "transient", "makes no sense"),
        "/http-1.0": (once(b"HTTP/1.0 200 OK\r\n\r\n<title>Hi</title>"), "alive", "200"),
        "/http-1.0/404": (once(b"HTTP/1.0 404 Gone fishing\r\n\r\n"), "dead", "404 Not Found"),
        "/nothing": (once(b""), "transient", "closed without an answer"),
        "/half": (once(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>"), "alive", "200"),
        # Redirects.
        "/301": (redirect(301, "/ok"), "moved", "301 Moved Permanently"),
        "/308": (redirect(308, "ok"), "moved", "308 Permanent Redirect"),
        "/302": (redirect(302, "/ok"), "alive", "200 OK"),
        "/301-302": (redirect(301, "/302"), "moved", "301 Moved Permanently, then 302"),
        "/302-301": (redirect(302, "/301"), "alive", "200 OK"),
        "/umlaut": (redirect(302, "/\xfc".encode()), "alive", "200 OK"),
        "/loop": (redirect(301, "/loop"), "dead", "redirect loop"),
        "/to-dead": (redirect(302, "/none"), "dead", "404 Not Found"),
        "/to-nowhere": (redirect(302, "http://gone.example/"), "dead", "no such host"),
        "/to-mail": (redirect(302, "mailto:a@e.example"), "dead", "mailto"),
        "/2017/post": (redirect(302, "/"), "dead", "home page"),
        "/2018/post": (redirect(301, "/index.html"), "dead", "home page"),
        "/2019/post": (redirect(301, "/en/"), "dead", "home page"),
        "/de/": (redirect(302, "/en/"), "alive", "200"),
        "/empty-location": (redirect(302, ""), "transient", "without saying where to"),
        "/no-location": (response(301), "transient", "without saying where to"),
        "/302-part": (redirect(302, "/ok#part"), "alive", "200"),
        "/slash": (redirect(301, "/slash/"), "moved", "301"),
        "/session": (redirect(301, "/ok;jsessionid=1F2E"), "alive", "200"),
        "/app/#/guide": (None, "alive", "200"),
        "/app/#guide": (None, "dead", "home page"),
        "/app/": (redirect(302, "/"), "dead", "home page"),
        "/url?q=http%3A%2F%2Flocalhost%2F": (
            redirect(302, site.url("/", host="localhost")),
            "alive",
            "200",
        ),
        "/main.html": (redirect(302, "/home.shtml"), "dead", "home page"),
        "/index.shtml": (redirect(301, "/"), "moved", "301"),
        # What a page does when it is shown is its own affair: it is there.
        "/refresh": (response(200, "Refresh: 0; url=/none"), "alive", "200"),
        "/meta-refresh": (page('<meta http-equiv=refresh content="0; url=/ok">'), "alive", "200"),
        # Walls.
        "/members": (redirect(302, "/login?next=/members"), "blocked", "login"),
        "/login": (page(LOGIN, "Sign in"), "alive", "200"),
        "/301-login": (redirect(301, "/members"), "blocked", "login"),
        "/inside": (page(LOGIN, "Log in | Site"), "blocked", "login"),
        "/challenge": (response(200, "cf-mitigated: challenge"), "blocked", "Cloudflare"),
        "/challenge/404": (page(CHECKING, "Just a moment...", status=404), "blocked", "human"),
        "/challenge/200": (page(CHECKING, "Just a moment..."), "blocked", "human"),
        "/captcha": (
            page("<h1>Are you a robot?</h1><p>Please complete the CAPTCHA.</p>", "Robot check"),
            "blocked",
            "",
        ),
        "/contact": (
            page(PROSE + "<form><div class=g-recaptcha></div></form>", "Contact"),
            "alive",
            "200",
        ),
        # Soft death.
        "/soft": (page(SOFT, "Page not found | Site"), "dead", "not found"),
        "/soft/de": (
            page("<h1>Seite nicht gefunden</h1>", "Seite nicht gefunden - Firma"),
            "dead",
            "not found",
        ),
        "/soft/moved": (redirect(302, "/404.html"), "dead", "not found"),
        "/404.html": (page(SOFT, "Oops"), "dead", "not found"),
        "/parked": (page(FOR_SALE, "example.test is for sale"), "dead", "sale"),
        "/article": (
            page("<h1>How to design a 404 page</h1>" + PROSE, "How to design a 404 page | Blog"),
            "alive",
            "200",
        ),
        "/wiki/HTTP_404": (
            page("<h1>HTTP 404</h1><p>It says: page not found.</p>" + PROSE, "HTTP 404 - Lexicon"),
            "alive",
            "200",
        ),
        "/domains": (
            page("<h1>Parking</h1><p>What “this domain is for sale” means." + PROSE, "Parking"),
            "alive",
            "200",
        ),
        # Bodies.
        "/image": (response(200, "Content-Type: image/png", body=b"\x89PNG"), "alive", "200"),
        "/frames": (page("<frameset><frame src=/a><frame src=/b></frameset>"), "alive", "200"),
        "/empty": (response(200, "Content-Type: text/html", body=b""), "alive", "200"),
        "/gzip": (
            response(
                200,
                "Content-Type: text/html",
                "Content-Encoding: gzip",
                body=gzip.compress(f"<title>404 Not Found</title><body>{SOFT}".encode()),
            ),
            "dead",
            "not found",
        ),
        "/broken-gzip": (
            response(200, "Content-Type: text/html", "Content-Encoding: gzip", body=b"no gzip"),
            "alive",
            "200",
        ),
        "/latin": (
            response(
                200,
                "Content-Type: text/html; charset=iso-8859-1",
                body="<title>Page non trouvée</title><h1>Page non trouvée</h1>".encode("latin-1"),
            ),
            "dead",
            "not found",
        ),
        "/plain": (
            response(200, "Content-Type: text/plain", body=b"404 Not Found"),
            "alive",
            "200",
        ),
        # Fragments.
        "/part#here": (page("<h2 id=here>Here</h2>" + PROSE), "alive", "200"),
        "/part#there": (None, "anchor", "there"),
        "/part#old": (None, "anchor", "old"),
        "/named#old": (page("<a name=old></a>" + PROSE), "alive", "200"),
        "/named#h%C3%A9": (None, "anchor", ""),
        "/accent#h%C3%A9": (page("<h2 id=hé>Hé</h2>" + PROSE), "alive", "200"),
        "/part#top": (None, "alive", "200"),
        "/part#": (None, "alive", "200"),
        "/image#part": (None, "alive", "200"),
        "/to-a-part#there": (redirect(302, "/part#here"), "alive", "200"),
        "/none#here": (None, "dead", "404"),
        "/part#/route": (None, "alive", "200"),
        "/part#!route": (None, "alive", "200"),
        "/part#:~:text=here": (None, "alive", "200"),
        "/part#gone:~:text=here": (None, "anchor", "gone"),
        "/pdf#page=3": (
            response(200, "Content-Type: application/pdf", body=b"%PDF-1.7"),
            "alive",
            "200",
        ),
        "/pdf#section": (None, "alive", "200"),
        "/far#end": (page("<p>x</p>" * 100_000 + "<p id=end>End"), "alive", "200"),
        "/too-far#end": (page("<p>x</p>" * 300_000), "alive", "200"),
        "/part-moved#there": (redirect(301, "/part"), "anchor", "there"),
        "/part-moved#here": (None, "moved", "301"),
        "/app#about": (page("<div id=root></div><script src=/app.js></script>"), "alive", "200"),
    }


def test_every_answer_has_the_verdict_a_person_would_give(site, told, names):
    """One run over all of them: verdict and reason of each."""
    names["localhost"] = site.address
    table = answers(site)
    for path, (answer, _, _) in table.items():
        if answer is not None:
            site.answers[path.partition("#")[0]] = answer
    links = told(*(site.url(path) for path in table))
    wrong = {
        path: (link["verdict"], link["reason"])
        for (path, (_, verdict, reason)), link in zip(table.items(), links, strict=True)
        if link["verdict"] != verdict or reason not in link["reason"]
    }
    assert wrong == {}


def test_new_address_is_the_end_of_the_permanent_part(site, told):
    """What a temporary redirect leads to is not to be written down."""
    site.answers |= {
        "/a": site.redirect(301, "/b"),
        "/b": site.redirect(308, "/c"),
        "/c": site.redirect(302, "/d"),
        "/d": site.redirect(301, "/ok"),
    }
    assert [link["new_url"] for link in told(site.url("/a"), site.url("/c"))] == [
        site.url("/c"),
        None,
    ]


def test_address_is_asked_for_as_a_browser_would(site, told, names):
    """However it is spelled: capitals, names before the host, no path, other letters."""
    names["xn--bcher-kva.example"] = site.address
    host, port = site.address, site.port
    links = {
        f"HTTP://{host}:{port}/A": "/A",
        f"http://user:secret@{host}:{port}/b": "/b",
        f"http://{host}:{port}?q=1": "/?q=1",
        f"http://{host}:{port}": "/",
        f"http://{host}:{port}\\c\\d": "/c/d",
        f"http://{host}:{port}/ä?ö=ü#ß": "/%C3%A4?%C3%B6=%C3%BC",
        f"http://bücher.example:{port}/e": "/e",
        f"http://BÜCHER.example:{port}/f": "/f",
        f"http://{host}:{port}/100%": "/100%25",
        f"http://{host}:{port}/{'x' * 20_000}": "/" + "x" * 20_000,
        f"http:///{host}:{port}/g": "/g",
    }
    assert {link["verdict"] for link in told(*links)} == {"alive"}
    assert sorted(site.paths) == sorted(links.values())


class Everywhere(dict):
    """Answers one and the same to every path that has no answer of its own."""

    def __init__(self, answer: bytes) -> None:
        """Take the answer."""
        super().__init__()
        self._answer = answer

    def get(self, path, default=None):
        """Return the answer for a path."""
        return super().get(path, self._answer)


LOST = "<h1>Oops!</h1><p>We could not find what you were looking for. Try the search.</p>"


def test_host_that_answers_everything_is_found_by_one_random_path(site, told):
    """Where pages look lost, one path that cannot be there tells, once for the host."""
    site.answers = Everywhere(site.page(LOST, "Company"))
    site.answers["/about"] = site.page(PROSE, "About us")
    links = told(site.url("/about"), site.url("/1"), site.url("/2"))
    assert [link["verdict"] for link in links] == ["alive", "dead", "dead"]
    assert len(site.paths) == 4
    random = site.paths[-1]
    assert random.count("/") == 1
    assert len(random) > 20


def test_host_that_knows_to_say_404_is_believed(site, told):
    """A page that only looks lost is alive where an address that cannot be there gets a 404."""
    site.answers = Everywhere(site.response(404))
    site.answers["/song"] = site.page(LOST, "Company")
    assert [link["verdict"] for link in told(site.url("/song"))] == ["alive"]
    assert len(site.paths) == 2


def test_host_that_sends_everything_to_one_place_is_found(site, told):
    """Where any address leads to the same page of apology, the link is dead."""
    site.answers = Everywhere(site.redirect(302, "/sorry"))
    site.answers["/sorry"] = site.page(LOST, "Company")
    assert [link["verdict"] for link in told(site.url("/deep/page"))] == ["dead"]


def test_nothing_is_probed_without_a_doubt(site, told):
    """A site of sound pages gets one request a link."""
    site.answers = Everywhere(site.page(PROSE, "An article"))
    links = told(*(site.url(f"/{n}") for n in range(5)))
    assert {link["verdict"] for link in links} == {"alive"}
    assert len(site.paths) == 5


def test_file_that_is_no_page_is_never_doubted(site, told):
    """Only HTML is looked at: a PDF or an image is what it says."""
    body = b"Page not found"
    site.answers["/a.pdf"] = site.response(200, "Content-Type: application/pdf", body=body)
    assert [link["verdict"] for link in told(site.url("/a.pdf"))] == ["alive"]
    assert site.paths == ["/a.pdf"]


def test_links_to_parts_of_a_page_are_one_request(site, told):
    """Each part is judged for itself, from one reading of the page."""
    site.answers["/page"] = site.page("<h2 id=one>One</h2><h2 id=two>Two</h2>" + PROSE)
    links = told(*(site.url(f"/page{part}") for part in ("", "#one", "#two", "#three")))
    assert [link["verdict"] for link in links] == ["alive", "alive", "alive", "anchor"]
    assert site.paths == ["/page"]


def test_cookies_go_with_one_chain_only(site, told):
    """A page that wants its cookie back gets it; the next link has none."""
    site.answers["/start"] = site.redirect(302, "/in", "Set-Cookie: id=1; Path=/")
    told(site.url("/start"), site.url("/other"))
    assert {r.path: r.headers.get("cookie") for r in site.requests} == {
        "/start": None,
        "/in": "id=1",
        "/other": None,
    }
