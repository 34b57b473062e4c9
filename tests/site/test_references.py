"""The reference list in the browser: complete without scripts, searched and filtered with them."""

import re
import shutil
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from tools.references.check.memory import state
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.model import LINK_STATUS

pytestmark = pytest.mark.browser

LIST_PAGE = "references/index.md"
YEARS = ("since", "until")
FACETS = ("topic", "kind", "verdict", *YEARS)
UNCHECKED = "not checked yet"
SCRIPT_BYTES = 10_000

IDS = "(items) => items.map((item) => item.id.replace('ref-', ''))"
CHOICES = """
(all) => all.map((choice) => [
  choice.name ?? choice.parentElement.name,
  choice.value,
  Number(/\\d+(?=\\)?$)/.exec(choice.text ?? choice.nextElementSibling.textContent)[0]),
  choice.checked ?? choice.selected,
])
"""
FORM_TOP = "document.querySelector('.reference-search').getBoundingClientRect().top"


def shown(page):
    """Return the ids of the entries that show, in the order of the page."""
    return page.locator("li[data-kind]:visible").evaluate_all(IDS)


def box(page, name, value):
    """Return the checkbox of a facet's value."""
    return page.locator(f'.reference-search input[name="{name}"][value="{value}"]')


def choose(page, name, value):
    """Choose a value of a facet; for a year, in the place of another."""
    if name in YEARS:
        page.locator(f".reference-search [name={name}]").select_option(value)
    else:
        box(page, name, value).check()


def choices(page):
    """Return facet, value, count and whether it is chosen, of every checkbox and every year."""
    return page.locator("fieldset :is([type=checkbox], option + option)").evaluate_all(CHOICES)


def counts(page):
    """Return the counts beside the values, by facet and value; none of them is shown as 0."""
    return Counter({(name, value): number for name, value, number, _ in choices(page) if number})


def chosen(page):
    """Return what is chosen, as pairs of facet and value."""
    return {(name, value) for name, value, _, checked in choices(page) if checked}


def address_of(page):
    """Return what the page's address says, as pairs."""
    return set(parse_qsl(urlsplit(page.url).query))


def plain(text):
    """Return a text without case, accents and typographic signs, as a reader may type it."""
    text = text.translate({ord("ł"): "l", ord("Ł"): "L", 0x2013: "-", 0x2019: "'"})
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).lower()


def has(entry, name, value):
    """Return whether an entry, of which nothing was checked, has a value of a facet."""
    match name:
        case "topic":
            return value in entry.topics
        case "kind":
            return value == entry.kind
        case "since":
            return entry.year is not None and entry.year >= int(value)
        case "until":
            return entry.year is not None and entry.year <= int(value)
        case "verdict":
            return value == UNCHECKED


def fits(entry, wanted, words=""):
    """Return whether an entry has one of the wanted values of each facet, and all the words."""
    texts = [entry.id, entry.title, *map(natural, entry.authors), entry.venue, entry.note]
    text = plain(" ".join(filter(None, texts)))
    return all(word in text for word in plain(words).split()) and all(
        any(has(entry, *pair) for pair in wanted if pair[0] == name) for name, _ in wanted
    )


def natural(author):
    """Return a name as the page has it."""
    return " ".join(reversed(author.split(", ")))


def ids(entries):
    """Return the ids of entries."""
    return [entry.id for entry in entries]


@pytest.fixture
def visitor(shared_window):
    """Somebody who has opened the list in a wide window, as others did before."""
    visitor = shared_window(1200, 900, "light")
    visitor.open(LIST_PAGE)
    yield visitor
    visitor.check()


@pytest.fixture
def alone(visit):
    """The same in a window of their own, with a history that nobody else has made."""
    visitor = visit()
    visitor.open(LIST_PAGE)
    return visitor


@pytest.fixture
def page(visitor):
    """The list in a wide window."""
    return visitor.page


@pytest.fixture
def goto(visitor):
    """Open the list at an address that ends so."""

    def go(ending):
        visitor.page.goto(visitor.url(LIST_PAGE) + ending)
        visitor.page.locator(".reference-search").wait_for()
        return visitor.page

    return go


# Complete without scripts.


@pytest.fixture
def without_scripts(browser, address):
    """The list in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}references/")
    yield page
    context.close()


def test_list_is_complete_without_scripts(without_scripts, references):
    """Each reference shows once, under its topic, with its title, kind, address and note."""
    items = without_scripts.locator(".reference-topic li[data-kind]:visible")
    found = {
        (item["id"], item["topic"], item["title"], item["kind"], item["href"], item["note"])
        for item in items.evaluate_all(
            """(items) => items.map((item) => ({
              id: item.id,
              topic: item.closest("section").querySelector("h2").id,
              title: item.querySelector(".reference-title a").textContent,
              kind: item.querySelector(".kind").textContent,
              href: item.querySelector(".reference-title a").getAttribute("href"),
              note: item.querySelector(".reference-note")?.textContent ?? null,
            }))"""
        )
    }
    assert items.count() == len(references)
    assert found == {
        (f"ref-{entry.id}", str(entry.topic), entry.title, str(entry.kind), entry.url, entry.note)
        for entry in references
    }


def test_without_scripts_no_control_is_dead(without_scripts, references):
    """There are links to the topics with their counts, and nothing that would need a script."""
    topics = Counter(str(entry.topic) for entry in references)
    links = without_scripts.locator(".reference-topics li:visible")
    assert {text.lower() for text in links.all_text_contents()} == {
        f"{topic} {number}" for topic, number in topics.items()
    }
    controls = without_scripts.locator("article :is(input, select, button, output)")
    assert controls.count() == 0
    words = without_scripts.locator(".reference-facts :is(.kind, .topic)")
    hrefs = words.evaluate_all("(all) => all.map((word) => word.getAttribute('href'))")
    assert set(hrefs) - {None} <= {f"#{topic}" for topic in topics} | {
        f"#{topic}" for entry in references for topic in entry.topics
    }


def test_unchecked_references_say_so(without_scripts, references):
    """Until a check has run, no entry claims a verdict or a date."""
    verdicts = without_scripts.locator("li .verdict").all_text_contents()
    assert len(verdicts) == len(references)
    if not LINK_STATUS.exists():
        assert set(verdicts) == {UNCHECKED}
        assert without_scripts.locator(".reference-facts time").count() == 0


# Filters.


@pytest.mark.parametrize("name", FACETS)
def test_each_value_shows_what_has_it(page, references, name):
    """Every value of a filter, chosen alone, leaves exactly the entries its count tells."""
    values = [(value, number) for facet, value, number, _ in choices(page) if facet == name]
    for value, number in values:
        choose(page, name, value)
        wanted = {entry.id for entry in references if has(entry, name, value)}
        assert set(shown(page)) == wanted
        assert number == len(wanted) > 0
        page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == len(references)
    assert {entry.id for entry in references if entry.year or name not in YEARS} == {
        entry.id for entry in references for value, _ in values if has(entry, name, value)
    }


WANTED = {
    *{("topic", "vision"), ("topic", "training"), ("kind", "paper"), ("kind", "tutorial")},
    *{("since", "2012"), ("until", "2019")},
}


def test_filters_combine(page, references):
    """Values of one filter widen it, filters narrow each other, and the output tells the number."""
    for pair in sorted(WANTED):
        choose(page, *pair)
    page.get_by_role("searchbox", name="Search").fill("LEARNING")
    wanted = [entry for entry in references if fits(entry, WANTED, "learning")]
    assert set(shown(page)) == set(ids(wanted))
    assert 0 < len(wanted) < len(references)
    assert page.locator(".reference-search output").text_content() == (
        f"{len(wanted)} of {len(references)} works"
    )


def test_counts_follow_the_other_filters(page, references):
    """Beside each value stands how many entries there would be with it, all else as it is."""
    for pair in sorted(WANTED):
        choose(page, *pair)
    page.locator("[name=words]").fill("network")
    expected = Counter(
        (name, value)
        for name, value, *_ in choices(page)
        for entry in references
        if fits(entry, {pair for pair in WANTED if pair[0] != name}, "network")
        and has(entry, name, value)
    )
    assert counts(page) == expected


@pytest.mark.parametrize("words", ["lstm", "HINTON", "zajac kaggle", "krizhevsky2012imagenet"])
def test_words_are_looked_for_everywhere(page, references, words):
    """All words must occur, in title, authors, venue, note or id, whatever their case."""
    page.locator("[name=words]").fill(words)
    wanted = {entry.id for entry in references if fits(entry, (), words)}
    assert set(shown(page)) == wanted
    assert 0 < len(wanted) < len(references)


def test_author_who_is_not_named_is_found(page, references):
    """Behind "et al." stand all the others."""
    entry = max(references, key=lambda entry: len(entry.authors))
    hidden = entry.authors[-1].split(",")[0]
    assert hidden not in page.locator(f"#ref-{entry.id}").text_content()
    page.locator("[name=words]").fill(hidden)
    assert entry.id in shown(page)


def test_accents_need_not_be_typed(page, references):
    """Whoever has a letter with a mark in the name is found without it, and with it."""
    marked = [
        (entry.id, author)
        for entry in references
        for author in entry.authors
        if not author.isascii()
    ]
    assert marked
    for key, author in marked[:5]:
        for words in (plain(author), author):
            page.locator("[name=words]").fill(words.replace(",", ""))
            assert key in shown(page)


def test_nothing_found_says_so(page, references):
    """An empty list says in a sentence what to do; no topic stands without entries."""
    page.locator("[name=words]").fill("no work has these words")
    assert shown(page) == []
    assert page.locator("article h2:visible").count() == 0
    output = page.locator(".reference-search output").text_content()
    assert output.startswith(f"None of {len(references)} works fits.")


def test_topics_that_are_chosen_come_first(page):
    """A topic's own entries stand before those of others that belong to it, too."""
    box(page, "topic", "vision").check()
    headings = page.locator("article h2:visible")
    assert headings.first.get_attribute("id") == "vision"
    assert headings.count() > 1
    contents = page.locator(".md-sidebar--secondary .md-nav__link:visible")
    assert contents.count() == headings.count()
    page.get_by_role("button", name="Show all").click()
    assert headings.first.get_attribute("id") != "vision"


def test_one_button_clears_all(visitor, references):
    """It takes back words, filters and order, and shows only while there is something to clear."""
    page = visitor.page
    clear = page.get_by_role("button", name="Show all")
    assert not clear.is_visible()
    box(page, "kind", "book").check()
    page.locator("[name=words]").fill("learning")
    page.locator("[name=sort]").select_option("title")
    clear.click()
    assert len(shown(page)) == len(references)
    assert visitor.shows(LIST_PAGE)
    assert not clear.is_visible()
    assert page.evaluate("document.activeElement.name") == "words"


# Order.


def key(text):
    """Return the letters and digits of a text, by which it is sorted."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(text)).split())


LAST = float("inf")
ORDERS = {
    "year": lambda entry: (-(entry.year or -LAST), key(entry.title)),
    "oldest": lambda entry: (entry.year or LAST, key(entry.title)),
    "title": lambda entry: key(entry.title),
    "author": lambda entry: (
        not entry.authors,
        key(entry.authors[0]) if entry.authors else "",
        key(entry.title),
    ),
}


@pytest.mark.parametrize("order", ORDERS)
def test_list_is_sorted(page, references, order):
    """A sorted list is flat; what is not known comes last."""
    page.locator("[name=sort]").select_option(order)
    assert shown(page) == ids(sorted(references, key=ORDERS[order]))
    assert page.locator("article h2:visible").count() == 0
    assert address_of(page) == {("sort", order)}


def test_list_returns_to_its_topics(page):
    """After another order the list is again as it was."""
    before = shown(page)
    page.locator("[name=sort]").select_option("title")
    assert shown(page) != before
    page.locator("[name=sort]").select_option("")
    assert shown(page) == before
    assert page.locator("article h2:visible").count() > 1


def test_main_topic_shows_where_no_heading_says_it(page, references):
    """Under its heading an entry does not repeat its topic; in a flat list it does."""
    entry = next(entry for entry in references if len(entry.topics) > 1)
    topics = page.locator(f"#ref-{entry.id} .topic:visible")
    assert topics.all_text_contents() == list(entry.topics[1:])
    page.locator("[name=sort]").select_option("title")
    assert topics.all_text_contents() == list(entry.topics)


# The address.


def test_address_keeps_what_is_chosen(visitor, goto, references):
    """A copied address shows the same list and the same controls to somebody else."""
    page = visitor.page
    for pair in sorted(WANTED):
        choose(page, *pair)
    page.locator("[name=sort]").select_option("year")
    page.locator("[name=words]").fill("Zając & learning")
    page.wait_for_url("**words=**")
    assert address_of(page) == {*WANTED, ("sort", "year"), ("words", "Zając & learning")}
    before = shown(page)
    copied = page.url.partition("?")[2]
    page.goto("about:blank")
    goto(f"?{copied}")
    assert shown(page) == before
    assert chosen(page) == WANTED
    assert page.locator("[name=words]").input_value() == "Zając & learning"
    assert page.locator("[name=sort]").input_value() == "year"


def test_unknown_values_are_ignored(goto, references):
    """What no filter knows changes nothing, beside what one does."""
    page = goto("?kind=book&kind=scroll&topic=&since=3000&verdict=fine&sort=toString&other=1")
    assert chosen(page) == {("kind", "book")}
    assert set(shown(page)) == {entry.id for entry in references if entry.kind == "book"}
    assert page.locator("[name=sort]").input_value() == ""


def test_shared_list_begins_with_its_filter(goto):
    """Who follows a link to a filtered list sees what is filtered, not the page's introduction."""
    page = goto("?kind=book")
    page.wait_for_function("scrollY > 0")
    form = page.locator(".reference-search").bounding_box()
    assert 0 <= form["y"] < 200


def test_back_and_forward_go_through_the_choices(alone, references):
    """Each choice is a step; the page is not loaded again, and each step keeps its place."""
    page = alone.page
    loaded = []
    page.on("request", lambda request: "/references/" in request.url and loaded.append(request))
    page.evaluate("window.sameDocument = document.querySelector('article')")
    places = []
    for kind in ("book", "course", "paper"):
        box(page, "kind", kind).check()
        page.evaluate("scrollTo(0, document.querySelector('.reference-search').offsetTop + 7)")
        page.wait_for_function("scrollY === history.state?.y")  # where the theme notes the place
        places.append(page.evaluate("scrollY"))
    for kinds, place in ((("book", "course"), places[1]), (("book",), places[0])):
        page.go_back()
        assert chosen(page) == {("kind", kind) for kind in kinds}
        assert set(shown(page)) == {entry.id for entry in references if entry.kind in kinds}
        assert page.evaluate("scrollY") == place
    page.go_back()
    assert chosen(page) == set()
    assert alone.shows(LIST_PAGE)
    page.go_forward()
    assert chosen(page) == {("kind", "book")}
    assert page.evaluate("window.sameDocument === document.querySelector('article')")
    assert loaded == []


def test_typing_is_no_step(alone):
    """Back after typing leaves the words behind together with the choice before them."""
    page = alone.page
    box(page, "kind", "paper").check()
    steps = page.evaluate("history.length")
    page.locator("[name=words]").press_sequentially("deep")
    page.wait_for_url("**?words=deep&kind=paper")
    assert page.evaluate("history.length") == steps
    page.go_back()
    assert page.locator("[name=words]").input_value() == ""
    assert chosen(page) == set()


def test_filters_live_through_instant_navigation(visitor, references):
    """The list works when it is reached from another page, and Back from another finds it so."""
    page = visitor.open("notation.md")
    page.evaluate("window.sameWindow = true")
    # The page's own link to the list, whichever it is.
    visitor.click(page.locator('article a[href*="references/#ref-"]').first)
    page.locator("li[data-kind]:target").wait_for()
    box(page, "kind", "paper").check()
    page.locator("[name=sort]").select_option("title")
    before = shown(page)
    away = page.locator('li:visible .reference-facts a[href*="/basics/"]').first
    visitor.click(away)
    page.locator(".reference-search").wait_for(state="detached")
    page.go_back()
    page.locator(".reference-search").wait_for()
    assert page.evaluate("window.sameWindow")
    assert chosen(page) == {("kind", "paper")}
    assert shown(page) == before


def test_back_while_another_page_loads_stays_here(alone):
    """The other page, when it comes at last, does not replace the list that was returned to."""
    page = alone.page
    box(page, "kind", "paper").check()
    held = []
    page.route("**/basics/*/", lambda route: held.append(route))
    alone.click(page.locator('li:visible .reference-facts a[href*="/basics/"]').first)
    page.wait_for_url("**/basics/**")
    page.go_back()
    page.locator(".reference-search").wait_for()
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert held
    assert chosen(page) == {("kind", "paper")}
    assert page.locator(".reference-search").is_visible()


# Links within the page.


def test_link_to_a_hidden_entry_shows_it(goto, references):
    """An address whose filters hide the entry that it leads to gives them up."""
    paper = next(entry.id for entry in references if entry.kind == "paper")
    page = goto(f"?kind=book#ref-{paper}")
    assert len(shown(page)) == len(references)
    assert page.url.endswith(f"/references/#ref-{paper}")
    assert chosen(page) == set()
    target = page.locator("li:target")
    assert target.get_attribute("id") == f"ref-{paper}"
    page.wait_for_function("document.querySelector('li:target').getBoundingClientRect().top < 200")
    assert target.bounding_box()["y"] > 40


def test_permalink_keeps_what_is_chosen(visitor, references):
    """The sign beside a title leads to the entry as the list stands; Back returns."""
    page = visitor.page
    box(page, "kind", "paper").check()
    entry = next(entry.id for entry in references if entry.kind == "paper")
    sign = page.locator(f"#ref-{entry} .headerlink")
    assert sign.get_attribute("href").endswith(f"#ref-{entry}")
    page.locator(f"#ref-{entry}").hover()
    sign.click()
    assert page.url.endswith(f"/references/?kind=paper#ref-{entry}")
    assert page.locator("li:target").get_attribute("id") == f"ref-{entry}"
    assert chosen(page) == {("kind", "paper")}
    page.go_back()
    assert page.url.endswith("/references/?kind=paper")
    assert chosen(page) == {("kind", "paper")}


def test_words_of_an_entry_are_filters(page, references):
    """Kind and topics lead to all that have them, and the reader to the filter."""
    entry = next(entry for entry in references if len(entry.topics) > 1)
    for name, value in (("kind", entry.kind), ("topic", entry.topics[1])):
        page.locator(f"#ref-{entry.id} .{name}:visible", has_text=value).first.click()
        assert address_of(page) == {(name, str(value))}
        assert chosen(page) == {(name, str(value))}
        assert set(shown(page)) == {other.id for other in references if has(other, name, value)}
        page.wait_for_function(f"Math.abs({FORM_TOP}) < 200")
        page.get_by_role("button", name="Show all").click()


def test_contents_lead_to_topics_at_once(alone):
    """A link of the table of contents stays within the filters, and loads nothing."""
    page = alone.page
    loaded = []
    page.on("request", lambda request: "/references/" in request.url and loaded.append(request))
    box(page, "kind", "paper").check()
    page.locator('.md-sidebar--secondary [href$="#vision"]').click()
    assert page.url.endswith("/references/?kind=paper#vision")
    page.wait_for_function("document.getElementById('vision').getBoundingClientRect().top < 200")
    assert chosen(page) == {("kind", "paper")}
    assert loaded == []


def test_result_of_the_sites_search_shows_on_this_page(alone):
    """What the search in the header finds here is gone to at once, though filters hid it."""
    page = alone.page
    box(page, "kind", "book").check()
    loaded = []
    page.on("request", lambda request: "/references/" in request.url and loaded.append(request))
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("wavenet")
    result = page.locator('.md-search-result__link[href*="/references/"][href$="#speech"]')
    result.first.click()
    page.wait_for_url("**#speech")
    page.wait_for_function("document.getElementById('speech').getBoundingClientRect().top < 200")
    assert chosen(page) == set()
    assert not page.locator("#__search").is_checked()
    assert loaded == []


def test_link_to_the_page_itself_begins_it_anew(visitor, goto, references):
    """The navigation's link to this page closes it, gives up what was chosen, shows the top."""
    page = goto("?kind=book")
    page.wait_for_function("scrollY > 0")
    drawer = page.locator("#__drawer")
    page.locator("header [for=__drawer]").click()
    assert drawer.is_checked()
    page.locator(".md-sidebar--primary a.md-nav__link--active:visible").click()
    assert not drawer.is_checked()
    assert visitor.shows(LIST_PAGE)
    assert len(shown(page)) == len(references)
    assert page.evaluate("scrollY") == 0


def test_introduction_leads_to_the_search(visitor, without_scripts):
    """Its link ends at the form, and without scripts at the topics."""
    visitor.page.locator('article a[href$="#search"]').click()
    visitor.page.wait_for_function(f"Math.abs({FORM_TOP}) < 200")
    assert without_scripts.locator("nav#search").is_visible()


def test_works_lead_to_where_they_are_cited(visitor, documents, references):
    """Each citation of the pages can be reached from its entry, at the section it stands in."""
    page = visitor.page
    links = page.locator(
        "li .reference-facts a[href*='/basics/'], li .reference-facts a[href*='/networks/']"
    )
    assert links.count() > 10
    link = links.first
    target = urlsplit(link.get_attribute("href"))
    visitor.click(link)
    page.wait_for_url(f"**{target.path}*")
    page.locator(f'[id="{target.fragment}"]').wait_for()
    assert page.locator(".footnote-ref").count() > 0


# Hands, screens and paper.


def test_keyboard_reaches_everything_in_order(page, references):
    """Search, order, fold, boxes and button follow each other, each with a visible focus."""
    page.locator("[name=words]").focus()
    seen = []
    for _ in range(4):
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline not in ("none", "")
        seen.append(
            page.evaluate("document.activeElement.name || document.activeElement.localName")
        )
        page.keyboard.press("Tab")
    assert seen == ["words", "sort", "summary", "topic"]
    value = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    assert set(shown(page)) == {entry.id for entry in references if value in entry.topics}
    for _ in range(page.locator("fieldset :is([type=checkbox], select)").count() - 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Show all"
    page.keyboard.press("Enter")
    assert len(shown(page)) == len(references)
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    assert page.locator("[name=sort]").input_value() == "year"


def test_filters_fold_away_on_a_phone(visit, references):
    """On a narrow screen the filters wait behind their number; the list begins on the screen."""
    visitor = visit(width=390, height=844)
    visitor.page.goto(visitor.url(LIST_PAGE) + "?kind=book&topic=general&topic=vision")
    page = visitor.page
    summary = page.locator(".reference-search summary")
    assert " ".join(summary.text_content().split()) == "Filters (3)"
    assert not box(page, "kind", "book").is_visible()
    summary.click()
    assert box(page, "kind", "book").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_permalinks_show_where_nothing_can_hover(browser, address):
    """On a touch screen the sign beside a title is there to be tapped."""
    context = browser.new_context(has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}references/")
    sign = page.locator("li[data-kind] .headerlink").first
    page.wait_for_function(
        "(sign) => getComputedStyle(sign).opacity === '1'", arg=sign.element_handle()
    )
    context.close()


ON_PAPER = """
() => ({
  ground: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.querySelector(".reference-note")).color,
  title: getComputedStyle(document.querySelector(".reference-title > a")).color,
  address: getComputedStyle(document.querySelector(".reference-title > a"), "::after").content,
  whole: getComputedStyle(document.querySelector("li[data-kind]")).breakInside,
})
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_list_prints_well(visit, references, scheme):
    """On paper there are no controls, each address is spelled out, and the ground is white."""
    page = visit(scheme=scheme).open(LIST_PAGE)
    page.emulate_media(media="print")
    assert (
        page.locator(":is(.reference-search, .reference-topics, .md-sidebar):visible").count() == 0
    )
    assert len(shown(page)) == len(references)
    found = page.evaluate(ON_PAPER)
    first = page.locator(".reference-title > a").first.get_attribute("href")
    assert first in found["address"]
    assert found["whole"] == "avoid"
    assert found["ground"] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert found["ink"] == "rgba(0, 0, 0, 0.87)"
    assert found["title"] == "rgb(29, 90, 166)"


def test_script_is_small(site):
    """What is loaded for the list stays below ten thousand bytes."""
    assert (site / "assets/js/reference-filter.js").stat().st_size < SCRIPT_BYTES


# With a check behind it.

CHECKED = datetime(2026, 3, 4, tzinfo=UTC)
VERDICTS = (Verdict.ALIVE, Verdict.MOVED, Verdict.ANCHOR, Verdict.BLOCKED, Verdict.TRANSIENT)


@pytest.fixture(scope="module")
def observed(references):
    """Verdicts of some works, by their ids; the last tenth was not checked."""
    checked = references[: len(references) * 9 // 10]
    return {entry.id: VERDICTS[n % len(VERDICTS)] for n, entry in enumerate(checked)}


@pytest.fixture(scope="module")
def checked_page(clone, site, address, run_mkdocs, observed, references, tmp_path_factory):
    """The list's page as it is after a check; the rest of the site is the same."""
    folder = tmp_path_factory.mktemp("checked") / "notes"
    shutil.copytree(clone, folder)
    results = [
        LinkResult(
            url=entry.url,
            verdict=observed[entry.id],
            reason="",
            checked_at=CHECKED,
            new_url="https://example.org/new" if observed[entry.id] is Verdict.MOVED else None,
        )
        for entry in references
        if entry.id in observed
    ]
    links = {result.url: result for result in results}
    state.save(folder / "docs" / "references" / "link-status.json", state.State(links))
    build = run_mkdocs("build", folder=folder, SITE_URL=address)
    output, _ = build.communicate()
    assert build.returncode == 0, output
    return (folder / "site" / "references" / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def after_a_check(visit, checked_page):
    """The list in a wide window, after a check."""
    visitor = visit()
    fulfil = {"body": checked_page, "content_type": "text/html; charset=utf-8"}
    visitor.page.route(re.compile(r"/references/(\?.*)?$"), lambda route: route.fulfill(**fulfil))
    return visitor.open(LIST_PAGE)


def test_verdicts_filter_the_list(after_a_check, observed, references):
    """Each verdict, and that there is none, leaves the entries it was found for."""
    expected = Counter(str(observed.get(entry.id, UNCHECKED)) for entry in references)
    assert {
        value: number for name, value, number, _ in choices(after_a_check) if name == "verdict"
    } == expected
    for verdict in expected:
        box(after_a_check, "verdict", verdict).check()
        assert set(shown(after_a_check)) == {
            entry.id for entry in references if observed.get(entry.id, UNCHECKED) == verdict
        }
        box(after_a_check, "verdict", verdict).uncheck()


def test_verdicts_carry_their_date(after_a_check, observed):
    """Beside a verdict stands when it was found; without one there is no date."""
    dated = after_a_check.locator('li:has(time[datetime="2026-03-04"])').evaluate_all(IDS)
    assert set(dated) == set(observed)
