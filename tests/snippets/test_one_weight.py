"""Gradient descent on one weight: the worked example, its limits, its derivative.

By hand: the update subtracts alpha * x**2 * (weight - y / x), so the distance from the best
weight 0.4 shrinks by the factor 1 - 4 * alpha in every step.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest

from snippets import one_weight

X, Y, BEST = 2.0, 0.8, 0.4


def distances(alpha: float, steps: int) -> list[float]:
    """Return how far the weight is from the best one, before and after each step."""
    weights = one_weight.descend(weight=0.5, x=X, y=Y, alpha=alpha, steps=steps)
    return [weight - BEST for weight in weights]


def test_twenty_steps_reach_the_known_weight() -> None:
    """The example of the page ends on the figures that were worked out for it."""
    weights = one_weight.descend(weight=0.5, x=X, y=Y, alpha=0.1, steps=20)
    assert len(weights) == 21
    assert weights[0] == 0.5
    assert weights[-1] == pytest.approx(0.4000036561584401, rel=1e-15)
    assert (weights[-2] * X - Y) ** 2 == pytest.approx(1.485277170987127e-10, rel=1e-9)


def test_each_step_keeps_six_tenths_of_the_distance() -> None:
    """At alpha = 0.1 the distance falls to 0.6 of itself, the error to 0.36."""
    path = distances(alpha=0.1, steps=20)
    errors = [one_weight.error(BEST + distance, X, Y) for distance in path]
    for before, after in pairwise(path):
        assert after / before == pytest.approx(0.6, rel=1e-9)
    for before, after in pairwise(errors):
        assert after / before == pytest.approx(0.36, rel=1e-9)


def test_a_quarter_lands_in_one_step() -> None:
    """A rate of 1 / x**2 jumps to the bottom of the bowl and stays."""
    assert distances(alpha=0.25, steps=3) == pytest.approx([0.1, 0, 0, 0], abs=1e-15)


def test_a_half_swings_for_ever() -> None:
    """A rate of 2 / x**2 throws the weight from one wall to the other at equal height."""
    assert distances(alpha=0.5, steps=1000)[-4:] == pytest.approx([-0.1, 0.1, -0.1, 0.1])


def test_a_little_more_than_a_half_diverges() -> None:
    """A rate of 0.51 makes each swing 4 % wider."""
    path = distances(alpha=0.51, steps=200)
    assert path[1] == pytest.approx(-0.104)
    assert abs(path[-1]) == pytest.approx(0.1 * 1.04**200)


@pytest.mark.parametrize("weight", [-1.0, 0.4001, 0.5, 3.0])
@pytest.mark.parametrize(("x", "y"), [(X, Y), (-0.7, 1.3)])
def test_the_derivative_is_that_of_the_error(
    gradient_error_exact: Callable[..., float], weight: float, x: float, y: float
) -> None:
    """error_derivative agrees with a numerical derivative of error."""
    claimed = one_weight.error_derivative(weight, x, y)
    assert gradient_error_exact(lambda w: one_weight.error(w, x, y), weight, claimed) < 1e-14


@pytest.mark.parametrize("weight", [-1.0, 0.5])
def test_the_check_rejects_a_forgotten_two(
    gradient_error_exact: Callable[..., float], weight: float
) -> None:
    """Printing the whole square but descending on half of it is caught as half wrong."""
    claimed = one_weight.error_derivative(weight, X, Y)
    assert gradient_error_exact(lambda w: (w * X - Y) ** 2, weight, claimed) == pytest.approx(0.5)


@pytest.mark.parametrize("weight", [-1.0, 0.5])
def test_the_check_rejects_a_forgotten_input(
    gradient_error_exact: Callable[..., float], weight: float
) -> None:
    """The bare miss, without the factor x, is no derivative by the weight."""
    miss = weight * X - Y
    assert gradient_error_exact(lambda w: one_weight.error(w, X, Y), weight, miss) > 0.1
