"""What every page promises: readable in both schemes and on a phone, described, reachable."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.utils.meta import get_data

from tools.formulas.pages import nav_pages

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# The contrast of each piece of text to the nearest ground painted behind it, as WCAG computes it;
# gives the pieces that have less than 4.5, or 3 where letters are large.
LOW_CONTRAST = """
() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const paint = (...colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return context.getImageData(0, 0, 1, 1).data;
  };
  const luminance = ([r, g, b]) =>
    [[0.2126, r], [0.7152, g], [0.0722, b]].reduce((sum, [weight, value]) => {
      const part = value / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const groundsOf = (element) => {
    const grounds = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      grounds.unshift(colour);
      if (paint(colour)[3] === 255) break;
    }
    return grounds;
  };
  const low = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent.trim();
    if (!text || element.closest("script, style, svg, mjx-assistive-mml, .headerlink")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const grounds = groundsOf(element);
    const [dark, light] = [luminance(paint(...grounds)), luminance(paint(...grounds, style.color))]
      .sort((a, b) => a - b);
    const large = parseFloat(style.fontSize) >= 24;
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < (large ? 3 : 4.5)) low.add(`${ratio.toFixed(2)} ${element.className}: ${text}`);
  }
  return [...low];
}
"""


def test_every_page_has_its_own_description(documents):
    """Each page has a meta description that no other has."""
    found = {
        path: document.select_one("meta[name=description]")["content"]
        for path, document in documents.items()
    }
    assert all(len(text) > 40 for text in found.values()), found
    assert len(set(found.values())) == len(found)


def test_every_page_has_one_title(documents):
    """Each page has exactly one first-level heading, and a title no other has."""
    headings = {path: len(document.select("article h1")) for path, document in documents.items()}
    assert set(headings.values()) == {1}, headings
    titles = {document.title.text for document in documents.values()}
    assert len(titles) == len(documents)


def test_every_page_says_its_language(documents):
    """A screen reader knows how to pronounce the page."""
    assert {document.html["lang"] for document in documents.values()} == {"en"}


def test_images_controls_and_drawings_have_names(documents):
    """Pictures have a text of their own, and form controls in the content a label."""
    for path, document in documents.items():
        for image in document.select("article img"):
            assert image.get("alt", "").strip(), f"{path}: {image.get('src')}"
            assert "No description" not in image["alt"], path
        for drawing in document.select("article figure svg"):
            named = drawing.get("aria-label") or drawing.get("aria-labelledby")
            assert named or drawing.get("aria-hidden") == "true", path


def test_ids_are_unique(documents):
    """No two elements of a page have the same id: a link would lead to the first."""
    for path, document in documents.items():
        ids = [element["id"] for element in document.select("[id]")]
        assert sorted(ids) == sorted(set(ids)), path


@pytest.mark.parametrize("source", [page for page in nav_pages() if page.endswith(".md")])
def test_headings_have_explicit_ids(root, source):
    """Every heading names its id, so that a link to it outlives a change of its words."""
    body, _ = get_data((root / "docs" / source).read_text(encoding="utf-8"))
    extensions = ["admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences"]
    page = BeautifulSoup(Markdown(extensions=extensions).convert(body), "html.parser")
    found = page.find_all(HEADINGS)
    assert found
    assert [heading.text for heading in found if not heading.get("id")] == []


@pytest.mark.browser
def test_text_has_contrast(desktop):
    """All text of the page is readable on its ground."""
    assert desktop.page.evaluate(LOW_CONTRAST) == []


@pytest.mark.browser
def test_narrow_screen_does_not_scroll_sideways(phone):
    """The page fits on a phone."""
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_tables_fit_on_a_phone(phone):
    """No table of a page is wider than the text, so that no column hides beyond the edge."""
    rights = phone.page.locator("article table").evaluate_all(
        "(tables) => tables.map((table) => table.getBoundingClientRect().right)"
    )
    assert [right for right in rights if right > 390] == []


@pytest.mark.browser
def test_figures_are_as_wide_as_the_text_on_a_phone(phone):
    """A figure uses the whole width, in notebooks too."""
    widths = "(all) => all.map((element) => element.getBoundingClientRect().width)"
    (text,) = phone.page.locator("article h1").evaluate_all(widths)
    figures = phone.page.locator("article figure").evaluate_all(widths)
    assert figures == [text] * len(figures)


@pytest.mark.browser
def test_copy_button_waits_on_a_phone(phone):
    """It hides no code before somebody touches the code it belongs to."""
    shown = "(e) => e.checkVisibility({ opacityProperty: true })"
    for button in phone.page.locator(".md-code__nav, .zeroclipboard-container").all()[:1]:
        assert not button.evaluate(shown)
        button.locator("xpath=..").hover(position={"x": 5, "y": 15})
        assert button.evaluate(shown)
    phone.page.mouse.move(0, 0)


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
def test_colours_follow_the_system_and_the_toggle(visit, pages, scheme, name):
    """The system's preference decides at first; the button in the header goes round the others."""
    page = visit(scheme=scheme).open(pages[0])
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == name
    seen = []
    for _ in range(3):
        page.locator("[data-md-component=palette] label:visible").click()
        seen.append(body.get_attribute("data-md-color-scheme"))
    assert seen == ["default", "slate", name]


@pytest.mark.browser
def test_search_finds_a_word(visit, pages):
    """A word of a page leads to that page, without asking another host."""
    page = visit().open(pages[0])
    page.locator(".md-search__input").click()
    page.keyboard.type("logits")
    # Results appear while the word is being typed: the first ones are those of its first letters.
    page.locator('.md-search-result__link[href*="softmax-cross-entropy"]').first.wait_for()
