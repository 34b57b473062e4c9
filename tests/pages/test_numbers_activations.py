"""The figures of docs/networks/activations.md that are known from elsewhere."""

import numpy as np
import pytest

from snippets import activations


def test_ten_sigmoids_in_a_row() -> None:
    """The largest slope to the tenth power is below one millionth."""
    largest = activations.sigmoid_slope(activations.sigmoid(np.array(0.0)))
    assert largest**10 < 1e-6


def test_ends_of_the_range_in_floating_point() -> None:
    """The sigmoid of 37 is exactly 1; that of 36 is not."""
    assert activations.sigmoid(np.array([36.0, 37.0])).tolist()[1] == 1
    assert activations.sigmoid(np.array(36.0)) < 1


def test_traps() -> None:
    """The plain sigmoid overflows at -1000; the product form of ReLU is nan at -inf."""
    with np.errstate(over="ignore"):
        assert np.exp(np.float64(1000)) == np.inf
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        np.exp(np.float64(1000))
    with np.errstate(invalid="ignore"):
        x = np.array(-np.inf)
        assert np.isnan((x > 0) * x)
    assert activations.relu(np.array(-np.inf)) == 0


def test_largest_slopes(captured) -> None:
    """They are 1, a quarter and 1."""
    slopes = [captured[f"largest_slope.{name}"] for name in ("relu", "sigmoid", "tanh")]
    assert slopes == [1, 0.25, 1]


def test_first_exercise(captured) -> None:
    """At plus and minus 3.64 the slope is 0.025, a tenth of the largest."""
    assert captured["tenth.slope"] == 0.025
    assert captured["tenth.at"] == pytest.approx(3.637, abs=5e-4)
    slope = activations.sigmoid_slope(activations.sigmoid(np.array([-3.637, 3.637])))
    assert slope == pytest.approx([0.025, 0.025], rel=1e-3)


def test_second_exercise() -> None:
    """The hyperbolic tangent is twice the sigmoid of twice x, less one."""
    x = np.linspace(-3, 3, 13)
    assert activations.tanh(x) == pytest.approx(2 * activations.sigmoid(2 * x) - 1)


def test_third_exercise(captured) -> None:
    """By hand, an input of 2 taken for an output gives 2 (1 - 2); right is what calculus has."""
    assert captured["slope_at_2.wrong"] == 2 * (1 - 2)
    assert captured["slope_at_2.right"] == pytest.approx(np.exp(-2) / (1 + np.exp(-2)) ** 2)
