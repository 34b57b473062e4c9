"""Several states become one: of shards of the list, of a cache, of another machine."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tools.references.check.memory import lasting, state
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.model import LINK_STATUS

Run = Callable[..., tuple[int, str, str]]

NOW = datetime.now(UTC).replace(microsecond=0)


def observed(link: str, days_ago: float = 0, verdict: Verdict = Verdict.ALIVE) -> LinkResult:
    """Return what a run found some days ago."""
    return LinkResult(
        url=f"https://e.example/{link}",
        verdict=verdict,
        reason="as told",
        checked_at=NOW - timedelta(days=days_ago),
        attempts=1,
    )


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a state of some results."""

    def write(name: str, *results: LinkResult) -> Path:
        path = tmp_path / name
        state.save(path, state.State({}).updated(results, NOW))
        return path

    return write


def test_later_results_are_taken_over(saved, run: Run):
    """Newer ones and those of links that were not known; how many, from where, is told."""
    path = saved("status.json", observed("a", 3), observed("b", 1), observed("c", 2))
    newer = saved("one.json", observed("a", 2), observed("b", 2), observed("d", 9))
    other = saved("two.json", observed("a", 1), observed("c", 2))
    assert run("merge", newer, other, "--state", path) == (
        0,
        f"4 links: 2 newer in {newer}, 1 newer in {other}\n",
        "",
    )
    results = [observed("a", 1), observed("b", 1), observed("c", 2), observed("d", 9)]
    assert state.load(path) == state.State({result.url: result for result in results})


def test_order_of_parts_does_not_matter(saved, run: Run, tmp_path):
    """The file is the same to the byte, and merging again does not even touch it."""
    names = ["one.json", "two.json", "three.json"]
    for age, name in enumerate(names):
        saved(name, observed("a", age, Verdict.DEAD), observed(name, 1))
    files = [tmp_path / "there.json", tmp_path / "back.json"]
    for path, order in zip(files, (1, -1), strict=True):
        assert run("merge", *(tmp_path / n for n in names[::order]), "--state", path)[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(json.loads(files[0].read_text())["links"]) == 4
    before = files[0].stat()
    told = run("merge", tmp_path / "one.json", "--state", files[0])
    assert told == (0, f"4 links: nothing newer in {tmp_path / 'one.json'}\n", "")
    assert files[0].stat() == before


@pytest.mark.parametrize(("begun_as_copy", "dead_runs"), [(True, 3), (False, 1)])
def test_row_is_that_of_the_part(saved, run: Run, tmp_path, begun_as_copy, dead_runs):
    """One that did not know of the failures before may have seen the link alive between them."""
    path = tmp_path / "status.json"
    known = state.State({})
    for days_ago in (9, 8):
        known = known.updated([observed("a", days_ago, Verdict.DEAD)], NOW)
    state.save(path, known)
    part = known if begun_as_copy else state.State({})
    state.save(tmp_path / "part.json", part.updated([observed("a", 1, Verdict.DEAD)], NOW))
    assert run("merge", tmp_path / "part.json", "--state", path)[0] == 0
    (row,) = state.load(path).failing.values()
    assert row.dead_runs == dead_runs


def test_state_is_begun(saved, run: Run, tmp_path):
    """A missing one is an empty one; what of it was merged is then a state like any other."""
    part, path = saved("part.json", observed("a")), tmp_path / "status.json"
    assert run("merge", part, "--state", path) == (0, f"1 link: 1 newer in {part}\n", "")
    assert path.read_bytes() == part.read_bytes()
    empty, other = saved("empty.json"), tmp_path / "other.json"
    assert run("merge", empty, "--state", other)[0] == 0
    assert state.load(other) == state.State({})


@pytest.mark.parametrize("content", [None, "", "{}", '{"version": 9, "links": {}}'])
@pytest.mark.parametrize("bad", ["part.json", "status.json"])
def test_unusable_file_is_one_sentence_and_nothing_is_written(
    saved, run: Run, tmp_path, bad, content
):
    """Be it a part or the state; only a missing state is no fault."""
    good = saved("good.json", observed("a"))
    files = {name: saved(name, observed("b", 1)) for name in ("part.json", "status.json")}
    if content is None:
        files[bad].unlink()
    else:
        files[bad].write_text(content)
    if (bad, content) == ("status.json", None):
        return
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    status, output, errors = run("merge", good, files["part.json"], "--state", files["status.json"])
    assert (status, output) == (2, "")
    assert errors.startswith(f"{files[bad]}")
    assert errors.endswith(".\n")
    assert errors.count("\n") == 1
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("where", ["none/status.json", "."])
def test_state_that_cannot_be_written_is_one_sentence(saved, run: Run, tmp_path, where):
    """No folder is made for it, and none replaced."""
    part = saved("part.json", observed("a"))
    status, output, errors = run("merge", part, "--state", tmp_path / where)
    assert (status, output) == (2, "")
    assert errors.startswith(f"{tmp_path / where}: ")
    assert errors.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["part.json"]


def test_nothing_is_merged_while_a_check_is_at_work(saved, run: Run):
    """Else one of the two would be written over."""
    path, part = saved("status.json", observed("a", 1)), saved("part.json", observed("a"))
    before = path.read_bytes()
    with lasting.opened(path, NOW):
        status, output, errors = run("merge", part, "--state", path)
    assert (status, output) == (2, "")
    assert f"{path}: another check is at work on it" in errors
    assert path.read_bytes() == before


def test_unfinished_run_is_still_gone_on_with(saved, run: Run):
    """The journal of a run that was broken off stays; it is for the next check."""
    path, part = saved("status.json"), saved("part.json", observed("a"))
    journal = lasting.place(path, "journal")
    journal.write_text("kept\n")
    assert run("merge", part, "--state", path)[0] == 0
    assert journal.read_text() == "kept\n"


def test_default_is_our_own_state(saved, run: Run, tmp_path):
    """Without --state it is the one that the site shows; here it is not changed by a fault."""
    before = LINK_STATUS.exists() and LINK_STATUS.read_bytes()
    assert str(LINK_STATUS.relative_to(LINK_STATUS.parents[2])) in run("merge", "--help")[1]
    assert run("merge", tmp_path / "none.json")[0] == 2
    assert (LINK_STATUS.exists() and LINK_STATUS.read_bytes()) == before
