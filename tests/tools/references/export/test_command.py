"""The command that exports."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references.export import FORMATS
from tools.references.model import Reference

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", ["bibtex", "csl-json", "csv", "markdown"])
def test_format_goes_to_standard_output(name: str, run: Run, references: list[Reference]) -> None:
    """Each format of the interface is written, whole, to standard output."""
    assert run("export", "--format", name) == (0, FORMATS[name](references), "")


def test_output_file_is_written(tmp_path: Path, run: Run, references: list[Reference]) -> None:
    """`--output` takes the same text and leaves standard output empty."""
    path = tmp_path / "list.bib"
    assert run("export", "--format", "bibtex", "--output", path) == (0, "", "")
    assert path.read_text(encoding="utf-8") == FORMATS["bibtex"](references)


def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path, run: Run) -> None:
    """A folder that is not there is named, with status 2 and no traceback."""
    path = tmp_path / "none" / "list.csv"
    assert run("export", "--format", "csv", "--output", path) == (
        2,
        "",
        f"{path}: cannot be written: No such file or directory\n",
    )


def test_unknown_format_is_wrong_usage(run: Run) -> None:
    """A format that does not exist ends with status 2 and names those that do."""
    status, _, errors = run("export", "--format", "word")
    assert status == 2
    assert "bibtex" in errors
    assert "csl-json" in errors


def test_list_that_cannot_be_read_is_one_sentence(tmp_path: Path, run: Run) -> None:
    """A missing list is named, with status 2 and no traceback."""
    missing = tmp_path / "none.yml"
    assert run("export", "--format", "csv", "--list", missing) == (
        2,
        "",
        f"{missing}: cannot be read: No such file or directory\n",
    )
