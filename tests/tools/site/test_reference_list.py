"""The reference list on its page."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

MARKER = "<!-- reference-list -->"


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


def record(status: Path, url: str, **observed: str | None) -> None:
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


def test_marker_in_code_is_code(show):
    """The marker inside a fence is shown, not replaced."""
    page = show(f"```html\n{MARKER}\n```")
    assert page.select("li[data-kind]") == []
    assert MARKER in page.code.text
