"""Numerical derivatives, against complex steps and derivatives that are known."""

import math
from itertools import product

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation import numerical

SMOOTH = {
    "sin": np.sin,
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "rational": lambda x: (x**3 - 2 * x) / (1 + x**2),
    "wave": lambda x: np.exp(-(x**2)) * np.cos(5 * x),
}
POINTS = (-2.9, -1.0, -0.3, 1e-3, 0.4, 1.7, 3.0)


@pytest.mark.parametrize(("name", "at"), list(product(SMOOTH, POINTS)))
def test_derivative_equals_the_complex_step(name, at):
    """A derivative of a smooth function has nine right digits and more."""
    exact = np.imag(SMOOTH[name](at + 1e-30j)) / 1e-30
    assert numerical.derivative(SMOOTH[name], at) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("at", [1e-8, 1e-4, 0.03, 1.0, 250.0, 1e6])
@pytest.mark.parametrize(
    ("function", "exact"),
    [
        (math.log, lambda x: 1 / x),
        (math.sqrt, lambda x: 0.5 / math.sqrt(x)),
        (lambda x: 1 / x, lambda x: -1 / x**2),
        (lambda x: x**-1.5, lambda x: -1.5 * x**-2.5),
    ],
)
def test_step_is_short_beside_a_small_number_and_long_beside_a_large_one(function, exact, at):
    """A function of positive numbers is differentiated next to 0 too, and far from it."""

    def positive(x):
        if x <= 0:
            raise FormulaError("not positive")
        return function(x)

    assert numerical.derivative(positive, at) == pytest.approx(exact(at), rel=1e-9)


@pytest.mark.parametrize("at", [0.0, 1.5])
def test_derivative_that_is_0(at):
    """Where a function is flat the derivative is 0, however large the function is."""
    assert numerical.derivative(lambda x: (x - at) ** 5, at) == pytest.approx(0, abs=1e-10)
    assert numerical.derivative(lambda x: 1000.0, at) == 0


@pytest.mark.parametrize(
    "function",
    [
        abs,
        lambda x: max(x, 0.0),
        lambda x: 5 + max(x, 0.01 * x),
        lambda x: float(x >= 0),
        lambda x: math.copysign(math.sqrt(abs(x)), x),
    ],
    ids=["abs", "relu", "leaky", "step", "root"],
)
def test_no_derivative_at_a_kink(function):
    """Where the slopes to both sides differ there is none, and no mean of the two."""
    with pytest.raises(FormulaError, match="no derivative at 0"):
        numerical.derivative(function, 0.0)


@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6])
def test_derivative_beside_a_kink(distance):
    """A kink within the first step does not show in the derivative beside it."""
    assert numerical.derivative(lambda x: max(x, 0.0), distance) == pytest.approx(1, rel=1e-9)
    assert numerical.derivative(lambda x: max(x, 0.0), -distance) == 0


def test_error_of_the_function_is_told():
    """What is undefined on one side at every step has no derivative, for the function's reason."""

    def upwards(x):
        if x < 0:
            raise FormulaError("nothing below 0")
        return x**2

    with pytest.raises(FormulaError, match="nothing below 0"):
        numerical.derivative(upwards, 0.0)


def test_infinite_values_are_refused():
    """A function that is not finite around a point has no derivative there."""
    with pytest.raises(FormulaError, match="not finite near 1"):
        numerical.derivative(lambda x: math.inf, 1.0)


@pytest.mark.parametrize("at", POINTS)
def test_second_derivative(at):
    """Second derivatives have seven right digits and more."""
    s = 1 / (1 + math.exp(-at))
    found = numerical.second_derivative(SMOOTH["sigmoid"], at)
    assert found == pytest.approx(s * (1 - s) * (1 - 2 * s), rel=1e-7)
    assert numerical.second_derivative(np.sin, at) == pytest.approx(-math.sin(at), rel=1e-7)


def test_gradient_has_the_shape_of_the_array():
    """The derivative by an array holds that by each entry, in its place."""
    weights = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]])
    scale = np.arange(6.0).reshape(2, 3)
    found = numerical.gradient(lambda w: float((scale * w**2).sum()), weights)
    np.testing.assert_allclose(found, 2 * scale * weights, rtol=1e-9, atol=1e-12)
    assert weights[0, 0] == 1.0


def test_gradient_by_layers():
    """The derivative by several arrays is one for each, the others held still."""
    first, second = np.array([1.0, 2.0]), np.array([[0.5], [-1.5]])
    by_first, by_second = numerical.layer_gradients(
        lambda layers: float((layers[0] @ layers[1]).sum()), (first, second)
    )
    np.testing.assert_allclose(by_first, [0.5, -1.5], rtol=1e-9)
    np.testing.assert_allclose(by_second, [[1.0], [2.0]], rtol=1e-9)
