"""The figures in the prose, tables and solutions of docs/basics/gradient-descent.md."""

import pytest

from snippets import one_weight


@pytest.mark.parametrize(("alpha", "factor"), [(0.1, 0.6), (0.25, 0), (0.5, -1), (0.51, -1.04)])
def test_table_of_learning_rates(alpha: float, factor: float) -> None:
    """One update multiplies the distance to the goal 0.4 by the factor of the table."""
    before, after = one_weight.descend(0.5, x=2, y=0.8, alpha=alpha, steps=1)
    assert after - 0.4 == pytest.approx(factor * (before - 0.4), abs=1e-15)


def test_error_shrinks_to_36_percent() -> None:
    """At a learning rate of 0.1 each step leaves 36 % of the error."""
    before, after = one_weight.descend(0.5, x=2, y=0.8, alpha=0.1, steps=1)
    left = one_weight.error(after, 2, 0.8) / one_weight.error(before, 2, 0.8)
    assert left == pytest.approx(0.36)


def test_half_derivative_of_the_notes() -> None:
    """The notes stepped along 0.4 where the error they printed has slope 0.8."""
    h = 1e-6
    printed_slope = (
        2 * (one_weight.error(0.5 + h, 2, 0.8) - one_weight.error(0.5 - h, 2, 0.8)) / (2 * h)
    )
    assert printed_slope == pytest.approx(0.8)
    assert one_weight.error_derivative(0.5, 2, 0.8) == pytest.approx(0.4)


def test_first_exercise() -> None:
    """With x = 10 and y = 4, 0.01 lands in one step, 0.0199 converges, 0.02 swings."""
    assert one_weight.descend(1.0, x=10, y=4, alpha=0.01, steps=1)[1] == pytest.approx(0.4)
    assert one_weight.descend(1.0, 10, 4, alpha=0.0199, steps=2000)[-1] == pytest.approx(0.4)
    swinging = one_weight.descend(1.0, 10, 4, alpha=0.02, steps=1)
    assert swinging[1] - 0.4 == pytest.approx(-(swinging[0] - 0.4))


def test_second_exercise() -> None:
    """The squared error falls below 1e-12 with update 24, and not before."""
    weights = one_weight.descend(0.5, x=2, y=0.8, alpha=0.1, steps=30)
    squares = [2 * one_weight.error(weight, 2, 0.8) for weight in weights]
    assert next(t for t, square in enumerate(squares) if square < 1e-12) == 24
