"""Early stopping: remember the best weights so far, and go back to them.

References:
    Prechelt (1998), Early Stopping - But When? [prechelt1998early].
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.polynomial.legendre import legvander


def stop_early(
    epochs: Iterable[tuple[float, np.ndarray]],
    patience: int,
) -> tuple[int, np.ndarray]:
    """Return the number of the best epoch, and a copy of its weights.

    Args:
        epochs: Validation error and weights; first those before any training.
        patience: After so many epochs without a new low no more are asked for.
            A tie is no new low, nor is nan.
    """
    lowest, best_epoch, best = np.inf, 0, None
    for epoch, (error, w) in enumerate(epochs):
        if error < lowest:
            lowest, best_epoch, best = error, epoch, w.copy()
        elif epoch - best_epoch >= patience:
            break
    if best is None:
        raise ValueError("no epoch had a finite validation error")
    return best_epoch, best


def descend(
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    alpha: float = 0.05,
) -> Iterator[np.ndarray]:
    """Yield weights (n,) for X (m, n) and y (m,): zeros, then each epoch's.

    E is half the sum of the squared misses.
    """
    w = np.zeros(X.shape[1])
    for _ in range(epochs + 1):
        yield w
        w = w - alpha * X.T @ (X @ w - y)


def examples(
    x: np.ndarray,
    rng: np.random.RandomState,
) -> tuple[np.ndarray, np.ndarray]:
    """Return ten features (m, 10) and noisy targets (m,) for x in [-1, 1].

    The features are Legendre's polynomials of degree 0 to 9: combined they make
    the same curves as the powers of x, but descent gets there sooner.
    """
    return legvander(x, 9), np.sin(3 * x) + rng.normal(scale=0.3, size=len(x))


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X, y = examples(np.linspace(-1, 1, 10), rng)
    X_val, y_val = examples(rng.uniform(-1, 1, 10), rng)
    weights = list(descend(X, y, epochs=2000))
    errors = [np.mean((X_val @ w - y_val) ** 2) for w in weights]
    print("epoch  training  validation")
    for epoch in (0, 10, 50, 100, 500, 2000):
        training = np.mean((X @ weights[epoch] - y) ** 2)
        print(f"{epoch:5}  {training:8.3f}  {errors[epoch]:10.3f}")
    best_epoch, _ = stop_early(zip(errors, weights, strict=True), patience=50)
    print("best epoch:", best_epoch)
