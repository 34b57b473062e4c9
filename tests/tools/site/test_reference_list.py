"""The reference list on its page."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from tools.references.check.memory import state
from tools.references.check.verdict import LinkResult, Verdict
from tools.site.periods import periods
from tools.site.source import Source, current

LISTS = {topic: f"<!-- reference-list {topic} -->" for topic in ("training", "vision")}
PAGE = f"""\
# Works

<!-- reference-topics -->

## Training {{ #training }}

Begin here.

{LISTS["training"]}

## Vision {{ #vision }}

{LISTS["vision"]}

After.
"""
CHECKED = datetime(2026, 3, 4, tzinfo=UTC)
ENTRY = "- {id: a1b, title: T, url: 'https://example.org/one', kind: tool, topics: [vision]}\n"


@pytest.fixture
def status(tmp_path: Path) -> Path:
    """Where the link status would be; nothing was checked."""
    return tmp_path / "link-status.json"


@pytest.fixture
def config(tmp_path: Path, write_files: Callable) -> Path:
    """The mkdocs.yml of a site without pages, hence without citations."""
    write_files({"mkdocs.yml": "nav: []\n"})
    return tmp_path / "mkdocs.yml"


@pytest.fixture
def show(render: Callable, config: Path, small_list: Path, status: Path) -> Callable:
    """Render a page with the list of three."""
    options = {"config": config, "references": small_list, "status": status}
    return lambda text=PAGE: render(text, "tools.site.reference_list", **options)


@pytest.fixture
def add(small_list: Path) -> Callable:
    """Append entries to the list, each given by its fields, as flow YAML."""

    def append(*entries: str) -> None:
        with small_list.open("a", encoding="utf-8") as stream:
            stream.writelines(f"- {{{entry}}}\n" for entry in entries)

    return append


def record(status: Path, url: str, **observed: object) -> None:
    """Write what was observed of one address, as the link check does."""
    link = {
        "reason": "",
        "status_code": 200,
        "new_url": None,
        "archive_url": None,
        "elapsed_s": 0.1,
        "checked_at": "2026-03-04T23:59:00Z",
        "attempts": 1,
    }
    document = {"version": 1, "links": {url: link | observed}}
    status.write_text(json.dumps(document), encoding="utf-8")


def ids(page: BeautifulSoup, selector: str = "li[data-kind]") -> list[str]:
    """Return the ids of the entries that a selector finds, as citations name them."""
    return [item["id"].removeprefix("ref-") for item in page.select(selector)]


def test_list_without_bullets_is_a_list_to_a_screen_reader(show):
    """The style takes the bullets away, and with them, in some browsers, the role."""
    assert {items.get("role") for items in show().select("ul.reference-list")} == {"list"}


def test_every_entry_stands_once_under_its_main_topic(show):
    """The lists stand where the page has their markers, in one section with heading and text."""
    page = show()
    training, vision = page.select("section")
    assert ids(training) == ["odd2002two"]
    assert ids(vision) == ["plain2001one", "bare3"]
    assert [child.name for child in training.find_all(recursive=False)] == ["h2", "p", "ul"]
    assert training.h2["id"] == training["data-topic"] == "training"
    assert page.select("p")[-1].text == "After."
    assert page.select("p")[-1].find_parent("section") is None


def test_table_of_topics_has_their_counts(show):
    """The table links to the topics that have entries, each with their number."""
    links = show().select("nav.reference-topics li")
    assert [item.text for item in links] == ["Training 1", "Vision 2"]
    assert [item.a["href"] for item in links] == ["#training", "#vision"]


def test_topics_stand_in_the_contents_of_the_page(config, small_list, status):
    """The headings reach the table of contents although sections hold them."""
    options = {"config": config, "references": small_list, "status": status}
    parser = Markdown(
        extensions=["attr_list", "toc", "tools.site.reference_list"],
        extension_configs={"tools.site.reference_list": options},
    )
    parser.convert(PAGE)
    (top,) = parser.toc_tokens
    assert [token["id"] for token in top["children"]] == ["training", "vision"]


@pytest.fixture
def page_on_disk(write_files: Callable, tmp_path: Path) -> Iterator[Callable]:
    """Say which page is built, as MkDocs' hooks do; it has a front matter of three lines."""
    token = current.set(None)

    def build(text: str) -> str:
        current.set(Source(path="docs/list.md", text=f"---\na: b\n---\n{text}"))
        return text

    yield build
    current.reset(token)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (LISTS["vision"], "", "docs/list.md:6: the page does not show vision: add "),
        (
            LISTS["vision"],
            "<!-- reference-list fish -->",
            "docs/list.md:16: no topic is called 'fi",
        ),
        (LISTS["vision"], "<!-- reference-list -->", "docs/list.md:16: no topic is called ''"),
        (
            "After.",
            f"Again:\n\n{LISTS['vision']}",
            "docs/list.md:16: the list of vision stands on this page already",
        ),
        (
            "After.",
            "<!-- reference-topics -->",
            "docs/list.md:6: the topics and the search stand on this page already",
        ),
        (
            "<!-- reference-topics -->",
            "",
            "docs/list.md:12: the page has no search: add <!-- reference-topics -->",
        ),
    ],
)
def test_wrong_markers_fail_the_strict_build(show, page_on_disk, warnings_told, old, new, message):
    """A topic with entries must have its marker, of a topic that there is, and only once."""
    show(page_on_disk(PAGE.replace(old, new)))
    assert [told for told in warnings_told() if told.startswith(message)] != []


def test_second_search_is_no_second_form(show, page_on_disk, warnings_told):
    """A page that asks for it twice has one, so that no id stands twice."""
    page = show(page_on_disk(f"{PAGE}\n<!-- reference-topics -->\n"))
    assert len(warnings_told()) == len(page.find_all("template")) == 1
    assert len(page.select("#search")) == 1


def test_right_markers_tell_nothing(show, page_on_disk, warnings_told):
    """A page that shows each topic once passes, also with a marker for one without entries."""
    show(page_on_disk(f"{PAGE}\n## Speech\n\n<!-- reference-list speech -->\n"))
    assert warnings_told() == []


def test_page_without_markers_stays_as_it_is(show, page_on_disk, warnings_told):
    """No other page needs the topics."""
    assert show(page_on_disk("# One\n\nText.")).select("section, nav, li") == []
    assert warnings_told() == []


def test_entry_says_all_that_is_known(show):
    """Title, makers, note, facts, second links, topics and doubts are there, literally."""
    item = show().select_one("#ref-odd2002two")
    assert item.select_one(".reference-title > a").text == (
        "Odd *title* of $x$, [brackets] & <tags> &lt;"
    )
    assert item.select_one(".reference-byline").text == ("Ann Abel, Bob Beta, Cyd Gamma, Dee Delta")
    assert item.select_one(".reference-note").text == "Says *why*."
    assert item.select_one(".reference-facts").text == (
        "book training vision · code · archived copy · not checked yet · unverified: authors, note"
    )
    assert [link["href"] for link in item.select("a")] == [
        "https://example.org/two?a=1&lt=2",
        "#ref-odd2002two",
        "#training",
        "#vision",
        "https://example.org/code",
        "https://example.org/archive",
    ]


@pytest.mark.parametrize(
    ("fields", "line", "words"),
    [
        ("authors: ['Abel, Ann']", "Ann Abel", None),
        ("authors: ['Abel, Ann'], year: 1999", "Ann Abel (1999)", None),
        ("year: 1999, venue: V", "(1999), V", None),
        ("venue: V", "V", None),
        ("authors: [Some Lab], venue: V", "Some Lab, V", None),
        (
            "authors: ['A, A', 'B, B', 'C, C', 'D, D', 'E, E'], year: 1999",
            "A A, B B, C C et al. (1999)",
            "D D E E",
        ),
        ("authors: ['Łoś, Øre'], venue: Straßenbahn's", "Øre Łoś, Straßenbahn's", "loś, ore"),
        ("note: What one can\u2019t do", None, "can't"),
    ],
)
def test_byline_has_what_is_known(show, add, fields, line, words):
    """Nothing stands for what is unknown; who is not named, and plain spellings, are still found.

    Marks that can be taken off a letter are the script's.
    """
    add(f'id: x, title: T, url: "https://example.org/x", kind: tool, topics: [vision], {fields}')
    item = show().select_one("#ref-x")
    byline = item.select_one(".reference-byline")
    assert (byline and byline.text) == line
    assert item.get("data-words") == words


def test_nothing_known_makes_no_byline(show):
    """A work of which only the title is known has no empty line."""
    assert show().select("#ref-bare3 :is(.reference-byline, .reference-note)") == []


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("url: 'https://arxiv.org/abs/1406.2661', arxiv: '1406.2661'", {}),
        (
            "url: 'https://arxiv.org/abs/1406.2661', doi: 10.48550/arXiv.1406.2661",
            {},
        ),
        ("url: 'https://doi.org/10.1000/AB', doi: 10.1000/ab", {}),
        (
            "url: 'https://example.org/p.pdf', arxiv: '1406.2661', doi: 10.1000/ab",
            {"arXiv": "https://arxiv.org/abs/1406.2661", "DOI": "https://doi.org/10.1000/ab"},
        ),
    ],
)
def test_identifiers_lead_where_the_address_does_not(show, add, fields, links):
    """DOI and arXiv are linked unless the work's own address is theirs."""
    add(f"id: x, title: T, kind: paper, topics: [vision], {fields}")
    found = show().select("#ref-x .reference-facts a:not(.topic)")
    assert {link.text: link["href"] for link in found} == links


def test_entry_carries_what_the_filter_needs(show, status):
    """Kind, topics, year, verdict and the place in each order are data of the entry."""
    record(status, "https://example.org/one", verdict="alive")
    page = show()
    assert page.select_one("#ref-plain2001one").attrs == {
        "id": "ref-plain2001one",
        "data-kind": "paper",
        "data-topics": "vision",
        "data-year": "2001",
        "data-verdict": "alive",
        "data-ranks": "0 0 0 0",
    }
    bare = page.select_one("#ref-bare3")
    assert (bare["data-year"], bare["data-verdict"]) == ("", "not checked yet")


def test_orders_put_last_what_is_not_known(show, add):
    """By year both ways, by title and by first author, without case, marks and signs."""
    works = {
        "old": "title: '\u201cZoo\u201d', authors: ['Émile, A'], year: 1999",
        "new": "title: a-b, authors: [Łoś], year: 2020",
        "lab": "title: A. c, authors: [zu Lab], year: 1999",
        "unknown": "title: ÄB",
    }
    common = "kind: tool, topics: [speech]"
    add(*(f"id: {key}, url: 'https://e.org/{key}', {common}, {w}" for key, w in works.items()))
    items = show("<!-- reference-list speech -->").select("li")
    ranks = {item["id"].removeprefix("ref-"): item["data-ranks"].split() for item in items}
    orders = [sorted(ranks, key=lambda key: int(ranks[key][n])) for n in range(4)]
    assert orders == [
        ["new", "lab", "old", "unknown"],
        ["lab", "old", "new", "unknown"],
        ["new", "lab", "unknown", "old"],
        ["old", "new", "lab", "unknown"],
    ]


def test_cited_work_links_to_the_sections(show, config, write_files):
    """An entry leads to each section that cites it, a page named once, in a form MkDocs checks."""
    text = "# {}\n\nAt once [@bare3].\n\n## Long ones {{ #long }}\n\nLater [@bare3; @bare3]."
    write_files(
        {
            "mkdocs.yml": "nav: [a/sums.md, b.md]",
            "docs/a/sums.md": text.format("Sums"),
            "docs/b.md": text.format("Products").replace("At once [@bare3]", "Not at once"),
        }
    )
    page = show()
    facts = page.select_one("#ref-bare3 .reference-facts")
    assert facts.text.endswith(" · cited in Sums, Long ones; Products: Long ones")
    assert [link["href"] for link in facts.select("a:not(.topic)")] == [
        "/a/sums.md",
        "/a/sums.md#long",
        "/b.md#long",
    ]
    assert "cited in" not in page.select_one("#ref-plain2001one").text


def test_list_at_the_end_of_a_page_is_told_by_its_page(show, config, write_files):
    """The name of that section says nothing beside the page's, but where there is another."""
    text = "# {}\n\n## One\n\n{}.\n\n## Further reading\n\nSee [@bare3]."
    write_files(
        {
            "mkdocs.yml": "nav: [a.md, b.md]",
            "docs/a.md": text.format("Sums", "None"),
            "docs/b.md": text.format("Products", "As [@bare3]"),
        }
    )
    facts = show().select_one("#ref-bare3 .reference-facts")
    assert facts.text.endswith(" · cited in Sums; Products: One, Further reading")
    assert [link["href"] for link in facts.select("a:not(.topic)")] == [
        "/a.md#further-reading",
        "/b.md#one",
        "/b.md#further-reading",
    ]


def test_list_does_not_cite_itself(show, config, write_files, page_on_disk):
    """A citation in the page's own text is no place to lead to from the list below it."""
    text = f"{PAGE}\n\nSee [@bare3]."
    write_files({"mkdocs.yml": "nav: [list.md]", "docs/list.md": text})
    assert "cited in" in show(text).select_one("#ref-bare3").text
    assert "cited in" not in show(page_on_disk(text)).select_one("#ref-bare3").text


def form_of(page: BeautifulSoup) -> dict[str, dict[str, int]]:
    """Return the facets of the form, each with its values and their counts."""
    return {
        group["name"]: {
            label.input["value"]: int(label.span.string) for label in group.find_all("label")
        }
        for group in page.template.find_all("fieldset", {"name": True})
    }


def test_form_has_every_value_with_its_count(show, status):
    """The script's form offers what occurs, in the order of the vocabularies, second topics too."""
    record(status, "https://example.org/one", verdict="dead")
    assert form_of(show()) == {
        "topic": {"training": 1, "vision": 3},
        "kind": {"paper": 1, "book": 1, "tool": 1},
        "verdict": {"dead, to be confirmed": 1, "not checked yet": 2},
    }
    assert list(form_of(show())["kind"]) == ["paper", "book", "tool"]


def test_form_has_the_years_with_what_they_would_leave(show, add):
    """Each year that occurs can be the first or the last; a work without a year fits neither."""
    add(*(WORK.format(f"w{year}", f"kind: tool, year: {year}") for year in (1999, 2001, 2020)))
    selects = show().template.fieldset.find_parent("details").find_all("select")
    found = {
        select["name"]: [(option["value"], option.string) for option in select.find_all("option")]
        for select in selects
    }
    years = ["", "1999", "2001", "2020"]
    since = ["any", "1999 (4)", "2001 (3)", "2020 (1)"]
    until = ["any", "1999 (1)", "2001 (3)", "2020 (4)"]
    assert found == {
        "since": list(zip(years, since, strict=True)),
        "until": list(zip(years, until, strict=True)),
    }


def test_without_scripts_there_is_no_control(show):
    """The form stands in a template, which browsers do not show."""
    page = show()
    controls = page.find_all(["form", "input", "select", "button", "output"])
    assert controls
    assert all(control.find_parent("template") for control in controls)


def test_without_status_nothing_is_invented(show):
    """While no check has run, every entry says so and shows no date."""
    page = show()
    verdicts = [verdict.text for verdict in page.select(".verdict")]
    assert verdicts == ["not checked yet"] * 3
    assert page.select("time") == []


def test_verdict_is_shown_with_its_date(show, status):
    """A checked entry shows what was found and when; the others still were not checked."""
    record(
        status,
        "https://example.org/one",
        verdict="moved",
        new_url="https://example.org/new",
    )
    page = show()
    facts = page.select_one("#ref-plain2001one .reference-facts")
    assert facts.text.endswith("moved, checked 2026-03-04 · new address")
    assert facts.select("a")[-1]["href"] == "https://example.org/new"
    assert page.select_one("#ref-bare3 .verdict").text == "not checked yet"


def dead(*runs: str) -> dict[str, object]:
    """Return what is on record of a link that was found dead on some days, the last being today."""
    row = {"since": runs[0], "runs": len(runs), "dead_since": runs[0], "dead_runs": len(runs)}
    return {"verdict": "dead", "checked_at": runs[-1], "failing": row}


MARCH = "2026-03-{:02}T12:00:00Z"


@pytest.mark.parametrize(
    ("observed", "words", "mark"),
    [
        ({"verdict": "alive"}, "alive", "good"),
        ({"verdict": "moved"}, "moved", "good"),
        ({"verdict": "anchor"}, "anchor", "bad"),
        ({"verdict": "blocked"}, "blocked", None),
        ({"verdict": "transient"}, "transient", None),
        (dead(MARCH.format(4)), "dead, to be confirmed", None),
        (dead(*map(MARCH.format, (1, 2, 4))), "dead", "bad"),
        (
            {"verdict": "transient", "checked_at": "2026-03-31T12:00:00Z"}
            | {
                "failing": {"since": MARCH.format(1), "runs": 6, "dead_since": None, "dead_runs": 0}
            },
            "unreachable",
            "bad",
        ),
    ],
)
def test_only_what_is_certain_is_called_dead(show, status, observed, words, mark):
    """A death waits for confirmation, and a link that never answers is unreachable in the end."""
    record(status, "https://example.org/one", **observed)
    facts = show().select_one("#ref-plain2001one .reference-facts")
    verdict = facts.select_one(".verdict")
    assert verdict.text == words
    assert verdict["class"] == ["verdict", *([f"verdict-{mark}"] if mark else [])]
    assert f" · {words}, checked 2026-03-" in facts.text
    assert facts.parent["data-verdict"] == words


everything = st.text() | st.sampled_from(
    ["\x0260\x03b", "\x02wzxhzdk:0\x03", '"><script>', "&lt;b&gt;", "\u202eb", "\x1b[2J", "` <b>"]
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(beginning=st.sampled_from(["https://e.example/", "javascript:", "//"]), end=everything)
@example(beginning="https://e.example/", end='"><script>')
@example(beginning="https://e.example/", end="\x0260\x03b")
def test_nothing_that_a_server_wrote_becomes_a_part_of_the_page(tmp_path_factory, beginning, end):
    """Whatever new address was noted, the entry has the same elements: a link, or words alone."""
    folder = tmp_path_factory.mktemp("list")
    (folder / "list.yml").write_text(ENTRY)
    moved = {"url": "https://example.org/one", "verdict": Verdict.MOVED, "checked_at": CHECKED}
    result = LinkResult(**moved, reason=end, new_url=beginning + end)
    state.save(folder / "status.json", state.State({result.url: result}))
    (folder / "mkdocs.yml").write_text("nav: []")
    files = {
        "config": folder / "mkdocs.yml",
        "references": folder / "list.yml",
        "status": folder / "status.json",
    }
    parser = Markdown(
        extensions=["md_in_html", "tools.site.reference_list"],
        extension_configs={"tools.site.reference_list": files},
    )
    page = BeautifulSoup(parser.convert(f"<b>raw</b>\n\n{LISTS['vision']}"), "html.parser")
    facts = page.select_one(".reference-facts")
    assert facts.text == "tool vision · moved, checked 2026-03-04 · new address"
    *before, last = facts.find_all()
    assert [tag.name for tag in before] == ["span", "a", "span", "time"]
    assert last.name in ("a", "span")
    if last.name == "a":
        assert beginning == "https://e.example/"
        assert last["href"] == beginning + end


def test_new_address_must_be_one_of_the_web(show, status):
    """An address that a link check was given and that would run a script is not linked."""
    url = "https://example.org/one"
    record(status, url, verdict="moved", new_url="javascript:alert(1)")
    facts = show().select_one("#ref-plain2001one .reference-facts")
    assert facts.text.endswith(" · new address")
    assert [link["href"] for link in facts.select("a")] == ["#vision"]


ODD_RECORD = '{"version": 1, "links": {"https://example.org/one": %s}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON",
        "{}",
        "[]",
        '{"version": 1, "links": []}',
        ODD_RECORD % "null",
        ODD_RECORD % '{"verdict": "alive"}',
        ODD_RECORD % '{"verdict": "alive", "checked_at": "yesterday"}',
    ],
)
def test_unreadable_status_warns_and_claims_nothing(show, status, warnings_told, text):
    """A status file that cannot be read fails a strict build and gives no verdict."""
    status.write_text(text, encoding="utf-8")
    assert {item["data-verdict"] for item in show().select("li[data-kind]")} == {"not checked yet"}
    (warning,) = warnings_told()
    assert warning.startswith(str(status))


WORK = "id: {0}, title: {0}, url: 'https://example.org/{0}', topics: [speech], {1}"


def test_topic_is_in_the_order_to_read(show, add):
    """What teaches comes first, whenever it was made, and organizations come last."""
    kinds = "organization news tool code dataset paper encyclopedia video tutorial course book"
    add(*(WORK.format(f"w{kind}", f"kind: {kind}") for kind in kinds.split()))
    page = show("<!-- reference-list speech -->")
    assert [item["data-kind"] for item in page.select("li")] == kinds.split()[::-1]


def test_unknown_years_come_last(show, add):
    """Within a kind a topic goes by year, then title; works without a year close it."""
    years = {"w0": "", "wb": ", year: 1999", "wa": ", year: 1999", "w3": ", year: 1990"}
    add(*(WORK.format(name, f"kind: tool{year}") for name, year in years.items()))
    assert ids(show("<!-- reference-list speech -->")) == ["w3", "wa", "wb", "w0"]


def test_marker_in_code_is_code(show):
    """The marker inside a fence is shown, not replaced."""
    page = show(f"```html\n{LISTS['vision']}\n```")
    assert page.select("li[data-kind]") == []
    assert LISTS["vision"] in page.code.text


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], {None: "no year"}),
        ([None, None], {None: "no year"}),
        # Few works: each decade is one period, unless it has more than a fifth of them.
        ([1950, 1962, 1974, 1986, 1998], {1950: "1950s", 1962: "1960s", 1998: "1990s"}),
        # Less than a twentieth of 50 works stands before 1990.
        (
            [1958, 1986] + 10 * [1995] + 10 * [2001] + 10 * [2013] + 18 * [2020],
            {1958: "up to 1989", 1986: "up to 1989", 1995: "1990s", 2001: "2000s", 2013: "2010s"},
        ),
        # A crowded decade is halved, a crowded half told by year, an uncrowded one not.
        (
            5 * [2011] + 10 * [2015] + 10 * [2016] + 5 * [2021] + 5 * [2004],
            {2004: "2000s", 2011: "2010-2014", 2015: "2015", 2016: "2016", 2021: "2020s"},
        ),
    ],
)
def test_periods_are_short_where_works_are_many(years, expected):
    """The periods follow from the years of the works."""
    found = periods(years)
    assert found.items() >= expected.items()
    assert set(found) == {None, *years}
