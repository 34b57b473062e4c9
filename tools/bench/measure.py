"""What a command costs: time, processor and memory, as the system accounts for them."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import launcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process, and those it waited for, took."""

    wall_s: float
    cpu_s: float
    """Of user and system."""
    rss_mb: float
    """The most memory that one of them held at a time."""
    status: int
    """The exit status; negative for a signal."""


def launched(
    command: Sequence[str], folder: Path, output: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Begin a command, named by its path, in a folder; what it prints goes to a file.

    It ends with the context of what is returned, and with this process, at the latest.
    """
    bare = [sys.executable, "-I", "-S", str(launcher.__file__)]
    with output.open("wb") as printed:
        return subprocess.Popen(
            [*bare, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=printed,
            start_new_session=True,  # a Ctrl-C is not for it
        )


def run(command: Sequence[str], folder: Path, output: Path, environment: Mapping[str, str]) -> Cost:
    """Launch a command so, and wait for its end; one that cannot begin costs nothing, and fails."""
    with launched(command, folder, output, environment) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        if told:
            return Cost(**json.loads(told))
        return Cost(wall_s=0.0, cpu_s=0.0, rss_mb=0.0, status=process.wait())
