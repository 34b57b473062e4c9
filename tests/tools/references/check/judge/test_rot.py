"""What pages say of themselves: gone, for sale, walled in, or alive. The labels are a person's."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools.references.check.fetch.page import Page, PageReader
from tools.references.check.judge import phrases
from tools.references.check.judge.evidence import Evidence
from tools.references.check.judge.rot import is_doubtful, same_page, soft_death
from tools.references.check.judge.walls import wall
from tools.references.check.judge.wording import fold
from tools.references.check.outcome import Hop, Outcome

SAMPLES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parents[4] / "data" / "links" / "pages.yml").read_text()
)

LOREM = "<p>" + "A network learns by small steps down the slope of its loss. " * 10 + "</p>"

LINKS = "".join(f"<li><a href=/{n}>Topic {n} and more of it</a></li>" for n in "abcdefgh")

CHROMES = {
    "none": "{body}",
    "site": (
        "<a href=#main>Skip</a><header><a href=/>Home</a> <input type=search></header>"
        f"<nav><ul>{LINKS}</ul></nav><main id=main>{{body}}</main>"
        "<aside><h2>Recent posts</h2><p>Error bars and sorry excuses</p></aside>"
        "<footer>© 2019 Everybody. <a href=/login>Log in</a></footer><script src=/site.js></script>"
    ),
    "divs": f"<div id=menu>{LINKS}{LINKS}{LINKS}</div><div>{{body}}</div><div>© 2003</div>",
    "scripts": "<noscript>Please turn scripts on.</noscript>{body}<script src=/app.js></script>",
    "login": (
        "<div class=corner><form>Log in <input name=u> <input type=password></form></div>"
        f"<ul>{LINKS}</ul>{{body}}<p>Log in to answer.</p>"
    ),
}


def read(html: str) -> Page:
    """Return what a page shows, read as the transport does."""
    reader = PageReader("text/html; charset=utf-8")
    reader.feed(html.encode())
    return reader.page(complete=True)


def outcome(url: str, html: str, end: str = "", status: int = 200) -> Evidence:
    """Return an answer with a page, after a redirect if it ended elsewhere."""
    hops = (Hop(url, 302), Hop(end, status)) if end else (Hop(url, status),)
    return Evidence(Outcome(hops=hops, asked=hops[-1].url, page=read(html)))


def sample_outcome(sample: dict[str, str]) -> Evidence:
    """Return the answer that a sample describes."""
    body = CHROMES[sample["chrome"]].replace("{body}", sample["body"]).replace("{lorem}", LOREM)
    html = f"<!DOCTYPE html><html><head><title>{sample['title']}</title></head><body>{body}</body>"
    return outcome(sample["url"], html, sample.get("end", ""))


def classify(answer: Evidence) -> str:
    """Return the class in the order in which the policy asks."""
    if wall(answer):
        return "wall"
    if soft_death(answer):
        return "dead"
    return "doubtful" if is_doubtful(answer) else "alive"


@pytest.mark.parametrize(
    "sample", SAMPLES, ids=lambda sample: f"{sample['class']}: {sample['name']}"
)
def test_page_has_the_class_that_a_person_gave_it(sample):
    """No living page is called dead or a wall, and the others are recognized."""
    assert classify(sample_outcome(sample)) == sample["class"]


def test_phrases_are_folded_and_none_is_empty():
    """They are compared with folded texts, in which an empty one stands everywhere."""
    groups = [group for name, group in vars(phrases).items() if isinstance(group, frozenset)]
    assert len(groups) > 10
    for phrase in frozenset().union(*groups):
        assert phrase
        assert phrase == fold(phrase)


def test_corpus_has_more_living_pages_than_dead_ones():
    """The corpus cannot shrink unseen."""
    classes = [sample["class"] for sample in SAMPLES]
    living = classes.count("alive") + classes.count("doubtful")
    assert len(classes) >= 180
    assert classes.count("dead") >= 45
    assert living >= classes.count("dead")


@pytest.mark.parametrize(
    ("url", "html", "end", "reason"),
    [
        (
            "https://e.example/a",
            "<title>404 Not Found</title>",
            "",
            "says that the page is not found",
        ),
        (
            "https://e.example/a",
            "<title>Lab</title>",
            "https://e.example/404",
            "says that the page is not found",
        ),
        (
            "https://e.example/a",
            "<iframe src=//www.sedoparking.com/x></iframe>",
            "",
            "parked domain (Sedo)",
        ),
        ("https://e.example/a", "<h1>e.example is for sale</h1>", "", "the domain is for sale"),
        (
            "https://e.example/a",
            "<title>Shop</title><h1>e.example - is for sale</h1>",
            "",
            "the domain is for sale",
        ),
        (
            "https://e.example/a",
            "<title>x</title>",
            "https://dan.com/buy-domain/e.example",
            "the domain is for sale (Dan.com)",
        ),
        (
            "https://e.example/a",
            "<title>x</title>",
            "https://ww1.bodis.com/?d=e.example",
            "parked domain (Bodis)",
        ),
    ],
)
def test_death_has_a_reason_that_a_person_understands(url, html, end, reason):
    """It says what the page says, and by whom where that is known."""
    assert soft_death(outcome(url, html, end)) == reason


@pytest.mark.parametrize("host", ["bodis.com", "dan.com"])
def test_trader_of_domains_has_pages_of_its_own(host):
    """A link to it is not one to a domain that it has parked or sells."""
    html = "<title>About us</title>"
    assert soft_death(outcome(f"https://{host}/", html, f"https://www.{host}/about")) is None


def test_heading_may_be_the_name_of_the_host():
    """It speaks of nothing else than a title that says what is not there."""
    title, url = "<title>Page not found</title>", "https://letters.example/a"
    said = "says that the page is not found"
    assert soft_death(outcome(url, f"{title}<h1>letters.example</h1>")) == said
    assert soft_death(outcome(url, f"{title}<h1>Numbers</h1>")) is None


@pytest.mark.parametrize(
    ("path", "dead"),
    [
        ("/404", True),
        ("/404.html", True),
        ("/a/b/404.php", True),
        ("/en/404", True),
        ("/pt-br/404/", True),
        ("/error/404", True),
        ("/Not-Found?from=x", True),
        ("/static/pagenotfound.aspx", True),
        ("/posts/404", False),
        ("/posts/12/404.html", False),
        ("/2008/05/page-not-found.html", False),
        ("/questions/12/page-not-found", False),
        ("/docs/responses/not-found", False),
        ("/p404", False),
        ("/error", False),
        ("/found", False),
        ("/404/history", False),
        ("/", False),
    ],
)
def test_redirect_to_an_error_page_is_known_by_its_path(path, dead):
    """A path that only says that nothing is there; not the number of a post."""
    plain = "<title>Lab</title><p>Have a look around.</p>"
    answer = outcome("https://e.example/papers/1", plain, f"https://e.example{path}")
    assert bool(soft_death(answer)) is dead
    assert soft_death(outcome(f"https://e.example{path}", plain)) is None


def test_error_page_that_was_linked_is_what_it_is():
    """A link to somebody's 404 page, under a new scheme, still shows it."""
    html = "<title>Lab</title><p>Our page for lost visitors, with a game.</p>"
    assert soft_death(outcome("http://e.example/404", html, "https://e.example/404")) is None


@pytest.mark.parametrize("start", ["/docs/404", "/wiki/Page_not_found", "/w?title=Page+not+found"])
def test_link_that_says_so_itself_is_not_led_astray(start):
    """Pages about pages not found move, too."""
    html = "<title>Not Found - Handbook</title><h1>Not Found</h1><p>What a server says.</p>"
    answer = outcome(f"https://e.example{start}", html, "https://e.example/not-found")
    assert soft_death(answer) is None
    assert is_doubtful(answer)


def test_short_address_stands_for_the_next():
    """Somebody's 404 page, a home page and a market place may have been meant by it."""
    html = "<title>Not Found</title><h1>Not Found</h1><p>A story of names, short as it is.</p>"
    for meant in ("https://e.example/404", "https://e.example/", "https://sedo.com/news/"):
        assert soft_death(outcome("https://bit.ly/x", html, meant)) is None
    assert not is_doubtful(outcome("https://bit.ly/x", html, "https://e.example/"))
    hops = (Hop("https://bit.ly/x", 301), Hop("https://e.example/a", 302))
    led = Evidence(Outcome(hops=(*hops, Hop("https://e.example/404", 200)), page=read(html)))
    assert soft_death(led) == "says that the page is not found"


@pytest.mark.parametrize("words", [1, 30, 31, 100, 101, 250, 251])
@pytest.mark.parametrize("saying", [1, 2, 3])
def test_the_more_a_page_shows_the_more_of_it_must_say_so(words, saying):
    """Title, heading and a sentence: one of them on a page of some words, all on a longer one."""
    title = "Page not found"
    heading = "Page not found" if saying > 1 else ""
    text = "Check the address, please." if saying > 2 else ""
    page = Page(title=title, heading=heading, text=text, words=words, complete=True)
    answer = Evidence(Outcome(hops=(Hop("https://e.example/a", 200),), page=page))
    assert bool(soft_death(answer)) is (words <= {1: 30, 2: 100, 3: 250}[saying])


def test_home_page_is_never_doubted():
    """Shown for every address, it is still the page that was meant."""
    html = "<title>Sorry! The board game</title><p>Pawns and cards.</p>"
    assert not is_doubtful(outcome("https://e.example/", html))
    assert is_doubtful(outcome("https://e.example/rules", html))


def test_file_is_neither_dead_nor_doubtful():
    """Where there is no page there is nothing to read in it."""
    answer = Evidence(Outcome(hops=(Hop("https://e.example/a.pdf", 200),)))
    assert soft_death(answer) is None
    assert not is_doubtful(answer)


MENU = "<div>" + "".join(f"<a href=/{word}>{word}</a> " for word in LOREM.split()[1:30]) + "</div>"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (MENU + "<p>Nothing at /a/b</p>", MENU + "<p>Nothing at /q8x/zz</p>", True),
        (MENU + "<p>On 3 May 2024, 12:01:07</p>", MENU + "<p>On 4 June 2025, 08:00:59</p>", True),
        (MENU + "<h1>Home</h1>", MENU + "<h1>Home</h1>", True),
        ("<title>Oops</title><h1>Oops</h1>", "<title>Oops</title><h1>Oops</h1>", True),
        (MENU + LOREM, MENU + "<h1>Oops</h1><p>Nothing here.</p>", False),
        (LOREM, LOREM * 3, False),
        ("<h1>Item A</h1>", "<h1>Item B</h1>", False),
        ("<h1>Course ended</h1>", "<h1>Nothing here</h1>", False),
        ("<p>Course ended</p>", "<p>Nothing here</p>", False),
        (MENU * 3 + "<p>The course ended in spring.</p>", MENU * 3 + "<p>Nothing here.</p>", False),
        ("<title>Rowan</title>" + MENU * 3, "<title>Lost</title>" + MENU * 3, False),
        (MENU * 3 + "<h1>Rowan</h1>", MENU * 3 + "<h1>Lost</h1>", False),
        (MENU + "<script src=a></script>", MENU + "<script src=b></script>", True),
        (
            "<title>App</title><div id=root></div><script src=a></script>",
            "<title>App</title><div id=root></div><script src=a></script>",
            False,
        ),
        ("", "", False),
    ],
)
def test_same_page_is_the_same_but_for_addresses_numbers_and_dates(one, other, same):
    """A page that is shown for everything, and two shells that prove nothing."""
    assert same_page(read(one), read(other)) is same
    assert same_page(read(other), read(one)) is same
