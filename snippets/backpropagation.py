"""Backpropagation through any number of layers, shown on XOR.

Hidden layers have tanh, the last one a sigmoid, the error is cross-entropy.

References:
    Rumelhart et al. (1986), Learning Representations by Back-Propagating
    Errors [rumelhart1986learning].
"""

from itertools import pairwise

import numpy as np

Layers = list[tuple[np.ndarray, np.ndarray]]  # of each layer, W and b

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([[0.0], [1.0], [1.0], [0.0]])  # (4, 1): 1 if the two differ


def initialize(sizes: list[int], rng: np.random.RandomState) -> Layers:
    """Return W (n_in, n_out), of variance 1 / n_in, and b (n_out,) of 0."""
    return [
        (rng.normal(scale=n_in**-0.5, size=(n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(sizes)
    ]


def forward(x: np.ndarray, layers: Layers) -> list[np.ndarray]:
    """Return a(0) = x, ..., a(L) = prediction in (0, 1); a(l) is (m, n_l)."""
    a = [x]
    for W, b in layers[:-1]:
        a.append(np.tanh(a[-1] @ W + b))
    W, b = layers[-1]
    a.append((1 + np.tanh((a[-1] @ W + b) / 2)) / 2)  # a sigmoid, by tanh
    return a


def backward(
    delta: np.ndarray,
    a: list[np.ndarray],
    layers: Layers,
) -> Layers:
    """Return dE/dW and dE/db of each layer, from delta(L), shape (m, n_L)."""
    deltas = [delta]
    # Layers L to 2, each with what came in, a(l-1): delta(l) gives delta(l-1)
    for (W, _), out in zip(layers[:0:-1], a[-2:0:-1], strict=True):
        deltas.append((deltas[-1] @ W.T) * (1 - out**2))  # times tanh'
    pairs = zip(a[:-1], reversed(deltas), strict=True)  # a(l-1) and delta(l)
    return [(out.T @ delta, delta.sum(axis=0)) for out, delta in pairs]


def gradients(x: np.ndarray, y: np.ndarray, layers: Layers) -> Layers:
    """Return the slopes of the cross-entropy, summed over the m rows of x."""
    a = forward(x, layers)
    return backward(a[-1] - y, a, layers)


def train(layers: Layers, alpha: float, steps: int) -> Layers:
    """Return the layers after some steps of gradient descent on XOR."""
    for _ in range(steps):
        slopes = gradients(CORNERS, XOR, layers)  # all, before any step
        layers = [
            (W - alpha * dW, b - alpha * db)
            for (W, b), (dW, db) in zip(layers, slopes, strict=True)
        ]
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
