"""The results of docs/basics/perceptron.md."""

from fractions import Fraction
from itertools import permutations

import numpy as np

from snippets.perceptron import POINTS, TARGETS, train

from . import result


@result
def learned() -> dict[str, int]:
    """How many epochs and updates two rules take in whole numbers, the clean epoch included."""
    found = {}
    for rule in ("AND", "OR"):
        mistakes = train(POINTS, TARGETS[rule])[2]
        found[f"{rule.lower()}_epochs"] = len(mistakes)
        found[f"{rule.lower()}_updates"] = sum(mistakes)
    return found


@result
def orders() -> dict[str, int]:
    """How many epochs AND takes at least and at most, over all orders of the points."""
    epochs = [
        len(train(POINTS[list(order)], TARGETS["AND"][list(order)])[2])
        for order in permutations(range(len(POINTS)))
    ]
    return {"fewest": min(epochs), "most": max(epochs)}


@result
def xor() -> dict[str, float | np.ndarray]:
    """Where the third epoch of XOR ends."""
    w, b, _ = train(POINTS, TARGETS["XOR"], epochs=3)
    return {"w": w, "b": b}


@result
def tenth() -> dict[str, float | np.ndarray]:
    """What a learning rate of 0.1 makes of AND, and the score of (1, 0) in the end."""
    w, b, mistakes = train(POINTS, TARGETS["AND"], alpha=0.1)
    score = POINTS[2] @ w + b
    return {"epochs": len(mistakes), "updates": sum(mistakes), "w": w, "b": b, "score": score}


def in_fractions(epochs: int = 100) -> tuple[list[Fraction], Fraction, list[int]]:
    """Return what the snippet's ``train`` does of AND at a rate of 0.1, without rounding."""
    alpha, w, b, mistakes = Fraction(1, 10), [Fraction(0), Fraction(0)], Fraction(0), list[int]()
    while len(mistakes) < epochs and (not mistakes or mistakes[-1]):
        mistakes.append(0)
        for x, y in zip(POINTS.astype(int).tolist(), TARGETS["AND"].astype(int), strict=True):
            if miss := int(w[0] * x[0] + w[1] * x[1] + b >= 0) - int(y):
                w, b = [w[j] - alpha * miss * x[j] for j in range(2)], b - alpha * miss
                mistakes[-1] += 1
    return w, b, mistakes


@result
def fractions() -> dict[str, int]:
    """The same without rounding."""
    *_, mistakes = in_fractions()
    return {"epochs": len(mistakes), "updates": sum(mistakes)}


@result
def nand_scores() -> np.ndarray:
    """The scores that the first exercise's NAND gives the four points."""
    scores: np.ndarray = POINTS @ np.array([-2.0, -2.0]) + 3
    return scores


@result
def allowed_updates() -> float:
    """The bound of the third exercise for AND, (R / gamma) squared."""
    extended = np.column_stack([POINTS, np.ones(len(POINTS))])
    u = np.array([2.0, 2.0, -3.0]) / np.sqrt(17)
    signs = np.where(TARGETS["AND"] == 1, 1, -1)
    gap = np.min(signs * (extended @ u))
    return float((extended**2).sum(axis=1).max() / gap**2)
