"""The results of docs/practice/transfer-learning.md."""

import numpy as np

from snippets.transfer import Layer, parameters, plan
from snippets.weight_decay import decay_step

from . import result

CLASSES = 5


@result
def case_1() -> dict[str, int]:
    """The parameters of the new head, and of the whole network with it."""
    layers = plan(large=False, similar=True, classes=CLASSES)
    return {"head": parameters(layers[-1:]), "network": parameters(layers)}


@result
def case_2() -> dict[str, int]:
    """The second exercise: heads that read feature maps whole, and by their means."""
    *_, last, head = plan(large=False, similar=False, classes=CLASSES)
    side = 32 // 2**2  # two poolings
    inputs = last.shape[-1] * side**2
    return {
        "inputs": inputs,
        "whole": parameters([Layer("head", (inputs, CLASSES))]),
        "means": parameters([head]),
    }


@result
def decayed() -> float:
    """The third exercise: what 1000 updates of weight decay leave of a weight without a slope."""
    w = np.array([0.0, 1.0])  # a bias, which goes free, and a weight
    for _ in range(1000):
        w = decay_step(w, np.zeros(2), lam=0.1, alpha=0.01)
    return float(w[1])
