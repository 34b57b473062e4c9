"""A repository on GitHub that is none: a stand-in for ``gh``, and a bare repository on disk."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FAKE = Path(__file__).parent / "fake_gh.py"


class World:
    """What is on GitHub, and a clone of it to work in."""

    def __init__(self, folder: Path) -> None:
        """Make a repository with a commit, and a clone; both may be moved together."""
        self.bare, self.clone, self.file = (folder / n for n in ("bare", "clone", "github.json"))
        if self.bare.exists():
            return
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", self.bare], check=True)
        subprocess.run(["git", "clone", "-q", self.bare, self.clone], check=True, stderr=-3)
        (self.clone / "list.yml").write_text("one\n")
        (self.clone / "other.txt").write_text("other\n")
        self.git("checkout", "-q", "-B", "main")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "first")
        self.git("push", "-q", "origin", "main")
        self.git("remote", "set-url", "origin", "../bare")

    def git(self, *words: str, at: Path | None = None) -> str:
        """Return what git says in the clone, or in the bare repository."""
        command = ["git", "-C", str(at or self.clone), *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def change(self, how: Callable[[dict], None]) -> None:
        """Change what is on GitHub, as somebody else would."""
        world = {"bare": str(self.bare), "items": [], "writes": []}
        if self.file.exists():
            world = json.loads(self.file.read_text())
        how(world)
        self.file.write_text(json.dumps(world))

    @property
    def items(self) -> list[dict]:
        """All issues and pull requests."""
        return json.loads(self.file.read_text())["items"]

    def writes(self) -> list[list]:
        """Return what was asked to be written since the last time."""
        found: list[list] = []
        self.change(lambda world: (found.extend(world["writes"]), world["writes"].clear()))
        return [[method, path] for method, path, _ in found]


def set_git_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git know nothing of this machine."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Program")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "program@e.example")


def install_fake(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have ``gh`` be the stand-in, and keep what is on GitHub in a file of a folder."""
    programs = folder / "programs"
    programs.mkdir()
    program(programs / "gh", f'exec "{sys.executable}" -IS "{FAKE}" "$@"')
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_GH", str(folder / "github.json"))


def program(path: Path, lines: str) -> None:
    """Write a program for the shell."""
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
