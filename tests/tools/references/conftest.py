"""What the tests of the reference list share."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tools.references.cli import main
from tools.references.model import Kind, Reference, Topic

SAMPLE: dict[str, Any] = {
    "id": "he2015delving",
    "title": "Delving Deep into Rectifiers",
    "url": "https://arxiv.org/abs/1502.01852",
    "kind": Kind.PAPER,
    "topics": (Topic.TRAINING, Topic.VISION),
    "arxiv": "1502.01852",
}


@pytest.fixture
def reference() -> Callable[..., Reference]:
    """Make a sound reference; keywords replace its fields."""
    return lambda **fields: Reference(**(SAMPLE | fields))


@pytest.fixture
def list_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a list and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "list.yml"
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture
def run(shell: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, str, str]]:
    """Run a command as from the shell; return its exit status, output and errors."""
    return partial(shell, main)
