"""A model of two numbers against one that keeps every example.

Both guess from the length of a bicycle ride how many minutes it takes: 5 for
the lock, 3 for each of the first 5 km, and 6 for each of the others, uphill.

References:
    Hastie et al. (2009), The Elements of Statistical Learning, chapter 2
    [hastie2009elements].
"""

from functools import partial

import numpy as np


def rides(m: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return lengths in km, in [0, 10), and minutes of m rides, shape (m,).

    Wind and traffic lights scatter the minutes, by about 1.5 either way.
    """
    rng = np.random.RandomState(seed)
    x = 10 * rng.random_sample(m)
    scatter = 1.5 * rng.standard_normal(m)
    return x, 5 + 3 * x + 3 * np.maximum(x - 5, 0) + scatter


def fit_line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the w and b of least mean squared error for line(x, w, b).

    Args:
        x: Inputs, shape (m,), not all the same.
        y: Targets, shape (m,).
    """
    off_center = x - x.mean()
    w = float(off_center @ y / (off_center @ off_center))
    return w, float(y.mean() - w * x.mean())


def line(x: np.ndarray, w: float, b: float) -> np.ndarray:
    """Return the prediction w x + b for each x, shape (k,)."""
    return w * x + b


def nearest(
    x: np.ndarray,
    kept: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """Return the target of the kept example nearest to each x, shape (k,).

    Args:
        x: Inputs to predict for, shape (k,).
        kept: Inputs and targets of the examples, each of shape (m,).
    """
    distances = np.abs(x[:, np.newaxis] - kept[0])  # (k, m)
    return kept[1][distances.argmin(axis=1)]


def mean_squared_error(prediction: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of the squared misses, both of shape (m,)."""
    return float(np.mean((prediction - y) ** 2))


if __name__ == "__main__":
    test_x, test_y = rides(1000, seed=0)
    print("rides  model    keeps  5 km  train  test")
    for m in (10, 100, 1000):
        x, y = rides(m, seed=5)
        w, b = fit_line(x, y)
        for name, keeps, model in (
            ("line", 2, partial(line, w=w, b=b)),
            ("nearest", 2 * m, partial(nearest, kept=(x, y))),
        ):
            minutes = model(np.array([5.0]))[0]
            train = mean_squared_error(model(x), y)
            test = mean_squared_error(model(test_x), test_y)
            print(f"{m:5}  {name:7}  {keeps:5}", end="")
            print(f"  {minutes:.1f}  {train:5.1f}  {test:4.1f}")
