"""The journal of a run: what a crash, a full disk and bit rot leave of it, and who may write it."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tools.references.check.memory import journal, lasting, lock
from tools.references.check.memory.journal import Full, Journal
from tools.references.check.memory.state import StateError
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.occurrence import Occurrence

ROOT = Path(__file__).parents[5]
NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path) -> Path:
    """Return where a journal is written."""
    return tmp_path / "a journal"


def found(name: str, verdict: str = "alive", at: datetime = NOW) -> LinkResult:
    """Return the result of a link."""
    return LinkResult(
        url=f"https://e.example/{name}",
        verdict=Verdict(verdict),
        reason="200 OK",
        status_code=200,
        elapsed_s=0.125,
        checked_at=at,
        attempts=1,
    )


def written(path: Path, *results: LinkResult) -> list[LinkResult]:
    """Write a journal to its end, and return what was written."""
    some = Journal(path, journal.read(path).end, len(results))
    for result in results:
        some.add(result, certain=True)
    some.close()
    return list(results)


@contextmanager
def files_of_at_most(size: int):
    """Have the system refuse to make any file larger, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_result_is_in_the_file_as_soon_as_it_is_added(path):
    """Another process, or the next run after a kill, reads it at once, without its places."""
    some = Journal(path, 0, 2)
    place = Occurrence(file="a.md", line=1, url="https://e.example/1")
    some.add(replace(found("1", "dead"), occurrences=(place,)), certain=True)
    assert journal.read(path).results == (found("1", "dead"),)
    some.add(found("2"), certain=True)
    assert journal.read(path).results == (found("1", "dead"), found("2"))
    some.close()


def test_each_line_is_a_record(path):
    """A line has what the state has of a link, and the link."""
    written(path, found("1"), found("2"))
    lines = path.read_text().splitlines()
    assert json.loads(lines[1]) == {
        "url": "https://e.example/2",
        "verdict": "alive",
        "reason": "200 OK",
        "status_code": 200,
        "new_url": None,
        "archive_url": None,
        "elapsed_s": 0.125,
        "checked_at": "2026-11-05T12:00:00Z",
        "attempts": 1,
    }
    assert len(lines) == 2
    assert path.read_bytes().endswith(b"}\n")


def test_any_text_is_read_back(path):
    """Reasons and addresses come from servers."""
    odd = [
        replace(found("ü\n☃"), reason="\ud800 \x00\u2028 \\", new_url="https://e.example/\udc80")
    ]
    assert list(journal.read(path).results) == []
    written(path, *odd)
    assert list(journal.read(path).results) == odd


def test_there_is_always_room_for_what_is_to_come(path):
    """Blanks for all results are written ahead of them, and given back at the end."""
    some = Journal(path, 0, 200)
    for n in range(200):
        told = len(path.read_bytes().rstrip())
        assert path.stat().st_size - told >= (200 - n) * 1024
        some.add(replace(found(str(n)), reason="long " * (2 * n)), certain=True)
    some.close()
    assert len(journal.read(path).results) == 200
    assert path.read_bytes().rstrip() + b"\n" == path.read_bytes()


def test_usual_results_take_no_more_room_than_was_set_aside(path):
    """Nothing is asked of the disk while they come."""
    some = Journal(path, 0, 20)
    for n in range(20):
        some.add(replace(found(str(n)), reason="long " * 120), certain=True)
        assert path.stat().st_size == 20 * 1024
    some.close()


def test_results_that_prove_nothing_yet_are_held_back(path):
    """They are written, in their order, with the first that is certain."""
    some = Journal(path, 0, 4)
    some.add(found("1"), certain=False)
    some.add(found("2"), certain=False)
    assert journal.read(path).results == ()
    some.add(found("3"), certain=True)
    some.add(found("4"), certain=False)
    assert journal.read(path).results == (found("1"), found("2"), found("3"))
    some.write()
    assert journal.read(path).results[3:] == (found("4"),)
    some.close()


def test_journal_in_which_nothing_was_written_is_as_before(path):
    """One that was there keeps its bytes, and there is none where there was none."""
    some = Journal(path, 0, 1)
    some.add(found("1"), certain=False)
    some.close()
    assert not path.exists()
    written(path, found("1"))
    before = path.read_bytes()
    some = Journal(path, journal.read(path).end, 1)
    some.add(found("2"), certain=False)
    some.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("rest", [b"", b"\n" * 5000, b"\0" * 5000, b"\n\0\n"])
def test_line_that_was_not_written_to_its_end_is_none(path, rest, monkeypatch):
    """Wherever a power cut ends the last line, the others are read, and it is written over."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # hundreds of times, for no power cut here
    first = written(path, found("1"), found("2", "dead"))
    end = path.stat().st_size
    written(path, found("3", "transient"))
    whole = path.read_bytes()
    for cut in range(end, len(whole)):
        path.write_bytes(whole[:cut] + rest)
        contents = journal.read(path)
        complete = whole[cut - 1 : cut] == b"}"
        last = [found("3", "transient")] if complete else []
        assert (list(contents.results), contents.damaged_line) == (first + last, None)
        written(path, found("4"))
        assert path.read_bytes().count(b"\n") == len(first + last) + 1
        assert list(journal.read(path).results) == [*first, *last, found("4")]


@pytest.mark.parametrize(
    "garbage",
    [
        b"}{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'"text"',
        b"{}",
        b'{"url": 7}',
        b'{"url": "https://e.example/2", "verdict": "lost"}',
    ],
)
@pytest.mark.parametrize("line", [0, 1, 2])
def test_garbage_costs_no_other_line(path, garbage, line):
    """It is named by its line and stays where it is; the others are read, and more is written."""
    told = [found("1"), found("2")]
    written(path, *told)
    lines = path.read_bytes().splitlines()
    lines.insert(line, garbage)
    if line == 2:  # else it might be a line that was not written to its end
        lines.append(lines.pop(0))
        told.reverse()
        line = 1
    path.write_bytes(b"\n".join(lines) + b"\n")
    contents = journal.read(path)
    assert (list(contents.results), contents.damaged_line) == (told, line + 1)
    written(path, found("3"))
    assert path.read_bytes().splitlines() == [*lines, path.read_bytes().splitlines()[-1]]
    assert list(journal.read(path).results) == [*told, found("3")]


def test_last_line_that_is_json_is_no_torn_one(path):
    """No part of a line is a whole document: this was not left by a crash, and is kept."""
    written(path, found("1"))
    before = path.read_bytes() + b'{"not": "a result"}'
    path.write_bytes(before)
    assert journal.read(path).damaged_line == 2
    written(path, found("2"))
    assert path.read_bytes().startswith(before + b"\n")


def test_journal_that_cannot_be_opened_is_one_sentence(tmp_path):
    """It has the name of the file, and what is wrong with it."""
    with pytest.raises(StateError, match=r"cannot be read: Is a directory"):
        journal.read(tmp_path)
    with pytest.raises(StateError, match=r"cannot be written: No such file or directory"):
        Journal(tmp_path / "no" / "such", 0, 1)


LONG = "an address that fills more than its room " * 50
"""Of 2 kB, where one is set aside."""


@pytest.mark.parametrize("kilobytes", [21, 70, 200])
def test_full_disk_leaves_room_for_what_is_in_flight(path, kilobytes):
    """When it is told that there is no more room there is still enough for the last results."""
    with files_of_at_most(kilobytes * 1024):
        some = Journal(path, 0, kilobytes)
        results = []
        while not some.fault:
            results.append(replace(found(str(len(results))), reason=LONG))
            some.add(results[-1], certain=True)
        assert some.fault == "File too large"
        in_flight = [found(f"in flight {n}") for n in range(kilobytes - len(results))]
        for result in in_flight[:30]:
            some.add(result, certain=True)
        assert some.lost == 0
        some.close()
    assert list(journal.read(path).results) == [*results, *in_flight[:30]]


def test_room_is_kept_for_results_that_are_held_back(path):
    """Those that wait to be certain come to the disk, too, though it is full by then."""
    with files_of_at_most(20_000):
        some = Journal(path, 0, 10)
        results = []
        while not some.fault:
            results.append(replace(found(str(len(results))), reason=LONG))
            some.add(results[-1], certain=False)
        assert journal.read(path).results == ()
        some.write()
        some.close()
    assert (some.lost, list(journal.read(path).results)) == (0, results)


def test_results_without_any_room_are_counted(path):
    """More than there was room for cannot be kept; what was written stays whole."""
    with files_of_at_most(4096):
        some = Journal(path, 0, 4)
        for n in range(100):
            some.add(found(str(n)), certain=True)
        some.close()
    kept = journal.read(path).results
    assert 10 < len(kept) < 30
    assert (kept, some.lost) == (tuple(found(str(n)) for n in range(len(kept))), 100 - len(kept))


def test_without_room_nothing_is_begun(path):
    """That is told at once, before anything is asked; an older journal is as it was."""
    written(path, found("1"))
    before = path.read_bytes()
    for size in (0, 1000, 2 * 1024):
        with files_of_at_most(size), pytest.raises(Full) as caught:
            Journal(path, journal.read(path).end, 2)
        assert str(caught.value) == f"{path}: cannot be written: File too large"
        assert path.read_bytes() == before


def test_room_is_believed_when_it_is_on_the_disk(path, monkeypatch):
    """Some file systems take what is written, and find out later that they are full."""

    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Full, match=r"cannot be written: No space left on device"):
        Journal(path, 0, 1)
    assert not path.exists()


def test_blanks_that_a_crash_has_left_are_room(path):
    """On a disk that is full since, the next run may use what the last one set aside."""
    written(path, found("1"))
    with path.open("ab") as file:
        file.write(b"\n" * 4000)
    with files_of_at_most(path.stat().st_size):
        some = Journal(path, journal.read(path).end, 2)
        some.add(found("2"), certain=True)
        some.close()
    assert journal.read(path).results == (found("1"), found("2"))


DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ages", "gone_on_with"),
    [
        ([], 0),
        ([timedelta(0)], 1),
        ([DAY - SECOND], 1),
        ([DAY], 0),
        ([DAY - SECOND, DAY / 2, timedelta(0)], 3),
        ([DAY, DAY / 2, SECOND], 0),  # of one run, which began too long ago
        ([3 * DAY, 2 * DAY, SECOND], 1),  # of three, the last of which is new
        ([DAY + SECOND, SECOND, timedelta(0)], 2),
        ([-SECOND, SECOND], 2),  # a clock that was set back a little
        ([-400 * DAY, SECOND], 1),  # and one that was quite wrong
        ([-400 * DAY], 0),
    ],
)
def test_run_is_gone_on_with_for_a_day(ages, gone_on_with):
    """Later, and in the run after one that was never finished, all is asked again."""
    results = [found(str(n), at=NOW - age) for n, age in enumerate(ages)]
    unfinished = journal.unfinished_run(results, NOW)
    assert unfinished == results[len(results) - gone_on_with :]


def test_nothing_is_written_below_the_docs(tmp_path, monkeypatch):
    """Live reload would build the site anew at each result; elsewhere it is beside the state."""
    assert lasting.place(ROOT / "docs" / "references" / "link-status.json", "journal") == (
        ROOT / ".cache" / "link-check" / "docs" / "references" / "link-status.json.journal"
    )
    assert lasting.place(tmp_path / "state.json", "lock") == tmp_path / ".state.json.lock"
    monkeypatch.chdir(tmp_path)
    assert lasting.place(Path("state.json"), "lock") == tmp_path / ".state.json.lock"


def test_what_git_ignores_is_where_journals_are():
    """A journal of our own list is never committed."""
    journal_file = lasting.place(ROOT / "docs" / "references" / "link-status.json", "journal")
    told = subprocess.run(["git", "check-ignore", "-q", journal_file], cwd=ROOT, check=False)
    assert told.returncode == 0


def test_names_of_one_state_share_a_journal(tmp_path):
    """A state that is found by a symbolic link is not written twice at once."""
    (tmp_path / "link.json").symlink_to(tmp_path / "state.json")
    assert lasting.place(tmp_path / "link.json", "lock") == tmp_path / ".state.json.lock"


HOLD = """
import sys
from pathlib import Path
from tools.references.check.memory import lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_holder(path: Path):
    """Have another process hold a lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_lock_keeps_others_out_and_names_its_holder(path):
    """The second one is told who is at work; the file is gone with the first."""
    with another_holder(path) as process:
        with pytest.raises(lock.Taken, match=f"^process {process.pid}$"), lock.held(path):
            pass
        assert path.exists()
        process.communicate("")
    assert not path.exists()
    with lock.held(path):
        assert path.read_text() == f"{os.getpid()}\n"
    assert not path.exists()


def test_lock_ends_with_its_process(path):
    """After `kill -9` the file is there, and nobody is kept out by it."""
    with another_holder(path) as process:
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert path.exists()
        with lock.held(path):
            assert path.read_text() == f"{os.getpid()}\n"


def test_lock_on_a_file_that_was_removed_is_none(path, monkeypatch):
    """Who opened the file just before its holder removed it does not hold what nobody sees."""
    held = lock.held(path)
    held.__enter__()
    flock = lock.fcntl.flock

    def flock_late(descriptor, how):
        if held_by_first:
            held_by_first.pop().__exit__(None, None, None)
        flock(descriptor, how)

    held_by_first = [held]
    monkeypatch.setattr(lock.fcntl, "flock", flock_late)
    with lock.held(path):
        monkeypatch.undo()
        assert path.exists()
        with pytest.raises(lock.Taken), lock.held(path):
            pass


def test_lock_is_held_where_nothing_can_be_written(path):
    """On a full disk, too, there is one writer; only its number is not known."""
    taken = pytest.raises(lock.Taken, match=r"^another process$")
    with files_of_at_most(0), lock.held(path), taken, lock.held(path):
        pass
