"""Finding the display formulas of a site."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.formulas.pages import nav_pages, site_formulas

MKDOCS_YML = """\
site_name: Test
nav:
  - Home: index.md
  - Part:
      - second.md
      - Deep: [third.md]
      - Notebook: seeds.py
  - Elsewhere: https://example.org/
markdown_extensions:
  - admonition
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [!relative $config_dir/snippets]}
  - tools.site.formulas
"""


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Make a site of the given pages, by file name without suffix, and return its mkdocs.yml."""

    def make(**pages: str) -> Path:
        config = tmp_path / "mkdocs.yml"
        config.write_text(MKDOCS_YML, encoding="utf-8")
        (tmp_path / "docs").mkdir(exist_ok=True)
        for name, text in pages.items():
            (tmp_path / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
        return config

    return make


def test_order_is_that_of_the_nav(make_site):
    """Numbers run through the nav, not through the alphabet or the order of the files."""
    config = make_site(
        third="$$ \\label{eq:c} c $$",
        second="$$ \\label{eq:b} b $$",
        index="$$ \\label{eq:z} z $$\n\n$$ \\label{eq:a} a $$",
    )
    found = [(f.number, f.label, f.page) for f in site_formulas(config).formulas]
    assert found == [
        (1, "eq:z", "index.md"),
        (2, "eq:a", "index.md"),
        (3, "eq:b", "second.md"),
        (4, "eq:c", "third.md"),
    ]


def test_nav_pages_lists_notebooks_too(make_site):
    """Every page of the nav is listed in order, at any depth."""
    listed = nav_pages(make_site())
    assert listed == ["index.md", "second.md", "third.md", "seeds.py", "https://example.org/"]


def test_nested_formulas_are_found_and_code_is_not(make_site):
    """A formula in an admonition counts; one in a fence, also an indented one, does not."""
    config = make_site(
        index="""\
```tex
$$ \\label{eq:fence} x $$
```

!!! note
    ```tex
    $$ \\label{eq:nested-fence} x $$
    ```

    $$
    \\label{eq:nested}
    x
    $$

Inline code `$$ \\label{eq:code} x $$` is code.
""",
    )
    found = site_formulas(config)
    assert [formula.label for formula in found.formulas] == ["eq:nested"]
    assert found.problems == ()


def test_line_counts_front_matter_and_code_before_it(make_site):
    """The line is that of the file, front matter included, not that of a like line in code."""
    config = make_site(
        index="""\
---
description: x
---
# Title

```tex
x = 1
```

$$
\\label{eq:x}
x = 1
$$
""",
    )
    (formula,) = site_formulas(config).formulas
    assert formula.line == 10  # counted by hand: the line of the opening dollars


def test_repeated_formula_is_told_at_each_of_its_lines(make_site):
    """Two formulas of the same text are two, each with the line it stands on."""
    found = site_formulas(make_site(index="$$ x $$\n\ntext\n\n$$ x $$\n\n$$ x $$"))
    assert [problem.line for problem in found.problems] == [1, 5, 7]


def test_tex_is_what_was_written_without_the_label(make_site):
    """Characters that HTML escapes come back as they were typed."""
    config = make_site(index="$$\n\\label{eq:x}\na < b & c > d\n$$")
    (formula,) = site_formulas(config).formulas
    assert formula.tex == "a < b & c > d"


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("text\n\n$$ x $$", "docs/index.md:3: a display formula needs one"),
        ("$$ \\label{eq:a} \\label{eq:b} x $$", "docs/index.md:1: a display formula needs one"),
        ("$$ \\label{softmax} x $$", "docs/index.md:1: \\label{softmax} must be"),
        ("$$ \\label{eq:Big Name} x $$", "docs/index.md:1: \\label{eq:Big Name} must be"),
    ],
)
def test_bad_label_is_a_problem_with_its_line(make_site, page, complaint):
    """A formula without exactly one well-formed label is told with file and line."""
    (problem,) = site_formulas(make_site(index=page)).problems
    assert str(problem).startswith(complaint)


def test_label_used_twice_names_both_places(make_site):
    """A duplicate is told at the second place, naming the first; the first keeps its number."""
    config = make_site(index="\n\n$$ \\label{eq:x} x $$", second="$$ \\label{eq:x} y $$")
    found = site_formulas(config)
    assert [formula.page for formula in found.formulas] == ["index.md"]
    (problem,) = found.problems
    assert str(problem).startswith("docs/second.md:1:")
    assert "index.md:3" in problem.message


def test_changed_page_is_read_again(make_site, tmp_path):
    """What is remembered of a page is dropped when the page changes."""
    config = make_site(index="$$ \\label{eq:old} x $$")
    assert [formula.label for formula in site_formulas(config).formulas] == ["eq:old"]
    page = tmp_path / "docs" / "index.md"
    before = page.stat().st_mtime_ns
    page.write_text("$$ \\label{eq:new} x $$", encoding="utf-8")
    assert page.stat().st_mtime_ns != before
    assert [formula.label for formula in site_formulas(config).formulas] == ["eq:new"]


def test_unchanged_pages_are_not_parsed_again(make_site, monkeypatch):
    """Asking once per page built does not parse the site once per page."""
    config = make_site(index="$$ \\label{eq:x} x $$", second="text", third="text")
    site_formulas(config)
    reads: list[Path] = []
    read_text = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda path, *args, **kw: reads.append(path) or read_text(path, **kw)
    )
    site_formulas(config)
    assert reads == []
