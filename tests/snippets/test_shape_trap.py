"""The shape trap: what broadcasting does to errors, and the check that stops it."""

import numpy as np
import pytest

from snippets import shape_trap, streetlights

FLAT = streetlights.WALK.ravel()


def test_columns_are_subtracted_row_by_row() -> None:
    """Two columns of equal shape give the plain differences."""
    errors = shape_trap.column_errors(np.array([[3.0], [1.0]]), np.array([[1.0], [1.0]]))
    np.testing.assert_array_equal(errors, [[2.0], [0.0]])


@pytest.mark.parametrize("shape", [(4,), (1, 4), (1, 1), (4, 2)])
def test_any_other_shape_is_refused(shape: tuple[int, ...]) -> None:
    """What NumPy would broadcast is an error that names both shapes."""
    with pytest.raises(ValueError, match=r"\(4, 1\) against"):
        shape_trap.column_errors(np.zeros((4, 1)), np.zeros(shape))


def test_broadcasting_is_silent_and_wrong() -> None:
    """A perfect column against the flat targets makes 16 errors, 8 of them 1 or -1.

    By hand: two predictions of 1 meet two targets of 0, and two of 0 meet two of 1.
    """
    wrong = streetlights.WALK - FLAT
    assert wrong.shape == (4, 4)
    assert np.sum(wrong**2) == 8
    assert np.count_nonzero(wrong) == 8


def test_the_network_falls_into_it() -> None:
    """The streetlights network over all four examples broadcasts, and the check stops it."""
    prediction = streetlights.predict(streetlights.LIGHTS, *streetlights.initialize(seed=1))[1]
    assert (prediction - FLAT).shape == (4, 4)
    with pytest.raises(ValueError, match=r"\(4, 1\) against \(4,\)"):
        shape_trap.column_errors(prediction, FLAT)
