"""The repository on GitHub that the tests work with, and the command as a user meets it."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.tools.github.world import World, install_fake, set_git_environment
from tools.github.__main__ import main


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a repository and its clone, made once, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        set_git_environment(patch)
        World(folder)
    return folder


@pytest.fixture
def world(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return what is on GitHub, and work in a clone of it."""
    install_fake(tmp_path, monkeypatch)
    set_git_environment(monkeypatch)
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    made = World(tmp_path)
    made.change(lambda world: None)
    monkeypatch.chdir(made.clone)
    return made


@pytest.fixture
def github(shell: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, str, str]]:
    """Run a command as from the shell; return its exit status, output and errors."""
    return partial(shell, main)
