"""Runs the command line as a program among others: UTF-8 out, and content with a closed pipe."""

import io
import os
import signal
import sys

from .cli import UNUSABLE, main


def run() -> int:
    """Run the command and return its exit status; as a shell has it, 141 if nobody reads on."""
    for name in ("stdin", "stdout", "stderr"):  # closed; else the next file would take its number
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115 -- to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale
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
    except OSError as error:
        _drop_output()
        print(f"{error.filename or 'standard output'}: {error.strerror}.", file=sys.stderr)
        return UNUSABLE


def _drop_output() -> None:
    """Have what is still buffered go nowhere, or Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


sys.exit(run())
