"""No Python is typed into a page: every block is an include of a file in ``snippets/``."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(ROOT.glob("docs/**/*.md"))
PYTHON = {"python", "py", "python3", "py3", "pycon", "ipython", "numpy"}
INCLUDE = re.compile(r'--8<-- "(?P<file>[\w-]+\.(?P<suffix>\w+))(?::\w+)?"')

# The site's own blocks, so that a fence inside an admonition or a solution is found as well.
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "pymdownx.details", "pymdownx.tabbed"]
EXTENSIONS += ["pymdownx.superfences", "pymdownx.highlight"]
WITH_LANGUAGE = {"pymdownx.highlight": {"pygments_lang_class": True}}


def code_blocks(text: str) -> list[tuple[str, str]]:
    """Return language and content of every code block of a Markdown text."""
    html = Markdown(extensions=EXTENSIONS, extension_configs=WITH_LANGUAGE).convert(text)
    found = []
    for block in BeautifulSoup(html, "html.parser").select("div.highlight"):
        classes = [name for name in block["class"] if name.startswith("language-")]
        language = classes[0].removeprefix("language-") if classes else ""
        found.append((language, block.select_one("code").get_text().strip()))
    return found


def typed_python(text: str) -> list[str]:
    """Return the Python blocks of a page that are more than an include of a snippet."""
    return [
        content
        for language, content in code_blocks(text)
        if language.lower() in PYTHON
        and not ((include := INCLUDE.fullmatch(content)) and include["suffix"] == "py")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_python_block_is_an_include(page: Path) -> None:
    """A reader sees the bytes that the tests have run."""
    assert typed_python(page.read_text(encoding="utf-8")) == []


def test_every_snippet_and_its_output_stand_on_a_page() -> None:
    """No snippet is kept that nobody sees, and none is shown without what it prints."""
    included = {
        include["file"]
        for page in PAGES
        for _, content in code_blocks(page.read_text(encoding="utf-8"))
        if (include := INCLUDE.fullmatch(content))
    }
    snippets = {path.name for path in (ROOT / "snippets").glob("*.py")}
    outputs = {Path(name).with_suffix(".out").name for name in snippets}
    assert included == snippets | outputs


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)\n```",
        "```{.python title='x.py'}\nprint(1)\n```",
        '~~~ py\n--8<-- "softmax.py"\nprint(1)\n~~~',
        '```python\n--8<-- "softmax.out"\n```',
        '??? success "Solution"\n\n    ```python\n    print(1)\n    ```',
        "1. item\n\n    ```python\n    print(1)\n    ```",
    ],
)
def test_typed_python_is_found(text: str) -> None:
    """However a block is fenced and wherever it stands, typed Python is seen."""
    assert len(typed_python(text)) == 1
