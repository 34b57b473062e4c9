"""Links of the list beside what is known of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools.references import watched
from tools.references.check.memory.history import Failing
from tools.references.check.memory.standing import Standing
from tools.references.check.memory.state import State
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.store import ListError, parse

LIST = """\
- url: >
    https://one.example/
  id: one
  title: One
  kind: book
  topics: [vision]
  related:
    - rel: code
      url: https://one.example/code
    - {rel: pdf, url: "https://two.example/"}
  aliases:
    - https://one.example/old
- id: two
  title: Two
  url: https://two.example/
  kind: book
  topics: [vision]
"""
ONE, CODE, TWO = "https://one.example/", "https://one.example/code", "https://two.example/"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_every_place_of_a_link_is_found_at_its_own_line() -> None:
    """In the order of the list, with entry and field; former addresses are not watched."""
    found = watched.places(parse(Path("list.yml"), LIST))
    assert list(found) == [ONE, CODE, TWO]
    assert {
        url: [(str(place), place.work.id, place.field) for place in places]
        for url, places in found.items()
    } == {
        ONE: [("list.yml:1", "one", "url")],
        CODE: [("list.yml:9", "one", "related")],
        TWO: [("list.yml:10", "one", "related"), ("list.yml:15", "two", "url")],
    }


def test_list_with_faults_has_no_links() -> None:
    """All of them are named."""
    with pytest.raises(ListError, match=r"list\.yml:1: kind: is missing"):
        watched.places(parse(Path("list.yml"), "- id: a\n"))


def test_links_are_those_that_were_checked() -> None:
    """Each stands where its last result and its row of failures say."""
    alive = LinkResult(url=TWO, verdict=Verdict.ALIVE, reason="200 OK", checked_at=NOW)
    dead = LinkResult(url=ONE, verdict=Verdict.DEAD, reason="410 Gone", checked_at=NOW)
    since = datetime(2026, 11, 1, tzinfo=UTC)
    row = Failing(since=since, runs=5, dead_since=since.replace(day=9), dead_runs=4)
    found = watched.places(parse(Path("list.yml"), LIST))
    one, two = watched.links(found, State({TWO: alive, ONE: dead, "x": dead}, {ONE: row}))
    assert (one.result, one.standing, one.failing) == (dead, Standing.DEAD, row)
    assert (two.result, two.standing, len(two.places)) == (alive, Standing.ALIVE, 2)
    assert list(one.history()) == ["asked on 2026-11-23", "dead in 4 runs since 2026-11-09"]
    assert list(two.history()) == ["asked on 2026-11-23"]


def test_history_of_what_does_not_answer_is_that_of_all_failures() -> None:
    """Runs in which it was dead, before, count among the others."""
    since = datetime(2026, 11, 1, tzinfo=UTC)
    row = Failing(since=since, runs=5, dead_since=since.replace(day=9), dead_runs=4)
    last = LinkResult(url=ONE, verdict=Verdict.TRANSIENT, reason="timed out", checked_at=None)
    [link] = watched.links({ONE: []}, State({ONE: last}, {ONE: row}))
    assert list(link.history()) == ["failed in 5 runs since 2026-11-01"]
