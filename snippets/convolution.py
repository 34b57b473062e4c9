"""A convolution layer: one small kernel at work in every place of an image.

An image is an array (H, W, C): rows, columns, channels. As in the libraries of
deep learning, "convolution" is a cross-correlation: no kernel gets flipped.

References:
    Dumoulin and Visin (2016), A Guide to Convolution Arithmetic for Deep
    Learning [dumoulin2016guide].
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SOBEL_X = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])


def map_size(n: int, r: int, stride: int = 1, padding: int = 0) -> int:
    """Return how many places a kernel of r rows has along n rows; or columns.

    Args:
        n: Rows of the image; with the padding at least r.
        r: Side of the kernel.
        stride: How many rows apart the places are.
        padding: Rows of zeros on each side.
    """
    return (n + 2 * padding - r) // stride + 1


def patches(x: np.ndarray, r: int, stride: int, padding: int) -> np.ndarray:
    """Return all r by r patches of x (H, W, C), shape (I, J, C, r, r).

    Patch [i, j] begins at row i * stride and column j * stride of the image,
    which is first surrounded by ``padding`` rows and columns of zeros.
    """
    x = np.pad(x, ((padding, padding), (padding, padding), (0, 0)))
    return sliding_window_view(x, (r, r), axis=(0, 1))[::stride, ::stride]


def convolution(
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Return F feature maps, shape (I, J, F), for an image x (H, W, C).

    The kernels w have the shape (r, r, C, F), the biases b (F,).
    """
    seen = patches(x, len(w), stride, padding)
    # Multiply where letters agree, and add up over those missing at the end.
    return np.einsum("ijcuv,uvck->ijk", seen, w) + b


def convolution_gradients(
    delta: np.ndarray,
    x: np.ndarray,
    w: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return dE/dx, dE/dw, dE/db for delta = dE/d(feature maps), (I, J, F)."""
    (height, width, channels), r = x.shape, len(w)
    dw = np.einsum("ijcuv,ijk->uvck", patches(x, r, stride, padding), delta)
    # Put delta where a stride of 1 would have it: zeros where places were left
    # out. Then correlate with the flipped kernels, and cut off the margin.
    rows = map_size(height, r, padding=padding)
    columns = map_size(width, r, padding=padding)
    spread = np.zeros((rows, columns, delta.shape[2]))
    spread[::stride, ::stride] = delta
    flipped = w[::-1, ::-1].swapaxes(2, 3)  # (r, r, F, C)
    dx = convolution(spread, flipped, np.zeros(channels), padding=r - 1)
    dx = dx[padding : padding + height, padding : padding + width]
    return dx, dw, delta.sum(axis=(0, 1))


if __name__ == "__main__":
    scene = np.zeros((6, 7, 1))
    scene[:, 3:] = 1.0  # dark on the left, bright on the right
    image, moved = scene[:, :6], scene[:, 1:]
    w, b = SOBEL_X.reshape(3, 3, 1, 1), np.zeros(1)
    z = convolution(image, w, b)
    print("feature map", z[..., 0], sep="\n")
    print("edge one column to the left:", convolution(moved, w, b)[0, :, 0])
    print("stride 2, padding 1:", convolution(image, w, b, 2, 1).shape)
    dx, dw, db = convolution_gradients(np.ones_like(z), image, w)
    print("for E = sum of the map, dE/dw", dw[..., 0, 0], sep="\n")
    print("dE/db", db)
    print("dE/dx, third row", dx[2, :, 0])
