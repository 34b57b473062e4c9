"""One writer at a time: a lock that ends with the process that holds it, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Taken(Exception):  # noqa: N818 - that another has it is no error of anybody's
    """Another process holds the lock; the text names it."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock, which is a file that is there as long as somebody does.

    After a ``kill -9`` the file stays behind, but nobody holds it, and the next one takes it over.

    Raises:
        Taken: when another process holds it.
        OSError: when the file cannot be made, or its file system knows no locks.
    """
    descriptor = _take(path)
    try:
        yield
    finally:
        # Removed while it is held, lest it be another's by then.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _take(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, descriptor):
                _sign(descriptor)
                return descriptor
        except BlockingIOError:
            holder = _signed(descriptor)
            os.close(descriptor)
            raise Taken(holder) from None
        except OSError:
            os.close(descriptor)
            raise
        # Who held it has removed it between our opening and locking it: that lock keeps nobody out.
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _sign(descriptor: int) -> None:
    """Write down who holds the lock; where that cannot be written, it is held all the same."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)


def _signed(descriptor: int) -> str:
    number = os.pread(descriptor, 20, 0).strip()
    return f"process {number.decode()}" if number.isdigit() else "another process"
