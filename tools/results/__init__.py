"""The numbers of the pages that come from a run: a module for each page, and what it computed.

``perceptron.py`` computes those of ``docs/basics/perceptron.md``, and ``make outputs`` captures
them in ``perceptron.json``. The page names them where they belong, as in ``{{ and_updates }}`` or
``{{ error.after .2f }}``, and ``tools.site.results`` puts them there. A test computes all of them
again, so none can be stale.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

import numpy as np

Value = int | float | list[int | float]
"""A number, or several that belong together. One that counts something is whole."""

Computed = float | list[float] | tuple[float, ...] | np.ndarray | np.generic
"""What a function may compute: a number or several, of Python's types or of NumPy's."""

Function = Callable[[], Computed | Mapping[str, Computed]]
FunctionT = TypeVar("FunctionT", bound=Function)

NAME = re.compile(r"[a-z]\w*(\.\w+)?", re.ASCII)
"""The name of a result: that of its function, and where that returns several, a key."""

_functions: dict[str, dict[str, Function]] = {}


class ResultError(Exception):
    """A result that cannot be captured; the message is one sentence for the user."""


def result(function: FunctionT) -> FunctionT:
    """Mark a function, which takes no arguments, as one that computes a result of its page.

    A result that it returns alone has the function's name. Where it returns a mapping, the results
    are named ``function.key``.
    """
    _functions.setdefault(function.__module__, {})[function.__name__] = function
    return function


def compute(page: str) -> dict[str, Value]:
    """Return the results of a page, by their names in order.

    Args:
        page: The module's name, which is the page's with underscores: ``gradient_descent``.

    Raises:
        ResultError: A name cannot be written in a page, or a value is no finite number.
    """
    module = f"{__name__}.{page}"
    import_module(module)
    return dict(sorted(_results(_functions.get(module, {}))))


def _results(functions: Mapping[str, Function]) -> Iterator[tuple[str, Value]]:
    for name, function in functions.items():
        computed = function()
        if not isinstance(computed, Mapping):
            computed = {"": computed}
        for key, value in computed.items():
            full_name = f"{name}.{key}" if key else name
            if not NAME.fullmatch(full_name):
                raise ResultError(f"{full_name} is no name that a page can write")
            yield full_name, _plain(full_name, value)


def _plain(name: str, value: Computed) -> Value:
    """Return a value in Python's own types, so that it can be stored."""
    plain = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(plain, list | tuple):
        return [_number(name, each) for each in plain]
    return _number(name, plain)


def _number(name: str, value: Any) -> int | float:
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not math.isfinite(plain):
        raise ResultError(f"{name} is {plain!r}, which is no finite number")
    return plain
