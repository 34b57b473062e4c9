"""The index of formulas, the marks that say how each is checked, and the anchors they lead to."""

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest
from bs4 import BeautifulSoup

from tools.formulas.binding import DRAWS, Binding, Kind
from tools.site import formula_checks, snippet_blocks

MKDOCS_YML = """\
nav:
  - First steps: first.md
  - Part: [{A second page: part/second.md}]
markdown_extensions: [admonition, {pymdownx.arithmatex: {generic: true}}, pymdownx.superfences]
"""
CODE = '```python title="shown.py"\nx = 1\n```'
FILES = {
    "docs/first.md": f"$$ \\label{{eq:value}} a < b $$\n\n$$ \\label{{eq:alone}} 2 $$\n\n{CODE}",
    "docs/part/second.md": f"$$ \\label{{eq:words}} $$\n\n$$ \\label{{eq:unbound}} 4 $$\n\n{CODE}",
}


def shown(z: object) -> object:
    """Stand in for a snippet's function."""
    return z


shown.__module__ = "snippets.shown"


def binding(label: str, kind: Kind, **facts: object) -> Binding:
    """Return a binding that was written in a file of that name."""
    return Binding(label=label, kind=kind, place="tools/formulas/bindings/first.py:7", **facts)


BINDINGS = [
    binding("eq:value", Kind.VALUE, of=shown),
    binding("eq:alone", Kind.IDENTITY),
    binding("eq:words", Kind.DEFINITION, reason="It names what eq:value and eq:no-such say."),
]


@pytest.fixture
def config(tmp_path: Path, write_files: Callable, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The mkdocs.yml of a site with four formulas, of which three are bound."""
    write_files(FILES | {"mkdocs.yml": MKDOCS_YML})
    bound = {each.label: each for each in BINDINGS}
    for module in ("formula_checks", "formulas", "formula_index"):
        monkeypatch.setattr(f"tools.site.{module}.bindings", lambda: bound)
    return tmp_path / "mkdocs.yml"


@pytest.fixture
def show(render: Callable, config: Path) -> Callable[[str], BeautifulSoup]:
    """Render a page of that site, given by its path."""
    docs = config.parent / "docs"
    return lambda page: render((docs / page).read_text(), "tools.site.formulas", config=config)


@pytest.fixture
def index(render: Callable, config: Path) -> BeautifulSoup:
    """The index of that site."""
    return render("# All\n\n<!-- formula-index -->", "tools.site.formula_index", config=config)


def words(element: BeautifulSoup) -> str:
    """Return the text of an element, on one line."""
    return " ".join(element.get_text().split())


def test_mark_names_the_function_and_leads_to_its_code(show):
    """The function's name is a link to the block that shows the snippet, which has the anchor."""
    page = show("first.md")
    foot = page.select_one(".formula-foot")
    assert words(foot).startswith("checked against shown.shown · how")
    assert foot.a["href"] == "#shown.py"
    assert str(DRAWS) in foot.select_one(".formula-checked")["title"]
    anchor = page.find(id="shown.py")
    assert anchor.find_next_sibling().select_one(".filename").text == "shown.py"


def test_mark_tells_what_the_tests_do_and_where(show):
    """How it is checked depends on the kind; the files are named, and no link is made up."""
    by_value, alone = show("first.md").select("details.formula-how")
    assert "it gives what the function returns." in words(by_value)
    files = ["tools/formulas/bindings/first.py", "tests/snippets/test_shown.py"]
    assert [code.text for code in by_value.select("code")] == files
    assert by_value.a is None
    assert "its sides agree." in words(alone)
    assert [code.text for code in alone.select("code")] == files[:1]


@pytest.mark.parametrize(
    ("kind", "of", "claim"),
    [
        (Kind.VALUE, shown, "it gives what the function returns."),
        (
            Kind.DERIVATIVE,
            shown,
            "it gives what the function returns, and the slope measured numerically.",
        ),
        (Kind.UPDATE, shown, "its right side is the new value that the function returns."),
        (Kind.IDENTITY, shown, "its sides agree, with what the function returns, too."),
        (Kind.IDENTITY, None, "its sides agree."),
    ],
)
def test_mark_claims_what_its_kind_is_held_to(config, kind, of, claim):
    """No more than `tools.formulas.checking` demands, and that altered formulas fail."""
    parent = Element("div")
    formula_checks.append_check(parent, binding("eq:value", kind, of=of), config, "first.md")
    said = " ".join("".join(parent.itertext()).split())
    assert f"On {DRAWS} drawn inputs {claim} Altered formulas" in said
    assert "must fail there, unless a written reason says why they are equal." in said


def test_snippet_shown_twice_has_one_anchor(show, config):
    """On one page the first block has it; of two pages links lead to the first of the nav."""
    first = config.parent / "docs" / "first.md"
    first.write_text(f"{CODE}\n\n{CODE}", encoding="utf-8")
    (anchor,) = show("first.md").select(".snippet-anchor")
    assert anchor.find_previous_sibling() is None
    assert snippet_blocks.pages_of_snippets(config) == {"shown.py": "first.md"}


def test_snippet_that_moves_is_found_again(config):
    """As while pages are being written, under `mkdocs serve`."""
    assert snippet_blocks.pages_of_snippets(config) == {"shown.py": "first.md"}
    (config.parent / "docs" / "first.md").write_text("Nothing.", encoding="utf-8")
    assert snippet_blocks.pages_of_snippets(config) == {"shown.py": "part/second.md"}


def test_files_are_linked_where_there_is_a_repository(show, config):
    """`repository` is all that is needed."""
    text = config.read_text(encoding="utf-8") + "extra: {repository: https://example.org/notes/}\n"
    config.write_text(text, encoding="utf-8")
    links = show("first.md").select_one("details").select("a")
    folder = "https://example.org/notes/blob/HEAD"
    assert [link["href"] for link in links] == [
        f"{folder}/tools/formulas/bindings/first.py",
        f"{folder}/tests/snippets/test_shown.py",
    ]


def test_definition_says_why_and_links_the_formulas_it_names(show):
    """A label in a reason becomes the formula's number; one that no formula has stays."""
    fold = show("part/second.md").select_one("details.formula-how")
    assert fold.summary.text == "definition"
    assert words(fold.p) == "It names what (1) and eq:no-such say."
    assert fold.a["href"] == "/first.md#eq:value"


def test_formula_without_a_binding_has_no_mark(show):
    """It has the button that copies it, and claims nothing."""
    foot = show("part/second.md").select(".formula-foot")[-1]
    assert words(foot) == ""
    assert foot.button["data-clipboard-text"] == "4"


def test_faulty_binding_fails_the_build_in_a_sentence(monkeypatch, warnings_told):
    """Then no formula has a mark."""

    def fail() -> None:
        raise formula_checks.BindingError("bindings/x.py:1: is wrong.")

    monkeypatch.setattr(formula_checks, "all_bindings", fail)
    assert formula_checks.bindings.__wrapped__() == {}
    assert warnings_told() == ["bindings/x.py:1: is wrong."]


def test_index_lists_all_formulas_by_page(index):
    """Under the title of each page, linked, stand its formulas with their numbers."""
    headings = index.select("h2")
    assert [(h["id"], h.text, h.a["href"]) for h in headings] == [
        ("first", "First steps", "/first.md"),
        ("part-second", "A second page", "/part/second.md"),
    ]
    numbers = [[li.a.text for li in h.find_next_sibling().select("li")] for h in headings]
    assert numbers == [["(1)", "(2)"], ["(3)", "(4)"]]
    first = index.li
    assert first.a["href"] == "/first.md#eq:value"
    assert first.a["aria-label"] == "formula 1, value"
    assert first.select_one(".arithmatex").text == "\\[a < b\\]"


def test_index_says_how_each_is_checked(index):
    """By kind and function, or by the reason of a definition; of an unbound one it says nothing."""
    checks = index.select(".formula-check")
    assert [words(check) for check in checks] == [
        "value shown.shown",
        "identity",
        "definition It names what (1) and eq:no-such say.",
        "",
    ]
    assert checks[0].a["href"] == "/first.md#shown.py"


def test_second_index_is_refused(render, config, warnings_told):
    """Its headings would have the ids of the first one's."""
    text = "<!-- formula-index -->\n\n<!-- formula-index -->"
    page = render(text, "tools.site.formula_index", config=config)
    assert len(page.select(".formula-index")) == 1
    assert warnings_told() == ["the index stands on this page already"]


def test_snippet_that_no_page_shows_is_named_without_a_link(config):
    """A function may be bound before its code stands on a page."""
    for page in ("first.md", "part/second.md"):
        (config.parent / "docs" / page).write_text("Nothing.", encoding="utf-8")
    parent = Element("p")
    formula_checks.append_function(parent, BINDINGS[0], config, here="")
    assert tostring(parent, encoding="unicode") == "<p><code>shown.shown</code></p>"
