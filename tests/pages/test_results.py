"""The results of the pages: each page shows all of its own, and no others."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.formulas.pages import nav_pages
from tools.outputs import RESULTS, programs

MODULES = sorted(RESULTS.glob("[!_]*.py"))
PAGES = [page for page in nav_pages() if page.endswith(".md")]


def pages_of(module: Path) -> list[str]:
    """Return the pages whose name, with underscores, is that of a module of results."""
    return [page for page in PAGES if Path(page).stem.replace("-", "_") == module.stem]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_they_belong_to_one_page(module: Path) -> None:
    """Its first line names the page, which has no namesake in another folder."""
    (page,) = pages_of(module)
    first, *_ = module.read_text(encoding="utf-8").splitlines()
    assert first.startswith(f'"""The results of docs/{page}')


def test_there_are_some_for_each_page_with_tests_of_its_numbers() -> None:
    """What the tests of a page's numbers compare with is there."""
    tested = {path.stem.removeprefix("test_numbers_") for path in here().glob("test_numbers_*.py")}
    own = {"running", "watching"}  # their numbers are settings of the link checker
    assert tested - own == {module.stem for module in MODULES}


def here() -> Path:
    """Return the folder of these tests."""
    return Path(__file__).parent


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_they_are_captured_with_the_snippets(module: Path) -> None:
    """``make outputs`` runs the module, and its file is there."""
    program = programs()[f"results/{module.stem}"]
    assert program.path == module
    assert program.output.is_file()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_its_results_and_no_others(
    path: str, root: Path, render_page: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    """No name is unknown, no format is wrong, and no result that was captured is left out."""
    render_page(path, (root / "docs" / path).read_text(encoding="utf-8"))
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [message for message in told if "result" in message or "nowhere" in message]
