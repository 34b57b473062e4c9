"""Three activation functions, and the slope of each from its own output.

Backpropagation needs the slope where it has just computed ``out = f(x)``. For
these three the output is all it takes, so a layer can forget its input.

References:
    LeCun et al. (1998), Efficient BackProp [lecun1998efficient].
"""

import numpy as np


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), elementwise; range [0, inf)."""
    return np.maximum(x, 0)


def relu_slope(out: np.ndarray) -> np.ndarray:
    """Return 1.0 where out > 0, else 0.0; at the kink, x = 0, that picks 0."""
    return np.where(out > 0, 1.0, 0.0)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), elementwise; range (0, 1).

    For negative x it takes the equal form exp(x) / (1 + exp(x)): exp never sees
    a number above 0, so it cannot overflow.
    """
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_slope(out: np.ndarray) -> np.ndarray:
    """Return the sigmoid's slope where its output is out; 0.25 at most."""
    return out * (1 - out)


def tanh(x: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent, elementwise; range (-1, 1)."""
    return np.tanh(x)


def tanh_slope(out: np.ndarray) -> np.ndarray:
    """Return the slope of tanh where its output is out; 1 at most."""
    return 1 - out**2


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
