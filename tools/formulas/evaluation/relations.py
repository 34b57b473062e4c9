r"""Compares the sides of a claim: ``=``, ``\le`` and their like, and ``\approx``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node, Times
from . import arrays
from .arrays import Array, Entries, Number, Value

RELATIVE = 1e-9
"""How far two results may be apart, as a fraction of the larger."""
RELATIVE_NUMERICAL = 1e-6
"""The same where one is a numerical derivative."""
ROUNDING = 16 * np.finfo(float).eps
"""How far they may be apart beyond that, as a fraction of the largest number on the way to them:
two large numbers may have left next to nothing, and their rounding."""
ROUNDING_NUMERICAL = 1e-10
LONGEST_SHOWN = 100


class DisagreementError(FormulaError):
    """A relation between two computed sides that does not hold."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A side of a claim that was computed."""

    node: Node
    value: Value
    numerical: bool
    """Whether by a numerical derivative."""
    largest: float
    """The largest number on the way."""


def check(left: Computed, operator: str, right: Computed) -> None:
    """Raise a DisagreementError, with the place of the right side, unless a relation holds.

    Raises:
        FormulaError: also if the sides cannot be compared.
    """
    try:
        holds = OPERATORS[operator](left, right)
    except FormulaError as error:
        raise FormulaError(error.message, right.node.span[0]) from None
    if not holds:
        message = f"{_shown(left.value)} {operator} {_shown(right.value)} does not hold"
        if not arrays.same_shape(left.value, right.value):
            shapes = f"{arrays.describe(left.value)} and {arrays.describe(right.value)}"
            message = f"{message}: the sides are {shapes}"
        raise DisagreementError(message, right.node.span[0])


def agree(left: Computed, right: Computed) -> bool:
    """Return whether two sides are of one shape and, but for rounding, of one value."""
    if not arrays.same_shape(left.value, right.value):
        return False
    numerical = left.numerical or right.numerical
    largest = max(left.largest, right.largest)
    pairs = zip(_entries(left.value), _entries(right.value), strict=True)
    return all(bool(near(a, b, largest, numerical=numerical).all()) for a, b in pairs)


def near(a: Any, b: Any, largest: float, *, numerical: bool = False) -> Any:
    """Return where entries agree but for rounding.

    Args:
        a: entries of one side, or a number.
        b: those of the other.
        largest: the largest number on the way to both.
        numerical: whether one is a numerical derivative.
    """
    relative = RELATIVE_NUMERICAL if numerical else RELATIVE
    rounding = ROUNDING_NUMERICAL if numerical else ROUNDING
    allowed = relative * np.maximum(np.abs(a), np.abs(b)) + rounding * largest
    return np.abs(a - b) <= allowed


def compared(left: Computed, operator: str, right: Computed) -> Value:
    r"""Return 1 where a comparison holds and 0 elsewhere, entry by entry.

    Raises:
        FormulaError: where the entries are equal but for rounding, and not equal: nothing tells
            whether they would be without it.
    """
    numerical = left.numerical or right.numerical
    largest = max(left.largest, right.largest)

    def compare(a: Any, b: Any) -> Any:
        if np.any((a != b) & near(a, b, largest, numerical=numerical)):
            raise FormulaError("the two sides are too near to each other to be compared")
        return COMPARISONS[operator](a, b)

    return arrays.each(compare, left.value, right.value)


def _everywhere(operator: str) -> Callable[[Computed, Computed], bool]:
    """Return a comparison that must hold for all entries."""

    def holds(left: Computed, right: Computed) -> bool:
        found = compared(left, operator, right)
        return bool(found.entries.all() if isinstance(found, Array) else found)

    return holds


def _differ(left: Computed, right: Computed) -> bool:
    r"""Return whether any entries differ: a ``\ne`` of arrays is of the whole."""
    found = compared(left, r"\ne", right)
    return bool(found.entries.any() if isinstance(found, Array) else found)


def _rounds(left: Computed, right: Computed) -> bool:
    """Return whether one side is the other, rounded to the digits that are written."""
    halves = [half for side in (left, right) if (half := _half_unit(side.node)) is not None]
    if not halves:
        raise FormulaError(r"\approx needs a decimal number on one side")
    if not isinstance(left.value, Number) or not isinstance(right.value, Number):
        raise FormulaError(r"\approx is for numbers")
    allowed = max(halves) + ROUNDING * max(left.largest, right.largest)
    return bool(abs(left.value - right.value) <= allowed)


def _half_unit(node: Node) -> float | None:
    r"""Return half a unit of the last digit of a number as written; None for anything else.

    It may have a minus, and a power of ten: ``1.2 \cdot 10^{-3}``.
    """
    match node:
        case syntax.Negative(operand=operand):
            return _half_unit(operand)
        case syntax.Number(text=text):
            return 0.5 * 10.0 ** -len(text.partition(".")[2])
        case syntax.Product(
            left=left, right=syntax.Power(base=syntax.Number(text="10"), exponent=exponent)
        ) if node.times in (Times.DOT, Times.CROSS):
            half, power = _half_unit(left), _whole(exponent)
            return None if half is None or power is None else half * 10.0**power
    return None


def _whole(node: Node) -> int | None:
    """Return a small whole number as written, or None for anything else."""
    match node:
        case syntax.Negative(operand=operand):
            number = _whole(operand)
            return None if number is None else -number
        case syntax.Number(text=text) if text.isdigit() and len(text) < 3:
            return int(text)
    return None


COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": np.equal,
    r"\ne": np.not_equal,
    "<": np.less,
    ">": np.greater,
    r"\le": np.less_equal,
    r"\ge": np.greater_equal,
}
OPERATORS: Mapping[str, Callable[[Computed, Computed], bool]] = {
    **{operator: _everywhere(operator) for operator in COMPARISONS},
    "=": agree,
    r"\ne": _differ,
    r"\approx": _rounds,
}


def _entries(value: Value) -> tuple[Entries, ...]:
    """Return the numbers of a value, layer by layer."""
    if isinstance(value, tuple):
        return tuple(layer.entries for layer in value)
    return (value.entries if isinstance(value, Array) else np.asarray(value),)


def _shown(value: Value) -> str:
    """Return a value for people, on one line and not too long."""
    if isinstance(value, Number):
        return f"{value:.10g}"
    with np.printoptions(precision=6, threshold=12, edgeitems=2):
        texts = [np.array2string(entries, separator=", ") for entries in _entries(value)]
    text = " ".join(", ".join(texts).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
