"""Applies functions: given ones, standard ones, their derivatives and compositions."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node
from . import arrays, given, numerical
from .arrays import Number, Value
from .evaluator import Evaluator, Handler, trouble
from .functions import NAMED, SEVERAL, STANDARD

Applied: TypeAlias = Callable[[list[Value]], Value]

# The parser refuses more than two primes.
SLOPES = {1: numerical.derivative, 2: numerical.second_derivative}
LOGARITHMS: Mapping[float, np.ufunc] = {2: np.log2, 10: np.log10}


def _call(evaluator: Evaluator, node: syntax.Call) -> Value:
    if isinstance(node.function, syntax.Name) and node.function.key in evaluator.dependent:
        return _depending(evaluator, node.function.key, node.arguments)
    function = _function(evaluator, node.function)
    arguments = [evaluator.value(argument) for argument in node.arguments]
    if node.base is None:
        value = function(arguments)
    else:
        if "log" in evaluator.functions:
            raise FormulaError("log is given as a function, which has no base")
        value = _logarithm(evaluator.number(node.base, "the base of a logarithm"), arguments)
    if node.power is None:
        return value
    power = evaluator.number(node.power, "the power of a function")
    return arrays.each(lambda x: np.power(x, power), value)


def _depending(evaluator: Evaluator, key: str, arguments: Sequence[Node]) -> Value:
    """Return what ``E(w)`` is, where E depends on w: the same as E."""
    parameters = evaluator.dependent[key].parameters
    names = [argument.key for argument in arguments if isinstance(argument, syntax.Name)]
    if len(names) < len(arguments) or not set(names) <= set(parameters):
        depends = ", ".join(parameters)
        raise FormulaError(f"{key} depends on {depends}: nothing else stands in its brackets")
    return evaluator.depending(key)


def _function(evaluator: Evaluator, node: Node) -> Applied:
    """Return the function that a node stands for."""
    match node:
        case syntax.Name(key=key):
            return _named(evaluator, key)
        case syntax.Prime():
            return _slope(evaluator, node)
        case syntax.Composition(functions=functions):
            return _composed([_function(evaluator, function) for function in functions])
    raise FormulaError(f"`{evaluator.piece(node)}` is no function", node.span[0])


def _named(evaluator: Evaluator, key: str) -> Applied:
    """Return a given function, a standard one, or one that is known by its name."""
    function = evaluator.functions.get(key, NAMED.get(key) if key not in STANDARD else None)
    if function is not None:
        return lambda arguments: given.call(key, function, arguments)
    if key not in STANDARD:
        raise FormulaError(f"the function {key} is not given")
    several = key in SEVERAL

    def apply(arguments: list[Value]) -> Value:
        if (len(arguments) > 1) is not several:
            wanted = "two or more arguments" if several else "one argument"
            raise FormulaError(f"{key} takes {wanted}, not {len(arguments)}")
        return arrays.each(STANDARD[key], *arguments)

    return apply


def _composed(functions: list[Applied]) -> Applied:
    """Return the function that applies the last of several first."""

    def apply(arguments: list[Value]) -> Value:
        for function in reversed(functions):
            arguments = [function(arguments)]
        return arguments[0]

    return apply


def _slope(evaluator: Evaluator, node: syntax.Prime) -> Applied:
    """Return the numerical derivative of a function of one number, for each entry of an array."""
    function = _function(evaluator, node.function)
    differentiate = SLOPES[node.order]

    def of_number(entry: float) -> float:
        try:
            value = function([Number(entry)])
        except FloatingPointError as error:
            raise FormulaError(trouble(error)) from None
        if not isinstance(value, Number):
            raise FormulaError(f"a prime on a function that returns {arrays.describe(value)}")
        return float(value)

    def of_each(entries: np.ndarray | Number) -> np.ndarray:
        slopes = [differentiate(of_number, float(entry)) for entry in np.ravel(entries)]
        return np.reshape(slopes, np.shape(entries))

    def apply(arguments: list[Value]) -> Value:
        if len(arguments) != 1:
            raise FormulaError(f"a prime on a function of {len(arguments)} arguments")
        with evaluator.differentiation():
            return arrays.each(of_each, *arguments)

    return apply


def _logarithm(base: Number, arguments: list[Value]) -> Value:
    """Return the logarithm to a base."""
    if len(arguments) != 1:
        raise FormulaError(f"a logarithm of {len(arguments)} numbers")
    (argument,) = arguments
    if base <= 0 or base == 1:
        raise FormulaError(f"a logarithm to the base {base:g}")
    if base in LOGARITHMS:
        return arrays.each(LOGARITHMS[base], argument)
    return arrays.each(lambda x: np.log(x) / np.log(base), argument)


HANDLERS: Mapping[type[Node], Handler] = {syntax.Call: _call}
