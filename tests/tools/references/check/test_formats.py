"""The reports: complete, readable, and proof against what servers and sources write."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from tools.references.check import formats
from tools.references.check.formats import escape, terminal
from tools.references.check.verdict import LinkResult, Report, Verdict
from tools.references.occurrence import Occurrence

PIECES = (
    *("`", "``", "|", "\\|", "\\", "*", "_", "~~", "<", ">", '"', "'", "\n", "\r\n", "\t", " "),
    *("<script>alert(1)</script>", "<!--", "-->", "</code>", "<b ", "<![CDATA[", "]]>", "<?x?>"),
    *("[x](javascript:alert(1))", "![i](https://b.example/)", "[^1]", "[@id]", "$x$", "&lt;"),
    *("https://b.example/", "www.b.example", "a@b.example", "@owner", "#1", "GH-1", "a/b#1"),
    *("&#64;", "&copy", ";", "\x00", "\x02", "\x03", "\x0260\x03", "\x1b[2J", "\x1b]8;;x\x07"),
    *("\x7f", "\x85", "\x9b2J", "\u202e", "\u2066", "\u2028", "\ud800", "\udfff", "\ufffe"),
)
"""What means something to one of the programs that show a report."""

hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=10).map(
    "".join
)
everywhere = settings(max_examples=300, deadline=None, derandomize=True, database=None)
"""The same texts on every machine, however slow it is."""

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
    for shown in page.select("code"):
        shown.clear()
    assert page.select("a") == []
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


def test_junit_shows_what_xml_forbids(nasty):
    """Characters that no XML file can hold are shown as escapes."""
    case = ET.fromstring(formats.FILES["junit"](nasty)).find("testsuite/testcase")
    assert "<script>" in case.get("name")
    assert "\\x00" in case.get("name")


def test_counts_are_told_in_good_english():
    """One link is a link, and no link is no reason to stumble."""
    one = Report(results=(link("https://e.example/", Verdict.ALIVE),), requests=1, wall_s=0.04)
    assert one.headline() == "1 link: 1 alive; 1 request in 0.0 s"
    none = Report(results=(), requests=0, wall_s=0)
    assert none.headline() == "0 links: nothing to check; 0 requests in 0.0 s"


TEXTS = [
    "@owner and a@b.example",
    "[x](javascript:alert(1))",
    "https://e.example/ <b>",
    "a | b",
    "`` tick ` ",
    " `",
    "*_~#1",
    "&lt; &#64;owner",
    "end\\",
    " both sides ",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_a_code_span_to_the_letter(text):
    """In a cell of a table the text is shown as it is, and nothing of it is more than text."""
    cells = f"| {escape.cell(text)} | next |"
    html = MarkdownIt("gfm-like").render(f"| a | b |\n| --- | --- |\n{cells}\n")
    first, second = BeautifulSoup(html, "html.parser").select("tbody td")
    assert [tag.name for tag in first.find_all()] == ["code"]
    assert first.find("code").text == text
    assert second.text == "next"


def rendered(markdown: str) -> list[BeautifulSoup]:
    """Return a text as two programs render it: one as GitHub does, the other as our site does."""
    ours = Markdown(extensions=["tables", "md_in_html", "pymdownx.arithmatex"])
    texts = (MarkdownIt("gfm-like").render(markdown), ours.convert(markdown))
    return [BeautifulSoup(text, "html.parser") for text in texts]


@everywhere
@given(text=hostile.filter(bool))
def test_any_text_is_one_code_span(text):
    """Whatever it is, in a paragraph it is one code span and nothing else, and ends there."""
    for page in rendered(f"before {escape.code_span(text)} after"):
        assert [tag.name for tag in page.find_all()] == ["p", "code"]
        assert page.text.startswith("before ")
        assert page.text.rstrip("\n").endswith(" after")


@everywhere
@given(text=st.text(st.characters(categories=("L", "M", "N", "P", "S")), min_size=1))
def test_printable_text_is_shown_to_the_letter(text):
    """Of what can be printed, nothing is lost or changed."""
    page = BeautifulSoup(MarkdownIt().render(escape.code_span(text)), "html.parser")
    assert page.find("code").text == text


def test_spaces_alone_are_kept():
    """Of two spaces neither is taken for the space that a fence may have inside."""
    assert MarkdownIt().render(f"x{escape.code_span('  ')}") == "<p>x<code>  </code></p>\n"


@everywhere
@given(text=hostile)
def test_any_text_is_one_cell(text):
    """In a table, neither a line nor a cell is added, nor anything but a code span."""
    table = f"| a | b |\n| --- | --- |\n| x{escape.cell(text)} | next |\n"
    for page in rendered(table):
        first, second = page.select("td")
        assert {tag.name for tag in first.find_all()} <= {"code"}
        assert second.text.strip() == "next"


@everywhere
@given(
    beginning=st.sampled_from(("https://e.example/", "HTTP://e.example", "http://")), end=hostile
)
@example(beginning="https://e.example/", end="[x](javascript:alert(1))")
@example(beginning="https://e.example/", end="?a=$x$&b=$y$")
def test_any_address_is_one_link_or_none(beginning, end):
    """It leads where its text says, or is a code span: no second link, tag or cell comes of it."""
    table = f"| a | b |\n| --- | --- |\n| {escape.address(beginning + end)} | next |\n"
    for page in rendered(table):
        first, second = page.select("td")
        (shown,) = first.find_all()
        assert shown.name in {"a", "code"}
        assert second.text.strip() == "next"
        assert shown.text.isprintable()
        if shown.name == "a":
            assert unquote(shown["href"]) == unquote(shown.text)


@everywhere
@given(text=hostile)
def test_no_text_commands_a_terminal(text):
    """Nothing is sent that a terminal does not simply print, and no line is added."""
    hostile_link = link(text, Verdict.DEAD, reason=text, new_url=text)
    told = terminal.render(Report(results=(hostile_link,), requests=1, wall_s=0.1), quiet=True)
    assert len(told.split("\n")) == 4
    assert told.replace("\n", "").isprintable()


@everywhere
@given(text=hostile)
def test_junit_is_sound_xml_whatever_stands_in_it(text):
    """Any text at all gives a file that parses, its cases as many as there are places."""
    where = (Occurrence(file=text, line=1, url=text), Occurrence(file="a.md", line=2, url=text))
    bad = replace(link(text, Verdict.DEAD, reason=text), occurrences=where)
    moved = link(text, Verdict.MOVED, new_url=text)
    rendering = formats.FILES["junit"](Report(results=(bad, moved), requests=1, wall_s=0.1))
    cases = ET.fromstring(rendering.encode()).findall("testsuite/testcase")
    assert len(cases) == 4
    assert {case.get("name") for case in cases} == {escape.printable(text)}


@everywhere
@given(text=hostile)
def test_json_gives_back_any_text(text):
    """What goes in comes out, by a file that holds nothing but what can be printed."""
    bad = link(text, Verdict.DEAD, reason=text, new_url=text)
    rendering = formats.FILES["json"](Report(results=(bad,), requests=1, wall_s=0.1))
    assert rendering.replace("\n", "").isprintable()
    (told,) = json.loads(rendering.encode())["links"]
    assert [told[name] for name in ("url", "reason", "new_url")] == [text] * 3


@everywhere
@given(reasons=st.lists(hostile, max_size=3))
def test_json_has_a_line_for_each_link(reasons):
    """Whoever compares two reports line by line sees what has changed, whatever stands in them."""
    results = tuple(link("https://e.example/", Verdict.DEAD, reason=each) for each in reasons)
    rendering = formats.FILES["json"](Report(results=results, requests=1, wall_s=0.1))
    lines = [line for line in rendering.split("\n") if '"url"' in line]
    assert [json.loads(line.removesuffix(","))["reason"] for line in lines] == reasons
    assert len(json.loads(rendering)["links"]) == len(reasons)


def test_json_leaves_letters_as_they_are():
    """Whoever opens the file reads the addresses and reasons in their own script."""
    moved = link("https://e.example/größe", Verdict.MOVED, new_url="https://e.example/大きさ")
    rendering = formats.FILES["json"](Report(results=(moved,), requests=1, wall_s=0.1))
    assert "größe" in rendering
    assert "大きさ" in rendering


def test_escaped_bar_is_shown_without_doubt():
    """Programs differ on two backslashes before a bar, so the text's own is shown by its code."""
    assert escape.cell("a\\|b") == "`a\\x5c\\|b`"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "mailto:owner@e.example", "data:text/html,x", "//e.example/", ""),
        *("http://", "https:///path", "https://x]/", "http://[x/", "http://::1/", "http://[::1]/"),
    ],
)
def test_only_addresses_of_the_web_become_links(url):
    """What would run, call or mail when clicked, or leads nowhere, is shown, not linked."""
    html = MarkdownIt("gfm-like").render(f"See {escape.address(url)} there")
    assert "<a" not in html
    assert unquote(BeautifulSoup(html, "html.parser").text).split() == [
        "See",
        *url.split(),
        "there",
    ]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.example/a;v=1?b=1&copy=2", "<https://e.example/a;v=1?b=1&copy=2>"),
        ("https://e.example/?a=1&copy;=2", "<https://e.example/?a=1&copy%3B=2>"),
        ("https://e.example/?a=1&copyQ;=2", "<https://e.example/?a=1&copyQ%3B=2>"),
        ("https://e.example/&#64;", "<https://e.example/&#64%3B>"),
        ("https://e.example/Größe (1)", "<https://e.example/Gr%C3%B6%C3%9Fe%20(1)>"),
        ("https://e.example/50%25", "<https://e.example/50%25>"),
    ],
)
def test_link_leads_to_the_address_by_every_reading(url, link):
    """A semicolon by which some programs would read an entity is escaped, and no other."""
    assert escape.address(url) == link


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://github.com/owner/name", True),
        ("https://github.com/owner/name/blob/main/issues/1", True),
        ("https://e.example/owner/name/issues/1", True),
        ("https://github.com/owner/name/issues/1", False),
        ("https://github.com/owner/name/Issues/1", False),
        ("https://www.GitHub.com:443/owner/name/pull/1#top", False),
        ("http://u@github.com./owner/name/discussions/1", False),
        ("https://github.com/owner/name/commit/abc?x", False),
    ],
)
def test_no_report_writes_on_the_wall_of_a_stranger(url, linked):
    """GitHub notes on an issue or a commit who links to it; there the address is only shown."""
    assert escape.address(url) == (f"<{url}>" if linked else f"`{url}`")


def test_endless_text_has_an_end():
    """A redirect of 60 kB does not crowd all else out of an issue, but its beginning shows."""
    endless = "https://e.example/" + "x" * 60_000
    bad = link("https://e.example/", Verdict.MOVED, reason=endless, new_url=endless)
    report = Report(results=(bad,), requests=1, wall_s=0.1)
    dead = Report(results=(link("x", Verdict.DEAD, endless),), requests=1, wall_s=0.1)
    for rendering in (
        terminal.render(report, quiet=False),
        formats.FILES["markdown"](report),
        formats.FILES["junit"](dead),
    ):
        assert len(rendering) < 5_000
        assert "https://e.example/xxx" in rendering
        assert "…" in rendering
