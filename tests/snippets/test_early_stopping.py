"""Early stopping: the rule on sequences made by hand, and the descent that it ends."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from snippets.early_stopping import descend, examples, stop_early

NAN, INF = np.nan, np.inf


def epochs(errors: list[float]) -> Iterator[tuple[float, np.ndarray]]:
    """Yield each error with weights that tell its epoch."""
    return ((error, np.array([float(epoch)])) for epoch, error in enumerate(errors))


@pytest.mark.parametrize(
    ("errors", "patience", "best", "left"),
    [
        pytest.param([5, 4, 3, 2], 1, 3, 0, id="falls to the end"),
        pytest.param([1, 2, 3, 4, 0], 2, 0, 2, id="never improves"),
        pytest.param([5, 3, 4, 2, 6, 7, 1], 2, 3, 1, id="small bump, then a valley"),
        pytest.param([5, 3, 4, 2, 6, 7, 1], 1, 1, 4, id="too little patience for the bump"),
        pytest.param([5, 3, 4, 2, 6, 7, 1], 3, 6, 0, id="patience for the second valley"),
        pytest.param([3, 2, 2, 2, 1], 2, 1, 1, id="a plateau is no improvement"),
        pytest.param([3, 2, 2, 1, 1, 1, 1], 2, 3, 1, id="of equals the first"),
        pytest.param([3, NAN, 2, NAN, NAN, 1], 2, 2, 1, id="nan is no improvement"),
        pytest.param([NAN, INF, 2, 3, 4, 1], 2, 2, 1, id="nan and inf first"),
        pytest.param([7], 1, 0, 0, id="no training at all"),
    ],
)
def test_sequences(errors: list[float], patience: int, best: int, left: int) -> None:
    """The epoch, its own weights, and how many epochs are never asked for."""
    training = epochs(errors)
    epoch, weights = stop_early(training, patience)
    assert (epoch, weights.tolist()) == (best, [best])
    assert len(list(training)) == left


@pytest.mark.parametrize("errors", [[], [NAN], [NAN, INF, NAN, NAN, 1.0]])
def test_without_a_finite_error_there_are_no_best_weights(errors: list[float]) -> None:
    """Patience runs out on nan and infinity too, and nothing is passed off as best."""
    with pytest.raises(ValueError, match="finite"):
        stop_early(epochs(errors), patience=3)


def test_the_best_weights_are_a_copy() -> None:
    """Training that goes on in place does not change what was kept."""

    def in_place() -> Iterator[tuple[float, np.ndarray]]:
        w = np.zeros(2)
        for error in (3.0, 1.0, 2.0, 2.0):
            w += 1
            yield error, w

    epoch, best = stop_early(in_place(), patience=2)
    assert epoch == 1
    np.testing.assert_array_equal(best, [2, 2])


def test_the_features_make_every_polynomial_of_degree_9() -> None:
    """The first is 1, the second x, none exceeds 1, and x**9 is a combination of them."""
    x = np.linspace(-1, 1, 41)
    features, _ = examples(x, np.random.RandomState(0))
    np.testing.assert_array_equal(features[:, 0], 1)
    np.testing.assert_array_equal(features[:, 1], x)
    assert np.abs(features).max() == 1
    w = np.linalg.lstsq(features, x**9)[0]
    np.testing.assert_allclose(features @ w, x**9, atol=1e-14)


def test_the_noise_has_the_spread_it_should() -> None:
    """The targets scatter about sin(3 x) with mean 0 and standard deviation 0.3."""
    x = np.linspace(-1, 1, 100_001)
    noise = examples(x, np.random.RandomState(1))[1] - np.sin(3 * x)
    np.testing.assert_allclose([noise.mean(), noise.std()], [0, 0.3], atol=0.003)


def test_an_epoch_is_a_step_down_half_the_squared_error(
    gradient_error: Callable[..., float],
) -> None:
    """Weights start at 0 and change by alpha times the slope of half the summed square."""
    x, y = examples(np.linspace(-1, 1, 10), np.random.RandomState(0))
    start, first, second = descend(x, y, epochs=2, alpha=0.05)
    np.testing.assert_array_equal(start, np.zeros(10))
    for before, after in ((start, first), (first, second)):
        claimed = (before - after) / 0.05
        assert gradient_error(lambda w: np.sum((x @ w - y) ** 2) / 2, before, claimed) < 1e-8


def test_ten_weights_fit_ten_examples() -> None:
    """Left alone, descent takes the training error to zero, noise and all."""
    x, y = examples(np.linspace(-1, 1, 10), np.random.RandomState(0))
    *_, w = descend(x, y, epochs=20_000)
    np.testing.assert_allclose(x @ w, y, atol=1e-8)
