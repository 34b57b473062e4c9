"""Writing files so that a reader, or a crash, finds the old text or the new one, never a part."""

import glob
import os
import shutil
from contextlib import suppress
from pathlib import Path

DEVICES = frozenset({Path("/dev"), Path("/dev/fd")})
"""Folders whose names stand for devices, or for what is open already, be that a file: to replace
the file that ``/dev/stdout`` leads to would take the lines before from it."""


def replace(path: Path, text: str) -> None:
    """Replace a file with a text, encoded as UTF-8, wholly or not at all; a link keeps its target.

    A device or a pipe, such as ``/dev/stdout``, is written on to as it is.

    Raises:
        OSError: when it cannot be written; the file is as it was then.
    """
    if path.is_dir() or is_device(path):
        with path.open("ab") as file:
            file.write(text.encode())
        return
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the new name on an empty file
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what a kill in the midst of replacing a file has left; nobody may be replacing it."""
    target = path.resolve()
    for draft in target.parent.glob(f".{glob.escape(target.name)}.*"):
        if draft.suffix[1:].isdigit():
            with suppress(OSError):
                draft.unlink()


def obstacle(path: Path) -> str:
    """Return why a file cannot be written, as far as that can be known before; empty if it can."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        pass  # what is missing is told below
    except OSError as error:  # links in a circle, a name that is too long
        return f"cannot be written: {error.strerror}"
    if os.path.isdir(path):  # unlike Path's, these tests never raise
        return "is a folder, not a file to write"
    if is_device(path):
        return "" if os.access(path, os.W_OK) else "cannot be written to"
    folder = Path(os.path.realpath(path)).parent if os.path.islink(path) else path.parent
    if not os.path.isdir(folder):
        return f"there is no folder {folder}"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"the folder {folder} cannot be written to"
    return ""


def is_device(path: Path) -> bool:
    """Return whether there is a device or a pipe, or what the name of one leads to."""
    if not os.path.exists(path) or os.path.isdir(path):
        return False
    return not os.path.isfile(path) or path.parent in DEVICES
