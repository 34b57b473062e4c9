"""Computes numbers, names, sums, products, powers, roots and fences."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, starmap
from typing import Any

import numpy as np

from .. import syntax
from ..errors import FormulaError
from ..syntax import Fence, Times
from . import arrays
from .arrays import Array, Number, Value
from .evaluator import Evaluator, Handler

PRODUCTS: Mapping[Times, Callable[[Value, Value], Value]] = {
    Times.IMPLICIT: arrays.multiply,
    Times.DOT: arrays.dot,
    Times.CROSS: arrays.cross,
    Times.HADAMARD: arrays.hadamard,
}

NEARLY_WHOLE = 1e-9
"""A number this near to a whole one, but not whole, cannot be rounded down or up: it may be whole
but for its own rounding."""


def _number(evaluator: Evaluator, node: syntax.Number) -> Value:
    return Number(node.text)


def _name(evaluator: Evaluator, node: syntax.Name) -> Value:
    return evaluator.named(node)


def _group(evaluator: Evaluator, node: syntax.Group) -> Value:
    return evaluator.value(node.operand)


def _negative(evaluator: Evaluator, node: syntax.Negative) -> Value:
    return arrays.negative(evaluator.value(node.operand))


def _sum(evaluator: Evaluator, node: syntax.Sum) -> Value:
    left, right = evaluator.value(node.left), evaluator.value(node.right)
    return (arrays.add if node.sign == "+" else arrays.subtract)(left, right)


def _product(evaluator: Evaluator, node: syntax.Product) -> Value:
    left, right = evaluator.value(node.left), evaluator.value(node.right)
    if isinstance(left, Number) and isinstance(right, Array):
        _check_order(evaluator, node, right)
    if isinstance(left, Array) and isinstance(right, Number):
        _check_index(evaluator, node)
    return PRODUCTS[node.times](left, right)


def _check_index(evaluator: Evaluator, node: syntax.Product) -> None:
    """Refuse ``x(t)`` of an array, which is rather an index than a product."""
    if node.times is not Times.IMPLICIT or not isinstance(node.right, syntax.Group):
        return
    *_, last = _factors(node.left)
    single = isinstance(node.right.operand, syntax.Name | syntax.Number)
    if single and isinstance(last, syntax.Name) and isinstance(evaluator.value(last), Array):
        index = evaluator.piece(node.right.operand)
        raise FormulaError(
            f"{last.key} is an array: write `{last.key}_{{{index}}}`, or put the number in front"
        )


def _check_order(evaluator: Evaluator, node: syntax.Product, last: Array) -> None:
    r"""Refuse ``x \cdot y \cdot z`` of vectors: a dot product that may be either of two."""
    if not isinstance(node.left, syntax.Product | syntax.Quotient):
        return
    factors = [evaluator.value(factor) for factor in _factors(node.left)]
    vectors = [factor for factor in factors if isinstance(factor, Array)]
    signed = node.times is not Times.IMPLICIT
    if vectors and (
        signed or any(starmap(arrays.is_example_with_free, pairwise([*vectors, last])))
    ):
        raise FormulaError("a product of three vectors, in which the order counts: use brackets")


def _factors(node: syntax.Node) -> Iterator[syntax.Node]:
    """Yield the factors of a product, as far as no bracket holds them together."""
    if isinstance(node, syntax.Product):
        yield from _factors(node.left)
        yield from _factors(node.right)
    elif isinstance(node, syntax.Quotient) and node.slashed:
        yield from _factors(node.numerator)
    else:
        yield node


def _quotient(evaluator: Evaluator, node: syntax.Quotient) -> Value:
    numerator = evaluator.value(node.numerator)
    return arrays.divide(numerator, evaluator.value(node.denominator))


def _power(evaluator: Evaluator, node: syntax.Power) -> Value:
    if _is_euler(evaluator, node.base):
        return arrays.each(np.exp, evaluator.value(node.exponent))
    return arrays.power(evaluator.value(node.base), evaluator.value(node.exponent))


def _is_euler(evaluator: Evaluator, node: syntax.Node) -> bool:
    """Return whether a base is the number e, which a given e is not."""
    if not isinstance(node, syntax.Name) or node.key != "e":
        return False
    given = (evaluator.values, evaluator.dependent, evaluator.bound)
    return not any("e" in names for names in given)


def _transpose(evaluator: Evaluator, node: syntax.Transpose) -> Value:
    return arrays.transpose(evaluator.value(node.operand))


def _root(evaluator: Evaluator, node: syntax.Root) -> Value:
    radicand = evaluator.value(node.radicand)
    if node.degree is None:
        return arrays.each(np.sqrt, radicand)
    degree = evaluator.whole(node.degree, "the degree of a root")
    if degree < 2:
        raise FormulaError(f"the degree of a root must be at least 2, not {degree}")
    return arrays.each(lambda x: _roots(x, degree), radicand)


def _roots(radicand: Any, degree: int) -> Any:
    """Return real roots: of an odd degree, those of negative numbers too."""
    if degree % 2:
        return np.copysign(np.power(np.abs(radicand), 1 / degree), radicand)
    return np.power(radicand, 1 / degree)


def _fenced(evaluator: Evaluator, node: syntax.Fenced) -> Value:
    operand = evaluator.value(node.operand)
    if node.fence is Fence.NORM:
        if isinstance(node.order, syntax.Name) and node.order.key in evaluator.values:
            raise FormulaError(f"{node.order.key} below a norm is given, and says which norm")
        return _norm(operand, node.order)
    if node.fence is Fence.ABSOLUTE:
        if not isinstance(operand, Number):
            raise FormulaError(f"an absolute value of {arrays.describe(operand)}: use a norm")
        return abs(operand)
    nearest = arrays.each(np.rint, operand)
    if _differs_by_rounding(operand, nearest):
        raise FormulaError("a number too near to a whole one to be rounded down or up")
    return arrays.each(np.floor if node.fence is Fence.FLOOR else np.ceil, operand)


def _differs_by_rounding(value: Value, nearest: Value) -> bool:
    """Return whether a number is whole but for a rounding error."""

    def near(number: Any, whole: Any) -> Any:
        gap = np.abs(number - whole)
        return (gap > 0) & (gap < NEARLY_WHOLE * np.maximum(1, np.abs(whole)))

    found = arrays.each(near, value, nearest)
    return bool(found.entries.any()) if isinstance(found, Array) else bool(found)


def _norm(operand: Value, order: syntax.Node | None) -> Number:
    """Return a norm of a vector, or the Frobenius norm of a matrix."""
    if not isinstance(operand, Array):
        raise FormulaError(rf"a norm of {arrays.describe(operand)}: write \lvert x \rvert")
    entries, axes = np.abs(operand.entries), operand.entries.ndim
    match order, axes:
        case None | syntax.Number(text="2"), 1:
            return _euclidean(entries)
        case syntax.Number(text="1"), 1:
            return Number(entries.sum())
        case syntax.Name(key="infty"), 1:
            return Number(entries.max())
        case syntax.Name(key="F"), 2:
            return _euclidean(entries)
    raise FormulaError(
        f"this norm of {arrays.describe(operand)} is not known: of vectors there are"
        r" 1, 2 and \infty, of matrices F"
    )


def _euclidean(entries: np.ndarray) -> Number:
    """Return the root of the sum of squares, which may be too large where the root is not."""
    largest = entries.max()
    if not largest:
        return Number(0)
    return Number(largest * np.sqrt(np.square(entries / largest).sum()))


HANDLERS: Mapping[type[syntax.Node], Handler] = {
    syntax.Number: _number,
    syntax.Name: _name,
    syntax.Group: _group,
    syntax.Negative: _negative,
    syntax.Sum: _sum,
    syntax.Product: _product,
    syntax.Quotient: _quotient,
    syntax.Power: _power,
    syntax.Transpose: _transpose,
    syntax.Root: _root,
    syntax.Fenced: _fenced,
}
