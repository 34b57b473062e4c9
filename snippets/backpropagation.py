"""Backpropagation through any number of layers, shown on XOR.

Hidden layers have tanh, the last one a sigmoid, the error is cross-entropy.

References:
    Rumelhart et al. (1986), Learning Representations by Back-Propagating
    Errors [rumelhart1986learning].
"""

from itertools import pairwise

import numpy as np

Layer = tuple[np.ndarray, np.ndarray]  # W and b
Layers = list[Layer]

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([[0.0], [1.0], [1.0], [0.0]])  # (4, 1): 1 if the two differ


def initialize(sizes: list[int], rng: np.random.RandomState) -> Layers:
    """Return W (n_in, n_out), of variance 1 / n_in, and b (n_out,) of 0."""
    return [
        (rng.normal(scale=n_in**-0.5, size=(n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(sizes)
    ]


def layer_sum(a: np.ndarray, layer: Layer) -> np.ndarray:
    """Return z(l), shape (m, n_l), from a(l-1), the output of the one below."""
    W, b = layer
    return a @ W + b


def forward(x: np.ndarray, layers: Layers) -> list[np.ndarray]:
    """Return a(0) = x, ..., a(L) = prediction in (0, 1); a(l) is (m, n_l)."""
    a = [x]
    for layer in layers[:-1]:
        a.append(np.tanh(layer_sum(a[-1], layer)))
    a.append((1 + np.tanh(layer_sum(a[-1], layers[-1]) / 2)) / 2)  # a sigmoid
    return a


def squared_delta(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return delta(L) of half the squared error; cross-entropy's is p - y."""
    return (p - y) * p * (1 - p)


def deltas(
    delta: np.ndarray,
    a: list[np.ndarray],
    layers: Layers,
) -> list[np.ndarray]:
    """Return delta(1), ..., delta(L), each (m, n_l), from the last of them."""
    found = [delta]
    # Layers L to 2, each with what came in, a(l-1): delta(l) gives delta(l-1)
    for (W, _), out in zip(layers[:0:-1], a[-2:0:-1], strict=True):
        found.append((found[-1] @ W.T) * (1 - out**2))  # times tanh'
    return found[::-1]


def backward(
    delta: np.ndarray,
    a: list[np.ndarray],
    layers: Layers,
) -> Layers:
    """Return dE/dW and dE/db of each layer, from delta(L), shape (m, n_L)."""
    pairs = zip(a[:-1], deltas(delta, a, layers), strict=True)
    return [(out.T @ delta, delta.sum(axis=0)) for out, delta in pairs]


def gradients(x: np.ndarray, y: np.ndarray, layers: Layers) -> Layers:
    """Return the slopes of the cross-entropy, summed over the m rows of x."""
    a = forward(x, layers)
    return backward(a[-1] - y, a, layers)


def step(layers: Layers, slopes: Layers, alpha: float) -> Layers:
    """Return the layers after a step of gradient descent, all at once."""
    pairs = zip(layers, slopes, strict=True)
    return [(W - alpha * dW, b - alpha * db) for (W, b), (dW, db) in pairs]


def train(layers: Layers, alpha: float, steps: int) -> Layers:
    """Return the layers after some steps of gradient descent on XOR."""
    for _ in range(steps):
        slopes = gradients(CORNERS, XOR, layers)  # all, before any step
        layers = step(layers, slopes, alpha)
    return layers


if __name__ == "__main__":
    for sizes in ([2, 2, 1], [2, 4, 4, 1]):
        layers = initialize(sizes, np.random.RandomState(3))
        count = sum(W.size + b.size for W, b in layers)
        print(f"units {sizes}, weights and biases {count}")
        for before, after in pairwise((0, 0, 100, 500)):
            layers = train(layers, alpha=0.5, steps=after - before)
            prediction = forward(CORNERS, layers)[-1]
            print(f"  step {after:3}", np.round(prediction.ravel(), 3))
