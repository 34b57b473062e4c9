"""Computes indices, and the pieces of values that they choose."""

from collections.abc import Mapping

from ..syntax import Indexed, Name, Node
from . import arrays
from .arrays import Number, Value
from .evaluator import Evaluator, Handler


def _indexed(evaluator: Evaluator, node: Indexed) -> Value:
    return arrays.index(base_of(evaluator, node), *indices(evaluator, node))


def base_of(evaluator: Evaluator, node: Indexed) -> Value:
    """Return what indices are on.

    A name is not computed as a node here: all its entries would be looked at for each index.
    """
    if isinstance(node.base, Name):
        return evaluator.named(node.base)
    return evaluator.value(node.base)


def indices(evaluator: Evaluator, node: Node | None) -> tuple[Number | None, tuple[Number, ...]]:
    """Return the raised and the lowered indices of a node; none of one that is not indexed."""
    if not isinstance(node, Indexed):
        return None, ()
    raised = None if node.raised is None else evaluator.number(node.raised, "an index")
    return raised, tuple(evaluator.number(index, "an index") for index in node.lowered)


HANDLERS: Mapping[type[Node], Handler] = {Indexed: _indexed}
