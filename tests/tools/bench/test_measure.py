"""What a command costs is what the system counted for it, and for it alone."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.bench import measure
from tools.bench.measure import Cost

BUSY = "import time\nwhile time.process_time() < 0.1: pass\nprint(time.process_time())"
"""Says itself what it took."""


@pytest.fixture
def cost(tmp_path: Path) -> Callable[[str], Cost]:
    """Return a function that measures a Python program, which prints into ``printed``."""

    def run(program: str) -> Cost:
        command = [sys.executable, "-S", "-c", program]
        return measure.run(command, tmp_path, tmp_path / "printed", os.environ)

    return run


def test_processor_time_is_what_the_command_used(
    cost: Callable[[str], Cost], tmp_path: Path
) -> None:
    """The figure is the command's own account of itself, and what it takes to end."""
    used = cost(BUSY).cpu_s
    told = float((tmp_path / "printed").read_text())
    assert told - 0.01 < used < told + 0.2


def test_processor_time_counts_children(cost: Callable[[str], Cost]) -> None:
    """What a command has others do for it is its own cost, too."""
    program = f"import subprocess, sys\nsubprocess.run([sys.executable, '-S', '-c', {BUSY!r}])"
    assert cost(program).cpu_s > 0.09


def test_waiting_costs_no_processor_time(cost: Callable[[str], Cost]) -> None:
    """Wall time goes on where processor time does not."""
    measured = cost("import time; time.sleep(0.2)")
    assert measured.wall_s >= 0.2
    assert measured.cpu_s < 0.15


def test_memory_is_the_peak_of_the_command_alone(cost: Callable[[str], Cost]) -> None:
    """What is freed counts, what the measuring process holds does not."""
    ballast = bytearray(b"x") * 200_000_000
    small = cost("pass").rss_mb
    large = cost("held = bytearray(b'x') * 100_000_000; del held").rss_mb
    assert len(ballast) == 200_000_000
    assert 5 < small < 40
    assert 99 < large - small < 110


def test_exit_status_output_and_folder(cost: Callable[[str], Cost], tmp_path: Path) -> None:
    """The command runs where it is told, and all that it prints is kept."""
    program = "import os, sys; print(os.getcwd()); print('err', file=sys.stderr); sys.exit(3)"
    assert cost(program).status == 3
    assert sorted((tmp_path / "printed").read_text().split()) == sorted([str(tmp_path), "err"])


def test_a_killed_command_has_its_signal_for_status(cost: Callable[[str], Cost]) -> None:
    """As with ``subprocess``, a negative status is the number of a signal."""
    assert cost("import os; os.kill(os.getpid(), 9)").status == -signal.SIGKILL


def test_no_command_outlives_the_measuring(tmp_path: Path) -> None:
    """However the one who measures has ended, what is being measured ends, too."""
    told = tmp_path / "printed"
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    command = [sys.executable, "-S", "-c", program]
    with measure.launched(command, tmp_path, told, os.environ) as process:
        deadline = time.monotonic() + 10
        while not (told.exists() and told.read_text().endswith("\n")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        watched = os.pidfd_open(int(told.read_text()))
        assert process.stdin is not None
        process.stdin.close()  # as the system does when a process is killed
        # Readable when the process is over, though nobody has buried it yet.
        assert select.select([watched], [], [], 10)[0] == [watched]
    os.close(watched)
