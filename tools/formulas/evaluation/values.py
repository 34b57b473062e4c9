"""What a formula is given, and what it gives back: plain numbers, lists and NumPy arrays."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any, TypeAlias

import numpy as np

from ..errors import FormulaError
from .arrays import MAX_ENTRIES, Array, Layers, Number, Value

MAX_AXES = 8

Plain: TypeAlias = float | np.ndarray | tuple[np.ndarray, ...]


def read(given: Any, what: str) -> Value:
    """Return what was given as a value of a formula.

    Args:
        given: a number, a list of numbers, nested to any number of axes, an array, or a tuple of
            such arrays: layers. A list of lists that differ in shape becomes such a tuple.
        what: it is, for the error.

    Raises:
        FormulaError: for all else, such as text, an empty list, and numbers that are not finite.
    """
    if isinstance(given, Array):
        return Array(_array(given.entries, what), given.orientation)
    if isinstance(given, tuple):
        return _tuple(given, what)
    if isinstance(given, list):
        return _list(given, what)
    if isinstance(given, np.ndarray):
        return _value(_array(given, what))
    return _number(given, what)


def plain(value: Value) -> Plain:
    """Return a value as those who use formulas know it, to do with as they like."""
    if isinstance(value, tuple):
        return tuple(layer.entries.copy() for layer in value)
    return value.entries.copy() if isinstance(value, Array) else float(value)


def _value(entries: np.ndarray) -> Number | Array:
    return Array(entries) if entries.ndim else Number(entries)


def _number(given: Any, what: str) -> Number:
    """Return a number that is neither a truth value nor a text."""
    if isinstance(given, bool | np.bool) or not isinstance(given, Real):
        raise FormulaError(f"{what} must be a number or a list of numbers")
    try:
        number = float(given)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise FormulaError(f"{what} must be finite")
    return Number(number)


def _array(given: np.ndarray, what: str) -> np.ndarray:
    """Return a copy of an array as one of floating-point numbers."""
    if given.dtype.kind not in "iuf":
        raise FormulaError(f"{what} must be an array of real numbers")
    if not given.size:
        raise FormulaError(f"{what} is empty")
    if given.size > MAX_ENTRIES or given.ndim > MAX_AXES:
        raise FormulaError(f"{what} is too large")
    entries = np.array(given, dtype=np.float64)
    if not np.isfinite(entries).all():
        raise FormulaError(f"{what} must be finite")
    return entries


def _tuple(given: Sequence[Any], what: str) -> Value:
    """Return layers; of numbers alone, a vector."""
    if not given:
        raise FormulaError(f"{what} is empty")
    layers = [read(layer, what) for layer in given]
    return _vector(layers) or _layers(layers, what)


def _vector(items: Sequence[Value]) -> Array | None:
    """Return numbers as a vector, and None for anything else."""
    if not all(isinstance(item, Number) for item in items):
        return None
    return Array(np.array(items, dtype=np.float64))


def _layers(items: Sequence[Value], what: str) -> Layers:
    """Return arrays as layers."""
    layers = tuple(item for item in items if isinstance(item, Array))
    if len(layers) < len(items):
        raise FormulaError(f"{what} mixes numbers and lists, or its layers are uneven themselves")
    return layers


def _list(given: list[Any], what: str, axes: int = 1) -> Value:
    """Return a list as an array, or as layers where its parts have several shapes."""
    if not given:
        raise FormulaError(f"{what} is empty")
    if axes > MAX_AXES or len(given) > MAX_ENTRIES:
        raise FormulaError(f"{what} is too large")
    items = [
        _list(item, what, axes + 1) if isinstance(item, list) else _number(item, what)
        for item in given
    ]
    if vector := _vector(items):
        return vector
    layers = _layers(items, what)
    arrays = [layer.entries for layer in layers]
    if len({array.shape for array in arrays}) > 1:
        return layers
    if sum(array.size for array in arrays) > MAX_ENTRIES:
        raise FormulaError(f"{what} is too large")
    return Array(np.stack(arrays))
