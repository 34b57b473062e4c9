"""The pages of the site, parsed from their Markdown just as the build does it, without the theme.

Links between pages stay as they are written, such as ``../basics/perceptron.md``.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from tools.formulas.pages import nav_pages
from tools.outputs import RESULTS
from tools.results import Value
from tools.site.results import load
from tools.site.source import Source, current

ROOT = Path(__file__).resolve().parents[2]
NAV = nav_pages(ROOT / "mkdocs.yml")
TOPICS = [page for page in NAV if page.startswith(("basics/", "networks/", "practice/"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as a reader gets it."""

    path: str
    """Below the documents' folder, as the nav has it: ``basics/perceptron.md``."""
    description: str
    """What a search engine shows of it."""
    content: BeautifulSoup = field(repr=False)

    def linked_pages(self, element: Tag) -> list[str]:
        """Return the other pages that the links within an element lead to, in order.

        Left out are those that extensions make, such as terms of the glossary: they begin with "/".
        """
        folder = posixpath.dirname(self.path)
        files = [link["href"].partition("#")[0] for link in element.find_all("a", href=True)]
        return [
            posixpath.normpath(posixpath.join(folder, file))
            for file in files
            if file.endswith((".md", ".py")) and "://" not in file and not file.startswith("/")
        ]


@pytest.fixture(scope="session")
def nav() -> list[str]:
    """The pages of the nav, in order, as paths below the documents' folder."""
    return NAV


@pytest.fixture(scope="session")
def load_page() -> Callable[[str], Page]:
    """Parse a page, given its path below the documents' folder."""

    @cache
    def load(path: str) -> Page:
        return render(path, (ROOT / "docs" / path).read_text(encoding="utf-8"))

    return load


def render(path: str, text: str) -> Page:
    """Return the page that a text, with its front matter, would make at a path."""
    body, meta = get_data(text)
    config = load_config(str(ROOT / "mkdocs.yml"))
    parser = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    token = current.set(Source(path=f"docs/{path}", text=text))
    try:
        content = BeautifulSoup(parser.convert(body), "html.parser")
    finally:
        current.reset(token)
    return Page(path=path, description=meta.get("description", ""), content=content)


@pytest.fixture(scope="session")
def render_page() -> Callable[[str, str], Page]:
    """Parse another text as if it were that of a page, given the page's path."""
    return render


@pytest.fixture(scope="module")
def captured(request: pytest.FixtureRequest) -> dict[str, Value]:
    """The captured results of the page that a module of tests is about, ``test_numbers_<page>``."""
    name = request.path.stem.removeprefix("test_numbers_")
    return load(RESULTS / f"{name}.json")


@pytest.fixture(params=TOPICS)
def page(request: pytest.FixtureRequest, load_page: Callable[[str], Page]) -> Page:
    """Each page on a topic in turn: those of the basics, the networks and the practice."""
    return load_page(request.param)
