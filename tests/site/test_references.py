"""Citations and the reference list in the browser."""

import pytest

from tools.references.model import LINK_STATUS

pytestmark = pytest.mark.browser

LIST_PAGE = "references/index.md"


@pytest.fixture(scope="module")
def citing_page(pages, documents):
    """The first page that cites a work."""
    return next(path for path in pages if documents[path].select_one(".citation a"))


def test_hover_shows_the_cited_work(visit, citing_page):
    """Over a citation's number appears its note, with the title and a link to the work."""
    page = visit().open(citing_page)
    link = page.locator(".citation a").first
    note = page.locator(f'[id="{link.get_attribute("href").partition("#")[2]}"]')
    title = note.locator("a").first.text_content()
    link.scroll_into_view_if_needed()
    link.hover()
    tooltip = page.locator(".md-tooltip2--active")
    tooltip.wait_for()
    assert title in tooltip.text_content()


def test_note_leads_to_the_entry_in_the_list(visit, citing_page):
    """The note of a citation links to the same work's entry, which is marked on arrival."""
    visitor = visit()
    page = visitor.open(citing_page)
    visitor.click(page.locator(".footnote a", has_text="In the list").first)
    entry = page.locator("li[data-kind]:target")
    entry.wait_for()
    assert entry.is_visible()


def test_list_shows_every_entry(visit, references):
    """Each reference stands once in the list, with its title, kind and address."""
    page = visit().open(LIST_PAGE)
    items = page.locator("li[data-kind]")
    shown = {
        (item["id"], item["title"], item["kind"], item["href"])
        for item in items.evaluate_all(
            """(items) => items.map((item) => ({
              id: item.id,
              title: item.querySelector(".reference-title a").textContent,
              kind: item.querySelector(".kind").textContent,
              href: item.querySelector(".reference-title a").getAttribute("href"),
            }))"""
        )
    }
    assert items.count() == len(references)
    assert shown == {
        (f"ref-{entry.id}", entry.title, entry.kind.value, entry.url) for entry in references
    }


def test_unchecked_references_say_so(visit, references):
    """Until a check has run, no entry claims a verdict or a date."""
    page = visit().open(LIST_PAGE)
    verdicts = page.locator(".verdict").all_text_contents()
    assert len(verdicts) == len(references)
    if not LINK_STATUS.exists():
        assert set(verdicts) == {"not checked yet"}
        assert page.locator(".reference-facts time").count() == 0


def test_filter_narrows_the_list(visit, references):
    """Words, kind and topic each leave what fits; topics with nothing left disappear."""
    page = visit().open(LIST_PAGE)
    shown = page.locator("li[data-kind]:visible")
    assert shown.count() == len(references)
    wanted = references[0]
    page.get_by_label("Words").fill(wanted.title.upper())
    assert f"ref-{wanted.id}" in shown.evaluate_all("(items) => items.map((item) => item.id)")
    assert shown.count() < len(references)
    page.get_by_label("Words").fill("")
    page.get_by_label("Kind").select_option("book")
    assert shown.count() == sum(entry.kind == "book" for entry in references)
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Topic").select_option("vision")
    assert shown.count() == sum("vision" in entry.topics for entry in references)
    page.get_by_label("Words").fill("no work has these words")
    assert shown.count() == 0
    assert page.locator(".references h2:visible").count() == 0
    assert page.locator("output").text_content() == f"0 of {len(references)} shown"
