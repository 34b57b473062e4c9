"""Runs the command line as a program among others: UTF-8 out, and content with a closed pipe."""

import io
import os
import signal
import sys

from .cli import main


def run() -> int:
    """Run the command and return its exit status; 141, as a shell has it, if nobody reads on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale: titles are in any script
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough
        # What is still buffered goes nowhere, or Python would complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE


sys.exit(run())
