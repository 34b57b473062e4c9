r"""Computes ``\sum \prod \max \min \arg\max`` over ranges of indices."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node, Over, Range
from . import arrays
from .arrays import Array, Number, Value
from .derivatives import given_derivative
from .evaluator import Evaluator, Handler
from .indexing import base_of

EMPTY: Mapping[Over, Number] = {Over.SUM: Number(0), Over.PROD: Number(1)}
"""What is computed of no terms."""


def _reduction(evaluator: Evaluator, node: syntax.Reduction) -> Value:
    # Closed, and its indices free again, even if an error is kept that holds on to it.
    with closing(_terms(evaluator, node.ranges, node.body)) as terms:
        return _over(node, terms)


def _over(node: syntax.Reduction, terms: Iterator[tuple[Number, Value]]) -> Value:
    """Return the sum of terms, their product, the largest, or where it stands."""
    if node.over is Over.SUM:
        return _sum(value for _, value in terms)
    numbers = ((index, _number(node, value)) for index, value in terms)
    match node.over:
        case Over.PROD:
            product = EMPTY[Over.PROD]
            for _, number in numbers:
                product *= number
            return product
        case Over.MAX | Over.MIN:
            return _extreme(node, [number for _, number in numbers])
        case _:
            return _place(node, list(numbers))


def _sum(terms: Iterable[Value]) -> Value:
    """Return the sum of numbers or arrays."""
    total: Value | None = None
    for term in terms:
        total = term if total is None else arrays.add(total, term)
    return EMPTY[Over.SUM] if total is None else total


def _extreme(node: syntax.Reduction, numbers: Sequence[Number]) -> Number:
    """Return the largest number, or the smallest."""
    if not numbers:
        raise FormulaError(f"the {node.over} of nothing")
    return max(numbers) if node.over is Over.MAX else min(numbers)


def _place(node: syntax.Reduction, numbers: Sequence[tuple[Number, Number]]) -> Number:
    """Return the index of the largest number, or of the smallest."""
    if len(node.ranges) > 1:
        raise FormulaError(f"{node.over} over more than one index")
    word = Over.MAX if node.over is Over.ARGMAX else Over.MIN
    if not numbers:
        raise FormulaError(f"the {word} of nothing")
    best = (max if word is Over.MAX else min)(number for _, number in numbers)
    places = [index for index, number in numbers if number == best]
    if len(places) > 1:
        raise FormulaError(f"the {word} is reached at {len(places)} indices")
    return places[0]


def _number(node: syntax.Reduction, value: Value) -> Number:
    if not isinstance(value, Number):
        raise FormulaError(f"the {node.over} of numbers only, not of {arrays.describe(value)}")
    return value


def _terms(
    evaluator: Evaluator, ranges: Sequence[Range], body: Node
) -> Generator[tuple[Number, Value], None, None]:
    """Yield the value of the body for all indices, with that of the innermost."""
    first, *rest = ranges
    numbers = _numbers(evaluator, first, body)
    with evaluator.binding(first.index):
        for index in numbers:
            evaluator.bound[first.index] = Number(index)
            if rest:
                yield from _terms(evaluator, rest, body)
            else:
                yield Number(index), evaluator.value(body)


def _numbers(evaluator: Evaluator, over: Range, body: Node) -> Iterator[int]:
    """Return the values of an index, in order."""
    if over.lower is not None and over.upper is not None:
        lower = evaluator.whole(over.lower, "the lower bound")
        upper = evaluator.whole(over.upper, "the upper bound")
        if upper < lower - 1:
            message = f"{over.index} would run from {lower} up to {upper}"
            raise FormulaError(message, over.span[0])
    else:
        lower, upper = 1, _length(evaluator, over, body)
    if over.excluded is None:
        return iter(range(lower, upper + 1))
    excluded = evaluator.whole(over.excluded, "what is left out")
    if not lower <= excluded <= upper:
        message = f"{excluded}, which is left out, is outside {lower} ... {upper}"
        raise FormulaError(message, over.span[0])
    return (index for index in range(lower, upper + 1) if index != excluded)


def _length(evaluator: Evaluator, over: Range, body: Node) -> int:
    """Return how long the axes are on which an index stands bare."""
    lengths = set(_lengths(evaluator, over, body))
    if len(lengths) == 1:
        return lengths.pop()
    if not lengths:
        message = f"nothing tells how far {over.index} runs: give its bounds"
    else:
        found = " and ".join(map(str, sorted(lengths)))
        message = f"{over.index} stands on axes of lengths {found}: give its bounds"
    raise FormulaError(message, over.span[0])


def _lengths(evaluator: Evaluator, over: Range, node: Node) -> Iterator[int]:
    """Yield the lengths of the axes on which an index stands bare, in a node and below it."""
    if isinstance(node, syntax.Derivative):
        value = given_derivative(evaluator, node)
        if value is not None:
            yield from _axes(evaluator, value, node.by, over.index)
            return
    if isinstance(node, syntax.Indexed) and _is_bare(node, over.index):
        try:
            base = base_of(evaluator, node)
        except FormulaError:
            piece = evaluator.piece(node)
            message = f"{over.index} stands on `{piece}`, of unknown length: give its bounds"
            raise FormulaError(message, over.span[0]) from None
        yield from _axes(evaluator, base, node, over.index)
    for child in node.children():
        yield from _lengths(evaluator, over, child)


def _axes(evaluator: Evaluator, value: Value, node: Node | None, index: str) -> Iterator[int]:
    """Yield the lengths of the axes of a value on which an index of a node stands bare."""
    if not isinstance(node, syntax.Indexed):
        return
    places = _places(node)
    if isinstance(value, tuple) and node.raised is not None:
        if _is_name(node.raised, index):
            yield len(value)
            return
        value = arrays.index(value, evaluator.number(node.raised, "an index"), ())
        places = node.lowered
    if isinstance(value, Array):
        for length, place in zip(value.entries.shape, places, strict=False):
            if _is_name(place, index):
                yield length


def _places(node: syntax.Indexed) -> tuple[Node, ...]:
    """Return all indices of a node, the raised one first."""
    return node.lowered if node.raised is None else (node.raised, *node.lowered)


def _is_bare(node: syntax.Indexed, index: str) -> bool:
    return any(_is_name(place, index) for place in _places(node))


def _is_name(node: Node, key: str) -> bool:
    return isinstance(node, syntax.Name) and node.key == key


HANDLERS: Mapping[type[Node], Handler] = {syntax.Reduction: _reduction}
