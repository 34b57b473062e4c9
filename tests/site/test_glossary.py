"""The glossary, and the terms that lead to it from the other pages."""

import pytest

from tools.site.glossary_terms import PAGE, load_glossary

pytestmark = pytest.mark.browser

PREVIEW = ".md-tooltip2--active"
NO_PROSE = ["h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "button", "summary"]


@pytest.fixture(scope="module")
def glossary(root):
    """The glossary as its source has it."""
    return load_glossary(root / "docs" / PAGE)


@pytest.fixture(scope="module")
def used(documents):
    """The ids of the terms that each page links, by the page."""
    return {
        path: [link["href"].partition("#")[2] for link in document.select("a.term")]
        for path, document in documents.items()
    }


@pytest.fixture(scope="module")
def page_with_terms(used):
    """The page that links the most terms."""
    return max(used, key=lambda path: len(used[path]))


def formula_term(page):
    """Return the first term on a page whose definition holds a formula."""
    return page.locator('a.term[data-definition*="\\\\("]').first


def gone(page):
    """Wait until no preview is there."""
    page.locator(".md-tooltip2").wait_for(state="detached")


def test_glossary_is_in_order(glossary, documents):
    """Its terms stand in alphabetical order, as many as a reader would expect."""
    names = [name.get_text().strip() for name in documents[PAGE].select("dt")]
    assert names == [term.name for term in glossary.terms]
    assert names == sorted(names, key=lambda name: name.casefold().replace("-", " "))
    assert len(names) >= 50


def test_every_term_is_explained_where_it_says(glossary, documents):
    """The section that a term leads to has one of its forms."""
    for term in glossary.terms:
        heading = documents[term.page].find(id=term.anchor)
        text = heading.get_text()
        for element in heading.find_next_siblings():
            if element.name in ("h1", "h2"):
                break
            text += element.get_text(" ")
        words = " ".join(text.split()).casefold()
        assert any(form.casefold() in words for form in term.forms), term


def test_a_page_links_a_term_once_and_in_prose_only(documents, used):
    """Never within a link, a heading, code or a note; and not from the glossary to itself."""
    assert used[PAGE] == []
    for path, document in documents.items():
        assert sorted(used[path]) == sorted(set(used[path])), path
        for link in document.select("a.term"):
            assert link.find_parent(NO_PROSE) is None, (path, link)
            assert link.find_parent(class_=["arithmatex", "footnote"]) is None, (path, link)


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_term_shows_its_definition(visit, page_with_terms, glossary, way):
    """With its formulas typeset, until the Escape key; what it says is the glossary's."""
    page = visit().open(page_with_terms)
    link = formula_term(page)
    link.scroll_into_view_if_needed()
    getattr(link, way)()
    preview = page.locator(PREVIEW)
    preview.locator("mjx-container").first.wait_for()
    (term,) = [
        each for each in glossary.terms if link.get_attribute("href").endswith(f"#{each.id}")
    ]
    assert preview.text_content().startswith(term.definition.partition("\\(")[0])
    page.keyboard.press("Escape")
    gone(page)


def test_preview_stays_while_the_pointer_is_on_it(visit, page_with_terms):
    """A reader can go there, and away again."""
    page = visit().open(page_with_terms)
    link = page.locator("a.term").first
    link.scroll_into_view_if_needed()
    link.hover()
    preview = page.locator(PREVIEW)
    preview.wait_for()
    preview.locator(".preview-definition").hover()
    page.wait_for_timeout(600)  # longer than a preview outlives the pointer
    assert preview.count() == 1
    page.mouse.move(0, 0)
    gone(page)


def test_first_tap_on_a_term_shows_and_second_follows(by_finger, page_with_terms):
    """On a touch screen the definition, inside the screen, comes before the glossary."""
    page = by_finger(page_with_terms.removesuffix(".md") + "/")
    before = page.url
    link = page.locator("a.term").first
    target = link.get_attribute("href").partition("#")[2]
    link.scroll_into_view_if_needed()
    link.tap()
    page.locator(PREVIEW).wait_for()
    assert page.url == before
    box = page.locator(f"{PREVIEW} > *").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    link.tap()
    term = page.locator("dt:target")
    term.wait_for()
    assert term.get_attribute("id") == target
    gone(page)


def test_tap_elsewhere_closes(by_finger, page_with_terms):
    """And another tap shows it again."""
    page = by_finger(page_with_terms.removesuffix(".md") + "/")
    link = page.locator("a.term").first
    link.scroll_into_view_if_needed()
    for _ in range(2):
        link.tap()
        page.locator(PREVIEW).wait_for()
        page.locator(".md-header__topic").first.tap()
        gone(page)
