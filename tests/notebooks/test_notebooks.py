"""The notebooks as files. That they run without error is shown by the build, which runs them."""

from pathlib import Path

import jupytext
import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "docs" / "notebooks"


@pytest.fixture(params=sorted(NOTEBOOKS.glob("*.py")), ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    """Return each notebook in turn, as a site build reads it."""
    return jupytext.read(request.param)


def prose(notebook: nbformat.NotebookNode) -> str:
    """Return the text of the Markdown cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code(notebook: nbformat.NotebookNode) -> str:
    """Return the text of the code cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def test_it_has_a_title_and_a_description(notebook: nbformat.NotebookNode) -> None:
    """It opens with its only first-level heading, and search engines get a sentence about it."""
    lines = prose(notebook).splitlines()
    assert lines[0].startswith("# ")
    assert sum(line.startswith("# ") for line in lines) == 1
    assert 50 <= len(notebook.metadata["description"]) <= 160


def test_it_names_its_kernel(notebook: nbformat.NotebookNode) -> None:
    """The build need not guess what executes it."""
    assert notebook.metadata["kernelspec"]["name"] == "python3"


def test_it_is_mostly_explained(notebook: nbformat.NotebookNode) -> None:
    """Prose carries the code, within the length of a page."""
    assert 250 <= len(prose(notebook).split()) <= 450


def test_it_asserts_what_it_says(notebook: nbformat.NotebookNode) -> None:
    """Its claims are checked while it runs, so that a drifting number stops the build."""
    assert code(notebook).count("assert ") >= 5


def test_its_code_fits_on_the_page(notebook: nbformat.NotebookNode) -> None:
    """Lines of code are at most 80 characters, so that no cell scrolls sideways."""
    assert [line for line in code(notebook).splitlines() if len(line) > 80] == []


def test_its_formulas_use_dollars(notebook: nbformat.NotebookNode) -> None:
    r"""A notebook loses the backslash of ``\(``, so formulas stand between dollars."""
    assert r"\(" not in prose(notebook)
    assert r"\[" not in prose(notebook)
