"""Pooling: a map made smaller by keeping one number for each window.

Each channel is pooled for itself, and there is nothing to learn.

References:
    LeCun et al. (1998), Gradient-Based Learning Applied to Document
    Recognition [lecun1998gradient].
"""

import numpy as np

POOLS = {"max": np.max, "mean": np.mean, "sum": np.sum}


def windows(x: np.ndarray, r: int) -> np.ndarray:
    """Return the r by r windows of x (H, W, C), shape (H//r, W//r, C, r * r).

    They do not overlap; rows and columns that fill no window are left out.
    """
    rows, columns, channels = x.shape[0] // r, x.shape[1] // r, x.shape[2]
    parts = x[: rows * r, : columns * r].reshape(rows, r, columns, r, channels)
    return parts.transpose(0, 2, 4, 1, 3).reshape(rows, columns, channels, -1)


def pool(x: np.ndarray, r: int = 2, how: str = "max") -> np.ndarray:
    """Return x (H, W, C) pooled to (H//r, W//r, C) by max, mean or sum."""
    return POOLS[how](windows(x, r), axis=-1)


def pool_gradient(
    delta: np.ndarray,
    x: np.ndarray,
    r: int = 2,
    how: str = "max",
) -> np.ndarray:
    """Return dE/dx, shape of x, for delta = dE/d(pooled), (H//r, W//r, C).

    Of a window's equal maxima the first in reading order is the winner.
    """
    seen = windows(x, r)
    if how == "max":
        share = np.arange(r * r) == seen.argmax(axis=-1)[..., np.newaxis]
    else:
        share = np.full(seen.shape, {"mean": 1 / r**2, "sum": 1.0}[how])
    dx = np.zeros(x.shape)
    places = windows(np.arange(x.size).reshape(x.shape), r)
    np.put(dx, places, share * delta[..., np.newaxis])
    return dx


if __name__ == "__main__":
    edges = np.tile([0.0, 4.0, 4.0, 0.0], (4, 1))[..., np.newaxis]
    for how in POOLS:
        print(f"{how:4} of the edges:", *pool(edges, how=how)[..., 0])
    x = np.array([[1, 3, 2, 0], [5, 2, 1, 4], [0, 1, 7, 2], [3, 2, 6, 1.0]])
    x, delta = x[..., np.newaxis], np.array([[[1.0], [2.0]], [[3.0], [4.0]]])
    print("max of the figure:", *pool(x)[..., 0])
    print("delta, sent back:", pool_gradient(delta, x)[..., 0], sep="\n")
