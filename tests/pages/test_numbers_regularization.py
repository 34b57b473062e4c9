"""The figures of docs/practice/regularization.md, computed with the snippets."""

import math
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.polynomial.legendre import legvander

from snippets.early_stopping import descend, examples, stop_early
from snippets.weight_decay import decay_step

PAGE = Path(__file__).resolve().parents[2] / "docs" / "practice" / "regularization.md"
INPUTS = np.linspace(-1, 1, 10)
SEEDS = range(100)

Set = tuple[np.ndarray, np.ndarray]


def sets(seed: int) -> tuple[Set, Set, Set]:
    """Return training and validation set as the snippet draws them, and 1000 fresh examples."""
    rng = np.random.RandomState(seed)
    training = examples(INPUTS, rng)
    validation = examples(rng.uniform(-1, 1, 10), rng)
    return training, validation, examples(rng.uniform(-1, 1, 1000), rng)


def error(of: Set, w: np.ndarray) -> float:
    """Return the mean squared error of weights for the first len(w) features."""
    features, targets = of
    return float(np.mean((features[:, : len(w)] @ w - targets) ** 2))


@cache
def stopped(seed: int) -> tuple[int, float, float]:
    """Return the best epoch and its error in validation and on fresh examples."""
    training, validation, fresh = sets(seed)
    run = ((error(validation, w), w) for w in descend(*training, epochs=2000))
    epoch, w = stop_early(run, patience=50)
    return epoch, error(validation, w), error(fresh, w)


def last(training: Set) -> np.ndarray:
    """Return the weights after 2000 epochs, by the closed form of descent from zero.

    In the directions of the singular vectors each step multiplies what is left of the way by
    1 - alpha s**2. Stepping there for a hundred seeds would take half a minute.
    """
    features, targets = training
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    return vt.T @ ((1 - (1 - 0.05 * s**2) ** 2000) * (u.T @ targets) / s)


def test_the_closed_form_is_the_descent() -> None:
    """It gives the weights that 2000 steps give."""
    training, *_ = sets(0)
    *_, w = descend(*training, epochs=2000)
    np.testing.assert_allclose(last(training), w, atol=1e-12)


@pytest.mark.parametrize("degree", [1, 3, 9])
def test_table_of_degrees(degree: int) -> None:
    """The rows of the table are the fits by least squares."""
    training, validation, _ = sets(0)
    w = np.linalg.lstsq(training[0][:, : degree + 1], training[1])[0]
    row = f"| {degree} | {error(training, w):.3f} | {error(validation, w):.3f} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_best_and_the_last_weights_on_fresh_examples() -> None:
    """Epoch 49 has an error of 0.19, epoch 2000 one of 0.78."""
    training, _, fresh = sets(0)
    epoch, _, on_fresh = stopped(0)
    assert epoch == 49
    assert on_fresh == pytest.approx(0.19, abs=0.005)
    assert error(fresh, last(training)) == pytest.approx(0.78, abs=0.005)


def test_stopping_early_is_better_with_97_of_100_seeds() -> None:
    """On fresh examples, against epoch 2000; with one seed that is the epoch it chooses."""
    gains = {}
    for seed in SEEDS:
        training, _, fresh = sets(seed)
        gains[seed] = error(fresh, last(training)) - stopped(seed)[2]
    assert sum(gain > 1e-9 for gain in gains.values()) == 97
    assert [seed for seed, gain in gains.items() if abs(gain) <= 1e-9] == [26]
    assert stopped(26)[0] == 2000


def test_the_validation_error_of_the_chosen_epoch_is_too_low() -> None:
    """It is 0.12 on average, where fresh examples give 0.15."""
    in_validation, on_fresh = np.mean([stopped(seed)[1:] for seed in SEEDS], axis=0)
    assert in_validation == pytest.approx(0.12, abs=0.005)
    assert on_fresh == pytest.approx(0.15, abs=0.005)


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


def test_first_exercise() -> None:
    """Three factors of 1 / 0.8 make 1.95."""
    factor = 1 / 0.8
    assert factor == pytest.approx(1.25)
    assert factor**3 == pytest.approx(1.95, abs=0.005)


def test_second_exercise() -> None:
    """Decay at 0.005 a step halves a weight with update 139."""
    assert math.log(0.5) / math.log(0.995) == pytest.approx(138.3, abs=0.05)
    w, updates = np.array([0.0, 1.0]), 0
    while w[1] > 0.5:
        w, updates = decay_step(w, np.zeros(2), lam=0.1, alpha=0.05), updates + 1
    assert updates == 139


def test_third_exercise() -> None:
    """Medians over the seeds of the squared distance from the wave, by degree."""
    x = np.linspace(-1, 1, 401)
    medians = {}
    for degree in (3, 9, 11, 30):
        features, grid = legvander(INPUTS, degree), legvander(x, degree)
        fits = [np.linalg.lstsq(features, sets(seed)[0][1])[0] for seed in SEEDS]
        medians[degree] = np.median([np.mean((grid @ w - np.sin(3 * x)) ** 2) for w in fits])
        if degree > 9:
            assert np.ptp(features @ fits[0] - sets(0)[0][1]) < 1e-12
    solution = PAGE.read_text(encoding="utf-8").partition("The squared distance")[2]
    stated = re.findall(r"(0\.\d\d) for degree (\d+)", solution)
    assert {int(degree): value for value, degree in stated} == {
        degree: f"{median:.2f}" for degree, median in medians.items()
    }
