"""Logistic regression: known values, extremes, the gradient, and where descent ends or does not.

Weights and bias are checked together, as one vector with the bias last.
"""

from collections.abc import Callable

import numpy as np
import pytest

from snippets import logistic_regression as logistic
from snippets.cross_entropy import binary_cross_entropy
from snippets.logistic_regression import CAUGHT, MORNINGS

AT = np.array([0.7, -0.4, 0.3])  # neither a start nor an end


def loss(wb: np.ndarray, x: np.ndarray = MORNINGS, y: np.ndarray = CAUGHT) -> float:
    """Return the snippet's error at weights and bias."""
    return logistic.error(wb[:-1], wb[-1], x, y)


def textbook_loss(wb: np.ndarray, x: np.ndarray = MORNINGS, y: np.ndarray = CAUGHT) -> np.ndarray:
    """Return the sum as the page has it, which takes complex numbers but not large logits."""
    p = 1 / (1 + np.exp(-(x @ wb[:-1] + wb[-1])))
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def slopes(wb: np.ndarray, x: np.ndarray = MORNINGS, y: np.ndarray = CAUGHT) -> np.ndarray:
    """Return the snippet's gradient at weights and bias."""
    by_w, by_b = logistic.gradient(wb[:-1], wb[-1], x, y)
    return np.append(by_w, by_b)


def test_odds_become_probabilities() -> None:
    """Log-odds of ln k are a probability of k / (k + 1); on the boundary it is one half."""
    odds = np.array([[1e-9], [0.25], [1.0], [4.0], [1e9]])
    p = logistic.predict(np.array([1.0]), 0.0, np.log(odds))
    np.testing.assert_allclose(p, odds[:, 0] / (odds[:, 0] + 1), rtol=1e-14)
    boundary = np.array([[2.0, 1.0], [-3.0, -1.5], [10.0, 5.0]])  # x1 = 2 x2
    np.testing.assert_array_equal(logistic.predict(np.array([1.0, -2.0]), 0.0, boundary), 0.5)


def test_one_more_of_an_input_multiplies_the_odds() -> None:
    """With a weight of ln 3, a step of 1 triples the odds wherever it starts."""
    x = np.array([[-2.0, 7.0], [-1.0, 7.0], [4.0, 0.5], [5.0, 0.5]])
    p = logistic.predict(np.array([np.log(3.0), 0.2]), -1.0, x)
    odds = p / (1 - p)
    assert odds[1] / odds[0] == pytest.approx(3)
    assert odds[3] / odds[2] == pytest.approx(3)


def test_knowing_nothing_costs_ln_2_a_morning() -> None:
    """Without weights every answer is one half, and the costs add up, they are not averaged."""
    assert loss(np.zeros(3)) == pytest.approx(16 * np.log(2), rel=1e-15)
    assert loss(np.zeros(3), MORNINGS[:1], CAUGHT[:1]) == pytest.approx(np.log(2), rel=1e-15)


@pytest.mark.parametrize("scale", [-3.0, 0.01, 1.0, 4.0])
def test_from_logits_it_is_the_same_cross_entropy(scale: float) -> None:
    """Where no probability is rounded to 0 or 1, both ways lead to the same number."""
    p = logistic.predict(scale * AT[:2], scale * AT[2], MORNINGS)
    assert loss(scale * AT) == pytest.approx(binary_cross_entropy(CAUGHT, p), rel=1e-11)
    assert loss(scale * AT) == pytest.approx(textbook_loss(scale * AT), rel=1e-11)


@pytest.mark.parametrize(
    ("z", "y", "p", "cost"), [(1000, 1, 1, 0), (1000, 0, 1, 1000), (-1000, 1, 0, 1000)]
)
def test_extremes_are_exact_and_silent(z: float, y: float, p: float, cost: float) -> None:
    """Logits of 1000 neither overflow nor meet the logarithm of 0; the textbook's do."""
    w, x, target = np.array([1.0]), np.array([[float(z)]]), np.array([float(y)])
    with np.errstate(all="raise", under="ignore"):
        assert logistic.predict(w, 0.0, x) == p
        assert logistic.error(w, 0.0, x, target) == cost
        assert logistic.gradient(w, 0.0, x, target)[1] == p - y
    with np.errstate(all="ignore"):
        assert textbook_loss(np.array([1.0, 0.0]), x, target) != cost


def test_the_gradient_of_one_example_by_hand() -> None:
    """At odds of 3 to 1 a yes misses 1 by a quarter, a no misses 0 by three."""
    w, b, x = np.array([np.log(3.0), 0.0]), 0.0, np.array([[1.0, -8.0]])
    by_w, by_b = logistic.gradient(w, b, x, np.array([1.0]))
    assert by_w == pytest.approx([-0.25, 2.0])
    assert by_b == pytest.approx(-0.25)
    by_w, by_b = logistic.gradient(w, b, x, np.array([0.0]))
    assert by_w == pytest.approx([0.75, -6.0])
    assert by_b == pytest.approx(0.75)


@pytest.mark.parametrize("i", range(16))
def test_the_gradient_of_each_morning_is_exact(
    gradient_error_exact: Callable[..., float], i: int
) -> None:
    """For one example -(y - p) x, and -(y - p) for the bias, up to the last digits."""
    x, y = MORNINGS[i : i + 1], CAUGHT[i : i + 1]
    at = AT / 5  # small logits: at large ones it is the textbook's 1 - p that loses digits
    assert gradient_error_exact(lambda wb: textbook_loss(wb, x, y), at, slopes(at, x, y)) < 1e-15
    claimed = -(y - logistic.predict(at[:2], at[2], x)) * np.append(x[0], 1)
    np.testing.assert_array_equal(slopes(at, x, y), claimed)


@pytest.mark.parametrize("at", [np.zeros(3), AT, -AT, np.array([1.74, -1.55, 0.37])])
def test_the_gradient_is_that_of_the_error(
    gradient_error: Callable[..., float],
    gradient_error_exact: Callable[..., float],
    at: np.ndarray,
) -> None:
    """The summed gradient agrees with complex steps, and with differences of the stable form."""
    assert np.abs(slopes(at)).max() > 1e-3
    assert gradient_error_exact(textbook_loss, at, slopes(at)) < 1e-12
    assert gradient_error(loss, at, slopes(at)) < 1e-6


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda y, p, x: (y - p) @ x, id="target minus prediction"),
        pytest.param(lambda y, p, x: (p - y) @ x / len(y), id="mean for sum"),
        pytest.param(lambda y, p, x: ((p - y) * p * (1 - p)) @ x, id="the slope not cancelled"),
        pytest.param(lambda y, p, x: ((1 - y) * p) @ x, id="first term of the sum alone"),
        pytest.param(lambda y, p, x: ((p >= 0.5) - y) @ x, id="step for sigmoid"),
        pytest.param(lambda y, p, x: (p - y) @ x / np.log(2), id="logarithm to base 2"),
    ],
)
def test_the_check_rejects_wrong_gradients(
    gradient_error_exact: Callable[..., float],
    wrong: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """Usual slips are far off, the sum that covers one term of two among them."""
    p = logistic.predict(AT[:2], AT[2], MORNINGS)
    claimed = wrong(CAUGHT, p, np.column_stack([MORNINGS, np.ones(16)]))
    assert gradient_error_exact(textbook_loss, AT, claimed) > 0.1


def test_a_step_by_hand() -> None:
    """At odds of 3 to 1 a yes misses by a quarter; the step adds 0.4 of that times the input."""
    x, y = np.array([[1.0, -8.0]]), np.array([1.0])
    before = np.array([np.log(3.0), 0.0])
    w, b = logistic.step(before, 0.0, x, y, alpha=0.4)
    np.testing.assert_allclose(w, [np.log(3.0) + 0.1, -0.8], rtol=1e-15)
    assert b == pytest.approx(0.1)
    np.testing.assert_array_equal(before, [np.log(3.0), 0.0])


def test_the_first_update_by_hand() -> None:
    """From zero all predictions are one half: the step is 0.2 times the mean of (y - 1/2) x."""
    w, b = logistic.fit(MORNINGS, CAUGHT, steps=1)
    caught, missed = MORNINGS[8:].sum(axis=0), MORNINGS[:8].sum(axis=0)
    np.testing.assert_allclose(w, 0.2 / 16 * (caught - missed) / 2, rtol=1e-14)
    assert b == 0
    _, b = logistic.fit(MORNINGS[:12], CAUGHT[:12], steps=1)  # eight missed, four caught
    assert b == pytest.approx(0.2 / 12 * (4 - 8) / 2)


def test_descent_ends_where_expectation_meets_count() -> None:
    """At the least error the probabilities add up to the buses caught, by each input as well."""
    w, b = logistic.fit(MORNINGS, CAUGHT, steps=10_000)
    p = logistic.predict(w, b, MORNINGS)
    assert p.sum() == pytest.approx(8, abs=1e-9)
    np.testing.assert_allclose(p @ MORNINGS, MORNINGS[8:].sum(axis=0), atol=1e-9)


def test_descent_and_newton_agree() -> None:
    """Newton's method, which uses second derivatives, arrives at the same weights."""
    inputs, wb = np.column_stack([MORNINGS, np.ones(16)]), np.zeros(3)
    for _ in range(12):
        p = logistic.predict(wb[:2], wb[2], MORNINGS)
        curvature = inputs.T @ (inputs * (p * (1 - p))[:, np.newaxis])
        wb = wb - np.linalg.solve(curvature, slopes(wb))
    w, b = logistic.fit(MORNINGS, CAUGHT, steps=10_000)
    np.testing.assert_allclose(np.append(w, b), wb, rtol=1e-8)


def test_swapping_the_labels_swaps_the_signs() -> None:
    """The chances of missing the bus are fitted by the opposite weights."""
    w, b = logistic.fit(MORNINGS, CAUGHT, steps=50)
    opposite_w, opposite_b = logistic.fit(MORNINGS, 1 - CAUGHT, steps=50)
    np.testing.assert_allclose(opposite_w, -w, rtol=1e-12)
    assert opposite_b == pytest.approx(-b, rel=1e-9)


def test_separable_examples_have_no_best_weights() -> None:
    """Without the two unlucky mornings every doubling of separating weights lowers the error."""
    x, y = np.delete(MORNINGS, [6, 7], axis=0), np.delete(CAUGHT, [6, 7])
    w, b = logistic.fit(x, y, steps=2000)
    assert ((x @ w + b > 0) == (y == 1)).all()
    errors = [loss(np.append(w, b) * 2.0**k, x, y) for k in range(6)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-3 < errors[0]
