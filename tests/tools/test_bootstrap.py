"""The first command of a newcomer: what it needs, and what it says when that is missing."""

import ast
import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend to run under Debian 12's own Python."""
    monkeypatch.setattr(sys, "version_info", (3, 11, 2, "final", 0))


def fake_python(folder: Path, name: str, answer: str) -> None:
    """Put an executable on the PATH that answers any question with a version, or fails."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{answer}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.usefixtures("old_python")
def test_old_python_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence names the version needed and the version found; the exit status is 2."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        bootstrap.require_python()
    assert end.value.code == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "3.11.5 or newer is needed and this is 3.11.2" in message


@pytest.mark.usefixtures("old_python")
def test_newer_python_on_the_path_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest Python that answers is used; failing shims and old ones are passed over."""
    fake_python(tmp_path, "python3.14", "exit 127")
    fake_python(tmp_path, "python3.13", "echo 3.13.1")
    fake_python(tmp_path, "python3.11", "echo 3.11.9")
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/bin")
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, argv: started.append(argv))
    bootstrap.require_python()
    assert [argv[0] for argv in started] == [str(tmp_path / "python3.13")]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_venv_names_the_package(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian ships Python without these modules: one sentence names the package that has them."""
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else find_spec(name)
    )
    with pytest.raises(SystemExit) as end:
        bootstrap.require_venv()
    assert end.value.code == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert module in message
    assert "python3-venv" in message


def test_a_changed_lock_makes_the_venv_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The venv is current for the lock it was made from, and for no other."""
    lock, stamp = tmp_path / "requirements.lock", tmp_path / "made-from"
    lock.write_text("numpy==2.4.6\n")
    monkeypatch.setattr(bootstrap, "LOCK", str(lock))
    monkeypatch.setattr(bootstrap, "STAMP", str(stamp))
    assert not bootstrap.is_current()
    stamp.write_text(bootstrap.fingerprint())
    assert bootstrap.is_current()
    lock.write_text("numpy==2.4.5\n")
    assert not bootstrap.is_current()


def test_source_parses_on_an_old_python() -> None:
    """The file says that a Python is too old, so it may not use what that Python cannot read."""
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))


def test_lock_has_hashes_and_no_addresses() -> None:
    """Every package of the lock is pinned and hashed, and no index is named."""
    text = (Path(bootstrap.LOCK)).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    requirements = text.replace("\\\n", " ").splitlines()
    pinned = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert len(pinned) > 50
    assert all("==" in line and "--hash=sha256:" in line for line in pinned)


def test_packages_import_from_any_folder(tmp_path: Path) -> None:
    """The venv finds the tools and snippets wherever it is started, for a bare mkdocs too."""
    run = subprocess.run(
        [sys.executable, "-c", "import tools.references, snippets.one_weight"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
