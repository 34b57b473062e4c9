"""Mutants: which errors are made of a formula."""

import pytest

from tools.formulas.mutants import mutants
from tools.formulas.reading.parser import Names

MADE = {
    "indices swapped": (r"y_{ij}", "y i j", {r"y_{ji}"}),
    "an index replaced by another": (r"x_i y_j", "x y i j", {"x_j y_j", "x_i y_i"}),
    "an index shifted": (r"x_i", "x i", {"x_{i + 1}", "x_{i - 1}"}),
    "one of several indices shifted": (r"y_{ij}", "y i j", {"y_{i + 1, j}", "y_{i, j - 1}"}),
    "an index dropped": (r"y_{ij} x_i", "x y i j", {"y_{i} x_i", "y_{j} x_i", "y_{ij} x"}),
    "a raised index shifted, dropped, swapped": (
        "x^{(i)}_j",
        "x i j",
        {"x^{(i + 1)}_j", "x^{(i - 1)}_j", "x_j", "x^{(j)}_i"},
    ),
    "a layer's offset dropped": (r"W^{(l+1)}", "W l", {"W^{(l)}", "W^{(l-1)}", "W^{(l+2)}"}),
    "brackets dropped": (r"a \left( b + c \right)", "a b c", {"a b + c"}),
    "a sign flipped": ("a - b + c", "a b c", {"a + b + c", "a - b - c", "-a - b + c"}),
    "a minus dropped": ("e^{-x}", "x", {"e^{x}"}),
    "a term dropped": ("a - b + c", "a b c", {"a + c", "- b + c", "a - b"}),
    "a difference turned round": ("(a - b)^2", "a b", {"(b - a)^2"}),
    "a bound shifted": (
        r"\sum_{i=1}^{m} x_i",
        "x m",
        {
            r"\sum_{i=2}^{m} x_i",
            r"\sum_{i=0}^{m} x_i",
            r"\sum_{i=1}^{m + 1} x_i",
            r"\sum_{i=1}^{m - 1} x_i",
        },
    ),
    "a product for a sum": (r"\sum_{i=1}^{m} x_i", "x m", {r"\prod_{i=1}^{m} x_i"}),
    "the smallest for the largest": (
        r"\max_{1 \le u, v \le r} a_{uv}",
        "a r",
        {r"\min_{1 \le u, v \le r} a_{uv}", r"\max_{2 \le u, v \le r} a_{uv}"},
    ),
    "another exponent or none": ("x^2 + a^t", "a t x", {"x^3 + a^t", "x + a^t", "x^2 + a^{t + 1}"}),
    "a transpose dropped": (r"u^\top v", "u v", {"u v"}),
    "a factor dropped": (r"\frac{1}{2} x y", "x y", {"x y", r"\frac{1}{2} x", r"\frac{1}{2} y"}),
    "a quotient turned round": (r"\frac{a}{b}", "a b", {r"\frac{b}{a}", r"\frac{a}{1}"}),
    "a root dropped": (r"\sqrt{x + 1}", "x", {r"\left( x + 1 \right)"}),
    "arguments exchanged": (r"f(a, b)", "a b", {r"f(b, a)"}),
    "min for max": (r"\max(a, b)", "a b", {r"\min(a, b)", r"\left( b \right)"}),
    "another function or none": (r"\ln x", "x", {r"\exp x", r"\left( x \right)"}),
    "a given function dropped": (r"f(x)", "x", {r"\exp(x)", r"\left( x \right)"}),
    "a function for its slope": (r"f'(x)", "x", {"f(x)"}),
    "another constant": ("2 x - 1", "x", {"3 x - 1", "2 x - 0", "2 x - 2"}),
    "an implicit product of matrices": (r"A \odot B", "A B", {"A  B"}),
    "a condition's relation": (
        "[x > 0] + [j = k]",
        "x j k",
        {r"[x \ge 0] + [j = k]", "[x < 0] + [j = k]", r"[x > 0] + [j \ne k]"},
    ),
    "cases exchanged": (
        r"\begin{cases} a & x \ge 0 \\ b & x < 0 \end{cases}",
        "a b x",
        {
            r"\begin{cases} b & x \ge 0 \\ a & x < 0 \end{cases}",
            r"\begin{cases} a & x > 0 \\ b & x < 0 \end{cases}",
            r"\begin{cases} a & x \ge 0 \\ b & x \le 0 \end{cases}",
        },
    ),
    "rounded the other way": (r"\lfloor x \rfloor", "x", {r"\lceil x \rceil"}),
    "another label": ("W_1 + W_2", "W_1 W_2", {"W_2 + W_2", "W_1 + W_1"}),
    "with a hat and without": (r"y - \hat{y}", "y y_hat", {r"\hat{y} - \hat{y}", "y - y"}),
    "the whole negated": ("x y", "x y", {"-x y"}),
    "composed the other way": (r"(f \circ g)(x)", "x", {r"(g \circ f)(x)"}),
}


def made(tex: str, values: str) -> set[str]:
    """Return the TeX of all mutants of a formula."""
    names = Names(frozenset(values.split()), frozenset("fg"), frozenset("E"))
    found = mutants(tex, names)
    assert all(mutant.what for mutant in found)
    assert len({mutant.tex for mutant in found}) == len(found)
    return {mutant.tex for mutant in found}


@pytest.mark.parametrize(("tex", "values", "expected"), MADE.values(), ids=MADE.keys())
def test_error_is_made(tex: str, values: str, expected: set[str]) -> None:
    """Of a formula come the mutants with this slip, each once, and never the formula itself."""
    found = made(tex, values)
    assert expected <= found
    assert tex not in found


def test_products_of_arrays_are_turned_round() -> None:
    """The order of numbers does not matter, and those of arrays are known by their keys."""
    names = Names(frozenset(("x", "W", "i", "j")))
    tex = "x W^\\top + x_i W_{ij}"
    turned = {mutant.tex for mutant in mutants(tex, names, ("x", "W"))}
    assert "W^\\top x + x_i W_{ij}" in turned
    assert "x W^\\top + W_{ij} x_i" not in turned


def test_brackets_that_change_nothing_make_no_mutant() -> None:
    """A formula without brackets that only group is the same formula."""
    assert "x + y" not in made("(x) + y", "x y")


def test_every_side_is_changed() -> None:
    """The left one too, and the target of an update."""
    assert {"3 x = x + x", "2 x = x - x"} <= made("2 x = x + x", "x")
    found = made(r"w_{ij} \leftarrow 2 w_{ij}", "w i j")
    assert {r"w_{ji} \leftarrow 2 w_{ij}", r"w_{ij} \leftarrow 2 w_{ji}"} <= found
    assert r"-w_{ij} \leftarrow 2 w_{ij}" not in found


def test_a_claim_stays_a_claim() -> None:
    """The sign of equality between the sides is no condition."""
    assert not any(r"\ne" in tex for tex in made("2 x = x + x", "x"))
