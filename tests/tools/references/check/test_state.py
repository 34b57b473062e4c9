"""What is remembered between runs, for how long, and how a file that is none is treated."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tools.references.check import state
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
    at_places = LinkResult(**{**result.document(), "checked_at": NOW, "occurrences": (place,)})
    state.save(path, state.State({}).updated([at_places]))
    assert state.load(path).links == {result.url: result}


def test_file_is_sorted_and_complete(tmp_path):
    """The file is one a person can read and a version control can compare."""
    path = tmp_path / "status.json"
    links = [observed(f"https://e.example/{c}", Verdict.DEAD) for c in "bca"]
    state.save(path, state.State({}).updated(links))
    document = json.loads(path.read_text())
    assert document["version"] == 1
    assert list(document["links"]) == [f"https://e.example/{c}" for c in "abc"]
    assert document["links"]["https://e.example/a"] == {
        "verdict": "dead",
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
    ("days_ago", "is_fresh"), [(0, True), (6.9, True), (7, False), (-1, False)]
)
def test_observation_ages(days_ago, is_fresh):
    """A week later it is asked again; a date in the future proves nothing."""
    link = observed("https://e.example/", Verdict.ALIVE, days_ago)
    assert bool(state.State({link.url: link}).fresh(WEEK, NOW)) == is_fresh


def test_links_of_other_runs_are_kept():
    """A run over a part of the list leaves the rest as it was, and so do links not asked."""
    old = observed("https://e.example/old", Verdict.DEAD)
    new = observed("https://e.example/new", Verdict.ALIVE)
    excluded = LinkResult(url=old.url, verdict=Verdict.EXCLUDED, reason="by a rule")
    assert state.State({old.url: old}).updated([new, excluded]).links == {
        old.url: old,
        new.url: new,
    }


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


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "lost"),
        ("verdict", ["dead"]),
        ("reason", None),
        ("status_code", "200"),
        ("new_url", 7),
        ("archive_url", []),
        ("elapsed_s", "soon"),
        ("elapsed_s", float("nan")),
        ("checked_at", None),
        ("checked_at", "2026-11-05T12:00:00"),
        ("attempts", {}),
    ],
)
def test_field_of_a_wrong_shape_is_damage(tmp_path, field, value):
    """Whoever reads a state can rely on each of its fields."""
    path = tmp_path / "status.json"
    state.save(path, state.State({}).updated([observed("https://e.example/", Verdict.ALIVE)]))
    document = json.loads(path.read_text())
    document["links"]["https://e.example/"][field] = value
    path.write_text(json.dumps(document))
    with pytest.raises(state.DamagedStateError, match=r"status\.json: is not a state of links"):
        state.load(path)


def test_reading_a_state_loads_no_parser_of_sources():
    """The site's build reads the state, and need not wait for what only the checker uses."""
    program = (
        "import sys; import tools.references.check.state;"
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
    with pytest.raises(state.StateError, match="version 2") as caught:
        state.load(path)
    assert not isinstance(caught.value, state.DamagedStateError)


def test_setting_aside_overwrites_nothing(tmp_path):
    """Each damaged file is kept under a name of its own."""
    kept = []
    for content in ("one", "two"):
        path = tmp_path / "status.json"
        path.write_text(content)
        kept.append(state.set_aside(path))
        assert not path.exists()
    assert [path.read_text() for path in kept] == ["one", "two"]
