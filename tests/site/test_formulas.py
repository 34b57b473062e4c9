"""Formulas in the browser."""

from itertools import accumulate
from urllib.parse import urljoin, urlsplit

import pytest

from tools.formulas import pages as formula_pages
from tools.formulas.bindings import all_bindings

pytestmark = pytest.mark.browser

PREVIEW = ".md-tooltip2--active"
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


@pytest.fixture(scope="module")
def bindings():
    """The bindings of the formulas, by label."""
    return all_bindings()


@pytest.fixture(scope="module")
def site_formulas(root):
    """The formulas of the site, by label."""
    return formula_pages.site_formulas(root / "mkdocs.yml").by_label()


@pytest.fixture(scope="module")
def referring_page(documents):
    """The first page on a topic that refers to a formula of another page."""
    return next(
        path
        for path, document in documents.items()
        if document.select(".formula") and document.select('a.eqref:not([href^="#"])')
    )


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


def reference_to_elsewhere(page):
    """Return the first reference on a page to a formula of another one."""
    return page.locator('a.eqref:not([href^="#"])').first


def shown_formula(page):
    """Wait for a preview that holds a typeset formula, and return its title and its MathML."""
    preview = page.locator(PREVIEW)
    preview.locator("mjx-container").wait_for()
    assert preview.locator("[data-mjx-error], mjx-math[data-mjx-error]").count() == 0
    mathml = preview.locator("mjx-assistive-mml").inner_html()
    return preview.locator(".preview-title").text_content(), mathml


def gone(page):
    """Wait until no preview is there."""
    page.locator(".md-tooltip2").wait_for(state="detached")


def mathml_of(page, label):
    """Return the MathML of a formula on its page, without its number."""
    row = page.locator(f'[id="{label}"] mjx-assistive-mml')
    return row.evaluate("(e) => e.querySelector('mlabeledtr > mtd + mtd').innerHTML")


def test_marks_say_what_the_formulas_are_bound_to(documents, bindings):
    """Below each formula stands the function that its binding names, or why there is none."""
    for document in documents.values():
        for box in document.select(".formula"):
            binding = bindings[box.select_one(".arithmatex")["id"]]
            foot = box.select_one(".formula-foot")
            if binding.kind == "definition":
                assert foot.summary.text == "definition"
            else:
                named = [code.text for code in foot.select("a > code")]
                assert named == [binding.function] * bool(binding.function)
                assert foot.select_one(".formula-checked").text == "checked"


def test_marks_lead_to_code_that_has_the_function(documents, site, bindings):
    """Wherever the snippet stands, its block holds the function."""
    functions = {binding.function for binding in bindings.values() if binding.function}
    led = set()
    for path, document in documents.items():
        for code in document.select(".formula-foot a > code"):
            page, _, anchor = code.parent["href"].partition("#")
            where = document if not page else at(documents, path, page)
            block = where.find(id=anchor).find_next_sibling("div", class_="highlight")
            assert f"{block.select_one('.filename').text[:-3]}." in code.text
            assert code.text.split(".")[-1] in block.text
            led.add(code.text)
    assert led == functions


def at(documents, path, href):
    """Return the page that a relative link on the page `path` leads to."""
    target = urlsplit(urljoin(f"http://x/{path.removesuffix('.md')}/", href)).path.strip("/")
    return documents[f"{target}.md"]


def test_index_has_all_formulas(documents, numbers):
    """The index lists every number of the site in order, each with a formula."""
    items = documents["formulas.md"].select(".formula-index li")
    assert [item.a.text for item in items] == [each for page in numbers.values() for each in page]
    assert all(item.select_one(".arithmatex").text.strip("\\[]") for item in items)


def test_nothing_covers_a_formula(phone):
    """The mark and the button stand below it, on the screen."""
    boxes = phone.page.locator(".formula").evaluate_all(
        """(all) => all.map((box) => {
          const [formula, foot] = [...box.children].map((e) => e.getBoundingClientRect());
          return foot.top >= formula.bottom && foot.left >= 0 && foot.right <= 390;
        })"""
    )
    assert all(boxes)


def test_preview_is_as_wide_as_its_formula(visit):
    """Nothing of a formula is cut off, whatever its width."""
    page = visit().open("networks/backpropagation.md")
    references = page.locator("a.eqref:visible")
    assert references.count() > 5
    for reference in references.all():
        reference.hover()
        shown_formula(page)
        frame = page.locator(".preview div.arithmatex")
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        page.keyboard.press("Escape")
        gone(page)


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_reference_shows_the_formula_of_another_page(visit, referring_page, way):
    """Typeset as where it stands, with number and page, until the Escape key."""
    visitor = visit()
    page = visitor.open(referring_page)
    link = reference_to_elsewhere(page)
    number = link.text_content()
    target = link.get_attribute("href").partition("#")[2]
    link.scroll_into_view_if_needed()
    getattr(link, way)()
    title, mathml = shown_formula(page)
    assert title.startswith(f"{number} ")
    page.keyboard.press("Escape")
    gone(page)
    visitor.click(link)
    page.locator(f'[id="{target}"] mjx-container').wait_for()
    gone(page)
    assert page.locator("h1").text_content().strip().startswith(title.removeprefix(f"{number} "))
    inner = mathml_of(page, target)
    assert inner in mathml


def test_reference_shows_its_formula_after_instant_navigation(visit, pages, referring_page):
    """The script outlives the page that it was loaded with."""
    visitor = visit()
    page = visitor.open(pages[0])
    follow(page, visitor.url(referring_page))
    link = reference_to_elsewhere(page)
    link.scroll_into_view_if_needed()
    link.hover()
    assert shown_formula(page)
    assert page.evaluate("window.stillTheFirstDocument")
    page.mouse.move(0, 0)
    gone(page)


def test_first_tap_on_a_reference_shows_and_second_follows(by_finger, referring_page):
    """On a touch screen the preview, inside the screen, comes before the jump."""
    page = by_finger(referring_page.removesuffix(".md") + "/")
    before = page.url
    link = reference_to_elsewhere(page)
    target = link.get_attribute("href").partition("#")[2]
    link.scroll_into_view_if_needed()
    link.tap()
    assert shown_formula(page)
    assert page.url == before
    box = page.locator(f"{PREVIEW} > *").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    link.tap()
    page.wait_for_url(f"**#{target}")
    gone(page)


def test_reference_is_read_aloud_as_a_formula(documents):
    """A screen reader is told the number and a name, which the link's text is a part of."""
    links = [link for document in documents.values() for link in document.select("a.eqref")]
    assert len(links) > 50
    for link in links:
        label = link["href"].partition("#eq:")[2].replace("-", " ")
        assert link["aria-label"] == f"formula {link.text.strip('()')}, {label}"


def test_copy_button_gives_the_tex_and_says_so(visit, referring_page, site_formulas):
    """It shows over the formula, copies it without label and number, and a live region tells."""
    page = visit().open(referring_page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box = page.locator(".formula").first
    button = box.get_by_role("button", name="Copy formula")
    is_visible = "(e) => e.checkVisibility({ opacityProperty: true })"
    assert not button.evaluate(is_visible)
    height = box.bounding_box()["height"]
    box.hover()
    assert button.evaluate(is_visible)
    assert box.bounding_box()["height"] == height
    button.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    label = box.locator(".arithmatex").get_attribute("id")
    assert copied == site_formulas[label].tex
    page.locator("[role=status]", has_text="Copied").wait_for()


def test_copy_button_is_always_there_for_a_finger(by_finger, referring_page):
    """Who cannot hover sees it at once."""
    page = by_finger(referring_page.removesuffix(".md") + "/")
    shown = "(all) => all.filter((e) => e.checkVisibility({ opacityProperty: true })).length"
    buttons = page.locator(".formula-foot > button")
    assert buttons.evaluate_all(shown) == buttons.count() > 0


def test_print_leaves_out_how_formulas_are_checked(visit, referring_page):
    """The theme unfolds everything in print; the same words below each formula would fill pages."""
    page = visit().open(referring_page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.locator("details.formula-how[open]").first.wait_for(state="attached")
    assert page.locator(".formula-how > p:visible").count() == 0
    assert page.locator(".formula-checked:visible").count() > 0


def test_references_work_without_scripts(browser, address, referring_page):
    """The link leads to its formula, and there is no button that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + referring_page.removesuffix(".md") + "/")
    assert page.locator(".formula-foot > button:visible").count() == 0
    link = reference_to_elsewhere(page)
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    assert page.url.endswith(f"#{target}")
    assert page.locator(f'[id="{target}"]').is_visible()
    context.close()
