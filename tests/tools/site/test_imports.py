"""Which modules of the project a file needs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.site.imports import project_modules


@pytest.fixture
def needs(tmp_path: Path, write_files: Callable) -> Callable[..., set[str]]:
    """Return what a file with the given text needs of a small project."""
    files = {
        "pkg/__init__.py": "",
        "pkg/a.py": "from . import b\nimport os\n",
        "pkg/b.py": "from .sub.c import C\n",
        "pkg/sub/__init__.py": "",
        "pkg/sub/c.py": "from ..a import b\nC = 1\n",
        "pkg/unused.py": "",
        "alone.py": "import broken\n",
        "broken.py": "import (\n",
    }
    write_files(files)

    def of(text: str) -> set[str]:
        file = tmp_path / "docs" / "file.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return {path.relative_to(tmp_path).as_posix() for path in project_modules(file, tmp_path)}

    return of


def test_imports_are_followed_all_the_way(needs):
    """Relative ones too, round circles, with the packages around them; others are left out."""
    assert needs("import numpy\nfrom pkg import a\n") == {
        "pkg/__init__.py",
        "pkg/a.py",
        "pkg/b.py",
        "pkg/sub/__init__.py",
        "pkg/sub/c.py",
    }


def test_import_inside_a_function_counts(needs):
    """Wherever an import stands, it is one."""
    assert needs("def f():\n    import pkg.unused\n") == {"pkg/__init__.py", "pkg/unused.py"}


def test_file_that_is_no_python_needs_nothing_more(needs):
    """A fault of syntax is not told here: running the file tells it."""
    assert needs("import alone\n") == {"alone.py", "broken.py"}
    assert needs("import (\n") == set()
