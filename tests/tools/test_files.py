"""Replacing a file: the old text or the new one, never a part."""

import os
import resource
import shutil
from pathlib import Path

import pytest

from tools.files import is_device, obstacle, replace, sweep


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a file that holds a text."""
    path = tmp_path / "list.yml"
    path.write_bytes(b"old")
    return path


def test_the_new_text_is_there_byte_for_byte(old: Path) -> None:
    """The text is written in UTF-8, its line ends as they are, and nothing is left beside it."""
    replace(old, "größer\r\n")
    assert old.read_bytes() == b"gr\xc3\xb6\xc3\x9fer\r\n"
    assert list(old.parent.iterdir()) == [old]


def test_the_mode_is_kept(old: Path) -> None:
    """A file keeps its permissions; a new one gets those that any program would give it."""
    old.chmod(0o640)
    replace(old, "new")
    assert old.stat().st_mode & 0o777 == 0o640
    ordinary, written = old.with_name("ordinary"), old.with_name("written")
    ordinary.touch()
    replace(written, "text")
    assert written.stat().st_mode == ordinary.stat().st_mode


def test_a_link_keeps_its_target(old: Path) -> None:
    """What a symbolic link leads to is replaced, and the link stays one."""
    link = old.with_name("link.yml")
    link.symlink_to(old)
    replace(link, "new")
    assert link.is_symlink()
    assert (old.read_text(), link.read_text()) == ("new", "new")


def _fails(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("module", "step"), [(os, "fsync"), (shutil, "copymode"), (Path, "replace")]
)
def test_a_failure_keeps_the_old_text(
    old: Path, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    """Whichever step fails, the file is as it was and no draft is left."""
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _fails)
        with pytest.raises(OSError, match="No space left"):
            replace(old, "new")
    assert old.read_text() == "old"
    assert list(old.parent.iterdir()) == [old]


def test_a_file_that_may_not_grow_keeps_the_old_text(old: Path) -> None:
    """A limit that the system itself sets, met in the middle of the writing, costs nothing."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            replace(old, "new" * 4096)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert old.read_text() == "old"
    assert list(old.parent.iterdir()) == [old]


def test_the_text_is_on_the_disk_before_it_has_its_name(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could leave the name on an empty file."""
    steps = []
    monkeypatch.setattr(
        os, "fsync", lambda number: steps.append((os.fstat(number).st_size, old.read_text()))
    )
    replace(old, "newer")
    assert steps == [(5, "old")]


def test_text_that_is_no_text_keeps_the_old_one(old: Path) -> None:
    """Half a surrogate pair cannot be written, and costs nothing."""
    with pytest.raises(UnicodeEncodeError):
        replace(old, "\ud800")
    assert old.read_text() == "old"
    assert list(old.parent.iterdir()) == [old]


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """What is no ordinary file is not replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace(pipe, "text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_what_stands_for_an_open_file_is_written_on_to(old: Path) -> None:
    """A report to ``/dev/stdout`` takes nothing from a log that standard output is appended to."""
    with old.open("ab") as log:
        replace(Path(f"/dev/fd/{log.fileno()}"), "text")
    assert old.read_text() == "oldtext"


def test_what_a_kill_has_left_is_removed(old: Path) -> None:
    """A draft is known by the number of its process; names of other files are let alone."""
    others = [old.with_name(name) for name in (".list.yml.backup", ".other.yml.12", "list.yml.12")]
    left = old.with_name(".list.yml.4711")
    for path in (*others, left):
        path.touch()
    link = old.with_name("link.yml")
    link.symlink_to(old)
    sweep(link)
    assert {*old.parent.iterdir()} == {old, link, *others}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in the place of the file is an error of the system's own."""
    with pytest.raises(IsADirectoryError):
        replace(tmp_path, "text")


def test_what_can_be_written_has_no_obstacle(old: Path) -> None:
    """A file, one that is not there yet, a link to one, and a device."""
    link = old.with_name("link.yml")
    link.symlink_to(old.with_name("other.yml"))
    for path in (old, old.with_name("new.yml"), link, Path(os.devnull)):
        assert obstacle(path) == ""


def test_an_obstacle_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is found before anything is written."""
    nowhere = old.parent / "no" / "such"
    link = old.with_name("link.yml")
    link.symlink_to(nowhere / "file")
    assert obstacle(old.parent) == "is a folder, not a file to write"
    assert obstacle(nowhere / "file") == f"there is no folder {nowhere}"
    assert obstacle(link) == f"there is no folder {nowhere}"
    circle = old.with_name("circle")
    circle.symlink_to(circle)
    assert obstacle(circle) == "cannot be written: Too many levels of symbolic links"
    assert obstacle(old / "file") == f"there is no folder {old}"
    # Root may write anywhere, whatever the mode of the folder says.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert obstacle(old) == f"the folder {old.parent} cannot be written to"
    assert obstacle(Path(os.devnull)) == "cannot be written to"


def test_devices_are_told_from_files_and_folders(old: Path) -> None:
    """So is a pipe; what is not there is none."""
    pipe = old.with_name("pipe")
    os.mkfifo(pipe)
    assert is_device(pipe)
    assert is_device(Path(os.devnull))
    assert not any(map(is_device, (old, old.parent, old.with_name("none"))))
