"""Logistic regression: one unit with a sigmoid, trained on cross-entropy.

A row of ``MORNINGS``: minutes until the bus leaves, and hundreds of metres to
the stop. The same entry of ``CAUGHT`` is 1 where the bus was caught, else 0.

References:
    Cox (1958), The Regression Analysis of Binary Sequences
    [cox1958regression].
    Goodfellow et al. (2016), Deep Learning, section 6.2.2.2
    [goodfellow2016deep].
"""

import numpy as np

MINUTES = [1, 2, 3, 3, 4, 2, 3, 5, 2, 4, 5, 6, 5, 4, 1, 6]
METRES = [3, 5, 6, 4, 6, 4, 3, 5, 2, 3, 4, 6, 6, 5, 1, 4]
MORNINGS = np.column_stack([MINUTES, METRES])  # (16, 2)
CAUGHT = np.array([0.0] * 8 + [1.0] * 8)  # (16,)


def predict(w: np.ndarray, b: float, X: np.ndarray) -> np.ndarray:
    """Return the probabilities of a 1, shape (m,): sigmoid(X @ w + b).

    The sigmoid is exp(-ln(1 + exp(-z))), and ``logaddexp(0, -z)`` is that
    logarithm without an overflow.
    """
    return np.exp(-np.logaddexp(0, -(X @ w + b)))


def error(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> float:
    """Return the cross-entropy, summed over the examples, from the logits.

    An example costs ln(1 + exp(z)) - y z: no logarithm meets a 0.

    Args:
        w: Weights, shape (n,).
        b: Bias.
        X: Inputs, an example in each row, shape (m, n).
        y: Targets, shape (m,), each 0 or 1.
    """
    z = X @ w + b
    return float(np.sum(np.logaddexp(0, z) - y * z))


def gradient(
    w: np.ndarray,
    b: float,
    X: np.ndarray,
    y: np.ndarray,
) -> tuple[np.ndarray, float]:
    """Return dE/dw, shape (n,), and dE/db: miss times input, summed."""
    delta = predict(w, b, X) - y  # dE/dz, (m,)
    return delta @ X, float(delta.sum())


def step(
    w: np.ndarray,
    b: float,
    X: np.ndarray,
    y: np.ndarray,
    alpha: float,
) -> tuple[np.ndarray, float]:
    """Return weights and bias after one step down the summed error."""
    by_w, by_b = gradient(w, b, X, y)
    return w - alpha * by_w, b - alpha * by_b


def fit(
    X: np.ndarray,
    y: np.ndarray,
    steps: int,
    alpha: float = 0.2,
) -> tuple[np.ndarray, float]:
    """Return weights and bias after full-batch descent on the mean, from 0."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w, b = step(w, b, X, y, alpha / len(y))
    return w, b


if __name__ == "__main__":
    print("steps    error       w1       w2        b")
    for steps in (0, 10, 100, 1000, 10000):
        w, b = fit(MORNINGS, CAUGHT, steps)
        total = error(w, b, MORNINGS, CAUGHT)
        print(f"{steps:5} {total:8.4f} {w[0]:8.4f} {w[1]:8.4f} {b:8.4f}")
    percent = np.rint(100 * predict(w, b, MORNINGS)).astype(int)
    print("in %, missed:", percent[:8])
    print("in %, caught:", percent[8:])
