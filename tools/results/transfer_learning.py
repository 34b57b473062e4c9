"""The results of docs/practice/transfer-learning.md."""

from snippets.transfer import Layer, parameters, plan

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
    weight = 1.0
    for _ in range(1000):
        weight -= 0.01 * 0.1 * weight
    return weight
