"""What docs/practice/keras.md says of its twin, and its figures known from elsewhere.

What was measured with Keras itself stands on the page as measured by hand.
"""

import math

import numpy as np
import pytest

from snippets import keras_twin as twin
from snippets.activations import sigmoid
from tools.results.keras import X_TEST, X_TRAIN, Y_TEST, Y_TRAIN, start, trained


def test_the_circle_is_half_of_the_square() -> None:
    """A circle of radius 0.8 has half of the area of a square of side 2, and of the points."""
    assert math.pi * 0.8**2 / 4 == pytest.approx(0.5, abs=0.005)
    assert Y_TRAIN.mean() == pytest.approx(0.5, abs=0.01)
    assert (len(X_TRAIN), len(X_TEST)) == (8000, 2000)


def test_the_last_epochs_loss_belongs_to_no_network(captured) -> None:
    """It lies between the final network's own and what the epoch before reported."""
    weights, losses = trained()
    own = captured["last_loss.own"]
    assert own < captured["last_loss.reported"] < losses[-2]
    p = twin.predict(weights, X_TRAIN)[1]
    assert own == pytest.approx(-np.mean(np.log(np.abs(1 - Y_TRAIN - p))))


def test_settings_of_rmsprop(captured) -> None:
    """A square counts for one tenth, and so the first step is the root of 10 times as long."""
    assert (twin.RHO, twin.EPSILON, twin.ALPHA) == (0.9, 1e-7, 0.001)
    assert captured["first_step"] == pytest.approx(math.sqrt(10), rel=1e-6)


def test_the_comparison_is_sharp(captured) -> None:
    """Another place of epsilon leads ten thousand times as far off as single precision does."""
    assert captured["in_order.moved"] == pytest.approx(0.94, abs=0.005)
    assert captured["in_order.apart"] == pytest.approx(0.04, abs=0.0005)
    assert captured["in_order.apart"] > 1e4 * 2e-6


def test_a_sigmoid_too_many(captured) -> None:
    """A perfect network pays ln 2 for each 0 and ln(1 + 1/e) for each 1: sigmoid(0) is 0.5."""
    assert sigmoid(np.array(0.0)) == 0.5
    assert captured["sigmoid_of_p"] == pytest.approx(math.e / (1 + math.e))
    zero, one = captured["perfect_pays.zero"], captured["perfect_pays.one"]
    assert (zero, one) == pytest.approx((math.log(2), math.log(1 + 1 / math.e)))
    # So no network gets below this, and the 0.587 that was measured is near it, not near 0.
    assert (zero + one) / 2 == pytest.approx(0.50, abs=0.005)


def test_a_logit_compared_with_one_half() -> None:
    """The wrong threshold costs the twin accuracy as well, from 0.98 to below 0.96."""
    weights, _ = trained()
    p = twin.predict(weights, X_TEST)[1]
    logits = np.log(p / (1 - p))
    assert np.mean((logits > 0) == Y_TEST) == twin.evaluate(weights, X_TEST, Y_TEST)[1] > 0.97
    assert np.mean((logits > 0.5) == Y_TEST) < 0.96


def test_first_exercise(captured) -> None:
    """By hand: 257 parameters; 63 batches, the last of 64 rows, make 1260 updates."""
    assert captured["network.parameters"] == 2 * 64 + 64 + 64 + 1 == 257
    assert 62 * 128 + captured["network.last_rows"] == 8000
    assert captured["network.batches"] == 63
    assert captured["network.updates"] == 20 * 63


def test_second_exercise(captured) -> None:
    """Knowing nothing costs ln 2, and is right for the ones; the untrained twin is near that."""
    assert captured["knowing_nothing.loss"] == pytest.approx(math.log(2))
    assert captured["knowing_nothing.accuracy"] == np.mean((X_TEST**2).sum(axis=1) < 0.64)
    assert captured["untrained.loss"] == pytest.approx(math.log(2), abs=0.02)
    assert captured["untrained.accuracy"] == pytest.approx(0.5, abs=0.05)


def test_third_exercise() -> None:
    """Slopes 128 times as large leave the first steps of RMSprop as they are, but for epsilon."""
    weights = start()
    mean = twin.gradients(weights, X_TRAIN[:128], Y_TRAIN[:128])
    total = [128 * g for g in mean]
    nothing = [np.zeros_like(w) for w in weights]
    by_mean, _ = twin.rmsprop(weights, mean, nothing)
    by_total, _ = twin.rmsprop(weights, total, nothing)
    steady = np.abs(mean[0]) > 0.01
    assert steady.any()
    one, other = (by_mean[0] - weights[0])[steady], (by_total[0] - weights[0])[steady]
    np.testing.assert_allclose(one, other, rtol=0.01)
