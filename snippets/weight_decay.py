"""Weight decay: at every step each weight but the bias shrinks a little.

References:
    Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization
    [loshchilov2019decoupled].
"""

import numpy as np
from numpy.polynomial.legendre import legvander


def error(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """Return E, half the sum of the squared misses.

    Args:
        w: Weights, shape (n,); the first entry is the bias.
        X: Inputs, an example in each row and a first column of 1, shape (m, n).
        y: Targets, shape (m,).
    """
    return 0.5 * np.sum((X @ w - y) ** 2)


def gradient(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the gradient of E by w, shape (n,)."""
    return X.T @ (X @ w - y)


def penalized_error(
    w: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    lam: float,
) -> float:
    """Return E and the penalty of all weights but the bias; lam >= 0."""
    return error(w, X, y) + lam / 2 * np.sum(w[1:] ** 2)


def penalized_gradient(
    w: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    lam: float,
) -> np.ndarray:
    """Return the gradient of E with its penalty by w, shape (n,)."""
    return gradient(w, X, y) + lam * np.append(0, w[1:])


def decay_step(
    w: np.ndarray,
    slopes: np.ndarray,
    lam: float,
    alpha: float,
) -> np.ndarray:
    """Return w shrunk, then moved down the slopes of the plain error."""
    shrink = np.append(1, np.full(len(w) - 1, 1 - alpha * lam))
    return shrink * w - alpha * slopes


def fit(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return the weights, (n,), at which descent with decay comes to rest."""
    w = np.zeros(X.shape[1])
    for _ in range(20_000):
        w = decay_step(w, gradient(w, X, y), lam, alpha=0.05)
    return w


if __name__ == "__main__":
    rng = np.random.RandomState(0)  # the same examples as for early stopping
    x = np.linspace(-1, 1, 10)
    X, y = legvander(x, 9), np.sin(3 * x) + rng.normal(scale=0.3, size=10)
    x = rng.uniform(-1, 1, 10)
    X_val = legvander(x, 9)
    y_val = np.sin(3 * x) + rng.normal(scale=0.3, size=10)

    print("lambda  training  validation  squared weights")
    for lam in (0, 0.01, 0.1, 1, 10):
        w = fit(X, y, lam)
        training = np.mean((X @ w - y) ** 2)
        validation = np.mean((X_val @ w - y_val) ** 2)
        size = np.sum(w[1:] ** 2)
        print(f"{lam:6}  {training:8.3f}  {validation:10.3f}  {size:15.2f}")
    slopes = penalized_gradient(w, X, y, lam)
    print(f"slopes left at lambda = {lam}: {np.abs(slopes).max():.6f} at most")
