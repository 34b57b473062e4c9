"""The results of docs/networks/activations.md."""

import math

import numpy as np

from snippets import activations

from . import result


@result
def largest_slope() -> dict[str, float]:
    """The slope of each function where it is steepest."""
    x = np.linspace(-3, 3, 601)
    return {
        "relu": float(activations.relu_slope(activations.relu(x)).max()),
        "sigmoid": float(activations.sigmoid_slope(activations.sigmoid(x)).max()),
        "tanh": float(activations.tanh_slope(activations.tanh(x)).max()),
    }


@result
def tenth() -> dict[str, float]:
    """The first exercise: a tenth of the sigmoid's largest slope, and where it has it."""
    slope = float(activations.sigmoid_slope(activations.sigmoid(np.array(0.0)))) / 10
    out = (1 + math.sqrt(1 - 4 * slope)) / 2  # solves out (1 - out) = slope
    return {"slope": slope, "at": math.log(out / (1 - out))}


@result
def slope_at_2() -> dict[str, float]:
    """The third exercise: what the function is for the sigmoid's slope gives at 2, fed with x."""
    x = np.array(2.0)
    return {
        "wrong": float(activations.sigmoid_slope(x)),
        "right": float(activations.sigmoid_slope(activations.sigmoid(x))),
    }
