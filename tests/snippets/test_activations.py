"""Activations: known values, extremes, and slopes against numerical derivatives."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets import activations as act

PAIRS = {
    "relu": (act.relu, act.relu_slope),
    "sigmoid": (act.sigmoid, act.sigmoid_slope),
    "tanh": (act.tanh, act.tanh_slope),
}
EXTREMES = np.array([-np.inf, -1000.0, -1e-300, -0.0, 0.0, 1e-300, 1000.0, np.inf])
GRID = np.linspace(-6, 6, 48)  # even, so that it stays off the kink of ReLU at 0


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (act.relu, [0, 0, 0, 0, 0, 1e-300, 1000, np.inf]),
        (act.sigmoid, [0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1]),
        (act.tanh, [-1, -1, -1e-300, 0, 0, 1e-300, 1, 1]),
    ],
)
def test_extremes_are_exact_and_silent(
    f: Callable[[np.ndarray], np.ndarray], expected: list[float]
) -> None:
    """At 1000 and at infinity the limits come out, without overflow and without nan."""
    with np.errstate(all="raise", under="ignore"):  # exp(-1000) may and should become 0
        np.testing.assert_array_equal(f(EXTREMES), expected)


@pytest.mark.parametrize(("f", "slope"), PAIRS.values(), ids=PAIRS)
def test_slopes_of_extremes_are_flat_where_saturated(
    f: Callable[[np.ndarray], np.ndarray], slope: Callable[[np.ndarray], np.ndarray]
) -> None:
    """Far to the left every slope is 0; to the right sigmoid and tanh are flat, ReLU is not."""
    left, right = slope(f(np.array([-1000.0, 1000.0])))
    assert left == 0
    assert right == (1 if f is act.relu else 0)


def test_relu_keeps_what_is_positive() -> None:
    """Negative inputs become 0, others pass; the slope is 0 up to the kink and 1 after it."""
    x = np.array([-1.0, 0.0, 0.5, 2.0])
    np.testing.assert_array_equal(act.relu(x), [0, 0, 0.5, 2])
    np.testing.assert_array_equal(act.relu_slope(act.relu(x)), [0, 0, 1, 1])


def test_sigmoid_has_its_known_values() -> None:
    """The sigmoid of ln k is k / (k + 1), for small and large odds."""
    odds = np.array([1e-9, 0.25, 1.0, 3.0, 1e9])
    np.testing.assert_allclose(act.sigmoid(np.log(odds)), odds / (odds + 1), rtol=1e-14)


def test_sigmoid_is_symmetric() -> None:
    """The chances of yes and of no add up to 1."""
    np.testing.assert_allclose(act.sigmoid(GRID) + act.sigmoid(-GRID), 1, rtol=1e-15)


def test_tanh_is_a_stretched_sigmoid() -> None:
    """tanh(x) = 2 sigmoid(2 x) - 1."""
    np.testing.assert_allclose(act.tanh(GRID), 2 * act.sigmoid(2 * GRID) - 1, atol=1e-15)


@pytest.mark.parametrize(("f", "slope"), PAIRS.values(), ids=PAIRS)
def test_slopes_are_those_of_the_functions(
    gradient_error: Callable[..., float],
    f: Callable[[np.ndarray], np.ndarray],
    slope: Callable[[np.ndarray], np.ndarray],
) -> None:
    """Each slope from the output agrees with a numerical derivative by the input."""
    assert gradient_error(f, GRID, np.diag(slope(f(GRID)))) < 1e-9


@pytest.mark.parametrize(
    ("slope", "steepest"), [(act.relu_slope, 1.0), (act.sigmoid_slope, 0.25), (act.tanh_slope, 1.0)]
)
def test_the_steepest_slopes_are_a_quarter_and_one(
    slope: Callable[[np.ndarray], np.ndarray], steepest: float
) -> None:
    """Over all possible outputs the sigmoid never exceeds 0.25, the others never 1."""
    outputs = np.linspace(-1, 1, 2001) if slope is act.tanh_slope else np.linspace(0, 1, 2001)
    assert slope(outputs).max() == steepest


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        pytest.param("relu", lambda y: y * (y > 0), id="ReLU: output times mask"),
        pytest.param("relu", lambda y: np.ones_like(y), id="ReLU: no mask"),
        pytest.param("sigmoid", lambda y: 1 - y, id="sigmoid: half of the product"),
        pytest.param("sigmoid", lambda y: 1 - y**2, id="sigmoid: slope of tanh"),
        pytest.param("tanh", lambda y: 1 - y, id="tanh: no square"),
        pytest.param("tanh", lambda y: y * (1 - y), id="tanh: slope of sigmoid"),
    ],
)
def test_the_check_rejects_wrong_slopes(
    gradient_error: Callable[..., float], name: str, wrong: Callable[[np.ndarray], np.ndarray]
) -> None:
    """Usual slips, the table's ReLU row among them, are far off."""
    f, _ = PAIRS[name]
    assert gradient_error(f, GRID, np.diag(wrong(f(GRID)))) > 0.1
