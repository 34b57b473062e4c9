"""What a formula is given: values, functions, and what its derivatives are of."""

import inspect
import keyword
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import FormulaError
from ..reading.reader import Names
from .arrays import Array, Value
from .functions import Function
from .values import plain, read

LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Dependent:
    """A value that depends on others."""

    function: Function
    parameters: tuple[str, ...]
    """Keys of the values that it is a function of."""


@dataclass(frozen=True, slots=True)
class Given:
    """All that one evaluation is given, by key."""

    values: Mapping[str, Value]
    functions: Mapping[str, Function]
    dependent: Mapping[str, Dependent]


def names_of(
    values: Mapping[str, Any],
    functions: Mapping[str, Any] | None = None,
    dependent: Mapping[str, Any] | None = None,
) -> Names:
    """Return the names that a formula is read with, from what it is evaluated with."""
    return Names(frozenset(values), frozenset(functions or ()), frozenset(dependent or ()))


def take(
    values: Mapping[str, Any],
    functions: Mapping[str, Function] | None,
    dependent: Mapping[str, Function] | None,
) -> Given:
    """Return what is given, as the evaluator knows it.

    Raises:
        FormulaError: for a value that is none, and for a key that is given twice.
    """
    functions, dependent = functions or {}, dependent or {}
    for key in functions:
        if key in values or key in dependent:
            raise FormulaError(f"{key} is given as a function and as a value")
    return Given(
        values={key: read(value, f"the value of {key}") for key, value in values.items()},
        functions=functions,
        dependent={
            key: Dependent(function, _parameters(key, function, values))
            for key, function in dependent.items()
        },
    )


def _parameters(key: str, function: Function, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of what a function depends on: its parameters without a default.

    A parameter `lambda_`, which Python cannot name otherwise, is the key `lambda`.
    """
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        raise FormulaError(f"{key} does not tell what it depends on") from None
    found = []
    for parameter in parameters.values():
        if parameter.default is not parameter.empty:
            continue
        name = parameter.name
        if name.endswith("_") and keyword.iskeyword(name[:-1]):
            name = name[:-1]
        if name not in values:
            raise FormulaError(f"{key} depends on {name}, which is not given")
        found.append(name)
    return tuple(found)


def _takes(function: Function, count: int) -> bool:
    """Return whether a function takes that many arguments, as far as it tells."""
    if isinstance(function, np.ufunc):  # It would take one more, to write its result into.
        return count == function.nin
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:
        return True
    return True


def call(name: str, function: Function, arguments: list[Value]) -> Value:
    """Return what a given function makes of values.

    On the way it may overflow or divide by 0; only what it returns must be finite.

    Raises:
        FormulaError: when it does not take that many, for any error of the function's, and when it
            returns no value.
    """
    if not _takes(function, len(arguments)):
        count = f"{len(arguments)} argument{'s' * (len(arguments) > 1)}"
        raise FormulaError(f"{name} does not take {count}")
    try:
        with np.errstate(all="ignore"):
            result = function(*map(plain, arguments))
    except Exception as error:  # whatever a given function raises is told with its name
        reason = " ".join(str(error).split())[:LONGEST_MESSAGE] or type(error).__name__
        raise FormulaError(f"{name} fails: {reason}") from error
    value = read(result, f"what {name} returns")
    if isinstance(value, Array):
        for argument in arguments:
            if isinstance(argument, Array) and argument.entries.shape == value.entries.shape:
                return Array(value.entries, argument.orientation)
    return value
