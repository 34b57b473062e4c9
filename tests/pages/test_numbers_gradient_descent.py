"""The figures of docs/basics/gradient-descent.md, worked out by hand."""

import pytest

from snippets import one_weight


@pytest.mark.parametrize("alpha", [0.1, 0.25, 0.5, 0.51])
def test_table_of_learning_rates(alpha: float, captured) -> None:
    """By hand, one update multiplies the distance to the goal by 1 - 4 alpha."""
    factor = captured["factor.at_" + str(alpha).replace(".", "_")]
    assert factor == pytest.approx(1 - 4 * alpha, abs=1e-15)


def test_error_shrinks_to_36_percent(captured) -> None:
    """At a learning rate of 0.1 each step leaves 0.6 squared of the error."""
    assert captured["error_left"] == pytest.approx(0.6**2)


def test_half_derivative_of_the_notes(captured) -> None:
    """By hand, the notes stepped along (1 - 0.8) 2, where the square has twice that slope."""
    assert captured["notes_slope.stepped_along"] == pytest.approx(0.4)
    assert captured["notes_slope.printed"] == pytest.approx(0.8)


def test_first_exercise() -> None:
    """With x = 10 and y = 4, 0.01 lands in one step, 0.0199 converges, 0.02 swings."""
    assert one_weight.descend(1.0, x=10, y=4, alpha=0.01, steps=1)[1] == pytest.approx(0.4)
    assert one_weight.descend(1.0, 10, 4, alpha=0.0199, steps=2000)[-1] == pytest.approx(0.4)
    swinging = one_weight.descend(1.0, 10, 4, alpha=0.02, steps=1)
    assert swinging[1] - 0.4 == pytest.approx(-(swinging[0] - 0.4))


def test_second_exercise(captured) -> None:
    """By hand, from 0.2 squared, update 24 is the first below 1e-12."""
    assert captured["first_square"] == pytest.approx(0.2**2)
    assert 0.04 * 0.36**24 < 1e-12 < 0.04 * 0.36**23
    assert captured["updates.whole"] == 24
    assert 0.04 * 0.36 ** captured["updates.exact"] == pytest.approx(1e-12)


def test_first_prediction(captured) -> None:
    """The weight 0.5 makes 1 of the input 2."""
    assert captured["first_prediction"] == 1
