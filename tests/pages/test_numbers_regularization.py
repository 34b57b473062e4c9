"""What docs/practice/regularization.md says of its runs, and its figures worked out by hand."""

import math

import numpy as np
import pytest
from numpy.polynomial.legendre import legvander
from numpy.polynomial.polynomial import Polynomial

from snippets.early_stopping import descend, stop_early
from tools.results.regularization import INPUTS, SEEDS, error, last, sets, stopped


def test_the_closed_form_is_the_descent() -> None:
    """It gives the weights that 2000 steps give."""
    training, *_ = sets(0)
    *_, w = descend(*training, epochs=2000)
    np.testing.assert_allclose(last(training), w, atol=1e-12)


@pytest.mark.parametrize("degree", [1, 3, 9])
def test_table_of_degrees(degree: int, captured) -> None:
    """NumPy's own fit of a polynomial, by the powers of x, has the errors of the table."""
    training, validation, _ = sets(0)
    curve = Polynomial.fit(training[0][:, 1], training[1], degree)
    for name, (features, targets) in (("training", training), ("validation", validation)):
        found = np.mean((curve(features[:, 1]) - targets) ** 2)
        assert captured[f"fits.{name}_{degree}"] == pytest.approx(found, rel=1e-6, abs=1e-12)


def test_the_best_and_the_last_weights_on_fresh_examples(captured) -> None:
    """The epoch is the output's, and its weights are better by far."""
    assert captured["stopping.epoch"] == 49
    assert captured["stopping.best"] < captured["stopping.last"] / 3


def test_with_one_seed_stopping_early_makes_no_difference(captured) -> None:
    """With one the last epoch is the one it chooses; of the others it is better with nearly all."""
    in_the_end = [error(fresh, last(training)) for training, _, fresh in map(sets, SEEDS)]
    worse = sum(stopped(seed)[2] > each + 1e-9 for seed, each in enumerate(in_the_end))
    assert captured["better_of_a_hundred"] == 100 - 1 - worse > 90
    assert [seed for seed in SEEDS if stopped(seed)[0] == 2000] == [26]


def test_the_validation_error_of_the_chosen_epoch_is_too_low(captured) -> None:
    """On fresh examples it is higher, and that is no accident of the draws."""
    assert captured["chosen_epoch.in_validation"] < captured["chosen_epoch.on_fresh"]
    gaps = np.array([on_fresh - low for _, low, on_fresh in map(stopped, SEEDS)])
    assert gaps.mean() > 2 * gaps.std() / math.sqrt(len(gaps))


def test_the_figures_words() -> None:
    """The alternative text's 0.6, 0.16 and 0.62, and that patience runs out at epoch 99."""
    training, validation, _ = sets(0)
    errors = [error(validation, w) for w in descend(*training, epochs=2000)]
    assert [round(errors[epoch], 2) for epoch in (1, 49, 2000)] == [0.6, 0.16, 0.62]
    run = iter(enumerate(errors))
    stop_early(((each, np.zeros(1)) for _, each in run), patience=50)
    assert next(run)[0] == 100


def test_the_dashed_curve_leaves_the_picture() -> None:
    """Near the right edge it rises above 2.2, the top of the axis."""
    training, *_ = sets(0)
    x = np.linspace(-1, 1, 401)
    curve = legvander(x, 9) @ last(training)
    assert x[curve.argmax()] > 0.8
    assert curve.max() > 2.2


def test_first_exercise(captured) -> None:
    """Three factors of 1 / 0.8, which is 5/4, make 125/64."""
    assert captured["forgotten_division.one"] == 5 / 4
    assert captured["forgotten_division.three"] == pytest.approx(125 / 64)


def test_second_exercise(captured) -> None:
    """By hand, 0.995 to the power of 138 is still more than one half."""
    assert 0.995**138 > 0.5 > 0.995**139
    assert captured["halving.whole"] == 139
    assert 0.995 ** captured["halving.exact"] == pytest.approx(0.5)


@pytest.mark.parametrize("degree", [11, 30])
def test_third_exercise(degree: int) -> None:
    """Beyond degree 9 the fits meet every example, and so there is a choice."""
    features, targets = legvander(INPUTS, degree), sets(0)[0][1]
    assert np.ptp(features @ np.linalg.lstsq(features, targets)[0] - targets) < 1e-12
