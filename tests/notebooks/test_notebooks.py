"""The notebooks as files. That they run without error is shown by the build, which runs them."""

import ast
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jupytext
import nbformat
import numpy as np
import pytest

from snippets.softmax import softmax

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


@pytest.fixture(scope="module")
def four_cases() -> SimpleNamespace:
    """The functions of the notebook on transfer learning, without what it does with them."""
    module = ast.parse((NOTEBOOKS / "transfer_cases.py").read_text(encoding="utf-8"))
    kept = ast.Import | ast.ImportFrom | ast.FunctionDef
    module.body = [statement for statement in module.body if isinstance(statement, kept)]
    names: dict[str, object] = {}
    exec(compile(module, "transfer_cases.py", "exec"), names)
    return SimpleNamespace(**names)


@pytest.mark.parametrize("layer", range(3))
def test_the_gradients_of_the_four_cases(
    gradient_error_exact: Callable[..., float], four_cases: SimpleNamespace, layer: int
) -> None:
    """Those of the notebook's own network are the slopes of its mean cross-entropy."""
    rng = np.random.default_rng(0)
    layers = four_cases.random_layers(rng, 4, 6, 5, 3)
    layers = [w + rng.normal(scale=0.3, size=w.shape) for w in layers]  # biases that are not 0
    x, y = rng.normal(size=(7, 4)), np.eye(3)[rng.integers(3, size=7)]

    def error(w: np.ndarray) -> float:
        logits = four_cases.forward(x, [*layers[:layer], w, *layers[layer + 1 :]])[-1]
        return -np.sum(y * np.log(softmax(logits))) / 7

    claimed = four_cases.gradients(x, y, layers)[layer]
    assert gradient_error_exact(error, layers[layer], claimed) < 1e-13
