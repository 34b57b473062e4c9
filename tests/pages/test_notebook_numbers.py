"""The numbers in the prose of the notebooks: each stands in the notebook's code, too.

There it is a setting, or part of an ``assert`` on what was computed. The build runs the code, and
stops if an assertion fails, so no number of the prose can drift away from the run.
"""

import ast
from pathlib import Path

import jupytext
import pytest

from tests.pages.written_numbers import numbers

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "docs" / "notebooks").glob("*.py"))


def in_code(cells: list[str]) -> set[float]:
    """Return the numbers that the code of a notebook names."""
    nodes = [node for cell in cells for node in ast.walk(ast.parse(cell))]
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return {float(each) for each in constants if type(each) in (int, float)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_number_of_the_prose_stands_in_the_code(path: Path) -> None:
    """From two digits on, what the text says was given to the code, or is asserted by it."""
    notebook = jupytext.read(path)
    cells = notebook.cells
    code = in_code([cell.source for cell in cells if cell.cell_type == "code"])
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    prose = "\n\n".join([notebook.metadata["description"], *texts])
    told = [typed for typed in numbers(prose) if len(typed.digits) > 1]
    assert told
    assert [typed.text for typed in told if not any(map(typed.rounds, code))] == []
