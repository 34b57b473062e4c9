"""The commands, figures and schedules of docs/references/running.md, against the tools."""

import argparse
import configparser
import shlex
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools.references.check.fetch.addresses import is_public
from tools.references.check.memory import journal, state
from tools.references.check.memory.history import Failing
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.cli import COMMANDS, main
from tools.references.commands import check

ROOT = Path(__file__).resolve().parents[2]
PAGE = "references/running.md"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HERE = "https://example.org/work"


def commands(load_page) -> list[list[str]]:
    """Return the command lines of the page's shell blocks, which have no title, as words."""
    blocks = load_page(PAGE).content.select(".highlight:not(:has(.filename)) pre")
    lines = "".join(block.get_text() for block in blocks).replace("\\\n", " ").splitlines()
    told = [shlex.split(line) for line in lines if line.strip()]
    assert {word for command in told for word in command[3:4]} >= {"check", "report", "merge"}
    return told


def makefile_targets() -> set[str]:
    """Return what ``make`` can be told to make."""
    lines = (ROOT / "Makefile").read_text().splitlines()
    return {line.partition(":")[0] for line in lines if line[:1].isalpha()}


def test_only_certain_deaths_make_the_headline(load_page, tmp_path, capsys) -> None:
    """The command on the page tells of a confirmed death there, and of no other."""
    command = commands(load_page)[1]
    assert command == [".venv/bin/python", "-m", "tools.references", "report"]
    (tmp_path / "list.yml").write_text(
        f"- {{id: a1b, title: T, url: '{HERE}', kind: tool, topics: [vision]}}\n"
    )
    for runs, headline in ((2, "No link is known to be dead"), (3, "1 link is dead.")):
        row = Failing(since=NOW, runs=runs, dead_since=NOW, dead_runs=runs)
        asked = NOW + timedelta(days=2)
        dead = LinkResult(url=HERE, verdict=Verdict.DEAD, reason="404", checked_at=asked)
        state.save(tmp_path / "status.json", state.State({HERE: dead}, {HERE: row}))
        options = ["--list", str(tmp_path / "list.yml"), "--state", str(tmp_path / "status.json")]
        assert main([*command[3:], *options]) == 0
        assert f"**{headline}" in capsys.readouterr().out


def test_a_run_that_was_broken_off_is_gone_on_with_for_a_day() -> None:
    """Results of less than a day ago are taken over, older ones are not."""
    assert timedelta(days=1) == journal.RESUMED_WITHIN


def test_freshness_ends_for_each_link_at_its_own_time() -> None:
    """It lasts between 5¼ and 7 days, and not for all of them the same."""
    urls = [f"{HERE}/{n}" for n in range(200)]
    alive = {
        url: LinkResult(url=url, verdict=Verdict.ALIVE, reason="", checked_at=NOW) for url in urls
    }
    known = state.State(alive)
    fresh = {
        days: len(known.fresh(timedelta(days=7), NOW + timedelta(days=days)))
        for days in (5.24, 6, 7)
    }
    assert fresh[5.24] == 200
    assert 0 < fresh[6] < 200
    assert fresh[7] == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254"])
def test_the_local_network_is_refused(address: str) -> None:
    """Loopback, private, link-local and metadata addresses are not public ones."""
    assert not is_public(address)


def test_defaults_of_the_command() -> None:
    """The page tells the options' defaults, and which verdicts stay fresh for so long."""
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    told = {"timeout": 20, "retries": 3, "per_host": 10, "interval": 0.05, "concurrency": 64}
    defaults = vars(parser.parse_args([]))
    assert {name: defaults[name] for name in told} == told
    assert defaults["max_age"] == 7
    assert {str(verdict) for verdict in state.LASTING} == {"alive", "moved", "blocked"}


def test_the_commands_on_the_page_are_understood(load_page) -> None:
    """Each can be given as it stands there: the command is one, and so are its options."""
    targets = makefile_targets()
    for command in commands(load_page):
        if command[0] == "make":
            assert command[1] in targets
            continue
        assert command[:3] == [".venv/bin/python", "-m", "tools.references"]
        name, *options = command[3:]
        assert name in COMMANDS
        parser = argparse.ArgumentParser()
        import_module(f"tools.references.commands.{name}").add_arguments(parser)
        parser.parse_args(options)


def test_the_schedules_run_a_target_of_the_makefile(load_page) -> None:
    """What cron and systemd are told to run is there, and status 1 is no failure."""
    blocks = [block.get_text() for block in load_page(PAGE).content.select("pre")]
    cron = next(block for block in blocks if "* * 2" in block)
    service = next(block for block in blocks if "ExecStart=" in block)
    timer = next(block for block in blocks if "OnCalendar=" in block)
    assert cron.split()[-2:] == ["make", "check-links"]
    assert "check-links" in makefile_targets()
    units = configparser.ConfigParser(interpolation=None)
    units.optionxform = str
    units.read_string(service)
    # Not through make, which would make status 1 its own 2.
    folder = units["Service"]["WorkingDirectory"]
    program, *words = units["Service"]["ExecStart"].split()
    assert [program, *words] == [f"{folder}/.venv/bin/python", "-m", "tools.references", "check"]
    assert int(units["Service"]["SuccessExitStatus"]) == check.Exit.BROKEN
    assert "OnCalendar=Tue 04:23" in timer
    assert cron.split()[:5] == ["23", "4", "*", "*", "2"]


def test_the_workflow_runs_at_the_same_time(load_page) -> None:
    """The page says that it is on Tuesdays."""
    workflow = YAML(typ="safe").load((ROOT / ".github/workflows/links.yml").read_text())
    assert workflow["on"]["schedule"] == [{"cron": "23 4 * * 2"}]
    assert "on Tuesdays" in load_page(PAGE).content.get_text()


def test_table_has_every_exit_status(load_page) -> None:
    """Each exit status of the command stands in the table, in order."""
    table = load_page(PAGE).content.find(id="run").find_next("table")
    told = [int(row.find("td").get_text()) for row in table.select("tbody tr")]
    assert told == list(check.Exit)
