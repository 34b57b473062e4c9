"""Three activation functions, and the slope of each from its own output.

Backpropagation needs the slope where it has just computed ``y = f(x)``. For
these three the output y is all it takes, so a layer can forget its input.

References:
    LeCun et al. (1998), Efficient BackProp [lecun1998efficient].
"""

import numpy as np


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), elementwise; range [0, inf)."""
    return np.maximum(x, 0)


def relu_slope(y: np.ndarray) -> np.ndarray:
    """Return 1.0 where y > 0, else 0.0; at the kink, x = 0, that picks 0."""
    return np.where(y > 0, 1.0, 0.0)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), elementwise; range (0, 1).

    For negative x it takes the equal form exp(x) / (1 + exp(x)): exp never sees
    a number above 0, so it cannot overflow.
    """
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_slope(y: np.ndarray) -> np.ndarray:
    """Return the sigmoid's slope where its output is y; 0.25 at most."""
    return y * (1 - y)


def tanh(x: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent, elementwise; range (-1, 1)."""
    return np.tanh(x)


def tanh_slope(y: np.ndarray) -> np.ndarray:
    """Return the slope of tanh where its output is y; at most 1, at y = 0."""
    return 1 - y**2


if __name__ == "__main__":
    x = np.array([-1000.0, -2.0, 0.0, 0.5, 2.0])
    with np.printoptions(precision=4, suppress=True):
        print("x      ", x)
        for name, f, slope in (
            ("relu   ", relu, relu_slope),
            ("sigmoid", sigmoid, sigmoid_slope),
            ("tanh   ", tanh, tanh_slope),
        ):
            print(name, f(x))
            print("  slope", slope(f(x)))
