"""Replacing a file: the old text or the new one, never a part."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.files import replace


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


def _disk_is_full(path: Path, data: bytes) -> int:
    with path.open("wb") as file:
        file.write(data[:1])
    raise OSError(28, "No space left on device")


def _fails(*_: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize(
    ("method", "failing"), [("write_bytes", _disk_is_full), ("replace", _fails)]
)
def test_a_failure_keeps_the_old_text(
    old: Path, monkeypatch: pytest.MonkeyPatch, method: str, failing: Callable[..., object]
) -> None:
    """Whichever step fails, the file is as it was and no draft is left."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, failing)
        with pytest.raises(OSError, match=r"No space left|Input/output"):
            replace(old, "new")
    assert old.read_text() == "old"
    assert list(old.parent.iterdir()) == [old]


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


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in the place of the file is an error of the system's own."""
    with pytest.raises(IsADirectoryError):
        replace(tmp_path, "text")
