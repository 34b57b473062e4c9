"""The results of docs/networks/softmax-cross-entropy.md."""

import numpy as np

from snippets import cross_entropy
from snippets.softmax import softmax, softmax_jacobian

from . import result

LOGITS, TARGET = np.array([0.5, 1.5, 0.0]), np.array([0.0, 1.0, 0.0])


@result
def lead_of_one() -> float:
    """How many times the probability of another class a lead of 1 means."""
    p = softmax(np.array([7.0, 6.0, -2.0]))
    return float(p[0] / p[1])


@result
def toss() -> float:
    """What a coin's toss costs."""
    return cross_entropy.binary_cross_entropy(np.array([1.0]), np.array([0.5]))


@result
def right_class() -> float:
    """The probability of the right class in the example behind the third line of the output."""
    return float(softmax(LOGITS)[1])


@result
def squared_push() -> np.ndarray:
    """The gradient of half the squared error at the same logits."""
    push: np.ndarray = softmax_jacobian(LOGITS) @ (softmax(LOGITS) - TARGET)
    return push


@result
def by_hand() -> dict[str, float]:
    """The first exercise: the probability of all that happened, and what it costs."""
    y, p = np.array([1.0, 1.0, 0.0]), np.array([0.8, 0.7, 0.1])
    cost = cross_entropy.binary_cross_entropy(y, p)
    return {"product": np.exp(-cost), "cost": cost}


@result
def ten_classes() -> float:
    """The third exercise: what an example costs when ten classes are equally likely."""
    return cross_entropy.cross_entropy(np.eye(10)[:1], softmax(np.zeros((1, 10))))
