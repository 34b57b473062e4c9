"""Make ``.venv`` from ``requirements.lock``, or leave it alone when it is current.

Runs before anything is installed, under whatever Python the machine has: standard library only, and
in syntax that an old Python 3 can still parse, so that it can say that it is too old.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(VENV, "made-from")
MINIMUM = (3, 11, 5)  # pymdown-extensions 13 needs it
VERSION_PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3])"


def fail(sentence: str) -> NoReturn:
    """End with one sentence on standard error and exit status 2."""
    sys.stderr.write("error: " + sentence + "\n")
    sys.exit(2)


def newer_python() -> "str | None":
    """Return a Python on the PATH that is new enough, newest first, or None.

    A name on the PATH is no proof: version managers leave shims there for versions that are not
    active, so each candidate is asked.
    """
    for minor in range(30, MINIMUM[1] - 1, -1):
        candidate = shutil.which("python3.%d" % minor)
        if candidate is None:
            continue
        probe = subprocess.run(
            [candidate, "-c", VERSION_PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        text = probe.stdout.decode().strip()
        if probe.returncode == 0 and tuple(map(int, text.split("."))) >= MINIMUM:
            return candidate
    return None


def require_python() -> None:
    """Go on under a new enough Python, or end and say which one to install."""
    if sys.version_info[:3] >= MINIMUM:
        return
    candidate = newer_python()
    if candidate is None:
        needed, found = (".".join(map(str, v)) for v in (MINIMUM, sys.version_info[:3]))
        fail(
            "Python %s or newer is needed and this is %s: install a newer Python, "
            "or name one with `make PYTHON=/path/to/python3`." % (needed, found)
        )
    os.execv(candidate, [candidate, os.path.abspath(__file__)])


def require_venv() -> None:
    """End with the package to install when this Python cannot make virtual environments."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            fail(
                "this Python has no `%s` module: install it (Debian and Ubuntu: "
                "`apt-get install python3-venv`)." % module
            )


def fingerprint() -> str:
    """Return what ``.venv`` depends on: the lock's bytes, this Python, and its own place."""
    with open(LOCK, "rb") as lock:
        digest = hashlib.sha256(lock.read()).hexdigest()
    return "\n".join([digest, sys.version, sys.base_prefix, VENV, ""])


def is_current() -> bool:
    """Return whether ``.venv`` was made, to the end, from today's lock."""
    try:
        with open(STAMP, encoding="utf-8") as stamp:
            return stamp.read() == fingerprint()
    except OSError:
        return False


def make_venv() -> None:
    """Make ``.venv`` anew with exactly what the lock names, each file checked against its hash."""
    print("Making .venv from requirements.lock (about a minute, once) ...", flush=True)
    python = os.path.join(VENV, "bin", "python")
    steps = [
        [sys.executable, "-m", "venv", "--clear", VENV],
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK],
    ]
    for step in steps:
        if subprocess.run(step).returncode:
            fail("`%s` failed; its own message stands above." % " ".join(step[1:4]))
    # mkdocs and pytest import the tools and snippets by name, in whatever folder they are started.
    purelib = sysconfig.get_path("purelib", vars={"base": VENV, "platbase": VENV})
    with open(os.path.join(purelib, "deep-learning-notes.pth"), "w", encoding="utf-8") as pth:
        pth.write(ROOT + "\n")
    with open(STAMP, "w", encoding="utf-8") as stamp:
        stamp.write(fingerprint())


if __name__ == "__main__":
    require_python()
    require_venv()
    if not is_current():
        make_venv()
