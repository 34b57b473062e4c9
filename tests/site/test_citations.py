"""Citations on the built pages, and what shows over them in the browser."""

from collections import Counter

import pytest
from playwright.sync_api import Locator, Page

from tools.references.citing import NOTEBOOK, citations
from tools.site.entries import ANCHOR

pytestmark = pytest.mark.browser

PREVIEW = ".md-tooltip2--active"


@pytest.fixture(scope="module")
def cited(root, pages):
    """The citations that the pages' sources hold."""
    return list(citations(root / "docs", pages))


@pytest.fixture(scope="module")
def citing_page(cited) -> str:
    """The page that cites most often."""
    return Counter(citation.page for citation in cited).most_common(1)[0][0]


@pytest.fixture(scope="module")
def citing_notebook(cited) -> str:
    """The first notebook that cites a work."""
    return next(citation.page for citation in cited if citation.page.endswith(NOTEBOOK))


def folder(path: str) -> str:
    """Return where a page is below the site's address."""
    return path.rpartition(".")[0] + "/"


def words_of_note(mark: Locator) -> str:
    """Return what the note of a mark says, without the arrow back and the ends of lines."""
    note = mark.page.locator(f'[id="{mark.get_attribute("href").partition("#")[2]}"]')
    return note.text_content().partition("\N{NO-BREAK SPACE}")[0].replace("\n", "")


def shown(page: Page) -> str:
    """Wait for a preview, and return what it says."""
    page.locator(PREVIEW).wait_for()
    return page.locator(PREVIEW).text_content()


def gone(page: Page) -> None:
    """Wait until no preview is open."""
    page.wait_for_function(f"!document.querySelector('{PREVIEW}')")


def test_every_citation_of_the_sources_is_a_mark_and_a_note(cited, documents):
    """What is taken for a citation where works are counted is one on the page, and no other is."""
    for path, document in documents.items():
        on_page = [citation.key for citation in cited if citation.page == path]
        marks = [link["href"].partition("#")[2] for link in document.select(".citation a")]
        assert sorted(marks) == sorted(f"fn:{ANCHOR.format(key)}" for key in on_page)
        assert {line.parent["id"] for line in document.select(".citation-status")} == set(marks)


def test_every_section_that_cites_is_an_id_of_its_page(cited, documents):
    """A link to where a work is cited arrives there."""
    anchors = {(citation.page, citation.anchor) for citation in cited if citation.anchor}
    assert len(anchors) > 20
    missing = [
        (path, anchor) for path, anchor in anchors if documents[path].find(id=anchor) is None
    ]
    assert missing == []


def test_hover_shows_the_note_and_escape_closes_it(visit, citing_page):
    """Over a number appears all that its note says, until the Escape key."""
    page = visit().open(citing_page)
    mark = page.locator(".citation a").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    assert shown(page).startswith(words_of_note(mark))
    page.keyboard.press("Escape")
    gone(page)


def test_focus_shows_the_note_and_escape_closes_it(visit, citing_page):
    """By keyboard it is the same; afterwards Tab goes on from there."""
    page = visit().open(citing_page)
    mark = page.locator(".citation a").first
    mark.focus()
    assert shown(page).startswith(words_of_note(mark))
    page.keyboard.press("Escape")
    gone(page)
    page.keyboard.press("Tab")
    steps = "(stops) => stops.indexOf(document.activeElement) - stops.indexOf(stops.find(%s))"
    is_mark = "(stop) => stop.matches('.citation a')"
    stops = page.locator("main :is(a[href], button, summary):visible")
    assert stops.evaluate_all(steps % is_mark) == 1


def test_enter_leads_to_the_note(visit, citing_page):
    """By keyboard nothing stands between a number and its note."""
    page = visit().open(citing_page)
    mark = page.locator(".citation a").first
    target = mark.get_attribute("href").partition("#")[2]
    mark.press("Enter")
    page.wait_for_function("(id) => decodeURIComponent(location.hash) === `#${id}`", arg=target)


def test_first_tap_shows_and_second_follows(by_finger, citing_page):
    """On a touch screen the preview, inside the screen, comes before the jump."""
    page = by_finger(folder(citing_page))
    mark = page.locator(".citation a").first
    mark.scroll_into_view_if_needed()
    mark.tap()
    assert shown(page).startswith(words_of_note(mark))
    assert "#" not in page.url
    box = page.locator(f"{PREVIEW} > *").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    mark.tap()
    page.wait_for_function("location.hash.startsWith('#fn:')")
    gone(page)


@pytest.mark.parametrize("elsewhere", [Locator.tap, Locator.click])
def test_tap_or_click_elsewhere_closes(by_finger, citing_page, elsewhere):
    """And the next tap on the same number shows its note again; a laptop may have a mouse, too."""
    page = by_finger(folder(citing_page))
    mark = page.locator(".citation a").first
    mark.scroll_into_view_if_needed()
    for _ in range(2):
        mark.tap()
        assert shown(page)
        elsewhere(page.locator(".md-header__topic").first)
        gone(page)
    assert "#" not in page.url


def test_preview_leads_to_the_list_after_instant_navigation(by_finger, pages, citing_notebook):
    """In a notebook that instant navigation brought in, a tap shows, and its link leads on."""
    page = by_finger(folder(pages[pages.index(citing_notebook) - 1]))
    page.evaluate("window.kept = true")
    page.locator(".md-footer__link--next").tap()
    page.locator(".jupyter-wrapper").wait_for()
    mark = page.locator(".citation a").first
    mark.scroll_into_view_if_needed()
    mark.tap()
    assert shown(page).startswith(words_of_note(mark))
    page.locator(PREVIEW).get_by_role("link", name="In the list").tap()
    entry = page.locator("li[data-kind]:target")
    entry.wait_for()
    assert page.evaluate("window.kept")
    gone(page)


def test_note_leads_to_the_entry_in_the_list(visit, citing_page):
    """The note of a citation links to the same work's entry, which is marked on arrival."""
    visitor = visit()
    page = visitor.open(citing_page)
    visitor.click(page.locator(".footnote a", has_text="In the list").first)
    entry = page.locator("li[data-kind]:target")
    entry.wait_for()
    assert entry.is_visible()
