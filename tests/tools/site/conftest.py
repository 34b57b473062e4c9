"""A small site for the extensions, and a Markdown parser with one of them."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from tools.site.source import current

REFERENCES = """\
- id: plain2001one
  title: A plain title
  url: https://example.org/one
  kind: paper
  topics: [vision]
  authors: ["Abel, Ann"]
  year: 2001
  venue: Journal of Tests
- id: odd2002two
  title: "Odd *title* of $x$, [brackets] & <tags> &lt;"
  url: https://example.org/two?a=1&lt=2
  kind: book
  topics: [training, vision]
  authors: ["Abel, Ann", "Beta, Bob", "Gamma, Cyd", "Delta, Dee"]
  related: [{rel: code, url: "https://example.org/code"}]
  archive: https://example.org/archive
  note: Says *why*.
  unverified: [authors, note]
- id: bare3
  title: A title only
  url: https://example.org/three
  kind: tool
  topics: [vision]
"""


@pytest.fixture(autouse=True)
def no_page() -> Iterator[None]:
    """Build no page until a test says which, and forget it after."""
    token = current.set(None)
    yield
    current.reset(token)


@pytest.fixture
def write_files(tmp_path: Path) -> Callable[[dict[str, str]], None]:
    """Write files into the temporary folder, given their texts by their paths below it."""

    def write(texts: dict[str, str]) -> None:
        for name, text in texts.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def small_list(tmp_path: Path) -> Path:
    """A list of three references."""
    path = tmp_path / "references.yml"
    path.write_text(REFERENCES, encoding="utf-8")
    return path


@pytest.fixture
def render() -> Callable[..., BeautifulSoup]:
    """Render Markdown with an extension of ours, given with its options, among the usual ones."""

    def render_with(text: str, extension: str, **options: Any) -> BeautifulSoup:
        extensions = {
            "admonition": {},
            "attr_list": {},
            "def_list": {},
            "footnotes": {"USE_DEFINITION_ORDER": False},
            "tables": {},
            "toc": {},
            "pymdownx.arithmatex": {"generic": True},
            "pymdownx.details": {},
            "pymdownx.superfences": {},
            extension: options,
        }
        parser = Markdown(extensions=list(extensions), extension_configs=extensions)
        return BeautifulSoup(parser.convert(text), "html.parser")

    return render_with


@pytest.fixture
def warnings_told(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What was logged below MkDocs' logger, which is what makes a strict build fail."""

    def told() -> list[str]:
        return [
            record.getMessage()
            for record in caplog.records
            if record.name.startswith("mkdocs.") and record.levelno >= logging.WARNING
        ]

    return told
