"""Find a browser for the tests, or install one: ``python -m tools.browser``.

Order: ``$BROWSER_PATH``, Chromium or Chrome on the PATH, Playwright's own. The tests call
`find_browser` and fail, rather than skip, when there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "BROWSER_PATH"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ADVICE = (
    "No browser for the tests: install Chromium or Google Chrome, "
    f"or name one with {VARIABLE}=/path/to/chromium."
)


class BrowserError(Exception):
    """There is no browser; the text is one sentence that says what to do."""


def playwright_browser() -> str | None:
    """Return the path of Playwright's own Chromium, or None where it is not installed."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def run(command: Sequence[str]) -> bool:
    """Return whether `command` succeeded; what it says is shown."""
    return subprocess.run(command, check=False).returncode == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What is asked of the machine; the tests put another in its place."""

    variable: str | None
    """The value of ``$BROWSER_PATH``."""
    which: Callable[[str], str | None]
    """Returns the path of a command, or None."""
    playwright: Callable[[], str | None]
    """Returns the path of Playwright's own browser, or None."""
    run: Callable[[Sequence[str]], bool]
    """Runs a command and returns whether it succeeded."""
    root: bool
    """Whether packages may be installed."""


def this_machine() -> Machine:
    """Return the machine this runs on."""
    return Machine(
        variable=os.environ.get(VARIABLE),
        which=shutil.which,
        playwright=playwright_browser,
        run=run,
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
    )


def find_browser(machine: Machine | None = None) -> str | None:
    """Return the path of a browser, or None when the machine has none.

    Raises:
        BrowserError: ``$BROWSER_PATH`` names something that cannot be run.
    """
    machine = machine or this_machine()
    if machine.variable:
        path = machine.which(machine.variable)
        if path is None:
            raise BrowserError(
                f"{VARIABLE} is {machine.variable}, which is no program: "
                "correct it, or unset it to let a browser be found."
            )
        return path
    on_path = (machine.which(name) for name in NAMES)
    return next(filter(None, on_path), None) or machine.playwright()


def ways_to_install(machine: Machine) -> Iterator[list[list[str]]]:
    """Yield ways to install a browser, best first, each as commands to run in turn."""
    if machine.root and machine.which("apt-get"):
        yield [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def require_browser(machine: Machine) -> str:
    """Return the path of a browser, installed first if need be.

    Raises:
        BrowserError: there is none and none could be installed.
    """
    path = find_browser(machine)
    for commands in ways_to_install(machine):
        if path is None and all(map(machine.run, commands)):
            path = find_browser(machine)
    if path is None:
        raise BrowserError(ADVICE)
    return path


def main(machine: Machine | None = None) -> int:
    """Print the path of a browser and return the exit status: 0, or 2 with one sentence."""
    try:
        print(require_browser(machine or this_machine()))
    except BrowserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
