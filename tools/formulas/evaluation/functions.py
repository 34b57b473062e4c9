r"""The functions that a formula knows, and those that may be named for it to know.

They are written for the formulas alone: what a snippet computes is compared with them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Function = Callable[..., Any]


def _largest(*values: Any) -> Any:
    """Return the largest of several numbers, entry by entry of arrays."""
    result = values[0]
    for value in values[1:]:
        result = np.maximum(result, value)
    return result


def _smallest(*values: Any) -> Any:
    """Return the smallest of several numbers, entry by entry of arrays."""
    return -_largest(*(-value for value in values))


SEVERAL: Mapping[str, Function] = {"max": _largest, "min": _smallest}
r"""Functions of two or more arguments, as in ``\max(a, b)``; without arguments they reduce."""

STANDARD: Mapping[str, Function] = {
    "exp": np.exp,
    "ln": np.log,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "cot": lambda x: 1 / np.tan(x),
    "sec": lambda x: 1 / np.cos(x),
    "csc": lambda x: 1 / np.sin(x),
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "coth": lambda x: 1 / np.tanh(x),
    **SEVERAL,
}
"""What needs no giving: the TeX command without its backslash, and what it does to each entry."""


def _sigmoid(x: Any) -> Any:
    """Return 1 / (1 + exp(-x)) without an overflow on the way."""
    return np.exp(-np.logaddexp(0, -x))


def _softmax(z: Any) -> Any:
    """Return exp(z), divided by its sum along the last axis."""
    return np.exp(_log_softmax(z))


def _log_softmax(z: Any) -> Any:
    if np.ndim(z) == 0:
        raise ValueError("it needs a vector")
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


NAMED: Mapping[str, Function] = {
    "identity": lambda x: x,
    "abs": np.abs,
    "sign": np.sign,
    "square": np.square,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "ln": np.log,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.where(np.asarray(x) < 0, 0.01, 1) * x,
    "elu": lambda x: np.where(np.asarray(x) < 0, np.expm1(np.minimum(x, 0)), x),
    "silu": lambda x: x * _sigmoid(x),
    "softplus": lambda x: np.logaddexp(x, 0),
    "step": lambda x: np.where(np.asarray(x) < 0, 0, 1),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
}
r"""What a word stands for unless it is given, as in ``\operatorname{softmax}(z)``, and what the
command `eval` may name: softmax along the last axis, the slope of the leaky ReLU 0.01, the step up
at 0, and the others entry by entry."""
