"""Evaluates a formula: TeX and what it is given in, numbers and arrays out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from .. import syntax
from ..errors import FormulaError
from ..reading.parser import Names, parse
from ..syntax import Node
from . import applying, arithmetic, conditions, derivatives, indexing, ranges, relations
from .evaluator import CONSTANTS, Evaluator
from .functions import Function
from .given import Given, names_of, take
from .relations import Computed
from .values import Plain, plain

__all__ = ["Side", "evaluate", "names_of", "sides"]

HANDLERS = {
    **applying.HANDLERS,
    **arithmetic.HANDLERS,
    **conditions.HANDLERS,
    **derivatives.HANDLERS,
    **indexing.HANDLERS,
    **ranges.HANDLERS,
}


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a claim."""

    span: tuple[int, int]
    """Where it stands in the TeX."""
    value: Plain | None
    """None for what the claim defines."""
    numerical: bool
    """Whether it was computed by a numerical derivative."""


def evaluate(
    tex: str,
    values: Mapping[str, Any],
    functions: Mapping[str, Function] | None = None,
    dependent: Mapping[str, Function] | None = None,
    *,
    allow_unused: bool = False,
) -> Plain:
    """Return the value of a formula: of a claim, that of its first side that can be computed.

    Args:
        tex: the formula.
        values: what its names stand for: numbers, arrays, nested lists, and tuples of arrays that
            an index in raised brackets chooses from.
        functions: of numbers or arrays, by name.
        dependent: what is differentiated: functions of values, which their parameters name.
        allow_unused: whether something may be given that the formula does not contain.

    Raises:
        FormulaError: if it has no value, more than one reading, or a claim in it does not hold.
    """
    found = sides(tex, values, functions, dependent, allow_unused=allow_unused)
    return next(side.value for side in found if side.value is not None)


def sides(
    tex: str,
    values: Mapping[str, Any],
    functions: Mapping[str, Function] | None = None,
    dependent: Mapping[str, Function] | None = None,
    *,
    allow_unused: bool = False,
) -> tuple[Side, ...]:
    """Return all sides of a formula, computed and compared; the arguments are those of `evaluate`.

    Raises:
        FormulaError: as `evaluate` does.
        DisagreementError: if a relation between two sides does not hold.
    """
    try:
        given = take(values, functions, dependent)
        tree = _parsed(tex, names_of(values, functions, dependent))
        with np.errstate(divide="raise", over="raise", invalid="raise", under="ignore"):
            found = _Claims(Evaluator(tex, given, HANDLERS)).sides(tree)
    except RecursionError:
        raise FormulaError("the formula or a value is nested too deeply") from None
    if not allow_unused:
        _check_used(tree, given)
    return found


@lru_cache(maxsize=4096)
def _parsed(tex: str, names: Names) -> Node:
    return parse(tex, names)


class _Claims:
    """Computes and compares the sides of claims."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def sides(self, tree: Node) -> tuple[Side, ...]:
        """Return all sides of one formula or of several that stand below each other."""
        if not isinstance(tree, syntax.Claims):
            found, _ = self._claim(tree)
            return found
        claims = [self._claim(claim) for claim in tree.claims]
        for (_, left), (_, right) in pairwise(claims):
            if left is not None and right is not None and not relations.agree(left, right):
                message = "two formulas in one, of different values: evaluate them one by one"
                raise FormulaError(message, right.node.span[0])
        return tuple(side for found, _ in claims for side in found)

    def _claim(self, node: Node) -> tuple[tuple[Side, ...], Computed | None]:
        """Return the sides of one claim, and the first of them that was computed."""
        match node:
            case syntax.Update(target=target, value=value):
                computed = self.evaluator.computed(value)
                return (_defined(target), _side(computed)), computed
            case syntax.Relation():
                return self._relation(node)
        computed = self.evaluator.computed(node)
        return (_side(computed),), computed

    def _relation(self, node: syntax.Relation) -> tuple[tuple[Side, ...], Computed | None]:
        first, *others = node.sides
        if not self._is_defined(first):
            chain = [self.evaluator.computed(side) for side in node.sides]
            _check_chain(chain, node.operators)
            return tuple(map(_side, chain)), chain[0]
        if node.operators[0] != "=":
            message = f"`{self.evaluator.piece(first)}` is not given, and cannot be compared"
            raise FormulaError(message, first.span[0])
        chain = [self.evaluator.computed(side) for side in others]
        _check_chain(chain, node.operators[1:])
        return (_defined(first), *map(_side, chain)), chain[0]

    def _is_defined(self, node: Node) -> bool:
        """Return whether a first side is what its claim defines: a name that is not given."""
        match node:
            case syntax.Name(key=key):
                return not self._is_known(key)
            case syntax.Indexed(base=base):
                return self._is_defined(base)
            case syntax.Call(function=function):
                function = function.function if isinstance(function, syntax.Prime) else function
                return isinstance(function, syntax.Name) and self._is_defined(function)
            case syntax.Derivative():
                return not derivatives.is_known(self.evaluator, node)
        return False

    def _is_known(self, key: str) -> bool:
        evaluator = self.evaluator
        known = (evaluator.values, evaluator.dependent, CONSTANTS)
        return any(key in names for names in known) or derivatives.is_function(evaluator, key)


def _check_chain(chain: list[Computed], operators: tuple[str, ...]) -> None:
    """Compare each side of a chain with the next."""
    for (left, right), operator in zip(pairwise(chain), operators, strict=True):
        relations.check(left, operator, right)


def _side(computed: Computed) -> Side:
    return Side(computed.node.span, plain(computed.value), computed.numerical)


def _defined(node: Node) -> Side:
    return Side(node.span, None, False)


def _check_used(tree: Node, given: Given) -> None:
    """Raise a FormulaError if something is given that the formula does not contain."""
    used = set(_used(tree))
    for key, dependent in given.dependent.items():
        if key in used:
            used.update(dependent.parameters)
    for key in (*given.values, *given.functions, *given.dependent):
        if key not in used:
            raise FormulaError(f"{key} is given, and the formula does not contain it")


def _used(tree: Node) -> Iterator[str]:
    """Yield the keys that a formula contains."""
    for node in tree.walk():
        if isinstance(node, syntax.Name):
            yield node.key
        elif isinstance(node, syntax.Derivative):
            yield derivatives.key_of(node)
