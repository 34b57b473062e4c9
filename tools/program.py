"""Runs a command line as a program among others: UTF-8 out, and content with a closed pipe."""

import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says of a disk on which there is no room."""

UNUSABLE = 2
FAULT_OF_OURS = 70  # as BSD's sysexits.h has it: 1 would say that something was found wrong


def run(main: Callable[[], int]) -> int:
    """Run a command and return its exit status.

    As a shell has it, that is 141 if nobody reads on, and 130 after Ctrl-C.

    Args:
        main: the command; it reads its arguments itself, and returns its status.
    """
    for name in ("stdin", "stdout", "stderr"):  # closed; else the next file would take its number
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115 -- to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale: titles are in any script
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # `| head` has seen enough
        _drop_output()
        return 128 + signal.SIGPIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            _drop_output()
            print(f"standard output: cannot be written: {error.strerror}.", file=sys.stderr)
            return UNUSABLE
        traceback.print_exc()
        return FAULT_OF_OURS


def _drop_output() -> None:
    """Have what is still buffered go nowhere, or Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
