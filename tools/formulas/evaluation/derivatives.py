r"""Computes ``\frac{\partial E}{\partial w_j}`` and ``\nabla E``: given or numerical ones."""

from collections.abc import Callable, Mapping

import numpy as np

from ..errors import FormulaError
from ..syntax import Call, Derivative, Indexed, Name, Node
from . import arrays, numerical
from .arrays import Array, Location, Number, Value
from .evaluator import Evaluator, Handler
from .functions import NAMED, STANDARD
from .indexing import indices


def base_name(node: Node | None) -> str:
    """Return the key of a name, without its indices and arguments; of anything else, nothing."""
    base = _bare(node)
    if isinstance(base, Call):
        base = base.function
    return base.key if isinstance(base, Name) else ""


def _bare(node: Node | None) -> Node | None:
    """Return what indices are on, if any are."""
    return node.base if isinstance(node, Indexed) else node


def key_of(node: Derivative) -> str:
    """Return the key by which a derivative may be given, such as ``dE/dw`` or ``grad E``."""
    of = base_name(node.of)
    if node.by is None:
        return f"grad {of}"
    return f"d{of}/d{base_name(node.by)}"


def given_derivative(evaluator: Evaluator, node: Derivative) -> Value | None:
    """Return the value that is given for a derivative, without its indices, if there is one."""
    key, of = key_of(node), base_name(node.of)
    if key in evaluator.values and of in evaluator.dependent:
        parameters = evaluator.dependent[of].parameters
        if node.by is None or base_name(node.by) in parameters:
            raise FormulaError(f"{key} is given, and {of} as a function besides")
    return evaluator.values.get(key)


def is_known(evaluator: Evaluator, node: Derivative) -> bool:
    """Return whether a derivative can be computed, or is of what only the formula names."""
    name = base_name(node.of)
    if not name or name in evaluator.dependent or key_of(node) in evaluator.values:
        return True
    return is_function(evaluator, name)


def is_function(evaluator: Evaluator, key: str) -> bool:
    """Return whether a name is a function, given or known without that."""
    return any(key in names for names in (evaluator.functions, STANDARD, NAMED))


def _derivative(evaluator: Evaluator, node: Derivative) -> Value:
    value = given_derivative(evaluator, node)
    if value is not None:
        return _piece_of_given(evaluator, node, value)
    if not is_known(evaluator, node):
        name = base_name(node.of)
        raise FormulaError(f"what {name} depends on is not given, and neither is {key_of(node)}")
    key = base_name(node.by) if node.by else _only_parameter(evaluator, node.of)
    if key not in evaluator.values:
        raise FormulaError(f"{key} is not given as a value")
    if not _depends(evaluator, node.of, key):
        raise FormulaError(f"`{evaluator.piece(node.of)}` does not depend on {key}")
    whole = evaluator.values[key]
    location = arrays.locate(whole, *indices(evaluator, node.by))
    return _numerical(evaluator, node.of, key, location)


def _piece_of_given(evaluator: Evaluator, node: Derivative, value: Value) -> Value:
    """Return the piece of a given derivative that the indices choose, the numerator's first."""
    of = _bare(node.of)
    if isinstance(of, Call):
        for argument in of.arguments:
            if base_name(argument) != base_name(node.by):
                evaluator.value(argument)
    raised, lowered = indices(evaluator, node.of)
    raised_by, lowered_by = indices(evaluator, node.by)
    if raised_by is not None:
        if raised is not None or lowered:
            raise FormulaError("too many indices for a derivative that is given")
        raised = raised_by
    return arrays.index(value, raised, (*lowered, *lowered_by))


def _only_parameter(evaluator: Evaluator, of: Node) -> str:
    r"""Return by what ``\nabla E`` differentiates."""
    found = evaluator.dependent.get(base_name(of))
    parameters = found.parameters if found else ()
    if len(parameters) != 1:
        raise FormulaError(r"\nabla needs a name below it, such as \nabla_w")
    return parameters[0]


def _depends(evaluator: Evaluator, of: Node, key: str) -> bool:
    """Return whether a numerator depends on a value, directly or through what depends on it."""
    names = {node.key for node in of.walk() if isinstance(node, Name)}
    return key in names or any(
        key in dependent.parameters
        for name, dependent in evaluator.dependent.items()
        if name in names
    )


def _numerical(evaluator: Evaluator, of: Node, key: str, location: Location) -> Value:
    """Return the derivative by one piece of a value."""
    whole = evaluator.values[key]
    piece = arrays.piece(whole, location)

    def of_piece(moved: Value) -> float:
        with evaluator.replacing(key, arrays.with_piece(whole, location, moved)):
            return _numerator(evaluator, of)

    with evaluator.differentiation():
        if isinstance(piece, Number):
            return Number(numerical.derivative(lambda entry: of_piece(Number(entry)), float(piece)))
        if isinstance(piece, Array):
            return _gradient(of_piece, piece)
        slopes = numerical.layer_gradients(
            lambda layers: of_piece(_relaid(piece, layers)), tuple(layer.entries for layer in piece)
        )
        return _relaid(piece, slopes)


def _gradient(of_array: Callable[[Value], float], at: Array) -> Array:
    slopes = numerical.gradient(
        lambda entries: of_array(Array(entries, at.orientation)), at.entries
    )
    return Array(slopes, at.orientation)


def _relaid(layers: tuple[Array, ...], entries: tuple[np.ndarray, ...]) -> tuple[Array, ...]:
    """Return other entries that lie as those of `layers` do."""
    return tuple(
        Array(array, layer.orientation) for layer, array in zip(layers, entries, strict=True)
    )


def _numerator(evaluator: Evaluator, of: Node) -> float:
    """Return the value of a numerator."""
    key = base_name(of)
    if key in evaluator.dependent and isinstance(_bare(of), Name):
        # It may be given as a value as well, which does not move.
        value = arrays.index(evaluator.depending(key), *indices(evaluator, of))
    else:
        value = evaluator.value(of)
    if not isinstance(value, Number):
        raise FormulaError(f"the derivative of {arrays.describe(value)}: give it an index")
    return float(value)


HANDLERS: Mapping[type[Node], Handler] = {Derivative: _derivative}
