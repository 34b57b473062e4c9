"""Mini-batches, epochs, and a descent that takes one step for each batch.

A row of ``ORDERS`` says how many coffees and rolls were on the table, the same
entry of ``PAID`` what they cost together. The weights are the two prices.

References:
    Bottou et al. (2018), Optimization Methods for Large-Scale Machine
    Learning [bottou2018optimization].
"""

from collections.abc import Iterator

import numpy as np

COFFEES = [1, 2, 1, 0, 2, 3, 1, 2, 1, 3]
ROLLS = [1, 1, 2, 2, 3, 1, 0, 2, 3, 2]
ORDERS = np.column_stack([COFFEES, ROLLS])  # (10, 2): a row for each example
PAID = np.array([5.5, 7.6, 7.3, 3.5, 12.6, 10.8, 3.1, 9.4, 9.3, 13.4])  # (10,)


def predict(w: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the dot product of w, shape (n,), with each row of X: (m,)."""
    return X @ w


def error(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """Return half the mean squared miss of the predictions.

    Args:
        w: Weights, shape (n,).
        X: Inputs, an example in each row, shape (m, n).
        y: Targets, shape (m,).
    """
    return 0.5 * np.mean((predict(w, X) - y) ** 2)


def gradient(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the partial derivatives of ``error`` by the weights, (n,)."""
    return X.T @ (predict(w, X) - y) / len(y)


def minibatches(
    m: int,
    size: int,
    rng: np.random.RandomState,
) -> Iterator[np.ndarray]:
    """Yield the row numbers of one epoch: each of 0..m-1 once, shuffled.

    There are ceil(m / size) batches; the last one takes what is left.
    """
    order = rng.permutation(m)
    for start in range(0, m, size):
        yield order[start : start + size]


def descend(
    w: np.ndarray,
    size: int,
    alpha: float,
    epochs: int,
    seed: int = 0,
) -> np.ndarray:
    """Return the weights before and after each update, (updates + 1, n)."""
    rng = np.random.RandomState(seed)
    path = [w]
    for _ in range(epochs):
        for rows in minibatches(len(PAID), size, rng):
            w = w - alpha * gradient(w, ORDERS[rows], PAID[rows])
            path.append(w)
    return np.array(path)


if __name__ == "__main__":
    start = np.array([0.0, 3.0])
    for size in (10, 4, 1):
        path = descend(start, size, alpha=0.1, epochs=5)
        left = error(path[-1], ORDERS, PAID)
        print(f"size {size:2}: {len(path) - 1:2} updates, error {left:.4f}")

    print("gradient from all 10:", gradient(start, ORDERS, PAID))
    for rows in minibatches(10, 4, np.random.RandomState(0)):
        slopes = gradient(start, ORDERS[rows], PAID[rows])
        print(f"   from a batch of {len(rows)}:", slopes)
