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
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

from tools.browser import find_browser
from tools.formulas.pages import nav_pages

ROOT = Path(__file__).resolve().parents[2]
MKDOCS = Path(sys.executable).parent / "mkdocs"
SITE_SOURCES = ("docs", "snippets", "tools", "mkdocs.yml")
PAGES = [page for page in nav_pages(ROOT / "mkdocs.yml") if "://" not in page]

TYPESET = """
() => {
  const formulas = [...document.querySelectorAll(".arithmatex")];
  return {
    raw: formulas.filter((e) => !e.querySelector("mjx-container")).map((e) => e.textContent),
    errors: [...document.querySelectorAll("[data-mjx-error]")].map((e) => e.dataset.mjxError),
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
    """Run a test that asks for `page_path` once for each page of the nav."""
    if "page_path" in metafunc.fixturenames:
        metafunc.parametrize("page_path", PAGES)


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
def build_output(
    tmp_path_factory: pytest.TempPathFactory,
    run_mkdocs: Callable[..., subprocess.Popen],
    served: tuple[Path, str],
) -> tuple[int, str]:
    """Exit status and output of ``mkdocs build`` in a folder with spaces in its path."""
    folder = tmp_path_factory.mktemp("with space") / "a clone of the notes"
    folder.mkdir()
    for name in SITE_SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy2(ROOT / name, folder / name)
    site, address = served
    build = run_mkdocs("build", "--site-dir", str(site), folder=folder, SITE_URL=address)
    output, _ = build.communicate()
    return build.returncode, output


@pytest.fixture(scope="session")
def site(build_output: tuple[int, str], served: tuple[Path, str]) -> Path:
    """The folder of the built site."""
    status, output = build_output
    assert status == 0, output
    return served[0]


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
        # Containers have little shared memory and often no user namespaces.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A page of the browser, with the site's address."""

    page: Page
    address: str

    def url(self, path: str) -> str:
        """Return the address of a page, given its path below the documents' folder."""
        name = path.removesuffix(".md").removesuffix(".py")
        name = "" if name == "index" else name.removesuffix("/index") + "/"
        return self.address + name

    def open(self, path: str) -> Page:
        """Load a page from anew and wait until its formulas are typeset."""
        self.page.goto(self.url(path))
        self.page.wait_for_function("MathJax.startup.promise.then(() => true)")
        return self.page

    def typeset(self) -> dict:
        """Return what is wrong with the formulas on the page, and the numbers they carry."""
        return self.page.evaluate(TYPESET)


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor with the given window and colours; any error it meets fails the test."""
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"console {message.type}: {message.text}")

    def refuse(route: Route) -> None:
        faults.append(f"request to elsewhere: {route.request.url}")
        route.abort()

    def note_response(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"status {response.status}: {response.url}")

    def make(width: int = 1200, height: int = 900, scheme: str = "light") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        request.addfinalizer(context.close)
        context.route(lambda url: not url.startswith(address), refuse)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", note_console)
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("response", note_response)
        return Visitor(page=page, address=address)

    yield make
    assert faults == []
