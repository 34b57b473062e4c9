"""How words of pages are compared, and hosts found in tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.references.check.judge import phrases
from tools.references.check.judge.wording import by_host, contains, fold, parts

LETTERS = "aB \u00e9\u00b7|-\u2013:/~'\u2019\u0301\u2011\ufb01\u3042"
"""Plain and accented ones, marks that divide, marks that do not, and what folds into others."""

PHRASES = frozenset({"a b", "b", "ab a", "ea", "b ab b", "\u3042a", "\u3042"})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Page not found | Site", ["page not found", "site"]),
        ("A - B: C/D", ["a", "b", "c d"]),
        ("x-ray: -1 -", ["x ray", "1"]),
        ("a: -b", ["a", "b"]),
        ("A -b", ["a", "b"]),
        ("« L'été » — Crème", ["lete", "creme"]),
        ("|", []),
    ],
)
def test_title_is_divided_at_its_marks(title, expected):
    """Bars divide it anywhere, dashes and the like next to a space."""
    assert parts(title) == expected


@given(st.text(LETTERS, max_size=30))
def test_parts_of_a_title_make_up_all_of_it(title):
    """Nothing is lost between the parts but the marks."""
    assert " ".join(parts(title)) == fold(title)


@given(st.text("ab\u3042 ", max_size=12).map(fold))
def test_phrase_is_found_as_whole_words_and_without_spaces_anywhere(text):
    """However a group of phrases is searched for, each is looked for by itself."""
    each = [f" {p} " in f" {text} " if p.isascii() else p in text for p in PHRASES]
    assert contains(text, PHRASES) is any(each)


@pytest.mark.parametrize("name", ["ADDRESSED", "EXCUSES", "SALES", "SIGN_IN_TITLES"])
def test_every_phrase_is_found_between_other_words(name):
    """Whatever its longest word is."""
    group = getattr(phrases, name)
    assert all(contains(f"so {phrase} it", group) for phrase in group)
    assert not contains("a network learns by small steps", group)


@pytest.mark.parametrize(
    ("host", "row"),
    [
        ("e.example", 1),
        ("www.e.example", 1),
        ("a.b.e.example", 2),
        ("notthee.example", None),
        ("example", None),
        ("e.example.", None),
        ("", None),
    ],
)
def test_host_has_the_row_of_its_nearest_site(host, row):
    """Sub-domains included; a name that only ends alike is another."""
    assert by_host({"e.example": 1, "b.e.example": 2}, host) == row
