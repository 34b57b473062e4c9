"""Wrong versions of the site's formulas, thought up by hand, beyond what the mutants try.

The wrong sum or mean, another layer, a slope left out, two signs that cancel, a base of logarithms,
another name on the left. ``tests/data/formulas/slips.txt`` has them below the formula's label.
"""

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from tools.formulas.bindings import all_bindings
from tools.formulas.checking import check
from tools.formulas.pages import site_formulas

FORMULAS = site_formulas().by_label()
BINDINGS = all_bindings()
LINES = (
    (Path(__file__).resolve().parents[2] / "data" / "formulas" / "slips.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)
PARAGRAPHS = [list(lines) for filled, lines in groupby(LINES, key=bool) if filled]
SLIPS = {label: [tex.strip() for tex in slips] for label, *slips in PARAGRAPHS}


@pytest.mark.parametrize("label", SLIPS)
def test_slips_are_noticed(label: str) -> None:
    """Each fails, on the inputs for which the right formula holds."""
    formula, binding = FORMULAS[label], BINDINGS[label]
    assert check(formula, binding).fault == ""
    unnoticed = [tex for tex in SLIPS[label] if not check(replace(formula, tex=tex), binding).fault]
    assert SLIPS[label]
    assert unnoticed == []


def test_most_formulas_have_some() -> None:
    """No formula is listed twice, and no slip of one."""
    assert len(SLIPS) == len(PARAGRAPHS) > 60
    assert all(len(set(slips)) == len(slips) for slips in SLIPS.values())
