"""Transfer learning: which layers to keep, which to train, what to replace.

The demonstration network sees images of 32 x 32 pixels in 3 colours. Its padded
convolutions keep that size, a pooling after each halves it, down to 4 x 4. The
last layer, the head, has one output for each class.

References:
    CS231n, Transfer Learning [cs231ntransfer].
"""

from math import prod
from typing import NamedTuple

import numpy as np

Arrays = list[np.ndarray]  # one for each layer


class Layer(NamedTuple):
    """A layer, and what is to be done with it."""

    name: str
    shape: tuple[int, ...]  # of its weights; the last entry counts its units
    kept: bool = True  # starts from the pre-trained weights, not at random
    rate: float = 1.0  # multiplies the learning rate; 0 freezes the layer


PRETRAINED = [
    Layer("conv1", (3, 3, 3, 16)),  # edges
    Layer("conv2", (3, 3, 16, 32)),  # shapes
    Layer("conv3", (3, 3, 32, 64)),  # higher-level features
    Layer("fc1", (4 * 4 * 64, 128)),
    Layer("fc2", (128, 64)),
    Layer("head", (64, 10)),  # for the ten classes of pre-training
]
EARLY = 2  # so many layers find what images of any kind have
CAREFUL = 0.1  # the rate of weights that are good already


def plan(large: bool, similar: bool, classes: int) -> list[Layer]:
    """Return the layers for the new data: those that stay, and a new head.

    Size decides whether the layers that stay are trained; how many stay, only
    small, different data change. The head takes a feature map by its mean.
    """
    stay = PRETRAINED[:-1] if large or similar else PRETRAINED[:EARLY]
    kept = [layer._replace(rate=CAREFUL if large else 0.0) for layer in stay]
    return [*kept, Layer("head", (kept[-1].shape[-1], classes), kept=False)]


def from_scratch(layers: list[Layer]) -> list[Layer]:
    """Return the same layers with nothing kept and everything trained."""
    return [layer._replace(kept=False, rate=1.0) for layer in layers]


def parameters(layers: list[Layer]) -> int:
    """Return how many weights and biases they have, one bias for each unit."""
    return sum(prod(layer.shape) + layer.shape[-1] for layer in layers)


def step(w: Arrays, slopes: Arrays, rates: list[float], alpha: float) -> Arrays:
    """Return the weights after an update; those at rate 0 are left alone."""
    layers = zip(w, slopes, rates, strict=True)
    return [x - alpha * rate * g if rate else x for x, g, rate in layers]


if __name__ == "__main__":
    cases = {
        f"{size}, {kind}": plan(size == "large", kind == "similar", classes=5)
        for size in ("small", "large")
        for kind in ("similar", "different")
    }
    cases["or from scratch"] = from_scratch(cases["large, different"])
    print("data            ", *(p.name for p in PRETRAINED), "trained  share")
    for case, new in cases.items():
        rate = {x.name: f"{x.rate:g}{'' if x.kept else '*'}" for x in new}
        row = [rate.get(p.name, "-").rjust(len(p.name)) for p in PRETRAINED]
        n = parameters([layer for layer in new if layer.rate])
        print(f"{case:16}", *row, f"{n:7,} {n / parameters(new):6.1%}")
    print("rates: 0 frozen, - cut off, * from random weights")
