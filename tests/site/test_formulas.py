"""Formulas in the browser."""

from itertools import accumulate

import pytest

pytestmark = pytest.mark.browser

SOUND = {"raw": [], "errors": [], "unknown": [], "flat": 0}


def faults_of(visitor):
    """Return what is wrong with the formulas of the page that is shown."""
    return {key: value for key, value in visitor.typeset().items() if key != "numbers"}


def follow(page, url):
    """Click a link to `url` that is on the page, and wait until its page is shown."""
    page.evaluate(
        """(url) => {
          window.stillTheFirstDocument = true;
          window.left = document.querySelector(".md-content__inner");
          [...document.links].find((link) => link.href === url).click();
        }""",
        url,
    )
    await_arrival(page, url)


def await_arrival(page, url):
    """Wait until the content of `url` is in place and its formulas are typeset."""
    page.wait_for_function(
        """(url) => location.href === url && document.querySelector("h1")
          && document.querySelector(".md-content__inner") !== window.left
          && [...document.querySelectorAll(".arithmatex")].every(
            (e) => e.querySelector("mjx-container"))""",
        arg=url,
    )


@pytest.fixture(scope="module")
def numbers(pages, documents):
    """The numbers of each page's display formulas: from 1 on through the site, without a gap."""
    displays = [len(documents[path].select("div.arithmatex")) for path in pages]
    ends = list(accumulate(displays))
    assert ends[-1] > 0
    return {
        path: [f"({number})" for number in range(end - count + 1, end + 1)]
        for path, count, end in zip(pages, displays, ends, strict=True)
    }


def test_typeset_on_direct_load(desktop):
    """Every formula of the page is typeset, without an error and with fractions that stand."""
    assert faults_of(desktop) == SOUND


def test_typeset_after_instant_navigation_and_back(visit, pages):
    """Through all pages without a reload, and back again, formulas are as on a direct load."""
    visitor = visit()
    page = visitor.open(pages[0])
    for path in pages[1:]:
        follow(page, visitor.url(path))
        assert faults_of(visitor) == SOUND, path
    for path in reversed(pages[:-1]):
        page.evaluate("window.left = document.querySelector('.md-content__inner')")
        page.go_back()
        await_arrival(page, visitor.url(path))
        assert faults_of(visitor) == SOUND, path
    assert page.evaluate("window.stillTheFirstDocument"), "the pages were loaded from anew"


def test_numbers_run_through_the_site_in_the_order_of_the_nav(desktop, numbers):
    """Every display formula of the page carries the number that follows the one before."""
    (expected,) = [found for path, found in numbers.items() if desktop.shows(path)]
    assert desktop.typeset()["numbers"] == expected


def test_formulas_are_there_for_screen_readers(desktop):
    """Every formula carries MathML besides what is drawn."""
    missing = "mjx-container:not(:has(mjx-assistive-mml math))"
    assert desktop.page.locator(missing).count() == 0


def test_number_stands_at_the_right_on_a_phone(phone):
    """A formula's number is within the screen and at its right edge."""
    rights = phone.page.locator("div.arithmatex mjx-labels mjx-mtext").evaluate_all(
        "(labels) => labels.map((label) => label.getBoundingClientRect().right)"
    )
    assert [right for right in rights if not 340 < right <= 390] == []


def test_long_formulas_break_on_a_phone(phone):
    """No formula has to be scrolled to be read."""
    overflowing = phone.page.locator("div.arithmatex").evaluate_all(
        "(all) => all.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.id)"
    )
    assert overflowing == []


def test_reference_to_another_page_lands_on_its_formula(visit, pages):
    """A formula's number in the text leads to the formula itself, in view and marked."""
    visitor = visit()
    page = visitor.open(pages[0])
    link = page.locator("a.eqref").first
    number, target = link.text_content(), link.get_attribute("href")
    visitor.click(link)
    label = target.partition("#")[2]
    formula = page.locator(f'[id="{label}"]')
    formula.locator("mjx-container").wait_for()
    assert page.url.endswith(f"#{label}")
    assert number in visitor.typeset()["numbers"]
    page.wait_for_function(
        """(label) => {
          const { top, bottom } = document.getElementById(label).getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }""",
        arg=label,
    )
    assert formula.evaluate("(element) => element.matches(':target')")
