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


def test_validate_loads_no_library_of_other_commands() -> None:
    """What is asked for alone is imported: no network, HTML or BibTeX library for `validate`."""
    heavy = "'requests', 'urllib3', 'bs4', 'bibtexparser', 'tqdm', 'markdown_it'"
    code = (
        "import sys; from tools.references.cli import main; main(['validate']);"
        f"print([name for name in ({heavy}) if name in sys.modules])"
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
