r"""Computes what depends on conditions: ``[j = k]`` and ``\begin{cases}``."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from ..errors import FormulaError
from ..syntax import Cases, Iverson, Node, Relation
from . import arrays, relations
from .arrays import Array, Number, Value
from .evaluator import Evaluator, Handler


def _iverson(evaluator: Evaluator, node: Iverson) -> Value:
    return _holds(evaluator, node.condition)


def _holds(evaluator: Evaluator, relation: Relation) -> Value:
    """Return 1 where all of a relation holds and 0 elsewhere, entry by entry."""
    result: Value = Number(1)
    sides = [evaluator.computed(side) for side in relation.sides]
    for (left, right), operator in zip(pairwise(sides), relation.operators, strict=True):
        result = arrays.each(np.multiply, result, relations.compared(left, operator, right))
    return result


def _cases(evaluator: Evaluator, node: Cases) -> Value:
    """Return the value of the branch whose condition holds, entry by entry.

    Of several that hold, all must have the same value.
    """
    result: Value = Number(0)
    decided: Value = Number(0)
    for branch, condition in node.branches:
        left = arrays.subtract(Number(1), decided)
        holds = left if condition is None else _holds(evaluator, condition)
        new, again = (arrays.each(np.multiply, holds, among) for among in (left, decided))
        decided = arrays.each(np.maximum, decided, holds)
        if not _any(holds):
            continue
        value = evaluator.value(branch)
        if _any(again) and _any(arrays.each(_apart, again, value, result)):
            raise FormulaError("two cases apply, and their values differ")
        if not isinstance(new, Number):
            result = arrays.each(np.where, new, value, result)
        elif new:
            result = value
    if _any(arrays.subtract(Number(1), decided)):
        raise FormulaError("no case applies")
    return result


def _apart(where: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return where two branches apply and differ by more than rounding."""
    apart: np.ndarray = (where != 0) & ~relations.near(a, b, 0)
    return apart


def _any(value: Value) -> bool:
    return bool(value.entries.any() if isinstance(value, Array) else value)


HANDLERS: Mapping[type[Node], Handler] = {Iverson: _iverson, Cases: _cases}
