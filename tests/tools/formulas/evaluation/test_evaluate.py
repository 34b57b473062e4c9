"""Formulas in, values out: each rule with a value worked by hand, and each refusal."""

import inspect
import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation import evaluator
from tools.formulas.evaluation.arrays import row
from tools.formulas.evaluation.evaluate import Side, evaluate, sides
from tools.formulas.evaluation.functions import NAMED

A = [[1, 2, 3], [4, 5, 6]]
SQUARE = [[2, 1], [5, 3]]
LAYERS = [[[1, 2]], [[3], [4]], [[5, 6, 7]]]


def refused(tex, values=None, functions=None, dependent=None):
    """Return the error of a formula."""
    with pytest.raises(FormulaError) as caught:
        evaluate(tex, values or {}, functions, dependent)
    return caught.value


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("0.50", {}, 0.5),
        ("-x^2", {"x": 3}, -9),
        ("(-x)^2", {"x": 3}, 9),
        ("2^{-1}", {}, 0.5),
        ("x^{-y}", {"x": 2, "y": 3}, 0.125),
        ("a - b - c", {"a": 10, "b": 3, "c": 2}, 5),
        ("a - (b - c)", {"a": 10, "b": 3, "c": 2}, 9),
        ("a / b / c", {"a": 12, "b": 3, "c": 2}, 2),
        (r"\frac{a}{b} c", {"a": 12, "b": 3, "c": 2}, 8),
        ("2 a b", {"a": 3, "b": 5}, 30),
        (r"a \cdot b + a \times b", {"a": 3, "b": 5}, 30),
        (r"\sqrt{x}", {"x": 9}, 3),
        (r"\sqrt[3]{x}", {"x": -8}, -2),
        (r"\sqrt[4]{16}", {}, 2),
        (r"\lvert x \rvert", {"x": -2}, 2),
        (r"\left\lceil \frac{m}{B} \right\rceil", {"m": 7, "B": 2}, 4),
        (r"\lfloor -x \rfloor", {"x": 0.5}, -1),
        (r"\lceil x \rceil", {"x": 3}, 3),
        ("e^{x}", {"x": 2}, math.exp(2)),
        ("e^x", {"x": 2, "e": 3}, 9),
        (r"\pi", {}, math.pi),
        (r"\pi", {"pi": 4}, 4),
        ("e + 1", {"e": 3}, 4),
        ("0^0", {}, 1),
    ],
)
def test_numbers(tex, values, expected):
    """Numbers are computed as in a book."""
    assert evaluate(tex, values) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("x + 1", {"x": [1, 2]}, [2, 3]),
        ("A x", {"A": A, "x": [1, 0, 2]}, [7, 16]),
        ("x A", {"A": A, "x": [1, 2]}, [9, 12, 15]),
        (r"A^\top x", {"A": A, "x": [1, 2]}, [9, 12, 15]),
        (r"u^\top v", {"u": [1, 2], "v": [3, 5]}, 13),
        (r"u v^\top", {"u": [1, 2], "v": [3, 5]}, [[3, 5], [6, 10]]),
        (r"u \cdot v", {"u": [1, 2], "v": [3, 5]}, 13),
        (r"u \odot v", {"u": [1, 2], "v": [3, 5]}, [3, 10]),
        (r"x^\top A y", {"x": [1, 2], "A": A, "y": [3, 4, 5]}, 150),
        ("x A y", {"x": [1, 2], "A": A, "y": [3, 4, 5]}, 150),
        ("S^{-1}", {"S": SQUARE}, [[3, -1], [-5, 2]]),
        ("S^{-1} S x", {"S": SQUARE, "x": [7, 8]}, [7, 8]),
        ("e^{x}", {"x": [0, math.log(2)]}, [1, 2]),
        ("2^x", {"x": [1, 3]}, [2, 8]),
        (r"\frac{x}{2}", {"x": [1, 3]}, [0.5, 1.5]),
        (r"\exp(x)", {"x": [[0], [math.log(3)]]}, [[1], [3]]),
        (r"\tanh^2 x", {"x": [0, math.atanh(0.5)]}, [0, 0.25]),
        (r"\sqrt{x}", {"x": [4, 9]}, [2, 3]),
        (r"\lceil x \rceil", {"x": [0.5, 2]}, [1, 2]),
        (r"\max(x, 0)", {"x": [-1, 2]}, [0, 2]),
        (r"\max(x, y)", {"x": [-1, 2], "y": [3, 1]}, [3, 2]),
        (r"\min(x, y, 2)", {"x": [-1, 7], "y": [3, 4]}, [-1, 2]),
        (r"\lVert x \rVert", {"x": [3, -4]}, 5),
        (r"\lVert x \rVert^2", {"x": [3, -4]}, 25),
        (r"\lVert x \rVert_1", {"x": [3, -4]}, 7),
        (r"\lVert x \rVert_2", {"x": [3e200, -4e200]}, 5e200),
        (r"\lVert x \rVert_\infty", {"x": [3, -4]}, 4),
        (r"\lVert A \rVert_F^2", {"A": A}, 91),
        (r"\lVert x \rVert", {"x": [0, 0]}, 0),
    ],
)
def test_arrays(tex, values, expected):
    """Vectors and matrices are computed by the rules of linear algebra."""
    found = evaluate(tex, values)
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("x_2", {"x": [5, 6, 7]}, 6),
        ("x_i", {"x": [5, 6, 7], "i": 3}, 7),
        ("x_{i + 1}", {"x": [5, 6, 7], "i": 2}, 7),
        ("A_{ij}", {"A": A, "i": 2, "j": 1}, 4),
        ("A_{i, j}", {"A": A, "i": 1, "j": 2}, 2),
        ("A^{(i)}", {"A": A, "i": 2}, [4, 5, 6]),
        ("A^{(i)}_j", {"A": A, "i": 2, "j": 3}, 6),
        ("A_j^{(i)}", {"A": A, "i": 2, "j": 3}, 6),
        ("y^{(i)}", {"y": [5, 6], "i": 1}, 5),
        ("W^{(l)}", {"W": LAYERS, "l": 2}, [[3], [4]]),
        ("W^{(l)}_{ij}", {"W": LAYERS, "l": 3, "i": 1, "j": 2}, 6),
        ("n_{l + 1}", {"n": [3, 4, 5], "l": 1}, 4),
        ("x_{n_2}", {"x": [5, 6, 7], "n": [1, 3]}, 7),
        (r"f(z)_j", {"z": [0, math.log(3)], "j": 2}, 0.75),
        ("(x + y)_2", {"x": [1, 2], "y": [3, 5]}, 7),
        (r"\delta^o", {"delta^o": 4}, 4),
        (r"\delta^o_j", {"delta^o": [4, 5], "j": 2}, 5),
        ("W_1", {"W_1": A}, A),
        ("x^{(2)} w", {"x": (row([1, 2]), row([3, 4])), "w": [5, 6]}, 39),
        ("x^{(i)} w", {"x": A, "w": [1, 1, 2], "i": 2}, 21),
        ("w x^{(i)}", {"x": A, "w": [1, 1, 2], "i": 2}, 21),
        (r"w^\top x^{(i)}", {"x": A, "w": [1, 1, 2], "i": 2}, 21),
        (r"x^{(i)\top} x^{(j)}", {"x": A, "i": 1, "j": 2}, 32),
        (r"x^{(1)} x^{(1)\top}", {"x": [[1, 2], [3, 4]]}, [[1, 2], [2, 4]]),
        ("A x^{(i)}", {"A": A, "x": [[1, 0, 2], [0, 0, 1]], "i": 1}, [7, 16]),
        ("x^{(i)} A", {"A": A, "x": [[5, 6], [1, 2]], "i": 2}, [9, 12, 15]),
        ("(x^{(i)} - c) w", {"x": A, "c": [1, 1, 1], "w": [1, 1, 2], "i": 1}, 5),
        ("2 x^{(i)} w x^{(i)}_1", {"x": A, "w": [1, 1, 2], "i": 2}, 168),
        (r"w^\top x^{(i)} x^{(i)\top} w", {"x": A, "w": [1, 1, 2], "i": 2}, 441),
    ],
)
def test_indices(tex, values, expected):
    """Indices count from 1, and choose what their brackets and places say."""
    functions = {"f": NAMED["softmax"]} if "f(" in tex else None
    np.testing.assert_allclose(evaluate(tex, values, functions), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("tex", "values", "message", "at"),
    [
        ("a + x_4", {"a": 1, "x": [1, 2]}, "index 4 is outside 1 ... 2", 4),
        ("a + x_0", {"a": 1, "x": [1, 2]}, "index 0 is outside 1 ... 2", 4),
        ("x_i", {"x": [1, 2], "i": 1.5}, "an index must be whole, not 1.5", 0),
        ("x_i", {"x": [1, 2], "i": [1]}, "an index must be a number", 2),
        ("A_i", {"A": A, "i": 1}, "1 index on a matrix of 2 x 3", 0),
        ("A_{ijk}", {"A": A, "i": 1, "j": 1, "k": 1}, "3 indices on a matrix", 0),
        ("x_i", {"x": 3, "i": 1}, "a number has no index", 0),
        ("W_i", {"W": LAYERS, "i": 1}, "raised brackets", 0),
        ("W + 1", {"W": LAYERS}, "layers", 0),
        ("a + b", {"a": 1}, "b is not given", 4),
        (r"a + \sum_{i=1}^{2} i + i", {"a": 1}, "i is not given", 23),
        ("e + 1", {}, "e is not given", 0),
        ("1 + x A", {"A": A, "x": [1, 2, 3]}, "no product of a vector of 3 and a matrix", 4),
        ("x y", {"x": [1, 2], "y": [3, 4]}, "several ways", 0),
        ("x + y", {"x": [1, 2], "y": [3, 4, 5]}, "the shapes differ: a vector of 2", 0),
        ("x + A", {"x": [1, 2, 3], "A": A}, "the shapes differ", 0),
        ("x^2", {"x": [1, 2]}, "no power of a vector of 2", 0),
        (r"\frac{1}{x}", {"x": [1, 2]}, "cannot divide by a vector", 0),
        ("1 + a / b", {"a": 1, "b": 0}, "division by 0, in `a / b`", 4),
        ("a / b", {"a": 0, "b": 0}, "0 divided by 0", 0),
        (r"1 + \ln 0", {}, "the logarithm of 0", 4),
        (r"0 \ln 0", {}, "the logarithm of 0", 2),
        (r"\ln x", {"x": [1, -1]}, "the logarithm of a negative number", 0),
        (r"\log_2 x", {"x": -1}, "the logarithm of a negative number", 0),
        (r"\sqrt{x}", {"x": -1}, "the root of a negative number", 0),
        (r"\sqrt[4]{x}", {"x": -1}, "not a finite real", 0),
        (r"\sqrt[n]{x}", {"x": 1, "n": 1}, "the degree of a root", 0),
        (r"\sqrt[n]{x}", {"x": 1, "n": 2.5}, "must be whole", 6),
        ("x^y", {"x": -8, "y": 1 / 3}, "not a finite real number", 0),
        ("0^{-1}", {}, "not a finite real number", 0),
        ("e^x", {"x": 1000}, "too large", 0),
        ("x y", {"x": 1e200, "y": 1e200}, "too large", 0),
        ("A x", {"x": [1e200, 1], "A": [[1e200, 1]]}, "not a finite number", 0),
        (r"x \cdot x", {"x": [1e200, 1]}, "not a finite number", 0),
        (r"\arcsin x", {"x": 2}, "not real", 0),
        (r"\lvert x \rvert", {"x": [1, 2]}, "use a norm", 0),
        (r"\lVert x \rVert", {"x": 2}, r"write \lvert x \rvert", 0),
        (r"\lVert A \rVert", {"A": A}, "of matrices F", 0),
        (r"\lVert x \rVert_F", {"x": [1, 2]}, "this norm of a vector", 0),
        (r"\lVert A \rVert_F", {"A": A, "F": 2}, "F below a norm is given", 0),
        (r"\lfloor x \rfloor", {"x": 0.3 / 0.1}, "too near to a whole one", 0),
        (r"\max(x, A)", {"x": [1, 2], "A": A}, "the shapes differ", 0),
        (r"\max(x)", {"x": [1, 2]}, "max", 0),
        (r"x^\top", {"x": 2}, "no transpose of a number", 0),
        (r"\log_b x", {"x": 2, "b": 1}, "to the base 1", 0),
        (r"\log_b x", {"x": 2, "b": -2}, "to the base -2", 0),
    ],
)
def test_refusals_with_their_places(tex, values, message, at):
    """What has no value, or more than one, is refused at the piece that it is about."""
    error = refused(tex, values)
    assert message in error.message
    assert error.position == at


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"x": True}, "the value of x must be a number"),
        ({"x": "1"}, "the value of x must be a number"),
        ({"x": math.nan}, "the value of x must be finite"),
        ({"x": []}, "the value of x is empty"),
        ({"x": 1, "y": 2}, "y is given, and the formula does not contain it"),
    ],
)
def test_values_that_are_refused(values, message):
    """A value that is none, or that nothing uses, is refused without a place."""
    error = refused("x", values)
    assert error.message == message or error.message.startswith(message)
    assert error.position is None


def test_unused_may_be_allowed():
    """On request, more may be given than the formula contains."""
    functions, dependent = {"f": np.tanh}, {"E": lambda x: x}
    assert evaluate("x", {"x": 1, "y": 2}, functions, dependent, allow_unused=True) == 1


def test_unused_functions_and_dependents_are_refused():
    """A function or a dependent value that nothing uses is as wrong as a value."""
    assert "f is given" in refused("x", {"x": 1}, {"f": np.tanh}).message
    assert "E is given" in refused("x", {"x": 1}, None, {"E": lambda x: x}).message


def test_what_is_not_computed_is_used_all_the_same():
    """A name in an empty sum, or in a branch that is not taken, is in the formula."""
    assert evaluate(r"\sum_{i=1}^{m} x_i", {"m": 0, "x": [1]}) == 0
    cases = r"\begin{cases} a & x > 0 \\ b & x \le 0 \end{cases}"
    assert evaluate(cases, {"x": 1, "a": 2, "b": 3}) == 2


def test_value_and_function_of_one_name_are_refused():
    """A name means one thing."""
    assert "f is given as a function and as a value" in refused("f", {"f": 1}, {"f": abs}).message


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("E = x + 1", {"x": 1}, [None, 2]),
        ("E(w) = w x", {"w": 2, "x": 3}, [None, 6]),
        (r"E_\text{train} = x", {"x": 1}, [None, 1]),
        (r"\hat{y}_j = x_j", {"x": [1, 5], "j": 2}, [None, 5]),
        (r"\delta^{(l)}_j = x_j", {"x": [1, 5], "j": 2, "l": 1}, [None, 5]),
        (r"\frac{\partial E}{\partial w_j} = x_j", {"x": [1, 5], "j": 2}, [None, 5]),
        (r"\frac{\partial E(w)}{\partial w} = x", {"x": 1, "w": 2}, [None, 1]),
        (r"\nabla E = x", {"x": [1, 5]}, [None, [1, 5]]),
        (r"\Delta w_{ij} = x", {"x": 1, "i": 1, "j": 2}, [None, 1]),
        (r"\sigma'(x) = x", {"x": 1}, [None, 1]),
        (r"\operatorname{maxpool}(a)_{ij} = a", {"a": 1, "i": 1, "j": 2}, [None, 1]),
        ("x = 1 = 3 - 2", {"x": 1}, [1, 1, 1]),
        ("E = 1 < 2", {}, [None, 1, 2]),
        (r"\frac{dE}{dw} = 2 w", {"w": 3, "dE/dw": 6}, [6, 6]),
        (r"w \leftarrow w - \alpha g", {"w": 1, "alpha": 0.1, "g": 5}, [None, 0.5]),
        (r"w_j \leftarrow w_j - 1", {"w": [1, 5], "j": 2}, [None, 4]),
        ("x + 1", {"x": 1}, [2]),
        (r"\begin{aligned} E &= x + x \\ &= 2 x \end{aligned}", {"x": 1}, [None, 2, 2]),
        (r"\begin{aligned} E &= x \\ F &= 1 \end{aligned}", {"x": 1}, [None, 1, None, 1]),
    ],
)
def test_sides(tex, values, expected):
    """All sides are computed but the first where the claim defines it."""
    found = sides(tex, values)
    assert [None if side.value is None else np.ravel(side.value).tolist() for side in found] == [
        None if value is None else np.ravel(value).tolist() for value in expected
    ]


def test_span_of_a_side():
    """A side tells where it stands, and whether it is a numerical derivative."""
    tex = r"f'(x) = 1 - f(x)^2"
    first, second = sides(tex, {"x": 0.5}, {"f": np.tanh})
    assert tex[slice(*first.span)] == "f'(x)"
    assert (first.numerical, second.numerical) == (True, False)
    assert second == Side((8, 18), pytest.approx(1 - math.tanh(0.5) ** 2), False)


def test_value_of_a_claim_is_that_of_its_first_computed_side():
    """What is defined has no value; the side after it has."""
    assert evaluate(r"\pi \approx 3.14", {}) == math.pi
    assert evaluate(r"E = \pi \approx 3.14", {}) == math.pi


@pytest.mark.parametrize(
    ("tex", "values", "message", "at"),
    [
        ("x = x + 1", {"x": 1}, r"1 = 2 does not hold", 4),
        ("E = x = 2", {"x": 1}, r"1 = 2 does not hold", 8),
        ("1 < E", {}, "E is not given", 4),
        ("E < 1", {}, "`E` is not given, and cannot be compared", 0),
        ("E = E + 1", {}, "E is not given", 4),
        (r"E + 1 = 2", {}, "E is not given", 0),
        (r"1 = \frac{\partial E}{\partial w}", {"w": 1}, "what E depends on is not given", 4),
        (r"x + 1 \leftarrow 2", {"x": 1}, r"needs a name on its left", 6),
        (
            r"\begin{aligned} E &= x \\ F &= 2 \end{aligned}",
            {"x": 1},
            "of different values",
            31,
        ),
    ],
)
def test_claims_that_are_refused(tex, values, message, at):
    """Sides that differ, and unknown names anywhere but first, are refused with their place."""
    error = refused(tex, values)
    assert message in error.message
    assert error.position == at


@pytest.mark.parametrize(
    ("tex", "values"),
    [
        (r"\sum_{i=1}^{10^9} i", {}),
        (r"\sum_{i=1}^{n} \sum_{j=1}^{n} \sum_{k=1}^{n} 1", {"n": 5000}),
        (r"\prod_{i=1}^{10^{300}} 1", {}),
        (r"\max_{1 \le i \le 10^{12}} i", {}),
        (r"\sum_{i=1}^{10^9} x", {"x": np.ones(1_000_000)}),
        (r"\sum_{i=1}^{10^9} u^\top A u", {"u": np.ones(900), "A": np.ones((900, 900))}),
        (r"\sum_{i=1}^{10^9} f(1)", {}),
    ],
)
def test_endless_sums_are_refused(tex, values, monkeypatch):
    """What would take hours is given up after a number of steps, which large arrays count for."""
    monkeypatch.setattr(evaluator, "MAX_STEPS", 50_000)
    functions = {"f": lambda x: x} if "f" in tex else None
    assert "it takes more than 50,000 steps" in refused(tex, values, functions).message


def test_long_sums_are_computed():
    """A sum over a data set of some thousand numbers is well within what is allowed."""
    values = {"m": 300, "n": 100, "y": np.ones((300, 100)), "p": np.full((300, 100), 0.5)}
    tex = r"-\sum_{i=1}^{m} \sum_{j=1}^{n} y_{ij} \ln p_{ij}"
    assert evaluate(tex, values) == pytest.approx(30_000 * math.log(2))


def test_outer_products_that_fill_the_memory_are_refused():
    """An outer product is refused before it is made."""
    error = refused(r"u u^\top", {"u": np.ones(100_000)})
    assert "too large" in error.message


def test_depth_is_refused():
    """A formula nested too deeply to be computed is an error like any other."""
    refused("(" * 3000 + "1" + ")" * 3000)
    refused(r"\sqrt{" * 3000 + "1" + "}" * 3000)


def test_stack_that_is_nearly_full():
    """Where Python's stack ends within a formula, that is an error of the formula."""

    def below(depth):
        return below(depth - 1) if depth else refused(r"\sqrt{" * 20 + "1" + "}" * 20)

    frames, frame = 0, inspect.currentframe()
    while frame:
        frames, frame = frames + 1, frame.f_back
    assert "nested too deeply" in below(sys.getrecursionlimit() - frames - 70).message


def test_warnings_and_settings_of_numpy_are_left_alone():
    """A formula neither warns nor changes how NumPy treats errors."""
    before = np.geterr()
    refused(r"\ln 0")
    evaluate("e^{-1000}", {})
    assert np.geterr() == before


NUMBERS = st.one_of(
    st.integers(-3, 5),
    st.floats(allow_nan=True),
    st.booleans(),
    st.none(),
    st.text(max_size=2),
)
JSON = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=3), max_leaves=8)
KEYS = st.sampled_from(["x", "y", "w", "i", "j", "n", "A", "W", "e", "pi", "alpha", "E", "dE/dw"])
PIECES = st.sampled_from(
    (
        *("x", "y", "w", "A", "W", "i", "j", "n", "e", "E", "f", "0", "1", "2", "9", "0.5"),
        *("+", "-", "=", "<", "(", ")", "{", "}", "^", "_", ",", "/", "[", "]", "'", "|", "&"),
        *(r"\frac", r"\sum_{i=1}^{n}", r"\sum_i", r"\prod_{j=1}^{3}", r"\max_j", r"\ln", r"\exp"),
        *(r"\cdot", r"\odot", r"\times", r"\top", r"^\top", "_i", "_{ij}", "^{(i)}", "^{-1}"),
        *(r"\sqrt", r"\left(", r"\right)", r"\lVert", r"\rVert", r"\frac{\partial E}{\partial w}"),
        *(r"\partial", r"\nabla", r"\leftarrow", r"\le", r"\approx", r"\begin{cases}", r"\\"),
        *(r"\end{cases}", r"\text{if}", r"\hat", r"\alpha", r"\circ", r"\lfloor", r"\rfloor"),
    )
)
TEX = st.one_of(
    st.text(max_size=30),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(tex=TEX, values=st.dictionaries(KEYS, JSON, max_size=5), given_function=st.booleans())
def test_any_text_has_a_value_or_an_error(tex, values, given_function):
    """Whatever is asked, the answer is finite numbers or a FormulaError."""
    functions = {"f": NAMED["softmax"]} if given_function else {}
    dependent = {"E": lambda w: w * w} if "w" in values else {}
    result, fault = (), None
    try:
        result = evaluate(tex, values, functions, dependent, allow_unused=True)
    except FormulaError as error:
        fault = error
    parts = result if isinstance(result, tuple) else (result,)
    assert all(np.isfinite(part).all() for part in parts)
    assert fault is None or str(fault)
    assert fault is None or fault.position is None or 0 <= fault.position <= len(tex)


def test_formulas_over_examples():
    """A matrix of examples, one in each row, needs no orientation of its own."""
    x, w, y = [[1, 2], [3, 4], [5, 6]], [1, 1], [1, 2, 3]
    error = r"E = \frac{1}{2m} \sum_{i=1}^m (x^{(i)} w - y_i)^2"
    assert evaluate(error, {"x": x, "w": w, "y": y, "m": 3}) == pytest.approx(93 / 6)
    mean = r"\frac{1}{m} \sum_{i=1}^m \sigma(W x^{(i)} + b)"
    found = evaluate(mean, {"x": x, "W": w, "b": -3, "m": 3}, {"sigma": NAMED["square"]})
    assert found == pytest.approx((0 + 16 + 64) / 3)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        ("u v", "several ways"),
        ("x^{(i)} x^{(j)}", "several ways"),
        ("(A x^{(i)}) x^{(j)}", "several ways"),
        ("u x^{(i)} v", "the order counts"),
        ("x^{(i)} u v", "the order counts"),
        (r"u^\top x^{(i)} v", "the order counts"),
        (r"u \cdot v \cdot u", "the order counts"),
        (r"2 \cdot u \cdot v \cdot u", "the order counts"),
        (r"u \cdot v / 2 \cdot u", "the order counts"),
        (r"u \cdot v \times u", "the order counts"),
        (r"u^\top v \cdot u", "the order counts"),
        (r"u^\top + v", "shapes differ"),
        ("u(i)", "write `u_{i}`"),
        ("2 u(3)", "write `u_{3}`"),
    ],
)
def test_products_of_vectors_that_are_refused(tex, message):
    """What gives another value in another order, or for another reader, is refused."""
    values = {"A": [[1, 0], [0, 1]], "x": [[1, 2], [3, 4]], "u": [1, 2], "v": [3, 5]}
    with pytest.raises(FormulaError) as caught:
        evaluate(tex, values | {"i": 1, "j": 2}, allow_unused=True)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"(u \cdot v) \cdot u", [13, 26]),
        (r"2 \cdot u \cdot v", 26),
        (r"u \cdot v \cdot 2", 26),
        (r"u^\top v u", [13, 26]),
        (r"\frac{u \cdot v}{2} \cdot u", [6.5, 13]),
        (r"u (a + 1)", [3, 6]),
        (r"a (a)", 4),
        (r"(u + v) (a)", [8, 14]),
    ],
)
def test_products_of_vectors_that_are_clear(tex, expected):
    """Brackets tell the order, and numbers have none."""
    values = {"u": [1, 2], "v": [3, 5], "a": 2}
    np.testing.assert_allclose(evaluate(tex, values, allow_unused=True), expected)
