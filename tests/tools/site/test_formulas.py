"""Numbering formulas and linking to them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.site.source import Source, current

MKDOCS_YML = """\
nav: [The first page: first.md, second.md]
markdown_extensions: [admonition, {pymdownx.arithmatex: {generic: true}}, pymdownx.superfences]
"""
FIRST = "$$ \\label{eq:one} 1 $$\n\n$$ \\label{eq:two} 2 $$"
SECOND = "$$ \\label{eq:the-third} 3 $$"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The mkdocs.yml of a site with three formulas on two pages."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "first.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "docs" / "second.md").write_text(SECOND, encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(MKDOCS_YML, encoding="utf-8")
    return config


@pytest.fixture
def show(render: Callable, site: Path) -> Callable:
    """Render a page of that site."""
    return lambda text: render(text, "tools.site.formulas", config=site)


def test_label_becomes_tag_and_id(show):
    """A formula on the second page goes on counting, and its label is the id of its element."""
    (formula,) = show(SECOND).select("div.arithmatex")
    assert formula["id"] == "eq:the-third"
    assert formula.text == "\\[ \\tag{3} 3 \\]"


def test_formula_in_an_admonition_is_numbered(show):
    """Nesting does not hide a formula."""
    (formula,) = show("!!! note\n    $$ \\label{eq:two} 2 $$").select(".admonition .arithmatex")
    assert "\\tag{2}" in formula.text


def test_formula_can_be_copied(show):
    """Below it is the theme's copy button, with the TeX and neither label nor tag."""
    box = show(FIRST).select_one(".formula")
    assert box.select_one(".arithmatex")["id"] == "eq:one"
    assert box.button["data-clipboard-text"] == "1"
    assert box.button["aria-label"] == "Copy formula 1 as TeX"


def test_reference_carries_the_formula_and_its_name(show):
    """For the preview the TeX, number and page, and for a screen reader words."""
    first, second = show("$\\eqref{eq:two}$ and $\\eqref{eq:the-third}$").select("a")
    assert (first["data-tex"], first["data-title"]) == ("2", "(2) The first page")
    assert first["aria-label"] == "formula 2, two"
    assert second["aria-label"] == "formula 3, the third"


@pytest.mark.parametrize("tex", ['a &= b < c \\\\\n&= "d"', "x &lt; y", "a*b*c_d_e"])
def test_tex_is_carried_as_it_is(show, site, tex):
    """What means something in HTML or in Markdown arrives as it was written."""
    text = f"$$\n\\label{{eq:odd}}\n{tex}\n$$\n\nSee $\\eqref{{eq:odd}}$."
    (site.parent / "docs" / "first.md").write_text(text, encoding="utf-8")
    page = show(text)
    assert page.button["data-clipboard-text"] == tex
    assert page.select_one("a.eqref")["data-tex"] == tex


@pytest.mark.parametrize(
    ("reference", "text"), [("$\\eqref{eq:two}$", "(2)"), ("$\\ref{eq:two}$", "2")]
)
def test_reference_across_pages_is_a_link(show, reference, text):
    """A reference to another page's formula leads to that page and carries the number."""
    link = show(f"See {reference}, please.").a
    assert (link["href"], link.text) == ("/first.md#eq:two", text)
    assert link.next_sibling == ", please."


def test_reference_on_the_same_page_stays_on_it(show):
    """A reference to a formula of the page itself needs no path."""
    assert show(f"{FIRST}\n\nSee $\\eqref{{eq:one}}$.").a["href"] == "#eq:one"


def test_references_in_tables_and_code(show):
    """A cell of a table holds a link; code is left alone."""
    page = show("| a |\n|---|\n| $\\eqref{eq:one}$ |\n\n`$\\eqref{eq:one}$`")
    assert page.td.a["href"] == "/first.md#eq:one"
    assert page.code.text == "$\\eqref{eq:one}$"


def test_unknown_label_warns_with_place_and_shows(show, warnings_told):
    """A reference to nothing fails a strict build, by file and line, and is seen on the page."""
    text = "Text.\n\nSee $\\eqref{eq:none}$."
    token = current.set(Source(path="docs/here.md", text=f"---\ntitle: x\n---\n{text}"))
    try:
        page = show(text)
    finally:
        current.reset(token)
    assert page.select_one("strong.unknown").text == "eq:none?"
    assert warnings_told() == ["docs/here.md:6: no formula of the site is labelled eq:none"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("$x + \\eqref{eq:one}$", "must be a formula of its own"),
        (
            "$$ \\label{eq:one} x \\quad \\text{by } \\ref{eq:two} $$",
            "must be a formula of its own",
        ),
        ("Glued text $$ x $$ on a line.", "opens no formula"),
        ("Text\n$$\nx\n$$\nmore", "opens no formula"),
    ],
)
def test_what_would_show_as_raw_tex_warns(show, warnings_told, text, complaint):
    """Nested references and dollars that open nothing fail a strict build."""
    show(text)
    assert complaint in " ".join(warnings_told())


@pytest.mark.parametrize("text", ["`$$ x $$`", "```\n$$\n```", "It costs \\$\\$."])
def test_dollars_that_are_meant_do_not_warn(show, warnings_told, text):
    """Dollars in code, and escaped ones, are what the author wants."""
    show(text)
    assert warnings_told() == []
