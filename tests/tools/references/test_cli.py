"""The program as a whole: its commands, and how it behaves among other programs."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tools.references.cli import COMMANDS

Run = Callable[..., tuple[int, str, str]]
ListFile = Callable[[str], Path]
PROGRAM = (sys.executable, "-m", "tools.references")
ENTRY = """\
- id: key{number}
  title: Größe {number}
  url: https://a.org/{number}
  kind: book
  topics: [general]
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_the_command_says_of_itself(name: str, run: Run) -> None:
    """The table of commands and the module of each agree, and each has its help."""
    module = import_module(f"tools.references.commands.{name}")
    assert COMMANDS[name] == str(module.__doc__).splitlines()[0]
    status, output, _ = run(name, "--help")
    assert status == 0
    assert output.startswith(f"usage: python -m tools.references {name}")


def test_help_names_every_command(run: Run) -> None:
    """`--help` lists the commands without loading one."""
    status, output, _ = run("--help")
    assert status == 0
    firsts = [line.split()[0] for line in output.splitlines() if line.strip()]
    assert [first for first in firsts if first in COMMANDS] == list(COMMANDS)


@pytest.mark.parametrize("args", [(), ("chek",)])
def test_no_command_is_wrong_usage(args: tuple[str, ...], run: Run) -> None:
    """Without a command there is, the usage is told, with status 2."""
    status, output, errors = run(*args)
    assert (status, output) == (2, "")
    assert errors.startswith("usage: python -m tools.references")


@pytest.mark.parametrize(
    ("argument", "unneeded"),
    [("--help", ["markdown_it", "markdown", "jupytext"]), ("validate", [])],
)
def test_no_library_of_other_commands_is_loaded(argument: str, unneeded: list[str]) -> None:
    """What is asked for alone is imported: these need no network, HTML or BibTeX."""
    heavy = ["requests", "urllib3", "tqdm", "bs4", "lxml", "bibtexparser", *unneeded]
    code = (
        "import contextlib, sys; from tools.references.cli import main\n"
        f"with contextlib.suppress(SystemExit): main([{argument!r}])\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_output_is_utf8_whatever_the_locale(list_file: ListFile) -> None:
    """Titles keep their letters where the environment asks for ASCII."""
    path = list_file(ENTRY.format(number=1))
    done = subprocess.run(
        [*PROGRAM, "export", "--format", "markdown", "--list", str(path)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Größe 1".encode() in done.stdout


@pytest.mark.parametrize("entries", [1, 300])
def test_closed_pipe_ends_quietly(entries: int, list_file: ListFile) -> None:
    """When the reader has gone, be the output short or long, the program goes without a word."""
    path = list_file("".join(ENTRY.format(number=number) for number in range(entries)))
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [*PROGRAM, "export", "--format", "csv", "--list", str(path)],
            stdout=write_end,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("redirection", "status", "told"),
    [
        (">&-", 0, ""),
        ("<&-", 0, "fault"),
        (">/dev/full", 2, "standard output: cannot be written: No space left on device."),
    ],
)
def test_closed_or_full_streams_are_no_crash(
    list_file: ListFile, redirection: str, status: int, told: str
) -> None:
    """Where output cannot go, that is told if anything; no traceback in any case."""
    path = list_file(ENTRY.format(number=1))
    command = f'"$0" -m tools.references validate --list "$1" 3>&1 {redirection} 2>&3'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(path)], capture_output=True, text=True
    )
    assert done.returncode == status
    assert told in done.stdout
    assert "Traceback" not in done.stdout


def test_fault_of_ours_is_not_taken_for_a_dead_link() -> None:
    """A crash ends with a status of its own, and with the traceback that its report needs."""
    code = (
        "import runpy, tools.references.cli as cli\n"
        "def crash(): raise RuntimeError('a bug')\n"
        "cli.main = crash\n"
        "runpy.run_module('tools.references', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 70
    assert "RuntimeError: a bug" in done.stderr
