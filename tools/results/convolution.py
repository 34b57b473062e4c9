"""The results of docs/practice/convolution.md."""

from itertools import pairwise

import numpy as np

from snippets.convolution import SOBEL_X, convolution
from snippets.pooling import pool

from . import result

SOBEL = SOBEL_X.reshape(3, 3, 1, 1)
NONE = np.zeros(1)

IMAGE = np.repeat([[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]], 6, axis=0)[..., np.newaxis]
"""Dark on the left, bright on the right: the image of the figure."""


def dense(*sizes: int) -> int:
    """Return the number of weights and biases of fully connected layers of these sizes."""
    return sum(n_in * n_out + n_out for n_in, n_out in pairwise(sizes))


def kernels(side: int, channels: int, maps: int) -> int:
    """Return the number of weights and biases of a convolution layer that really runs."""
    w, b = np.ones((side, side, channels, maps)), np.ones(maps)
    convolution(np.ones((side, side, channels)), w, b)
    return w.size + b.size


@result
def parameters() -> dict[str, int]:
    """The three counts of the table, biases included."""
    return {
        "mlp": dense(28 * 28, 512, 512, 10),
        "dense": dense(224 * 224 * 3, 4096),
        "kernels": kernels(3, 1, 32),
    }


def full_matrix() -> np.ndarray:
    """Return the weights of a fully connected layer that does what a kernel of 1 to 9 does."""
    w = np.arange(1.0, 10.0).reshape(3, 3, 1, 1)
    pixels = np.eye(36).reshape(36, 6, 6, 1)
    return np.array([convolution(pixel, w, NONE).ravel() for pixel in pixels])


@result
def full_layer() -> dict[str, int]:
    """How many weights that layer has, and how many of them are 0."""
    matrix = full_matrix()
    return {"weights": matrix.size, "zeros": int(np.sum(matrix == 0))}


@result
def pooled() -> dict[str, float]:
    """What every window of the map of edges gives."""
    edges = convolution(IMAGE, SOBEL, NONE)
    return {how: pool(edges, how=how).max() for how in ("max", "mean", "sum")}


@result
def flipped_sobel() -> float:
    """The answer of the flipped kernel where the edge is."""
    return float(convolution(IMAGE, SOBEL[::-1, ::-1], NONE).min())


@result
def colour_image() -> dict[str, int]:
    """The first exercise: the parameters of a kernel, and of all sixteen."""
    return {"kernel": kernels(5, 3, 1), "all": kernels(5, 3, 16)}
