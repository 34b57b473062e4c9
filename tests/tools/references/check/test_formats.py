"""The reports: complete, readable, and proof against what servers and sources write."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from tools.references.check import formats
from tools.references.check.formats import escape, terminal
from tools.references.check.verdict import LinkResult, Report, Verdict
from tools.references.occurrence import Occurrence

NASTY = "https://e.example/\x1b[31m|<script>alert(1)</script>\u202e`*_[x](y)\n& @owner #1\x00"


def link(url: str, verdict: Verdict, reason: str = "as told", **fields) -> LinkResult:
    """Return a result that stands at two places."""
    places = tuple(Occurrence(file=f, line=n, url=url) for f, n in (("a.md", 3), ("b|c.md", 7)))
    return LinkResult(url=url, verdict=verdict, reason=reason, occurrences=places, **fields)


@pytest.fixture
def report() -> Report:
    """Return a report with a link of each verdict."""
    results = [link(f"https://e.example/{verdict}", verdict) for verdict in Verdict]
    results.append(
        link(
            "https://e.example/old",
            Verdict.MOVED,
            "301 Moved Permanently",
            new_url="https://e.example/new",
            status_code=200,
            elapsed_s=0.25,
            checked_at=datetime(2026, 11, 5, 12, tzinfo=UTC),
            attempts=2,
        )
    )
    return Report(results=tuple(results), requests=9, wall_s=1.5)


@pytest.fixture
def nasty() -> Report:
    """Return a report in which everything from outside is hostile."""
    bad = link(NASTY, Verdict.DEAD, reason=NASTY, new_url=NASTY)
    return Report(results=(bad,), requests=1, wall_s=0.1)


def test_json_has_the_fields_that_other_programs_read(report):
    """Links in order with every field, and a summary of all verdicts, requests and time."""
    document = json.loads(formats.FILES["json"](report))
    assert document["links"][-1] == {
        "url": "https://e.example/old",
        "verdict": "moved",
        "reason": "301 Moved Permanently",
        "status_code": 200,
        "new_url": "https://e.example/new",
        "archive_url": None,
        "elapsed_s": 0.25,
        "checked_at": "2026-11-05T12:00:00Z",
        "attempts": 2,
        "occurrences": [{"file": "a.md", "line": 3}, {"file": "b|c.md", "line": 7}],
    }
    assert document["summary"] == {
        **dict.fromkeys(["dead", "anchor", "transient", "blocked", "excluded", "alive"], 1),
        "moved": 2,
        "requests": 9,
        "wall_s": 1.5,
    }


def test_terminal_tells_of_everything_but_the_living(report):
    """The worst comes first, each with its reason and places, the counts last."""
    lines = terminal.render(report, quiet=False).splitlines()
    assert lines[:2] == ["dead: https://e.example/dead: as told", "    in a.md:3, b|c.md:7"]
    assert "    now https://e.example/new" in lines
    assert not any(line.startswith("alive") for line in lines)
    assert lines[-1].startswith("8 links: 1 dead, 1 anchor, 1 transient, 1 blocked, 2 moved,")


def test_quiet_terminal_tells_only_what_is_broken(report):
    """Nothing but dead links and missing anchors; nothing at all if there are none."""
    told = terminal.render(report, quiet=True)
    assert [line.split(":")[0] for line in told.splitlines()[::2]] == ["dead", "anchor"]
    alive = Report(results=(link("https://e.example/", Verdict.ALIVE),), requests=1, wall_s=1)
    assert terminal.render(alive, quiet=True) == ""


def test_terminal_shows_hostile_text_as_text(nasty):
    """Nothing moves the cursor, changes colours or the direction of writing, or adds a line."""
    told = terminal.render(nasty, quiet=False)
    assert all(c.isprintable() or c == "\n" for c in told)
    assert "\\x1b[31m" in told
    assert len(told.splitlines()) == 4


def test_markdown_is_a_table_per_verdict(report):
    """Each verdict but alive has its heading and its rows."""
    html = MarkdownIt("gfm-like").render(formats.FILES["markdown"](report))
    page = BeautifulSoup(html, "html.parser")
    headings = [heading.text for heading in page.select("h2")]
    assert headings == [
        "Dead: 1",
        "Anchor: 1",
        "Transient: 1",
        "Blocked: 1",
        "Moved: 2",
        "Excluded: 1",
    ]
    rows = [[cell.text for cell in row.select("td")] for row in page.select("tbody tr")]
    moved = "https://e.example/old → https://e.example/new"
    assert [moved, "301 Moved Permanently", "a.md:3, b|c.md:7"] in rows


def test_markdown_shows_hostile_text_as_text(nasty):
    """No tag, link, mention or further cell comes of what a server wrote."""
    html = MarkdownIt("gfm-like").render(formats.FILES["markdown"](nasty))
    page = BeautifulSoup(html, "html.parser")
    assert not page.select("script, em, strong")
    assert {a["href"].split("/")[2] for a in page.select("a")} == {"e.example"}
    for shown in page.select("a, code"):
        shown.clear()
    assert "owner" not in page.text
    assert len(page.select("tbody td")) == 3
    assert "\x1b" not in html


def test_junit_has_a_case_for_each_place(report):
    """Broken links fail, those that could not be judged are skipped, at every place they stand."""
    suite = ET.fromstring(formats.FILES["junit"](report)).find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("16", "4", "6")
    case = suite.find("testcase")
    assert case.get("name") == "https://e.example/dead"
    assert (case.get("classname"), case.get("file")) == ("a.md:3", "a.md")
    assert case.find("failure").get("message") == "dead: as told"


def test_junit_is_sound_xml_whatever_stands_in_it(nasty):
    """Characters that XML forbids are shown as escapes."""
    case = ET.fromstring(formats.FILES["junit"](nasty)).find("testsuite/testcase")
    assert "<script>" in case.get("name")
    assert "\\x00" in case.get("name")


def test_counts_are_told_in_good_english():
    """One link is a link, and no link is no reason to stumble."""
    one = Report(results=(link("https://e.example/", Verdict.ALIVE),), requests=1, wall_s=0.04)
    assert one.headline() == "1 link: 1 alive; 1 request in 0.0 s"
    none = Report(results=(), requests=0, wall_s=0)
    assert none.headline() == "0 links: nothing to check; 0 requests in 0.0 s"


@pytest.mark.parametrize(
    "text",
    [
        "@owner and a@b.example",
        "[x](javascript:alert(1))",
        "https://e.example/ <b>",
        "a | b",
        "`` tick ` ",
        " `",
        "*_~#1",
        "&lt; &#64;owner",
        "end\\",
    ],
)
def test_text_is_a_code_span_to_the_letter(text):
    """In a cell of a table the text is shown as it is, and nothing of it is more than text."""
    cells = f"| {escape.markdown(text)} | next |"
    html = MarkdownIt("gfm-like").render(f"| a | b |\n| --- | --- |\n{cells}\n")
    first, second = BeautifulSoup(html, "html.parser").select("tbody td")
    assert [tag.name for tag in first.find_all()] == ["code"]
    assert first.find("code").text == text
    assert second.text == "next"


def test_escaped_bar_is_shown_without_doubt():
    """Programs differ on two backslashes before a bar, so the text's own is shown by its code."""
    assert escape.markdown("a\\|b") == "`a\\x5c\\|b`"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:owner@e.example", "data:text/html,x", "//e.example/", ""]
)
def test_only_addresses_of_the_web_become_links(url):
    """What would run, call or mail when clicked is shown, not linked."""
    html = MarkdownIt("gfm-like").render(f"See {escape.markdown_address(url)} there")
    assert "<a" not in html
    assert BeautifulSoup(html, "html.parser").text.strip() == " ".join(
        f"See {url} there".split(" ")
    )
