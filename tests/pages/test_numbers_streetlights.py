"""The figures in the prose, tables and solutions of docs/networks/streetlights.md."""

import numpy as np
import pytest

from snippets import shape_trap, streetlights


def test_no_single_light_decides() -> None:
    """Left or middle alone is right half of the time; the right light is always on."""
    walk = streetlights.WALK[:, 0]
    assert [int((streetlights.LIGHTS[:, i] == walk).sum()) for i in range(3)] == [2, 2, 2]
    assert (streetlights.LIGHTS[:, 2] == 1).all()
    exactly_one = streetlights.LIGHTS[:, 0] != streetlights.LIGHTS[:, 1]
    assert (exactly_one == walk).all()


def test_no_weighted_sum_decides() -> None:
    """The best weighted sum of the lights answers one half at every crossing."""
    best, *_ = np.linalg.lstsq(streetlights.LIGHTS, streetlights.WALK)
    assert streetlights.LIGHTS @ best == pytest.approx(np.full((4, 1), 0.5))


def test_shape_trap_has_an_error_of_8() -> None:
    """A perfect network's sixteen differences square and sum to 8."""
    prediction = streetlights.WALK
    assert np.sum((prediction - prediction[:, 0]) ** 2) == 8
    assert np.sum(shape_trap.column_errors(prediction, prediction) ** 2) == 0


def test_shape_trap_is_smallest_at_one_half() -> None:
    """Of all constant answers, 0.5 makes the sixteen squares smallest, and it is the mean."""
    targets = streetlights.WALK[:, 0]
    sums = {p / 20: np.sum((np.full((4, 1), p / 20) - targets) ** 2) for p in range(21)}
    assert min(sums, key=sums.__getitem__) == targets.mean() == 0.5


def test_backward_pass_refuses_flat_targets() -> None:
    """The (4, 4) array does not fit the matrix product."""
    w1, w2 = streetlights.initialize(1)
    with pytest.raises(ValueError, match="matmul"):
        streetlights.gradients(streetlights.LIGHTS, streetlights.WALK[:, 0], w1, w2)


@pytest.mark.parametrize(("units", "weights"), [(4, 16), (100, 400)])
def test_first_exercise(units: int, weights: int) -> None:
    """The network has 16 weights, and 400 with 100 hidden units."""
    assert sum(w.size for w in streetlights.initialize(0, units)) == weights


def test_third_exercise() -> None:
    """Equal starting weights keep the hidden units equal for ever."""
    w1, w2, _ = streetlights.train(np.full((3, 4), 0.5), np.full((4, 1), 0.5))
    assert w1 == pytest.approx(np.repeat(w1[:, :1], 4, axis=1))
    assert w2 == pytest.approx(np.repeat(w2[:1], 4, axis=0))
