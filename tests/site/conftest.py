"""The built site, served over loopback, and a browser that tolerates no error on it."""

import functools
import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tools.browser import find_browser
from tools.formulas.pages import nav_pages

ROOT = Path(__file__).resolve().parents[2]
MKDOCS = Path(sys.executable).parent / "mkdocs"
SITE_SOURCES = ("docs", "snippets", "tools", "mkdocs.yml")
PAGES = [page for page in nav_pages(ROOT / "mkdocs.yml") if "://" not in page]
# A narrow window changes where things stand, which no colour does.
WINDOWS = {"desktop": (1200, 900, ("light", "dark")), "phone": (390, 844, ("light",))}
THEMES_NAME = {"light": "default", "dark": "slate"}
BROWSER_OPTIONS = [
    # Containers have little shared memory and often no user namespaces.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # The site must not need any other host; to refuse requests here would cost the browser's cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

TYPESET = """
() => {
  const formulas = [...document.querySelectorAll(".arithmatex")];
  return {
    raw: formulas.filter((e) => !e.querySelector("mjx-container")).map((e) => e.textContent),
    errors: [...document.querySelectorAll("[data-mjx-error]")].map((e) => e.dataset.mjxError),
    // A command that does not exist is no error to MathJax: it shows its name in red.
    unknown: [...document.querySelectorAll('mjx-assistive-mml [mathcolor="red"]')].map(
      (e) => e.textContent
    ),
    flat: [...document.querySelectorAll("mjx-frac")].filter(
      (e) => getComputedStyle(e).display !== "inline-block"
    ).length,
    numbers: formulas
      .flatMap((e) => [...e.querySelectorAll("mjx-assistive-mml mlabeledtr > mtd:first-child")])
      .map((e) => e.textContent.trim()),
  };
}
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `desktop` or `phone` once for each page of the nav, in each scheme.

    The tests that ask for the same of these run one after the other, so it is loaded only once.
    """
    for name, (*size, schemes) in WINDOWS.items():
        if name in metafunc.fixturenames:
            windows = [
                pytest.param((path, *size, scheme), id=f"{path}-{scheme}")
                for path in PAGES
                for scheme in schemes
            ]
            metafunc.parametrize("opened", windows, indirect=True, scope="session")


@pytest.fixture(scope="session")
def pages() -> list[str]:
    """The pages of the nav, in order, as paths below the documents' folder."""
    return PAGES


@pytest.fixture(scope="session")
def run_mkdocs() -> Callable[..., subprocess.Popen]:
    """Start bare ``mkdocs``, the program, in a folder."""

    def start(*arguments: str, folder: Path, **variables: str) -> subprocess.Popen:
        # The folder's own tools come first on the path, as they do in a clone with its own venv.
        environment = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder), **variables}
        return subprocess.Popen(
            [MKDOCS, *arguments],
            cwd=folder,
            env=os.environ | environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    return start


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address it is served at: below another folder, as on most hosts."""
    folder = tmp_path_factory.mktemp("served") / "notes"
    handler = functools.partial(QuietHandler, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/{folder.name}/"
        server.shutdown()


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the site is made from, in a folder with spaces in its path."""
    folder = tmp_path_factory.mktemp("with space") / "a clone of the notes"
    folder.mkdir()
    for name in SITE_SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def build_output(
    clone: Path, run_mkdocs: Callable[..., subprocess.Popen], served: tuple[Path, str]
) -> tuple[int, str]:
    """Exit status and output of ``mkdocs build``, which runs the notebooks."""
    site, address = served
    build = run_mkdocs("build", "--site-dir", str(site), folder=clone, SITE_URL=address)
    output, _ = build.communicate()
    return build.returncode, output


@pytest.fixture(scope="session")
def site(build_output: tuple[int, str], served: tuple[Path, str]) -> Path:
    """The folder of the built site."""
    status, output = build_output
    assert status == 0, output
    return served[0]


@pytest.fixture(scope="session")
def documents(site: Path) -> dict[str, BeautifulSoup]:
    """The built pages of the nav, parsed, by their paths below the documents' folder."""
    return {
        path: BeautifulSoup((site / html_file(path)).read_text(encoding="utf-8"), "html.parser")
        for path in PAGES
    }


@pytest.fixture(scope="session")
def address(site: Path, served: tuple[Path, str]) -> str:
    """The address of the built site."""
    return served[1]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser; without one the test fails and says what to do."""
    path = find_browser()
    if path is None:
        pytest.fail("No browser: `make test` installs one, `python -m tools.browser` too.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_OPTIONS)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A page of the browser, with the site's address and what went wrong so far."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the address of a page, given its path below the documents' folder."""
        return self.address + html_file(path).removesuffix("index.html")

    def shows(self, path: str) -> bool:
        """Return whether a page is the one that was loaded."""
        return self.page.url == self.url(path)

    def open(self, path: str) -> Page:
        """Load a page from anew and wait until its formulas are typeset."""
        self.page.goto(self.url(path))
        self.page.wait_for_function("MathJax.startup.promise.then(() => true)")
        return self.page

    def click(self, link: Locator) -> None:
        """Click a link as a reader does: some time after having scrolled to it.

        The theme notes the place a tenth of a second after a scroll. Were the link clicked before,
        it would take the place on this page for the one to show on the next.
        """
        link.scroll_into_view_if_needed()
        self.page.wait_for_function("scrollY === (history.state?.y ?? 0)")
        link.click()

    def typeset(self) -> dict:
        """Return what is wrong with the formulas on the page, and the numbers they carry."""
        return self.page.evaluate(TYPESET)

    def check(self) -> None:
        """Fail if there was an error since the last check."""
        faults = self.faults.copy()
        self.faults.clear()
        assert faults == []


def html_file(path: str) -> str:
    """Return where the build puts a page, given its path below the documents' folder."""
    name = path.removesuffix(".md").removesuffix(".py")
    return f"{name}.html" if name.split("/")[-1] == "index" else f"{name}/index.html"


Window = Callable[[int, int, str], AbstractContextManager[Visitor]]


@pytest.fixture(scope="session")
def window(browser: Browser, address: str) -> Window:
    """Open a window of the given width, height and colour scheme; it notes every error it meets."""

    @contextmanager
    def make(width: int, height: int, scheme: str) -> Iterator[Visitor]:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        visitor = Visitor(page=context.new_page(), address=address)

        def note_console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                visitor.faults.append(f"console {message.type}: {message.text}")

        def note_request(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                visitor.faults.append(f"request to elsewhere: {request.url}")

        def note_response(response: Response) -> None:
            if response.status >= 400:
                visitor.faults.append(f"status {response.status}: {response.url}")

        visitor.page.set_default_timeout(20_000)
        visitor.page.on("request", note_request)
        visitor.page.on("console", note_console)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(f"page error: {error}"))
        visitor.page.on("response", note_response)
        yield visitor
        context.close()
        visitor.check()

    return make


@pytest.fixture
def visit(window: Window) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor with a window of its own; any error it meets fails the test."""
    with ExitStack() as windows:

        def make(width: int = 1200, height: int = 900, scheme: str = "light") -> Visitor:
            return windows.enter_context(window(width, height, scheme))

        yield make


@pytest.fixture
def by_finger(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Open a page, by its address below the site's, on a phone; an error fails the test."""
    width, height, _ = WINDOWS["phone"]
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True)
    faults: list[str] = []

    def show(path: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + path)
        page.wait_for_function("MathJax.startup.promise.then(() => true)")
        return page

    yield show
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def shared_window(window: Window) -> Iterator[Callable[[int, int, str], Visitor]]:
    """Give the one window of its size: to load a page in it costs half of what a new one does.

    Another colour scheme takes no loading at all: the page follows the system, as the theme does.
    """
    with ExitStack() as windows:

        @functools.cache
        def of_size(width: int, height: int) -> Visitor:
            return windows.enter_context(window(width, height, "light"))

        def give(width: int, height: int, scheme: str) -> Visitor:
            visitor = of_size(width, height)
            visitor.page.emulate_media(color_scheme=scheme)
            return visitor

        yield give


@pytest.fixture(scope="session")
def opened(
    request: pytest.FixtureRequest, shared_window: Callable[[int, int, str], Visitor]
) -> Visitor:
    """A visitor who has loaded a page, for all tests that only look at it."""
    path, *kind = request.param
    visitor = shared_window(*kind)
    if not visitor.shows(path):
        visitor.open(path)
    visitor.page.wait_for_function(
        "name => document.body.dataset.mdColorScheme === name", arg=THEMES_NAME[kind[-1]]
    )
    return visitor


@pytest.fixture
def desktop(opened: Visitor) -> Iterator[Visitor]:
    """Each page in turn in a wide window. A test must leave it as it was."""
    yield opened
    opened.check()


@pytest.fixture
def phone(opened: Visitor) -> Iterator[Visitor]:
    """Each page in turn in a window as wide as a phone's. A test must leave it as it was."""
    yield opened
    opened.check()
