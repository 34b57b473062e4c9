"""The results of docs/practice/keras.md that the NumPy twin has, which needs no Keras."""

import math
from functools import cache
from typing import cast
from unittest.mock import patch

import numpy as np

from snippets import keras_twin as twin
from snippets.activations import sigmoid

from . import result

X_TRAIN, Y_TRAIN, X_TEST, Y_TEST = twin.make_data()


def start() -> twin.Weights:
    """Return the twin's weights before training."""
    return twin.build(np.random.default_rng(twin.SEED))


@cache
def trained() -> tuple[twin.Weights, list[float]]:
    """Return the network of the page and the mean loss of each of its epochs."""
    rng = np.random.default_rng(twin.SEED)
    return twin.fit(twin.build(rng), X_TRAIN, Y_TRAIN, rng)


@result
def last_loss() -> dict[str, float]:
    """What the last epoch reports, and the loss of the final weights on the same rows."""
    weights, losses = trained()
    return {"reported": losses[-1], "own": twin.evaluate(weights, X_TRAIN, Y_TRAIN)[0]}


class InOrder:
    """Stands in for a generator, and leaves the rows as they are: ``shuffle=False``."""

    permutation = staticmethod(np.arange)


def fit_in_order() -> twin.Weights:
    """Return the weights after training on the rows in their order."""
    return twin.fit(start(), X_TRAIN, Y_TRAIN, cast(np.random.Generator, InOrder()))[0]


def epsilon_outside(
    w: twin.Weights, g: twin.Weights, v: twin.Weights
) -> tuple[twin.Weights, twin.Weights]:
    """Return weights and means as RMSprop does, but with epsilon added to the root."""
    v = [twin.RHO * vi + (1 - twin.RHO) * gi**2 for vi, gi in zip(v, g, strict=True)]
    step = [gi / (np.sqrt(vi) + twin.EPSILON) for gi, vi in zip(g, v, strict=True)]
    return [wi - twin.ALPHA * si for wi, si in zip(w, step, strict=True)], v


def farthest(one: twin.Weights, other: twin.Weights) -> float:
    """Return the largest difference between two networks' weights."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))


@result
def in_order() -> dict[str, float]:
    """How far a weight moves at most, and how far off another place of epsilon leads."""
    right = fit_in_order()
    with patch.object(twin, "rmsprop", epsilon_outside):
        wrong = fit_in_order()
    return {"moved": farthest(start(), right), "apart": farthest(right, wrong)}


@result
def first_step() -> float:
    """How many times the learning rate RMSprop's first step is, for any slope."""
    w, _ = twin.rmsprop([np.zeros(1)], [np.ones(1)], [np.zeros(1)])
    return float(-w[0][0] / twin.ALPHA)


@result
def sigmoid_of_p() -> float:
    """The most that a sigmoid makes of a probability."""
    return float(sigmoid(np.array(1.0)))


@result
def perfect_pays() -> dict[str, float]:
    """What a perfect network pays for each 0 and each 1 behind a sigmoid too many."""
    low, high = sigmoid(np.array([0.0, 1.0]))
    return {"zero": -math.log(1 - low), "one": -math.log(high)}


@result
def network() -> dict[str, int]:
    """The first exercise: parameters, batches in an epoch, rows of the last, updates in all."""
    batches = math.ceil(len(X_TRAIN) / twin.BATCH_SIZE)
    return {
        "parameters": sum(w.size for w in start()),
        "batches": batches,
        "last_rows": len(X_TRAIN) - (batches - 1) * twin.BATCH_SIZE,
        "updates": twin.EPOCHS * batches,
    }


@result
def knowing_nothing() -> dict[str, float]:
    """The second exercise: what answers of one half cost, and the share of ones."""
    return {"loss": math.log(2), "accuracy": Y_TEST.mean()}


@result
def untrained() -> dict[str, float]:
    """The second exercise: loss and accuracy of the twin before training."""
    loss, accuracy = twin.evaluate(start(), X_TEST, Y_TEST)
    return {"loss": loss, "accuracy": accuracy}
