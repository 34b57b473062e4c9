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
def show(render: Callable, references: Path, status: Path) -> Callable:
    """Render a page with the list of three."""
    return lambda text=MARKER: render(
        text, "tools.site.reference_list", references=references, status=status
    )


def record(status: Path, url: str, **observed: str | None) -> None:
    """Write what was observed of one address."""
    status.write_text(json.dumps({"version": 1, "links": {url: observed}}), encoding="utf-8")


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
        checked_at="2026-03-04T23:59:00+00:00",
        new_url="https://example.org/new",
    )
    page = show()
    facts = page.select_one("#ref-plain2001one .reference-facts")
    assert facts.text.endswith("moved, checked 2026-03-04 · new address")
    assert facts.a["href"] == "https://example.org/new"
    assert page.select_one("#ref-bare3 .verdict").text == "not checked yet"


def test_verdict_without_date_shows_none(show, status):
    """A verdict whose date is missing is shown without one."""
    record(status, "https://example.org/one", verdict="alive")
    facts = show().select_one("#ref-plain2001one .reference-facts")
    assert facts.text.endswith("alive")
    assert facts.time is None


@pytest.mark.parametrize("text", ["", "not JSON", "{}"])
def test_unreadable_status_warns_and_claims_nothing(show, status, warnings_told, text):
    """A status file that cannot be read fails a strict build and gives no verdict."""
    status.write_text(text, encoding="utf-8")
    assert {verdict.text for verdict in show().select(".verdict")} == {"not checked yet"}
    (warning,) = warnings_told()
    assert warning.startswith(str(status))


def test_marker_in_code_is_code(show):
    """The marker inside a fence is shown, not replaced."""
    page = show(f"```html\n{MARKER}\n```")
    assert page.select("li[data-kind]") == []
    assert MARKER in page.code.text
