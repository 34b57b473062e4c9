"""Calls of functions."""

import math

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation.arrays import row
from tools.formulas.evaluation.evaluate import evaluate
from tools.formulas.evaluation.functions import NAMED


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\ln x", math.log(0.4)),
        (r"\log x", math.log(0.4)),
        (r"\log_2 x", math.log2(0.4)),
        (r"\log_{10} x", math.log10(0.4)),
        (r"\log_3 x", math.log(0.4) / math.log(3)),
        (r"\sin^2 x", math.sin(0.4) ** 2),
        (r"\sin x^2", math.sin(0.16)),
        (r"f(x)^2", math.exp(0.8)),
        (r"f(x) x", 0.4 * math.exp(0.4)),
        (r"(f \circ g)(x)", math.exp(math.sin(0.4))),
        (r"(g \circ f)(x)", math.sin(math.exp(0.4))),
        (r"f(g(x))", math.exp(math.sin(0.4))),
        (r"\max(x, 1 - x)", 0.6),
        (r"h(x, 2)", 1.6),
    ],
)
def test_calls(tex, expected):
    """A function is applied to its arguments, whole."""
    functions = {"f": math.exp, "g": np.sin, "h": lambda a, b: 4 * a if b == 2 else None}
    found = evaluate(tex, {"x": 0.4}, functions, allow_unused=True)
    assert found == pytest.approx(expected, rel=1e-14)


def test_given_function_wins_over_a_standard_one():
    """A function that is given under a standard name is the one that is used."""
    assert evaluate(r"\tanh(x)", {"x": 1}, {"tanh": lambda x: x + 1}) == 2
    with pytest.raises(FormulaError, match="log is given as a function, which has no base"):
        evaluate(r"\log_2(x)", {"x": 1}, {"log": lambda x: x + 1})
    with pytest.raises(FormulaError, match="not contain"):
        evaluate(r"\ln(x)", {"x": 1}, {"tanh": lambda x: x + 1})


def test_result_lies_as_the_argument():
    """A function of each entry leaves a row a row."""
    assert evaluate("f(x) w", {"x": row([1, 2]), "w": [3, 4]}, {"f": lambda x: 2 * x}) == 22
    assert evaluate(r"f(u^\top) v", {"u": [1, 2], "v": [3, 4]}, {"f": lambda x: 2 * x}) == 22


def test_function_may_overflow_on_its_way():
    """Only what a function returns must be finite, not what it computes on the way."""

    def careless(x):
        return np.where(x > 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

    found = evaluate("f(x)", {"x": [-1000, 1000]}, {"f": careless})
    np.testing.assert_array_equal(found, [0, 1])


def test_function_cannot_change_a_value():
    """A function that writes into its argument writes into a copy."""

    def careless(x):
        x[0] = 9
        return x

    assert evaluate("f(x)_1 + x_1", {"x": [1, 2]}, {"f": careless}) == 10


def test_function_gets_layers():
    """A given function may take all layers."""
    layers = ([1, 2], [3])
    assert evaluate("f(W)", {"W": layers}, {"f": lambda w: w[0].sum() + w[1].sum()}) == 6


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: 1 / 0, "f fails: division by zero"),
        (lambda x: x.nothing, "f fails: 'float' object has no attribute"),
        (lambda x: (_ for _ in ()).throw(KeyError()), "f fails: KeyError"),
        (lambda x, y: x, "f does not take 1 argument"),
        (lambda x: None, "what f returns must be a number"),
        (lambda x: math.inf, "what f returns must be finite"),
        (lambda x: 1j, "what f returns must be a number"),
        (lambda x: x > 0, "what f returns must be a number"),
        (lambda x: [], "what f returns is empty"),
        (math.log, "f fails: (math domain error|expected a positive)"),
    ],
)
def test_function_that_fails_is_told_by_name(function, message):
    """Whatever a given function raises or returns, the error is a FormulaError at its call."""
    with pytest.raises(FormulaError, match=message) as caught:
        evaluate("1 + f(x)", {"x": -1}, {"f": function})
    assert caught.value.position == 4


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\max(x)", "two or more"),
        (r"\ln(x, x)", "one argument"),
        (r"1 + q(x)", "`q` is not given as a function"),
        (r"f(q)", "q is not given"),
        (r"\log_2(x, x)", "of 2 numbers"),
        (r"f'(x, x)", "a function of 2 arguments"),
        (r"f(x, x)", "f does not take 2 arguments"),
        (r"\operatorname{sigmoid}(x, x)", "sigmoid does not take 2 arguments"),
        (r"\operatorname{unheard}(x)", "the function unheard is not given"),
        (r"f'(x) + v'(x)", "a function that returns a vector of 2"),
        (r"(f \circ 2)(x)", "a function on both sides"),
        (r"f + 1", "`f` is a function"),
        (r"q(x)^2 = x", "the function q is not given"),
    ],
)
def test_calls_that_are_refused(tex, message):
    """A function needs its arguments, and to be known."""
    functions = {"f": math.exp, "v": lambda x: [x, x]}
    with pytest.raises(FormulaError) as caught:
        evaluate(tex, {"x": 1}, functions, allow_unused=True)
    assert caught.value.position is not None
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        (r"\operatorname{softmax}(\mathbf{z})_j", {"z": [0, math.log(3)], "j": 2}, 0.75),
        (r"\mathrm{softmax}(z)", {"z": [0, math.log(3)]}, [0.25, 0.75]),
        (r"\text{relu}(z)", {"z": [-1, 2]}, [0, 2]),
        (r"\operatorname{relu}'(z)", {"z": [-1, 2]}, [0, 1]),
        (r"(\exp \circ \operatorname{relu})(z)", {"z": -1}, 1),
        (r"\operatorname{relu}(z) = \max(z, 0)", {"z": [-1, 2]}, [0, 2]),
        (r"\operatorname{step}(z)", {"z": 2, "step": 5}, 10),
    ],
)
def test_functions_that_a_word_names(tex, values, expected):
    """A word is known without being given, but what is given under it wins."""
    found = evaluate(tex, values)
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_given_function_wins_over_a_word():
    """A function that is given under a word that is known is the one that is called."""
    assert evaluate(r"\operatorname{relu}(z)", {"z": -2}, {"relu": abs}) == 2
    with pytest.raises(FormulaError, match="does not hold"):
        evaluate(r"\operatorname{relu}(z) = \min(0, z)", {"z": -2})


def test_two_arguments_do_not_overwrite_one():
    """A function of NumPy's would write into a second argument, and is given one only."""
    for function in (np.tanh, np.square, NAMED["sigmoid"]):
        with pytest.raises(FormulaError, match="does not take 2 arguments"):
            evaluate("f(x, y)", {"x": [1, 2], "y": [3, 4]}, {"f": function})
    assert evaluate("f(x, y)", {"x": 2, "y": 3}, {"f": np.power}) == 8
