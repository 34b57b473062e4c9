"""Runs a command and prints what it cost, as JSON; a program of its own, and a small one.

The system counts into a process' memory what its parent held when it was made, so whoever makes it
must hold less than it does. Usage: ``launcher.py COMMAND [ARGUMENT...]``. All that the command
prints goes to standard error. When standard input ends, in whatever way its writer did, so do the
command and its children.
"""

import os
import sys
import time


def main(command: list[str]) -> None:
    """Run the command to its end."""
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, 2, 1),
    ]
    begun = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=streams, setpgroup=0)
    wanted = _wait(pid)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    cpu = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    if wanted:
        print(
            f'{{"wall_s": {wall:.3f}, "cpu_s": {cpu:.3f}, '
            f'"rss_mb": {usage.ru_maxrss * 1024 / 1e6:.1f}, "status": {code}}}'
        )


def _wait(pid: int) -> bool:
    """Wait for the end of a command, or bring it about; return whether it came by itself."""
    import select  # only now: what is imported before the command is made counts as its memory
    import signal

    waiting = select.poll()
    waiting.register(os.pidfd_open(pid), select.POLLIN)
    waiting.register(0, 0)  # its end is told unasked
    if (0, select.POLLHUP) not in waiting.poll():
        return True
    os.killpg(pid, signal.SIGKILL)
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
