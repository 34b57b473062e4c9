"""What docs/networks/streetlights.md says of its runs, and its figures known from elsewhere."""

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


def test_shape_trap_has_an_error_of_8(captured) -> None:
    """By hand: of a perfect network's sixteen differences, eight are 1 or -1."""
    assert captured["flat_targets.error"] == 2 * 2 * 2
    prediction = streetlights.WALK
    assert np.sum(shape_trap.column_errors(prediction, prediction) ** 2) == 0


def test_shape_trap_is_smallest_at_one_half(captured) -> None:
    """Of all constant answers, 0.5 makes the sixteen squares smallest, and it is the mean."""
    targets = streetlights.WALK[:, 0]
    sums = {p / 20: np.sum((np.full((4, 1), p / 20) - targets) ** 2) for p in range(21)}
    assert min(sums, key=sums.__getitem__) == captured["flat_targets.best_answer"] == 0.5


def test_backward_pass_refuses_flat_targets() -> None:
    """The (4, 4) array does not fit the matrix product."""
    w1, w2 = streetlights.initialize(1)
    with pytest.raises(ValueError, match="matmul"):
        streetlights.gradients(streetlights.LIGHTS, streetlights.WALK[:, 0], w1, w2)


def test_the_errors_are_the_known_ones(captured) -> None:
    """Those of epoch 60 and of the final network were found with other code."""
    assert captured["squared_error.last_epoch"] == pytest.approx(1.5055622665134859e-05, rel=1e-9)
    assert captured["squared_error.final"] == pytest.approx(9.0175e-06, abs=5e-11)


def test_the_error_falls_slowly_then_by_one_factor() -> None:
    """In ten epochs it loses less than half of itself at first, and late the same in each."""
    errors = np.array(streetlights.train(*streetlights.initialize(seed=1))[2])
    assert errors[19] > errors[9] / 2
    late = errors[50:] / errors[49:-1]
    assert np.ptp(late) < 0.02


def test_the_fate_of_a_hundred_seeds_is_the_known_one(captured) -> None:
    """So were their numbers: 33 are trained in 60 epochs, 44 still far off."""
    assert captured["of_a_hundred_seeds.trained"] == 33
    assert captured["of_a_hundred_seeds.far_off"] == 44


@pytest.mark.parametrize("units", [4, 100])
def test_first_exercise(units: int, captured) -> None:
    """By hand, each hidden unit has three weights before it and one behind it."""
    assert captured[f"weights.with_{units}"] == 3 * units + units * 1


def test_third_exercise() -> None:
    """Equal starting weights keep the hidden units equal for ever."""
    w1, w2, _ = streetlights.train(np.full((3, 4), 0.5), np.full((4, 1), 0.5))
    assert w1 == pytest.approx(np.repeat(w1[:, :1], 4, axis=1))
    assert w2 == pytest.approx(np.repeat(w2[:1], 4, axis=0))
