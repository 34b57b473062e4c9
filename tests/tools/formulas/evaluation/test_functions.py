"""The functions that formulas know."""

import math

import numpy as np
import pytest

from tools.formulas.evaluation.functions import NAMED, SEVERAL, STANDARD

POINTS = (-30.0, -1.5, -0.25, 0.0, 0.5, 2.0, 30.0)

BY_HAND = {
    "identity": lambda x: x,
    "abs": math.fabs,
    "sign": lambda x: (x > 0) - (x < 0),
    "square": lambda x: x * x,
    "exp": math.exp,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: x if x > 0 else 0,
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "elu": lambda x: x if x > 0 else math.exp(x) - 1,
    "silu": lambda x: x / (1 + math.exp(-x)),
    "softplus": lambda x: math.log(1 + math.exp(x)),
    "step": lambda x: 1 if x >= 0 else 0,
}


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_named_function_equals_its_definition(name):
    """A function that may be named is what the standard library makes of it, entry by entry."""
    expected = [BY_HAND[name](x) for x in POINTS]
    with np.errstate(all="raise"):
        np.testing.assert_allclose(NAMED[name](np.array(POINTS)), expected, rtol=1e-12, atol=1e-15)
        for x, y in zip(POINTS, expected, strict=True):
            assert float(NAMED[name](np.float64(x))) == pytest.approx(y, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", ["sqrt", "ln", "log"])
def test_named_function_of_positive_numbers(name):
    """Root and logarithms are those of the standard library."""
    definition = math.sqrt if name == "sqrt" else math.log
    points = np.array([0.01, 1.0, 7.5])
    np.testing.assert_allclose(NAMED[name](points), [definition(x) for x in points], rtol=1e-15)


def test_softmax_is_along_the_last_axis():
    """Softmax and its logarithm take each row by itself."""
    z = [[0.0, math.log(3)], [math.log(4), 0.0]]
    expected = [[0.25, 0.75], [0.8, 0.2]]
    np.testing.assert_allclose(NAMED["softmax"](np.array(z)), expected, rtol=1e-14)
    np.testing.assert_allclose(NAMED["log_softmax"](np.array(z)), np.log(expected), rtol=1e-14)


def test_large_numbers_do_not_overflow():
    """Sigmoid, softplus and softmax are right where exp is not a finite number."""
    with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
        assert NAMED["sigmoid"](np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]
        assert NAMED["softplus"](np.array([-1000.0, 1000.0])).tolist() == [0.0, 1000.0]
        assert NAMED["softmax"](np.array([1000.0, 0.0])).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_of_a_number_is_refused(name):
    """The softmax of one number would be 1, and is a mistake."""
    with pytest.raises(ValueError, match="it needs a vector"):
        NAMED[name](np.float64(1))


@pytest.mark.parametrize("name", sorted(STANDARD.keys() - SEVERAL.keys()))
def test_standard_function_equals_its_definition(name):
    """A function that needs no giving is what the standard library makes of it."""
    by_others = {
        "ln": math.log,
        "cot": lambda x: math.cos(x) / math.sin(x),
        "sec": lambda x: 1 / math.cos(x),
        "csc": lambda x: 1 / math.sin(x),
        "arcsin": math.asin,
        "arccos": math.acos,
        "arctan": math.atan,
        "coth": lambda x: math.cosh(x) / math.sinh(x),
    }
    definition = by_others.get(name) or getattr(math, name)
    for x in (0.1, 0.7):
        assert STANDARD[name](x) == pytest.approx(definition(x), rel=1e-13)


def test_largest_and_smallest_of_several():
    """The largest and the smallest of several arguments are taken entry by entry."""
    arrays = np.array([1.0, 5.0]), np.array([3.0, 2.0]), 2.5
    assert SEVERAL["max"](*arrays).tolist() == [3.0, 5.0]
    assert SEVERAL["min"](*arrays).tolist() == [1.0, 2.0]
