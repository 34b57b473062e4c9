"""The picture of the reference list in the browser."""

import pytest

pytestmark = pytest.mark.browser

PAGE = "references/index.md"
MARKS = ".reference-picture svg g a"


@pytest.mark.parametrize("width", [1200, 390])
def test_marks_and_topics_lead_into_the_list(visit, references, width):
    """Each work's mark has an entry to lead to; a click on one, and on a topic, goes there."""
    visitor = visit(width=width)
    page = visitor.open(PAGE)
    targets = page.locator(MARKS).evaluate_all(
        """(links) => links.map((link) => link.getAttribute("xlink:href"))"""
    )
    assert sorted(targets) == sorted(f"#ref-{work.id}" for work in references)
    assert page.evaluate("(ids) => ids.filter((id) => !document.querySelector(id))", targets) == []
    for links, place in ((MARKS, 40), (".reference-picture svg > a", 3)):
        link = page.locator(links).nth(place)
        target = link.get_attribute("xlink:href")
        visitor.click(link)
        page.wait_for_function("(hash) => location.hash === hash", arg=target)
        assert page.locator(target).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_take_the_colours_of_the_page(visit, scheme):
    """A mark is drawn in the figures' first colour, on the ground of the page."""
    page = visit(scheme=scheme).open(PAGE)
    colours = page.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector(".reference-picture"));
          const probe = document.createElement("i");
          document.body.append(probe);
          const colour = (name) => {
            probe.style.color = style.getPropertyValue(name);
            return getComputedStyle(probe).color;
          };
          const mark = document.querySelector(".reference-picture svg g a");
          return [getComputedStyle(mark).color, colour("--plot-1"), colour("--notes-bad")];
        }"""
    )
    assert colours[0] in colours[1:]


def test_folded_tables_open_without_widening_a_phone(visit):
    """The numbers open on a click, and scroll in their own frame."""
    page = visit(width=390).open(PAGE)
    table = page.locator(".reference-picture table").first
    assert not table.is_visible()
    page.locator(".reference-picture summary").click()
    table.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
