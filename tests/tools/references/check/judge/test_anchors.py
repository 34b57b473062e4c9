"""Which fragments name an element, and when a page is known to lack it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.references.check.fetch.page import Page
from tools.references.check.judge.anchors import is_gone, part_of, wanted
from tools.references.check.outcome import Hop, Outcome

PAGE = "https://e.example/page"


@pytest.mark.parametrize(
    ("fragment", "name"),
    [
        ("part", "part"),
        ("h%C3%A9", "hé"),
        ("hé", "hé"),
        ("a b", "a b"),
        ("1.2(3)", "1.2(3)"),
        ("part:~:text=here", "part"),
        ("user-content-part", "part"),
        ("L10n", "L10n"),
        ("topics", "topics"),
        ("page-3", "page-3"),
        ("%ff", "\ufffd"),
    ],
)
def test_element_is_looked_for_by_its_plain_name(fragment, name):
    """As it was meant, without escapes and what forges write before it."""
    assert wanted(f"{PAGE}#{fragment}") == {name}


@pytest.mark.parametrize(
    "fragment",
    [
        *("", "top", "TOP", ":~:text=here", "/", "/guide", "!/guide", "!guide"),
        *("page=2", "t=30", "gid=0&range=A1", "heading=h.abc"),
        *("L10", "L10-L20", "L10-20", "L10C5-L20C7"),
    ],
)
def test_fragment_that_names_no_element_is_not_judged(fragment):
    """The top, routes, parameters, lines of code and text to be found are no elements."""
    url = f"{PAGE}#{fragment}"
    assert wanted(url) == frozenset()
    assert part_of(url) == ""
    assert not is_gone(url, read(Page(complete=True, words=500)))


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "https://github.com/a/b/blob/main/README.md#install",
        "https://colab.research.google.com/drive/1#part",
        "https://youtu.be/aircAruvnKk#part",
    ],
)
def test_nothing_is_looked_for_where_it_would_not_be_in_the_html(url):
    """Without a fragment, on pages that scripts write, or where another address is asked."""
    assert wanted(url) == frozenset()


def read(page: Page | None, fragment: str = "", url: str = PAGE) -> Outcome:
    """Return the outcome of a page that was read."""
    return Outcome(hops=(Hop(url, 200, fragment),), asked=url, page=page)


@pytest.mark.parametrize(
    ("anchors", "gone"),
    [
        (set(), True),
        ({"other"}, True),
        ({"Hé"}, True),
        ({"hé"}, False),
        ({"hé", "other"}, False),
    ],
)
def test_part_is_gone_if_no_element_has_any_of_its_names(anchors, gone):
    """Names are compared exactly: capital letters count."""
    page = Page(complete=True, words=500, anchors=frozenset(anchors))
    assert is_gone(f"{PAGE}#h%C3%A9", read(page)) is gone


@pytest.mark.parametrize(
    ("page", "gone"),
    [
        (Page(complete=True, words=500, scripted=True), True),
        (Page(complete=True, words=3), True),
        (Page(complete=False, words=500), False),
        (Page(complete=True, words=3, scripted=True), False),
        (None, False),
    ],
)
def test_only_a_page_read_whole_that_has_its_own_text_can_lack_a_part(page, gone):
    """What was not read, is no HTML, or is written by scripts may have it."""
    assert is_gone(f"{PAGE}#part", read(page)) is gone


def test_redirect_that_names_a_part_has_the_last_word():
    """A browser goes to the part that the redirect names, not to the link's."""
    page = Page(complete=True, words=500)
    assert not is_gone(f"{PAGE}#part", read(page, fragment="other"))


def test_page_that_scripts_write_is_known_by_where_the_redirects_end():
    """A short address may lead to one."""
    outcome = read(Page(complete=True, words=500), url="https://gitlab.com/a/b")
    assert not is_gone("https://bit.ly/x#part", outcome)


@given(st.text(), st.text())
def test_any_fragment_is_taken(url, fragment):
    """No text is a fault, and what is told to a person is one of the names looked for."""
    link = f"{url}#{fragment}"
    names = wanted(link)
    assert not names or names == {part_of(link).removeprefix("user-content-")}
    is_gone(link, read(Page(complete=True)))
