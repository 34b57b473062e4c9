"""What counts as a home page, and which redirects throw a reader back to one."""

import pytest

from tools.references.check.judge.homes import LANGUAGES, is_bare_home, is_home, thrown_home
from tools.references.check.outcome import Hop


def led(*urls: str) -> tuple[Hop, ...]:
    """Return a chain of redirects with a page at its end."""
    return tuple(Hop(url, 200 if url is urls[-1] else 302) for url in urls)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "//", "/index.html", "/Index.php", "/default.aspx", "/home"),
        *("/index.shtml", "/index.aspx", "/Default.htm", "/home.php", "/us-en/", "/CA-fr/"),
        *("/en", "/en/", "/EN/", "/de/index.html", "/en-us/", "/en-US", "/pt_BR", "/zh-Hans/"),
        *("/zh-Hant-TW/", "/es-419/", "/fr/home"),
        *("/?p=12", "/#/guide"),
    ],
)
def test_first_pages_and_language_roots_are_home_pages(path):
    """Only the path decides: by whatever name, in whatever language."""
    assert is_home(f"https://e.example{path}")


@pytest.mark.parametrize(
    "path",
    [
        *("/a", "/ai/", "/tv/", "/uk2/", "/english/", "/en/about", "/a/en/", "/en/de/"),
        *("/en-", "/en-usa/", "/en-us-x/", "/en-us-hans/", "/en-12/", "/zh-Hanss/", "/en us/"),
        *("/papers/index.html", "/indexes.html", "/home/index.html", "/index.pdf", "/index.xml"),
        *("/us-gb/", "/usa-en/"),
    ],
)
def test_other_pages_are_none(path):
    """A short name that is no code of a language is a page, and so is what lies below a root."""
    assert not is_home(f"https://e.example{path}")


def test_languages_are_the_codes_of_two_letters():
    """The table holds all that ISO 639-1 has, and none that it lacks."""
    assert len(LANGUAGES) == 183
    assert {"en", "de", "fr", "pt", "zh", "ja", "eo"} < LANGUAGES
    assert not {"ai", "tv", "us", "jp", "cn", "xx", "qq"} & LANGUAGES


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://e.example/en/", True),
        ("https://e.example/en/?p=1", False),
        ("https://e.example/?utm_source=404&fbclid=x", True),
        ("https://e.example/?notfound=1", True),
        ("https://e.example/?err=404&p=1", False),
        ("https://e.example/#/guide", False),
        ("https://e.example/en/page", False),
    ],
)
def test_query_and_fragment_tell_pages_apart(url, bare):
    """A first page with either is some page below it."""
    assert is_bare_home(url) is bare


@pytest.mark.parametrize(
    "urls",
    [
        ("https://e.example/papers/1", "https://e.example/"),
        ("https://e.example/papers/1", "https://e.example/de-at/index.html"),
        ("https://e.example/ai/", "https://e.example/"),
        ("https://e.example/a", "https://e.example/b", "https://bought.example/en"),
        ("https://e.example/en/papers", "https://e.example/en/"),
        ("https://bit.ly/x", "https://e.example/papers/1", "https://e.example/"),
        ("https://e.example/papers/1", "https://e.example/?lang=en"),
        ("https://e.example/go?to=https://e.example/post", "https://e.example/"),
        ("https://e.example/blog/post", "https://blog.e.example/"),
        ("https://e.example/blog", "https://www.e.example/"),
        ("https://e.example/e", "https://www.e.example/"),
        ("https://e.example/org", "https://bought.org/"),
        ("https://cs.uni.example/~kim", "https://cs.uni.example/"),
        ("https://cs.uni.example/~kim/", "https://www.uni.example/"),
        ("https://cs.uni.example/~kim/paper.pdf", "https://alex.example/"),
        ("https://user.github.io/project/page", "https://project.example/"),
        ("https://user.github.io/project/", "https://user.github.io/"),
    ],
)
def test_deep_link_is_thrown_home(urls):
    """However many steps it takes, and through whatever short address it was reached."""
    assert thrown_home(led(*urls))


@pytest.mark.parametrize(
    "urls",
    [
        (),
        ("https://e.example/",),
        ("https://e.example/papers/1",),
        ("https://e.example/", "https://e.example/en/"),
        ("https://e.example/de/", "https://www.e.example/en-us/index.html"),
        ("https://e.example/papers/1", "https://e.example/papers/2"),
        ("https://bit.ly/x", "https://e.example/"),
        ("https://purl.org/net/x", "https://e.example/"),
        ("https://t.co/x", "https://bit.ly/y", "https://e.example/en/"),
    ],
)
def test_link_to_a_home_page_or_from_a_short_address_is_not_thrown(urls):
    """What was a first page may become another, and a short address may stand for one."""
    assert not thrown_home(led(*urls))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("https://user.github.io/project/", "https://cool-name.example/"),
        ("https://user.github.io/project/index.html", "https://cool-name.example/"),
        ("https://e.example/blog", "https://blog.e.example/"),
        ("https://e.example/en/Blog/index.html", "https://blog.e.example/en/"),
        ("https://medium.example/@kim", "https://kim.medium.example/"),
        ("https://code.example/p/toolbox/", "https://www.toolbox.example/"),
        ("https://cs.uni.example/~kim/", "https://kim.example/"),
        ("https://cs.uni.example/~kim/index.html", "https://alex.example/"),
        ("https://cs.uni.example/%7Ekim", "https://alex.example/"),
        (
            "https://www.e.example/url?q=https%3A%2F%2FOther.example%2F&sa=D",
            "http://other.example/",
        ),
        ("https://e.example/out/www.other.example", "https://other.example/"),
        ("https://e.example/out/other.example", "https://www.other.example/"),
    ],
)
def test_what_has_a_host_of_its_own_now_is_not_thrown(start, end):
    """A section, a project or a person that moved there is at its first page, as the link says."""
    assert not thrown_home(led(start, end))


def test_redirect_that_names_a_part_of_the_home_page_is_a_page_of_its_own():
    """``/#/guide`` is where the guide lives now."""
    hops = (Hop("https://e.example/guide", 301), Hop("https://e.example/", 200, "/guide"))
    assert not thrown_home(hops)
