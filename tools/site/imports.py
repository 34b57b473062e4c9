"""Which modules of the project a Python file needs: what its results depend on besides its text."""

import ast
from collections.abc import Iterator
from pathlib import Path


def project_modules(file: Path, root: Path) -> set[Path]:
    """Return the files below `root` that importing what `file` imports would run, all the way down.

    Modules that are not the project's own are left out, and so is `file`.
    """
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        path = waiting.pop()
        for module in _imported_files(path, root):
            if module not in found:
                found.add(module)
                waiting.append(module)
    return found - {file}


def _imported_files(path: Path, root: Path) -> Iterator[Path]:
    """Yield the files of the modules named by a file's imports, and of the packages around them."""
    for parts in _imported_names(path, root):
        for end in range(1, len(parts) + 1):
            module = root.joinpath(*parts[:end])
            for candidate in (module.with_suffix(".py"), module / "__init__.py"):
                if candidate.is_file():
                    yield candidate


def _imported_names(path: Path, root: Path) -> Iterator[list[str]]:
    """Yield each imported name in its parts; the last may be a module or something inside one."""
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError:
        return  # whoever runs the file tells
    package = path.relative_to(root).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = base + (node.module.split(".") if node.module else [])
            yield from ([*module, alias.name] for alias in node.names)
