"""No code is typed into a page: every block is an include of a snippet or of what it prints.

Commands for the shell, and settings of other programs, are typed. There is one exception, listed
here. Its page says so.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.relative_to(ROOT / "docs").as_posix(): path for path in ROOT.glob("docs/**/*.md")}
INCLUDE = re.compile(r'--8<-- "(?P<file>(?:exercises/)?[\w-]+(?P<suffix>\.\w+))(?::\w+)?"')
INCLUDED_AS = {"python": ".py", "text": ".out"}
TYPED = frozenset({"sh", "ini"})

# Page, and titles of the block that nobody runs before publishing and of what it printed by hand:
# it needs a framework of several hundred megabytes. ``test_keras_block.py`` reads it instead.
NOT_RUN = ("practice/keras.md", ["keras_network.py", "Output, by hand, 23 November 2026"])

# The site's own blocks, so that a fence inside an admonition or a solution is found as well.
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "pymdownx.details", "pymdownx.tabbed"]
EXTENSIONS += ["pymdownx.superfences", "pymdownx.highlight"]
WITH_LANGUAGE = {"pymdownx.highlight": {"pygments_lang_class": True}}


class Block(NamedTuple):
    """A code block: what it is written in, what stands above it, what is in it."""

    language: str
    title: str
    content: str

    @property
    def included(self) -> Path | None:
        """The snippet or output that the block is an include of, if it is nothing else."""
        include = INCLUDE.fullmatch(self.content)
        fits = include and INCLUDED_AS.get(self.language) == include["suffix"]
        return Path(include["file"]) if fits else None


def code_blocks(text: str) -> list[Block]:
    """Return every block of code or output of a Markdown text."""
    html = Markdown(extensions=EXTENSIONS, extension_configs=WITH_LANGUAGE).convert(text)
    found = []
    for code in BeautifulSoup(html, "html.parser").find_all("pre"):
        block = code.find_parent("div", class_="highlight") or code
        classes = [name for name in block.get("class", []) if name.startswith("language-")]
        title = block.select_one("span.filename")
        found.append(
            Block(
                language=classes[0].removeprefix("language-") if classes else "",
                title=title.get_text() if title else "",
                content=code.get_text().strip(),
            )
        )
    return found


def typed(text: str) -> list[Block]:
    """Return the blocks of a page that are more than an include, but for what may be typed."""
    return [b for b in code_blocks(text) if b.language not in TYPED and b.included is None]


def includes(page: str) -> list[Block]:
    """Return the blocks of a page that are includes, in order."""
    return [b for b in code_blocks(PAGES[page].read_text(encoding="utf-8")) if b.included]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_block_is_an_include(page: str) -> None:
    """A reader sees the bytes that the tests have run, but for the one block that is listed."""
    found = typed(PAGES[page].read_text(encoding="utf-8"))
    assert [block.title for block in found] == (NOT_RUN[1] if page == NOT_RUN[0] else [])


def test_the_page_of_the_exception_stands() -> None:
    """Should it be renamed or go, the list has to follow."""
    assert NOT_RUN[0] in PAGES


@pytest.mark.parametrize("page", sorted(PAGES))
def test_what_a_snippet_prints_stands_below_it(page: str) -> None:
    """Each block of code has its file's name above it, and each output follows its own code."""
    above = None
    for block in includes(page):
        if block.included.suffix == ".py":
            assert block.title == block.included.name
        else:
            assert above == block.included.with_suffix(".py")
        above = block.included


def test_every_snippet_and_its_output_stand_on_a_page() -> None:
    """No snippet is kept that nobody sees, and none is shown without what it prints."""
    included = {block.included for page in PAGES for block in includes(page)}
    folder = ROOT / "snippets"
    snippets = {path.relative_to(folder) for path in folder.rglob("*.py")}
    assert included == snippets | {path.with_suffix(".out") for path in snippets}


def test_the_code_of_exercises_stands_in_solutions(load_page: Callable) -> None:
    """It stays folded, and no other code does."""
    exercises = {path.name for path in (ROOT / "snippets" / "exercises").glob("*.py")}
    titles = [
        title.get_text()
        for page in PAGES
        for title in load_page(page).content.select("details .filename")
        if title.get_text().endswith(".py")
    ]
    assert sorted(titles) == sorted(exercises)


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)\n```",
        "```{.python title='x.py'}\nprint(1)\n```",
        "```\nprint(1)\n```",
        "```text\n1\n```",
        '~~~ py\n--8<-- "softmax.py"\n~~~',
        '```python\n--8<-- "softmax.py"\nprint(1)\n```',
        '```python\n--8<-- "softmax.out"\n```',
        '??? success "Solution"\n\n    ```python\n    print(1)\n    ```',
        "1. item\n\n    ```python\n    print(1)\n    ```",
        "Indented:\n\n    print(1)\n",
        "<pre>print(1)</pre>",
    ],
)
def test_a_typed_block_is_found(text: str) -> None:
    """However a block is fenced and wherever it stands, typed code or output is seen."""
    assert len(typed(text)) == 1
