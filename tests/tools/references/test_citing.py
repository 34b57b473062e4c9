"""Who cites what, and in which section."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references.citing import Citation, all_pages, citations, cited_key, parts

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

"""


@pytest.fixture
def cited(tmp_path: Path) -> Callable[..., list[Citation]]:
    """Write a page and return its citations."""

    def write(text: str, name: str = "part/page.md") -> list[Citation]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return list(citations(tmp_path, [name]))

    return write


def keys(found: list[Citation]) -> list[str]:
    """Return the ids that are cited, in order."""
    return [citation.key for citation in found]


def test_a_citation_knows_its_place(cited):
    """Page, line with the front matter counted, title, section, and the section's id."""
    text = "---\ntitle: x\n---\n# Top { #top }\n\n## A part { #part }\n\nOne\ntwo [@a1; @b2] three."
    place = {"page": "part/page.md", "line": 9, "title": "Top", "section": "A part"}
    assert cited(text) == [
        Citation(key="a1", anchor="part", **place),
        Citation(key="b2", anchor="part", **place),
    ]


def test_before_the_first_section_the_title_stands_for_it(cited):
    """A citation above all headings of level 2 belongs to the page, which needs no anchor."""
    (found,) = cited("# Top { #top }\n\nText [@a1].\n\n## Part\n")
    assert (found.title, found.section, found.anchor) == ("Top", "Top", "")


def test_a_page_without_headings_is_called_by_its_path(cited):
    """There is always something to show as the link's words."""
    (found,) = cited("Text [@a1].")
    assert (found.title, found.section) == ("part/page.md", "part/page.md")


def test_the_section_is_the_nearest_heading_of_level_two_or_three(cited):
    """A deeper heading makes no section of its own."""
    found = cited("# T\n\n## A\n\n[@a1]\n\n### B\n\n[@b2]\n\n#### C\n\n[@c3]\n\n## D\n\n[@d4]\n")
    assert [citation.section for citation in found] == ["A", "B", "B", "D"]


@pytest.mark.parametrize(
    ("headings", "words", "anchor"),
    [
        ("## What's *new*, really?", "What's new, really?", "whats-new-really"),
        ("## The `step` of Adam", "The step of Adam", "the-step-of-adam"),
        ("## Ångström & Co.", "Ångström & Co.", "angstrom-co"),
        ("## Same\n\n## Same", "Same", "same_1"),
        ("## Later { #same }\n\n## Same", "Same", "same_1"),
        ("## Same\n\n## Later { .x #later title='y' }", "Later", "later"),
        ("Underlined\n----------", "Underlined", "underlined"),
    ],
)
def test_ids_are_those_of_the_built_page(cited, headings, words, anchor):
    """Where none is written, Python-Markdown makes one of the words; two are never the same."""
    from markdown import Markdown

    (found,) = cited(f"{headings}\n\n[@a1]")
    assert (found.section, found.anchor) == (words, anchor)
    built = Markdown(extensions=["attr_list", "toc"]).convert(headings)
    assert f'id="{anchor}"' in built


def test_a_heading_that_cites_is_called_by_its_other_words(cited):
    """On a page its id is made of them, too; in a notebook, of all its words."""
    text = "## Cited [@b2] and `x` [@c3]\n\nText [@a1]."
    found = cited(text)
    assert keys(found) == ["b2", "c3", "a1"]
    assert {(c.section, c.anchor) for c in found} == {("Cited and x", "cited-and-x")}
    script = HEADER + "# %% [markdown]\n" + "".join(f"# {line}\n" for line in text.splitlines())
    assert {(c.section, c.anchor) for c in cited(script, "nb.py")} == {
        ("Cited and x", "cited-b2-and-x-c3")
    }


@pytest.mark.parametrize(
    "text",
    [
        "`[@a1]`",
        "``a ` [@a1]``",
        "```\n[@a1]\n```",
        "!!! note\n    ```\n    [@a1]\n    ```",
        "    [@a1]",
        "<!-- [@a1] -->",
        "\\[@a1]",
        "[@a1](https://example.org/)",
        "[@a1][there]\n\n[there]: https://example.org/",
        "---\nx: '[@a1]'\n---\n",
        "[@A1], [@], [a1], [@a1, @b2]",
    ],
)
def test_code_comments_and_links_cite_nothing(cited, text):
    """Nor does what is escaped, front matter, or misspelt."""
    assert cited(text) == []


def test_every_kind_of_text_may_cite(cited):
    """Lists, tables, quotations, admonitions, tabs, solutions, notes; each with its line."""
    text = (
        "- item [@a1]\n\n| a |\n|---|\n| b |\n| [@b2] |\n\n> quoted\n> [@c3]\n\n"
        '!!! note "Title"\n    Text.\n\n    More [@d4].\n\n??? success "Solution"\n    [@e5]\n\n'
        '=== "Tab"\n    [@f6]\n\nText[^1] and **strong [@g7]**.\n\n[^1]: By hand [@h8].\n'
    )
    found = cited(text)
    lines = text.splitlines()
    assert keys(found) == ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"]
    for citation in found:
        assert f"[@{citation.key}]" in lines[citation.line - 1]


def test_notebook_cites_in_its_text_only(cited):
    """Its ids of headings are made of the words; code and its comments cite nothing."""
    script = HEADER + (
        "# %% [markdown]\n# # Top\n#\n# Text.\n\n"
        "# %%\n# [@code1]\nx = '[@code2]'\n\n"
        "# %% [markdown]\n# ## A part, measured\n#\n# Text\n# [@a1] and `[@code3]`.\n\n"
        '# %% [markdown]\n"""\nIn quotes [@b2].\n"""\n'
    )
    place = {"page": "nb.py", "title": "Top", "section": "A part, measured"}
    assert cited(script, "nb.py") == [
        Citation(key="a1", line=22, anchor="a-part-measured", **place),
        Citation(key="b2", line=26, anchor="a-part-measured", **place),
    ]
    lines = script.splitlines()
    assert "[@a1]" in lines[21]
    assert "[@b2]" in lines[25]


def test_a_notebook_may_say_the_same_twice(cited):
    """Each cell has its own line."""
    cell = "# %% [markdown]\n# Text [@a1].\n\n"
    assert [citation.line for citation in cited(HEADER + 2 * cell, "nb.py")] == [10, 13]


def test_a_byte_order_mark_is_no_text(cited):
    """Some editors write one; the heading behind it is a heading."""
    (found,) = cited("\ufeff# Top\n\n[@a1]")
    assert found.title == "Top"


def test_a_changed_page_is_read_again(cited, tmp_path):
    """What is cited follows the file, not the first reading of it."""
    assert keys(cited("[@a1]", "x.md")) == ["a1"]
    (tmp_path / "x.md").write_text("[@b2]", encoding="utf-8")
    os.utime(tmp_path / "x.md", ns=(1, 1))
    assert keys(list(citations(tmp_path, ["x.md"]))) == ["b2"]


def test_pages_come_in_the_order_given(tmp_path):
    """Not in that of their names."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"[@{name[0]}1]", encoding="utf-8")
    assert keys(list(citations(tmp_path, ["b.md", "a.md"]))) == ["b1", "a1"]


def test_all_pages_are_pages_and_notebooks(tmp_path):
    """Whatever else stands in the folder cites nothing."""
    for name in ("b.md", "part/a.md", "notebooks/n.py", "assets/x.js", "references/r.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert all_pages(tmp_path) == ["b.md", "notebooks/n.py", "part/a.md"]


def test_parts_of_a_citation():
    """Each names an id after an at sign, known or not; anything else names none."""
    assert parts("@a1;\n@b2 ;c3;") == ["@a1", "@b2", "c3", ""]
    assert [cited_key(part) for part in ("@a1", "a1", "@A1", "@", "", "@1a")] == ["a1"] + [None] * 5
