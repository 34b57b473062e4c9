"""What holds for every file in ``snippets/``, whatever it teaches."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tools.outputs import SNIPPETS
from tools.references.model import Reference

PATHS = sorted(SNIPPETS.glob("*.py"))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """Return the path of each snippet in turn."""
    return request.param


@pytest.fixture
def module(path: Path) -> ast.Module:
    """Return the syntax tree of each snippet in turn."""
    return ast.parse(path.read_text(encoding="utf-8"))


def definitions(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return the functions, methods and classes of a module."""
    return [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.ClassDef)]


def is_main_part(node: ast.stmt) -> bool:
    """Return whether a statement is ``if __name__ == "__main__":``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def test_it_says_what_it_shows(module: ast.Module) -> None:
    """The module and each function and class of it has a docstring."""
    assert ast.get_docstring(module)
    assert definitions(module)
    assert [each.name for each in definitions(module) if not ast.get_docstring(each)] == []


def test_its_sources_are_in_the_list(module: ast.Module, references: list[Reference]) -> None:
    """A source in a docstring is named by its key in our own list of references."""
    docstrings = [ast.get_docstring(each) or "" for each in [module, *definitions(module)]]
    sources = [text.partition("References:")[2] for text in docstrings if "References:" in text]
    keys = [re.findall(r"\[(\w+)\]", source) for source in sources]
    assert all(keys)
    assert {key for found in keys for key in found} <= {each.id for each in references}


def test_it_has_a_test_of_its_own(path: Path) -> None:
    """Each snippet has its tests beside these, in a file of its name."""
    assert Path(__file__).with_name(f"test_{path.name}").is_file()


def test_it_is_typed(module: ast.Module) -> None:
    """Every argument and every result has its type."""
    functions = [each for each in definitions(module) if isinstance(each, ast.FunctionDef)]
    missing = []
    for function in functions:
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        missing += [each.arg for each in named if each.annotation is None and each.arg != "self"]
        if function.returns is None:
            missing.append(function.name)
    assert missing == []


def test_it_imports_numpy_at_most(module: ast.Module) -> None:
    """NumPy and the standard library are all it needs, so it runs anywhere."""
    imported = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert node.module
            imported.add(node.module.split(".")[0])
    assert imported <= {"numpy", *sys.stdlib_module_names}


def test_it_ends_with_a_demonstration(module: ast.Module) -> None:
    """The last statement is the main part, there is no other, and importing prints nothing."""
    *before, last = module.body
    assert is_main_part(last)
    assert not any(isinstance(node, ast.Expr) for node in before[1:])  # the docstring is one
    assert any(ast.unparse(node).startswith("print(") for node in ast.walk(last))


def test_it_fits_on_a_page(path: Path) -> None:
    """Lines of code and of output are at most 80 characters, so that no page scrolls sideways."""
    code = path.read_text(encoding="utf-8")
    output = path.with_suffix(".out").read_text(encoding="utf-8")
    assert [line for line in (code + output).splitlines() if len(line) > 80] == []
