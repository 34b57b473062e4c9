"""What is remembered between runs, for how long, and how a file that is none is treated."""

import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.references.check.memory import state
from tools.references.check.memory.history import Failing
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.occurrence import Occurrence

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def observed(url: str, verdict: Verdict, days_ago: float = 0) -> LinkResult:
    """Return a result of some days ago."""
    return LinkResult(
        url=url,
        verdict=verdict,
        reason="told",
        status_code=200,
        elapsed_s=0.5,
        checked_at=NOW - timedelta(days=days_ago),
        attempts=1,
    )


def test_saved_state_is_read_back(tmp_path):
    """What is written is what is read, without the places, which belong to the source."""
    path = tmp_path / "status.json"
    result = observed("https://e.example/", Verdict.ALIVE)
    place = Occurrence(file="a.md", line=1, url=result.url)
    at_places = replace(result, occurrences=(place,))
    state.save(path, state.State({}).updated([at_places], NOW))
    assert state.load(path) == state.State({result.url: result})


def failing_state() -> state.State:
    """Return the state after two runs: one link dead in both, one that gave no answer once."""
    first = [observed("https://e.example/d", Verdict.DEAD, 3)]
    second = [
        observed("https://e.example/d", Verdict.DEAD, 1),
        observed("https://e.example/t", Verdict.TRANSIENT, 1),
        observed("https://e.example/a", Verdict.ALIVE, 1),
    ]
    return state.State({}).updated(first, NOW).updated(second, NOW)


def test_rows_of_failing_runs_are_saved(tmp_path):
    """A link that fails has its row in its record, and one that does not has none."""
    path = tmp_path / "status.json"
    state.save(path, failing_state())
    links = json.loads(path.read_text())["links"]
    assert links["https://e.example/d"]["failing"] == {
        "since": "2026-11-02T12:00:00Z",
        "runs": 2,
        "dead_since": "2026-11-02T12:00:00Z",
        "dead_runs": 2,
    }
    assert links["https://e.example/t"]["failing"] == {
        "since": "2026-11-04T12:00:00Z",
        "runs": 1,
        "dead_since": None,
        "dead_runs": 0,
    }
    assert "failing" not in links["https://e.example/a"]
    assert state.load(path) == failing_state()


def test_file_without_rows_tells_of_one_run(tmp_path):
    """What an earlier version of the program wrote counts as the one failing run it tells of."""
    path = tmp_path / "status.json"
    state.save(path, failing_state())
    document = json.loads(path.read_text())
    for record in document["links"].values():
        record.pop("failing", None)
    path.write_text(json.dumps(document))
    day_before = NOW - timedelta(days=1)
    assert state.load(path).failing == {
        "https://e.example/d": Failing(
            since=day_before, runs=1, dead_since=day_before, dead_runs=1
        ),
        "https://e.example/t": Failing(since=day_before, runs=1),
    }


def test_text_that_is_no_unicode_is_read_back(tmp_path):
    """A server may send half of a surrogate pair; no file can hold it but in an escape."""
    path = tmp_path / "status.json"
    broken = replace(
        observed("https://e.example/", Verdict.MOVED), new_url="https://e.example/\udc80"
    )
    state.save(path, state.State({}).updated([broken], NOW))
    assert state.load(path).links == {broken.url: broken}


def test_file_is_sorted_and_complete(tmp_path):
    """The file is one a person can read and a version control can compare."""
    path = tmp_path / "status.json"
    links = [observed(f"https://e.example/{c}", Verdict.ALIVE) for c in "bca"]
    state.save(path, state.State({}).updated(links, NOW))
    document = json.loads(path.read_text())
    assert document["version"] == 1
    assert list(document["links"]) == [f"https://e.example/{c}" for c in "abc"]
    assert document["links"]["https://e.example/a"] == {
        "verdict": "alive",
        "reason": "told",
        "status_code": 200,
        "new_url": None,
        "archive_url": None,
        "elapsed_s": 0.5,
        "checked_at": "2026-11-05T12:00:00Z",
        "attempts": 1,
    }
    assert [file.name for file in tmp_path.iterdir()] == ["status.json"]


@pytest.mark.parametrize("verdict", Verdict)
def test_only_lasting_verdicts_stay_fresh(verdict):
    """Alive, moved and blocked are taken over for a while; the rest is asked in every run."""
    link = observed("https://e.example/", verdict, days_ago=1)
    fresh = state.State({link.url: link}).fresh(WEEK, NOW)
    assert bool(fresh) == (verdict in {"alive", "moved", "blocked"})


@pytest.mark.parametrize(
    ("days_ago", "is_fresh"), [(0, True), (5.24, True), (7, False), (-0.001, False), (-1, False)]
)
def test_observation_ages(days_ago, is_fresh):
    """For three quarters of a week none is asked again, after a week all are.

    A date in the future proves nothing.
    """
    links = [observed(f"https://e.example/{n}", Verdict.ALIVE, days_ago) for n in range(50)]
    fresh = state.State({link.url: link for link in links}).fresh(WEEK, NOW)
    assert len(fresh) == (50 if is_fresh else 0)


def test_observations_of_one_run_do_not_age_together():
    """Between three quarters of the week and its end they come due one after the other."""
    links = [observed(f"https://e.example/{n}", Verdict.ALIVE) for n in range(400)]
    known = state.State({link.url: link for link in links})
    fresh = [
        set(known.fresh(WEEK, NOW + WEEK * share)) for share in (0.76, 0.8125, 0.875, 0.9375, 0.99)
    ]
    assert all(later < earlier for earlier, later in itertools.pairwise(fresh))
    # A quarter of them comes due in each quarter of the time, give or take four deviations.
    assert [len(some) for some in fresh[1:4]] == pytest.approx([300, 200, 100], abs=40)


def test_when_a_link_comes_due_changes_from_run_to_run():
    """Else the same links would be the first ones in every week."""
    links = [observed(f"https://e.example/{n}", Verdict.ALIVE) for n in range(100)]
    known = state.State({link.url: link for link in links})
    later = [replace(link, checked_at=NOW + WEEK) for link in links]
    first = set(known.fresh(WEEK, NOW + WEEK * 0.875))
    second = set(known.updated(later, NOW + WEEK).fresh(WEEK, NOW + WEEK * 1.875))
    assert first - second
    assert second - first
    assert first == set(known.fresh(WEEK, NOW + WEEK * 0.875))


def test_links_of_other_runs_are_kept():
    """A run over a part of the list leaves the rest as it was, and so do links not asked."""
    old = observed("https://e.example/old", Verdict.DEAD)
    new = observed("https://e.example/new", Verdict.ALIVE)
    excluded = LinkResult(url=old.url, verdict=Verdict.EXCLUDED, reason="by a rule")
    unasked = LinkResult(url=old.url, verdict=Verdict.TRANSIENT, reason="not asked")
    known = state.State({}).updated([old], NOW)
    updated = known.updated([new, excluded, unasked], NOW)
    assert updated.links == {old.url: old, new.url: new}
    assert updated.failing == known.failing


def test_same_results_again_change_nothing():
    """A run that was broken off is in the state already when it is gone on with: it is one run."""
    dead = [observed("https://e.example/", Verdict.DEAD, days) for days in (4, 2)]
    once = state.State({}).updated(dead, NOW)
    assert once.failing["https://e.example/"].runs == 2
    assert once.updated(dead, NOW) == once
    assert once.updated(dead[1:], NOW) == once
    assert once.updated(dead[:1], NOW) == once


def test_result_of_the_same_second_counts():
    """What was found later, be it within the second, is what is known."""
    alive = observed("https://e.example/", Verdict.ALIVE)
    dead = observed("https://e.example/", Verdict.DEAD)
    known = state.State({}).updated([alive], NOW).updated([dead], NOW)
    assert known.links == {dead.url: dead}
    assert known.failing[dead.url].runs == 1


def test_result_from_the_future_gives_way():
    """When a clock that was wrong is set right, the next run counts, though it seems earlier."""
    wrong = observed("https://e.example/", Verdict.DEAD, days_ago=-400)
    right = observed("https://e.example/", Verdict.DEAD)
    known = state.State({}).updated([wrong], NOW).updated([right], NOW)
    assert known == state.State({}).updated([right], NOW)


def test_missing_file_is_an_empty_state(tmp_path):
    """The first run begins with nothing."""
    assert state.load(tmp_path / "none.json").links == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"version": 1, "links": {"https://e.exa',
        b"\xff\xfe",
        b"[]",
        b'{"version": 1}',
        b'{"version": 1, "links": []}',
        b'{"version": 1, "links": {"https://e.example/": {"verdict": "lost"}}}',
        b'{"version": 1, "links": {"a": {"verdict": "dead", "checked_at": "soon"}}}',
        b'{"version": 1, "links": {"a": {"verdict": "dead", "checked_at": "2026-11-05"}}}',
        b'{"version": 1, "links": {"https://e.example/": null}}',
        b'{"version": 1, "links": {"https://e.example/": []}}',
        b'{"version": "1", "links": {}}',
        b'{"version": 0, "links": {}}',
        b"[" * 100_000,
    ],
)
def test_damaged_file_is_named(tmp_path, content):
    """A file that is not a state is told from none at all, with its name."""
    path = tmp_path / "status.json"
    path.write_bytes(content)
    with pytest.raises(state.DamagedStateError, match=r"status\.json"):
        state.load(path)


UNSOUND_FIELDS = [
    ("verdict", "lost"),
    ("verdict", ["dead"]),
    ("verdict", "alive"),  # it has a row of failing runs
    ("reason", None),
    ("status_code", "200"),
    ("new_url", 7),
    ("archive_url", []),
    ("elapsed_s", "soon"),
    ("elapsed_s", float("nan")),
    ("elapsed_s", 10**400),
    ("checked_at", None),
    ("checked_at", "2026-11-05T12:00:00"),
    ("checked_at", "0001-01-01T00:00:00+14:00"),
    ("attempts", {}),
    ("failing", 7),
    ("failing", []),
    ("failing", {"since": "2026-11-02T12:00:00Z"}),
    ("failing.since", "soon"),
    ("failing.since", None),
    ("failing.runs", "2"),
    ("failing.runs", 0),
    ("failing.dead_since", "2026-11-02"),
    ("failing.dead_since", 0),
    ("failing.dead_since", None),
    ("failing.dead_runs", 3),
]


@pytest.mark.parametrize(("field", "value"), UNSOUND_FIELDS)
def test_record_that_is_not_sound_costs_no_other(tmp_path, field, value):
    """It is named; whoever reads a state can rely on each field of what is left."""
    path = tmp_path / "status.json"
    state.save(path, failing_state())
    document = json.loads(path.read_text())
    record = document["links"]["https://e.example/d"]
    outer, _, inner = field.partition(".")
    if inner:
        record[outer][inner] = value
    else:
        record[field] = value
    path.write_text(json.dumps(document))
    with pytest.raises(state.DamagedStateError) as caught:
        state.load(path)
    assert str(caught.value) == (
        f"{path}: is not a state of links: the record of 'https://e.example/d' is not sound"
    )
    whole = failing_state()
    del whole.links["https://e.example/d"], whole.failing["https://e.example/d"]
    assert caught.value.sound == whole


def test_many_records_that_are_not_sound_are_one_sentence(tmp_path):
    """The first is named, the others are counted."""
    path = tmp_path / "status.json"
    path.write_text('{"version": 1, "links": {"a": 1, "b": {}, "c": null}}')
    with pytest.raises(state.DamagedStateError, match="of 'a' and of 2 more is not sound"):
        state.load(path)


def test_moments_of_another_zone_are_read_in_utc(tmp_path):
    """Whoever writes the state again writes the same moment."""
    path = tmp_path / "status.json"
    alive = observed("https://e.example/", Verdict.ALIVE)
    state.save(path, state.State({}).updated([alive], NOW))
    text = path.read_text()
    path.write_text(text.replace("2026-11-05T12:00:00Z", "2026-11-05T14:30:00+02:30"))
    known = state.load(path)
    assert known.links == {alive.url: alive}
    state.save(path, known)
    assert path.read_text() == text


def test_reading_a_state_loads_no_parser_of_sources():
    """The site's build reads the state, and need not wait for what only the checker uses."""
    program = (
        "import sys; import tools.references.check.memory.state;"
        "print(*{'bs4', 'bibtexparser', 'markdown_it', 'ruamel', 'requests'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout == "\n"


def test_file_of_a_later_version_is_not_damaged(tmp_path):
    """What a newer program wrote is neither read nor set aside."""
    path = tmp_path / "status.json"
    path.write_text('{"version": 2, "links": {}}')
    with pytest.raises(state.StateError, match="a later version") as caught:
        state.load(path)
    assert not isinstance(caught.value, state.DamagedStateError)


def test_setting_aside_overwrites_nothing(tmp_path):
    """Each damaged file is kept under a name of its own, which is told before."""
    path = tmp_path / "status.json"
    kept = []
    for content in ("one", "two"):
        path.write_text(content)
        aside = state.name_aside(path)
        assert not aside.exists()
        kept.append(state.set_aside(path))
        assert kept[-1] == aside
        state.save(path, state.State({}))
    assert [path.read_text() for path in kept] == ["one", "two"]


def test_file_stays_in_its_place_until_it_is_replaced(tmp_path):
    """If the run is killed between the two steps, the next one finds what there was."""
    path = tmp_path / "status.json"
    path.write_text("damaged")
    state.set_aside(path)
    assert path.read_text() == "damaged"


def test_file_system_without_second_names_can_set_aside(tmp_path, monkeypatch):
    """There the file is renamed."""

    def refuse(*_args, **_keywords):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "status.json"
    path.write_text("damaged")
    assert state.set_aside(path).read_text() == "damaged"
    assert not path.exists()


def test_target_of_a_link_is_set_aside(tmp_path):
    """A state that is a symbolic link stays one; what it leads to is kept."""
    target, path = tmp_path / "target.json", tmp_path / "status.json"
    target.write_text("damaged")
    path.symlink_to(target)
    aside = state.set_aside(path)
    state.save(path, state.State({}))
    assert (aside.name, aside.read_text()) == ("target.json.damaged-1", "damaged")
    assert path.is_symlink()
    assert state.load(path) == state.State({})


FEW = settings(max_examples=80, deadline=None, derandomize=True, database=None)
MOMENTS = st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def states(draw) -> state.State:
    """Draw a state of few links at few moments, so that several states disagree on the same."""
    known = state.State({})
    for url in draw(st.sets(st.sampled_from("abc"))):
        for asked in sorted(draw(st.lists(MOMENTS, min_size=1, max_size=3))):
            verdict = draw(st.sampled_from(["dead", "transient", "alive"]))
            result = replace(observed(url, Verdict(verdict)), checked_at=asked)
            known = known.updated([result], NOW + timedelta(days=1))
    return known


def merged(*several: state.State) -> state.State:
    """Return what is known from several states, as if merged now."""
    return state.merged(several, NOW)


@FEW
@given(states(), states(), states())
def test_states_are_merged_in_any_order(one, two, three):
    """As for sets: whatever came first, whatever was put together before, and twice is once."""
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, two, three) == merged(merged(three, one), two)
    assert merged(one) == merged(one, one) == one
    assert merged() == state.State({})


@FEW
@given(states(), states())
def test_merged_state_has_of_each_link_what_was_found_last(one, two):
    """Nothing is lost and nothing made up: each link's record and row are those of one state."""
    whole = merged(one, two)
    assert whole.links.keys() == one.links.keys() | two.links.keys()
    for url, result in whole.links.items():
        records = [(s.links[url], s.failing.get(url)) for s in (one, two) if url in s.links]
        assert (result, whole.failing.get(url)) in records
        past = [record.checked_at for record, _ in records if record.checked_at <= NOW]
        assert result.checked_at == max(past or [record.checked_at for record, _ in records])


@FEW
@given(states(), states())
def test_merged_state_can_be_saved_and_read_back(tmp_path_factory, one, two):
    """Whatever is merged is sound to its last field."""
    path = tmp_path_factory.mktemp("merged") / "status.json"
    state.save(path, merged(one, two))
    assert state.load(path) == merged(one, two)


def test_later_result_brings_its_row():
    """A link that was dead for a while here, and was alive later there, does not fail."""
    here = failing_state()
    again = observed("https://e.example/d", Verdict.ALIVE)
    there = state.State({again.url: again})
    whole = merged(here, there)
    assert whole.links[again.url] == again
    assert again.url not in whole.failing
    assert whole.failing.keys() == {"https://e.example/t"}
    assert state.newer(there, here, NOW) == [again.url]
    assert state.newer(here, there, NOW) == ["https://e.example/t", "https://e.example/a"]


def test_longer_row_wins_within_the_same_second():
    """One machine may have gone on from what another one knew."""
    known = failing_state()
    dead = "https://e.example/d"
    begun = state.State({}).updated([known.links[dead]], NOW)
    assert begun.failing[dead].runs == 1
    assert merged(begun, known) == merged(known, begun) == known
