"""Finding and installing a browser, on machines that are made up."""

import sys
from collections.abc import Callable, Sequence

import pytest

from tools.browser import BrowserError, Machine, find_browser, main, require_browser

APT = [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
PLAYWRIGHT = [[sys.executable, "-m", "playwright", "install", "chromium"]]


class Commands:
    """A machine's commands; `installs` are those that bring one more."""

    def __init__(self, present: Sequence[str], installs: Sequence[str] = ()) -> None:
        """Take the commands that are there and those that work as installers."""
        self.present = set(present)
        self.installs = installs
        self.ran: list[Sequence[str]] = []

    def which(self, name: str) -> str | None:
        """Return a path for each command that is there."""
        return f"/bin/{name}" if name in self.present else None

    def run(self, command: Sequence[str]) -> bool:
        """Note the command; it works when it is one of the installers."""
        self.ran.append(command)
        works = command[0] in self.installs
        if works and "install" in command:
            self.present.add("chromium")
        return works


@pytest.fixture
def machine() -> Callable[..., Machine]:
    """Make a machine from its commands; no variable, nothing of Playwright's, not root."""

    def make(commands: Commands, **features: object) -> Machine:
        defaults = {"variable": None, "playwright": lambda: None, "root": False}
        return Machine(which=commands.which, run=commands.run, **(defaults | features))

    return make


@pytest.mark.parametrize(
    ("present", "found"),
    [
        (["google-chrome", "chromium", "chromium-browser"], "/bin/chromium"),
        (["google-chrome", "chromium-browser"], "/bin/chromium-browser"),
        (["google-chrome"], "/bin/google-chrome"),
        ([], "/playwright/chrome"),
    ],
)
def test_order_of_search(machine, present, found):
    """The PATH comes first, Chromium before Chrome, then Playwright's own."""
    assert (
        find_browser(machine(Commands(present), playwright=lambda: "/playwright/chrome")) == found
    )


def test_variable_wins(machine):
    """A browser that is named is taken before any that is found."""
    commands = Commands(["mine", "chromium"])
    assert find_browser(machine(commands, variable="mine")) == "/bin/mine"


def test_no_browser_is_none(machine):
    """A machine without any has none; nothing is installed by looking."""
    commands = Commands(["apt-get"], installs=["apt-get"])
    assert find_browser(machine(commands, root=True)) is None
    assert commands.ran == []


def test_wrong_variable_is_one_sentence(machine, capsys):
    """A variable that names no program ends with one sentence, even where a browser is."""
    assert main(machine(Commands(["chromium"]), variable="/no/such")) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "BROWSER_PATH is /no/such" in error


def test_present_browser_is_printed(machine, capsys):
    """With a browser there the path is printed and nothing runs."""
    commands = Commands(["chromium"])
    assert main(machine(commands)) == 0
    assert capsys.readouterr().out == "/bin/chromium\n"
    assert commands.ran == []


def test_root_on_debian_installs_with_apt(machine):
    """As root with apt, the distribution's own browser is installed."""
    commands = Commands(["apt-get"], installs=["apt-get"])
    assert require_browser(machine(commands, root=True)) == "/bin/chromium"
    assert commands.ran == APT


@pytest.mark.parametrize(("present", "root"), [(["apt-get"], False), ([], True)])
def test_elsewhere_playwright_installs(machine, present, root):
    """Without apt, or without the right to use it, Playwright's own browser is installed."""
    commands = Commands(present, installs=[sys.executable])
    assert require_browser(machine(commands, root=root)) == "/bin/chromium"
    assert commands.ran == PLAYWRIGHT


def test_apt_that_fails_is_followed_by_playwright(machine):
    """When the package lists cannot be fetched, the other way is tried."""
    commands = Commands(["apt-get"], installs=[sys.executable])
    assert require_browser(machine(commands, root=True)) == "/bin/chromium"
    assert commands.ran == [APT[0], *PLAYWRIGHT]


def test_nothing_works_is_one_sentence(machine, capsys):
    """When nothing can be installed, one sentence says what to install; the status is 2."""
    commands = Commands(["apt-get"])
    assert main(machine(commands, root=True)) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "install Chromium" in error
    with pytest.raises(BrowserError):
        require_browser(machine(commands))
