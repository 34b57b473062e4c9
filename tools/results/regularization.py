"""The results of docs/practice/regularization.md."""

import math
from collections.abc import Iterator
from functools import cache

import numpy as np

from snippets.dropout import dropout
from snippets.early_stopping import descend, examples, stop_early
from snippets.weight_decay import decay_step

from . import result

INPUTS = np.linspace(-1, 1, 10)
SEEDS = range(100)

Set = tuple[np.ndarray, np.ndarray]


@cache
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
    run: Iterator[tuple[float, np.ndarray]] = (
        (error(validation, w), w) for w in descend(*training, epochs=2000)
    )
    epoch, w = stop_early(run, patience=50)
    return epoch, error(validation, w), error(fresh, w)


def last(training: Set) -> np.ndarray:
    """Return the weights after 2000 epochs, by the closed form of descent from zero.

    In the directions of the singular vectors each step multiplies what is left of the way by
    1 - alpha s**2. Stepping there for a hundred seeds would take half a minute.
    """
    features, targets = training
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    w: np.ndarray = vt.T @ ((1 - (1 - 0.05 * s**2) ** 2000) * (u.T @ targets) / s)
    return w


@result
def fits() -> dict[str, float]:
    """The errors of the least-squares fits of the table, in training and in validation."""
    training, validation, _ = sets(0)
    found = {}
    for degree in (1, 3, 9):
        w = np.linalg.lstsq(training[0][:, : degree + 1], training[1])[0]
        found[f"training_{degree}"] = error(training, w)
        found[f"validation_{degree}"] = error(validation, w)
    return found


@result
def stopping() -> dict[str, float]:
    """The best epoch, the errors of its weights and of the last ones on fresh examples."""
    training, _, fresh = sets(0)
    epoch, _, on_fresh = stopped(0)
    return {"epoch": epoch, "best": on_fresh, "last": error(fresh, last(training))}


@result
def better_of_a_hundred() -> int:
    """With how many seeds stopping early beats the last weights, by more than rounding."""
    return sum(
        error(sets(seed)[2], last(sets(seed)[0])) - stopped(seed)[2] > 1e-9 for seed in SEEDS
    )


@result
def chosen_epoch() -> dict[str, float]:
    """The mean error of the chosen epoch, on the examples that chose it and on fresh ones."""
    in_validation, on_fresh = np.mean([stopped(seed)[1:] for seed in SEEDS], axis=0)
    return {"in_validation": in_validation, "on_fresh": on_fresh}


@result
def forgotten_division() -> dict[str, float]:
    """The first exercise: how many times too large one and three layers make the outputs."""
    kept = np.ones(1)
    one = dropout(kept, mask=kept, q=0.8)
    three = dropout(dropout(one, mask=kept, q=0.8), mask=kept, q=0.8)
    return {"one": float(one[0]), "three": float(three[0])}


@result
def halving() -> dict[str, float]:
    """The second exercise: after how many updates half of a weight is left."""
    w, updates = np.array([0.0, 1.0]), 0
    while w[1] > 0.5:
        w, updates = decay_step(w, np.zeros(2), lam=0.1, alpha=0.05), updates + 1
    return {"exact": math.log(0.5) / math.log(1 - 0.05 * 0.1), "whole": updates}
