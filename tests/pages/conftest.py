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
        """Return the other pages that the links within an element lead to, in order."""
        folder = posixpath.dirname(self.path)
        files = [link["href"].partition("#")[0] for link in element.find_all("a", href=True)]
        return [
            posixpath.normpath(posixpath.join(folder, file))
            for file in files
            if file.endswith((".md", ".py")) and "://" not in file
        ]


@pytest.fixture(scope="session")
def nav() -> list[str]:
    """The pages of the nav, in order, as paths below the documents' folder."""
    return NAV


@pytest.fixture(scope="session")
def load_page() -> Callable[[str], Page]:
    """Parse a page, given its path below the documents' folder."""
    config = load_config(str(ROOT / "mkdocs.yml"))

    @cache
    def load(path: str) -> Page:
        source = (ROOT / "docs" / path).read_text(encoding="utf-8")
        body, meta = get_data(source)
        parser = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
        content = BeautifulSoup(parser.convert(body), "html.parser")
        return Page(path=path, description=meta.get("description", ""), content=content)

    return load


@pytest.fixture(params=TOPICS)
def page(request: pytest.FixtureRequest, load_page: Callable[[str], Page]) -> Page:
    """Each page on a topic in turn: those of the basics, the networks and the practice."""
    return load_page(request.param)
