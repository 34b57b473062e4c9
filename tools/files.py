"""Writing files so that a reader, or a crash, finds the old text or the new one, never a part."""

import os
import shutil
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """Replace a file with a text, encoded as UTF-8, wholly or not at all; a link keeps its target.

    A device or a pipe, such as ``/dev/stdout``, is written to as it is.

    Raises:
        OSError: when it cannot be written; the file is as it was then.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(text.encode())
        return
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
