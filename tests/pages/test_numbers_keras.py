"""The figures in the prose of docs/practice/keras.md that do not need Keras.

What was measured with Keras itself stands on the page as measured by hand.
"""

import math

import numpy as np
import pytest

from snippets import keras_twin as twin
from snippets.activations import sigmoid

X_TRAIN, Y_TRAIN, X_TEST, Y_TEST = twin.make_data()


@pytest.fixture(scope="module")
def trained() -> tuple[twin.Weights, list[float]]:
    """Return the network of the page and the mean loss of each of its epochs."""
    rng = np.random.default_rng(twin.SEED)
    return twin.fit(twin.build(rng), X_TRAIN, Y_TRAIN, rng)


class InOrder:
    """Stands in for a generator, and leaves the rows as they are: ``shuffle=False``."""

    permutation = staticmethod(np.arange)


def test_the_circle_is_half_of_the_square() -> None:
    """A circle of radius 0.8 has half of the area of a square of side 2, and of the points."""
    assert math.pi * 0.8**2 / 4 == pytest.approx(0.5, abs=0.005)
    assert Y_TRAIN.mean() == pytest.approx(0.5, abs=0.01)
    assert (len(X_TRAIN), len(X_TEST)) == (8000, 2000)


def test_the_last_epochs_loss_belongs_to_no_network(
    trained: tuple[twin.Weights, list[float]],
) -> None:
    """The mean of the last epoch is 0.1617, the final network's own loss 0.1576."""
    weights, losses = trained
    assert losses[-1] == pytest.approx(0.1617, abs=5e-5)
    assert twin.evaluate(weights, X_TRAIN, Y_TRAIN)[0] == pytest.approx(0.1576, abs=5e-5)


def test_settings_of_rmsprop() -> None:
    """A square counts for one tenth, and the first step is 3.2 alpha long."""
    assert (twin.RHO, twin.EPSILON, twin.ALPHA) == (0.9, 1e-7, 0.001)
    assert 1 / math.sqrt(1 - twin.RHO) == pytest.approx(3.2, abs=0.05)


def test_the_comparison_is_sharp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows in order, weights move by up to 0.9; with epsilon outside the root they end 0.04 off."""
    start = twin.build(np.random.default_rng(twin.SEED))
    right, _ = twin.fit(start, X_TRAIN, Y_TRAIN, InOrder())

    def outside(
        w: twin.Weights, g: twin.Weights, v: twin.Weights
    ) -> tuple[twin.Weights, twin.Weights]:
        v = [0.9 * vi + 0.1 * gi**2 for vi, gi in zip(v, g, strict=True)]
        step = [gi / (np.sqrt(vi) + 1e-7) for gi, vi in zip(g, v, strict=True)]
        return [wi - 0.001 * si for wi, si in zip(w, step, strict=True)], v

    monkeypatch.setattr(twin, "rmsprop", outside)
    wrong, _ = twin.fit(start, X_TRAIN, Y_TRAIN, InOrder())
    moved = max(np.abs(a - b).max() for a, b in zip(start, right, strict=True))
    apart = max(np.abs(a - b).max() for a, b in zip(right, wrong, strict=True))
    assert moved == pytest.approx(0.9, abs=0.05)
    assert apart == pytest.approx(0.04, abs=0.005)


def test_a_sigmoid_too_many() -> None:
    """A perfect network pays 0.69 for each 0 and 0.31 for each 1: sigmoid(p) is in (0.5, 0.73)."""
    low, high = sigmoid(np.array([0.0, 1.0]))
    assert low == 0.5
    assert high == pytest.approx(0.73, abs=0.005)
    assert -math.log(1 - low) == pytest.approx(0.69, abs=0.005)
    assert -math.log(high) == pytest.approx(0.31, abs=0.005)
    # So no network gets below this, and the 0.587 that was measured is near it, not near 0.
    assert (-math.log(1 - low) - math.log(high)) / 2 == pytest.approx(0.50, abs=0.005)


def test_a_logit_compared_with_one_half(trained: tuple[twin.Weights, list[float]]) -> None:
    """The wrong threshold costs the twin accuracy as well, from 0.98 to below 0.96."""
    p = twin.predict(trained[0], X_TEST)[1]
    logits = np.log(p / (1 - p))
    assert np.mean((logits > 0) == Y_TEST) == twin.evaluate(trained[0], X_TEST, Y_TEST)[1] > 0.97
    assert np.mean((logits > 0.5) == Y_TEST) < 0.96


def test_first_exercise() -> None:
    """The network has 257 parameters; 63 batches, the last of 64 rows, make 1260 updates."""
    weights = twin.build(np.random.default_rng(twin.SEED))
    assert sum(w.size for w in weights) == 2 * 64 + 64 + 64 + 1 == 257
    batches, rest = divmod(len(X_TRAIN), twin.BATCH_SIZE)
    assert (batches + 1, rest) == (63, 64)
    assert twin.EPOCHS * 63 == 1260


def test_second_exercise() -> None:
    """Knowing nothing costs 0.693 and is right for 0.51; the untrained twin has 0.708 and 0.51."""
    assert math.log(2) == pytest.approx(0.693, abs=5e-4)
    assert Y_TEST.mean() == pytest.approx(0.51, abs=0.005)
    untrained = twin.build(np.random.default_rng(twin.SEED))
    loss, accuracy = twin.evaluate(untrained, X_TEST, Y_TEST)
    assert loss == pytest.approx(0.708, abs=5e-4)
    assert accuracy == pytest.approx(0.51, abs=0.005)


def test_third_exercise() -> None:
    """Slopes 128 times as large leave the first steps of RMSprop as they are, but for epsilon."""
    weights = twin.build(np.random.default_rng(twin.SEED))
    mean = twin.gradients(weights, X_TRAIN[:128], Y_TRAIN[:128])
    total = [128 * g for g in mean]
    nothing = [np.zeros_like(w) for w in weights]
    by_mean, _ = twin.rmsprop(weights, mean, nothing)
    by_total, _ = twin.rmsprop(weights, total, nothing)
    steady = np.abs(mean[0]) > 0.01
    assert steady.any()
    one, other = (by_mean[0] - weights[0])[steady], (by_total[0] - weights[0])[steady]
    np.testing.assert_allclose(one, other, rtol=0.01)
