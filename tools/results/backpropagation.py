"""The results of docs/networks/backpropagation.md."""

import math

import numpy as np

from snippets import backpropagation as net
from snippets.backpropagation import Layers

from . import result

SIZES = [784, 512, 512, 10]


def start(hidden: int = 2, seed: int = 3) -> Layers:
    """Return a network for XOR before training, by default the page's smaller one."""
    return net.initialize([2, hidden, 1], np.random.RandomState(seed))


def error(layers: Layers) -> float:
    """Return the cross-entropy on XOR."""
    p = net.forward(net.CORNERS, layers)[-1]
    right = np.abs(1 - net.XOR - p)  # the probability of what is true
    return float(-np.sum(np.log(right)))


def parameters(layers: Layers) -> int:
    """Return how many weights and biases they have."""
    return sum(w.size + b.size for w, b in layers)


def step_too_early(layers: Layers, alpha: float) -> Layers:
    """Return the layers after a step that moves each one before delta goes back through it."""
    a = net.forward(net.CORNERS, layers)
    delta: np.ndarray = a[-1] - net.XOR
    moved: Layers = []
    for (w, b), out in zip(reversed(layers), reversed(a[:-1]), strict=True):
        moved.append((w - alpha * out.T @ delta, b - alpha * delta.sum(axis=0)))
        delta = (delta @ moved[-1][0].T) * (1 - out**2)
    return moved[::-1]


@result
def solved() -> dict[str, int]:
    """How many of the seeds 0 to 49 solve XOR in 500 steps, with so many hidden units."""
    return {
        f"with_{hidden}": sum(
            error(net.train(start(hidden, seed), alpha=0.5, steps=500)) < 0.1 for seed in range(50)
        )
        for hidden in (2, 3, 4)
    }


@result
def coin_tosses() -> dict[str, float]:
    """The error with two corners undecided, and with all four."""
    return {"two": 2 * math.log(2), "four": error([(0 * w, b) for w, b in start()])}


@result
def smaller_network() -> dict[str, int]:
    """Its weights and biases, and the passes it takes to measure as many slopes."""
    return {"parameters": parameters(start()), "passes": parameters(start()) + 1}


@result
def first_slope() -> dict[str, float]:
    """The largest slope by the first matrix at the first step, and what the trap makes of it."""
    layers = start()
    right = net.gradients(net.CORNERS, net.XOR, layers)[0][0]
    early = (layers[0][0] - step_too_early(layers, 0.5)[0][0]) / 0.5
    largest = np.unravel_index(np.argmax(np.abs(right)), right.shape)
    return {"right": right[largest], "early": early[largest]}


class Counted(np.ndarray):
    """An array whose matrix products count their multiplications."""

    multiplications = 0

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: np.ndarray, **kwargs: object
    ) -> np.ndarray:
        """Count if it is a matrix product, and let NumPy do the work."""
        plain = [np.asarray(each) for each in inputs]
        if ufunc is np.matmul:
            Counted.multiplications += plain[0].size * plain[1].shape[1]
        return np.asarray(getattr(ufunc, method)(*plain, **kwargs)).view(Counted)


def multiplications(sizes: list[int]) -> tuple[int, int]:
    """Return how many multiplications the products of a pass forward and of one back make."""
    layers: Layers = [
        (np.zeros(w.shape).view(Counted), b)
        for w, b in net.initialize(sizes, np.random.RandomState(0))
    ]
    Counted.multiplications = 0
    a = net.forward(np.zeros((1, sizes[0])), layers)
    forward = Counted.multiplications
    net.backward(np.zeros((1, sizes[-1])).view(Counted), a, layers)
    return forward, Counted.multiplications - forward


@result
def cost() -> dict[str, float]:
    """The third exercise: passes to measure all slopes, multiplications forward and back."""
    count = parameters(net.initialize(SIZES, np.random.RandomState(0)))
    forward, back = multiplications(SIZES)
    return {
        "parameters": count,
        "passes": count + 1,
        "forward": forward,
        "sent_back": back - forward,
        "back": back,
        "ratio": back / forward,
    }
