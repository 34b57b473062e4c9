"""Every formula obeys the page of notation: each symbol has a row, and each row is used."""

import posixpath
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from tools.formulas.pages import nav_pages
from tools.formulas.symbols import symbols

NOTATION = "notation.md"
ALL_LETTERS = (NOTATION, "formulas.md")
"""Pages that show the letters of all others."""
LOCAL = "local"
PAGES = [page for page in nav_pages() if page.endswith(".md")]


def formulas(element: Tag) -> list[str]:
    """Return the TeX of the formulas within an element, without their delimiters.

    Boxes of errata are left out: they show the signs of the original notes.
    """
    found = element.select(".arithmatex:not(.errata .arithmatex)")
    return [formula.get_text().strip()[2:-2] for formula in found]


def used(element: Tag) -> frozenset[str]:
    """Return the symbols of all formulas within an element."""
    return frozenset().union(*map(symbols, formulas(element)))


@pytest.fixture(scope="module")
def notation(load_page) -> BeautifulSoup:
    """The page of notation."""
    return load_page(NOTATION).content


@pytest.fixture(scope="module")
def explained(notation: BeautifulSoup) -> frozenset[str]:
    """What the tables for all pages explain, in their first columns."""
    rows = [
        row
        for table in notation.find_all("table")
        if table.find_previous("h2")["id"] != LOCAL
        for row in table.tbody.find_all("tr")
    ]
    return frozenset().union(*(used(row.td) for row in rows))


@pytest.fixture(scope="module")
def kept(notation: BeautifulSoup) -> dict[str, frozenset[str]]:
    """What each page keeps to itself."""
    table = notation.find(id=LOCAL).find_next("table")
    rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
    return {posixpath.normpath(page.a["href"]): used(letters) for page, letters in rows}


@pytest.mark.parametrize("path", PAGES)
def test_every_symbol_has_a_row(
    path: str,
    load_page: Callable,
    explained: frozenset[str],
    kept: dict[str, frozenset[str]],
) -> None:
    """Display and inline formulas alike use what the tables explain, or the page's own letters."""
    known = explained | kept.get(path, frozenset())
    if path in ALL_LETTERS:
        known = known.union(*kept.values())
    unknown = {
        tex: sorted(symbols(tex) - known)
        for tex in formulas(load_page(path).content)
        if not symbols(tex) <= known
    }
    assert not unknown


def test_letters_kept_by_a_page_are_used_there(
    load_page: Callable, kept: dict[str, frozenset[str]], explained: frozenset[str]
) -> None:
    """A row of the table of local letters that its page does not need is no help."""
    for path, letters in kept.items():
        assert letters - explained <= used(load_page(path).content), path


def test_every_row_is_used(load_page: Callable, explained: frozenset[str]) -> None:
    """What the tables explain occurs on some other page."""
    others = [load_page(path).content for path in PAGES if path not in ALL_LETTERS]
    assert explained <= frozenset().union(*map(used, others))
