"""The reference list on its page."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from tools.references.check.memory import state
from tools.references.check.verdict import LinkResult, Verdict

MARKER = "<!-- reference-list -->"
CHECKED = datetime(2026, 3, 4, tzinfo=UTC)
ENTRY = "- {id: a1b, title: T, url: 'https://example.org/one', kind: tool, topics: [vision]}\n"


@pytest.fixture
def status(tmp_path: Path) -> Path:
    """Where the link status would be; nothing was checked."""
    return tmp_path / "link-status.json"


@pytest.fixture
def show(render: Callable, small_list: Path, status: Path) -> Callable:
    """Render a page with the list of three."""
    return lambda text=MARKER: render(
        text, "tools.site.reference_list", references=small_list, status=status
    )


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


def test_every_entry_stands_once_under_its_main_topic(show):
    """Topics come in the vocabulary's order; an entry's id is one a citation can lead to."""
    page = show(f"Before.\n\n{MARKER}\n\nAfter.")
    assert [heading["id"] for heading in page.select("h2")] == ["training", "vision"]
    assert [item["id"] for item in page.select("li[data-kind]")] == [
        "ref-odd2002two",
        "ref-plain2001one",
        "ref-bare3",
    ]
    assert page.p.text == "Before."
    assert page.select("p")[-1].text == "After."


def test_topics_have_their_counts(show):
    """The table at the top and the headings say how many entries a topic has."""
    page = show()
    assert [item.text for item in page.select(".reference-topics li")] == [
        "Training 1",
        "Vision 2",
    ]
    assert [heading.text for heading in page.select("h2")] == ["Training 1", "Vision 2"]


def test_entry_says_all_that_is_known(show):
    """Title, kind, facts, second links, other topics, doubts and note are there, literally."""
    item = show().select_one("#ref-odd2002two")
    assert item.select_one(".reference-title a").text == (
        "Odd *title* of $x$, [brackets] & <tags> &lt;"
    )
    assert item.select_one(".kind").text == "book"
    assert item.select_one(".reference-facts").text == (
        "Abel et al. · not checked yet · code · archived copy · also vision"
        " · unverified: authors, note"
    )
    assert item.select_one(".reference-note").text == "Says *why*."
    assert [link["href"] for link in item.select("a")] == [
        "https://example.org/two?a=1&lt=2",
        "https://example.org/code",
        "https://example.org/archive",
    ]


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
    assert facts.a["href"] == "https://example.org/new"
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
    files = {"references": folder / "list.yml", "status": folder / "status.json"}
    parser = Markdown(
        extensions=["md_in_html", "tools.site.reference_list"],
        extension_configs={"tools.site.reference_list": files},
    )
    page = BeautifulSoup(parser.convert(f"<b>raw</b>\n\n{MARKER}"), "html.parser")
    facts = page.select_one(".reference-facts")
    assert facts.text == "moved, checked 2026-03-04 · new address"
    *_, last = shown = facts.find_all()
    assert [tag.name for tag in shown] in (["span", "time", "a"], ["span", "time", "span"])
    if last.name == "a":
        assert beginning == "https://e.example/"
        assert last["href"] == beginning + end


def test_new_address_must_be_one_of_the_web(show, status):
    """An address that a link check was given and that would run a script is not linked."""
    url = "https://example.org/one"
    record(status, url, verdict="moved", new_url="javascript:alert(1)")
    facts = show().select_one("#ref-plain2001one .reference-facts")
    assert facts.text.endswith(" · new address")
    assert facts.a is None


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
    assert {verdict.text for verdict in show().select(".verdict")} == {"not checked yet"}
    (warning,) = warnings_told()
    assert warning.startswith(str(status))


def test_unknown_years_come_last(show, small_list):
    """Within a topic and a kind the list goes by year, and works without one close it."""
    text = small_list.read_text(encoding="utf-8")
    entry = "- {id: %s, title: %s, url: 'https://example.org/%s', kind: tool, topics: [vision]%s}\n"
    late = entry % ("b1999", "Z", "z", ", year: 1999") + entry % (
        "c1990",
        "Zz",
        "zz",
        ", year: 1990",
    )
    small_list.write_text(text + late, encoding="utf-8")
    items = show().select("li[data-kind=tool]")
    assert [item["id"] for item in items] == ["ref-c1990", "ref-b1999", "ref-bare3"]


def test_kinds_come_before_years(show, small_list):
    """Within a topic all papers stand before all tools, whenever they were made."""
    entry = "- {id: %s, title: T, url: 'https://example.org/%s', kind: %s, topics: [speech], %s}\n"
    works = (("a1990", "a", "tool", "year: 1990"), ("b2010", "b", "paper", "year: 2010"))
    small_list.write_text("".join(entry % work for work in works), encoding="utf-8")
    assert [item["id"] for item in show().select("li[data-kind]")] == ["ref-b2010", "ref-a1990"]


def test_marker_in_code_is_code(show):
    """The marker inside a fence is shown, not replaced."""
    page = show(f"```html\n{MARKER}\n```")
    assert page.select("li[data-kind]") == []
    assert MARKER in page.code.text
