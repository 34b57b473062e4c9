"""Computes the tree of a formula: each kind of node by a function of a table."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

from ..errors import FormulaError
from ..syntax import Name, Node
from . import arrays, given
from .arrays import Array, Number, Value
from .given import Given
from .relations import Computed

MAX_STEPS = 1_000_000
"""Nodes computed for one formula; a step is also counted for each `STEP_ENTRIES` of an array."""
STEP_ENTRIES = 100
LONGEST_PIECE = 40

CONSTANTS: Mapping[str, Number] = {"pi": Number(math.pi)}

Handler: TypeAlias = "Callable[[Evaluator, Any], Value]"


class Evaluator:
    """What is computed so far of one formula, for one input.

    NumPy must raise its floating-point errors meanwhile; they are told with their place.
    """

    def __init__(self, tex: str, found: Given, handlers: Mapping[type[Node], Handler]) -> None:
        """Begin with what is given."""
        self.tex = tex
        self.values = dict(found.values)
        self.functions = found.functions
        self.dependent = found.dependent
        self.bound: dict[str, Number] = {}
        """Indices of the sums around the present node."""
        self.numerical = False
        """Whether a numerical derivative was taken."""
        self.differentiating = False
        """Whether the present node is being differentiated."""
        self.largest = 0.0
        """The largest number so far: rounding is a fraction of it."""
        self._steps = 0
        self._handlers = handlers

    def value(self, node: Node) -> Value:
        """Return the value of a node.

        Raises:
            FormulaError: if it has none, with its place.
        """
        try:
            value = self._handlers[type(node)](self, node)
            self._note(value)
        except FormulaError as error:
            if error.position is not None:
                raise
            raise FormulaError(f"{error.message}, in `{self.piece(node)}`", node.span[0]) from None
        except FloatingPointError as error:
            message = f"{trouble(error)}, in `{self.piece(node)}`"
            raise FormulaError(message, node.span[0]) from None
        return value

    def computed(self, node: Node) -> Computed:
        """Return a side of a relation with its value, and what is to be known for comparing it."""
        before = self.numerical, self.largest
        self.numerical, self.largest = False, 0.0
        try:
            value = self.value(node)
            return Computed(node, value, self.numerical, self.largest)
        finally:
            self.numerical |= before[0]
            self.largest = max(self.largest, before[1])

    def number(self, node: Node, what: str) -> Number:
        """Return the value of a node that must be a number; `what` it is tells the error."""
        value = self.value(node)
        if not isinstance(value, Number):
            message = f"{what} must be a number, not {arrays.describe(value)}"
            raise FormulaError(message, node.span[0])
        return value

    def whole(self, node: Node, what: str) -> int:
        """Return the value of a node that must be a whole number."""
        number = self.number(node, what)
        if not number.is_integer():
            raise FormulaError(f"{what} must be whole, not {number:.10g}", node.span[0])
        return int(number)

    def named(self, node: Name) -> Value:
        """Return what a name stands for."""
        key = node.key
        if key in self.bound:
            return self.bound[key]
        if key in self.values:
            return self.values[key]
        if key in self.dependent:
            return self.depending(key)
        if key in CONSTANTS:
            return CONSTANTS[key]
        if key == "e":
            raise FormulaError("e is not given; unless it is, it stands only as a power's base")
        raise FormulaError(f"{key} is not given")

    def depending(self, key: str) -> Value:
        """Return what depends on values, from what they are now."""
        dependent = self.dependent[key]
        arguments = [self.values[parameter] for parameter in dependent.parameters]
        value = given.call(key, dependent.function, arguments)
        self._note(value)
        return value

    def piece(self, node: Node) -> str:
        """Return the TeX of a node, or the beginning of it."""
        text = " ".join(self.tex[slice(*node.span)].split())
        return text if len(text) <= LONGEST_PIECE else f"{text[:LONGEST_PIECE]}..."

    @contextmanager
    def binding(self, index: str) -> Iterator[None]:
        """Take the name of a sum's index for as long as it runs."""
        taken = (self.bound, self.values, self.dependent, self.functions)
        if any(index in names for names in taken):
            kind = "bound already" if index in self.bound else "given, and cannot be an index too"
            raise FormulaError(f"{index} is {kind}")
        try:
            yield
        finally:
            self.bound.pop(index, None)

    @contextmanager
    def replacing(self, key: str, value: Value) -> Iterator[None]:
        """Give a name another value for a while."""
        before = self.values[key]
        self.values[key] = value
        try:
            yield
        finally:
            self.values[key] = before

    @contextmanager
    def differentiation(self) -> Iterator[None]:
        """Let one numerical derivative be taken; a second inside it would have few digits left."""
        if self.differentiating:
            raise FormulaError("a numerical derivative inside another")
        self.numerical = self.differentiating = True
        try:
            yield
        finally:
            self.differentiating = False

    def _note(self, value: Value) -> None:
        """Count a step, and refuse what is not finite."""
        if isinstance(value, Number):
            self._count(1)
            size = abs(float(value))
        elif isinstance(value, Array):
            self._count(1 + value.entries.size // STEP_ENTRIES)
            size = float(np.abs(value.entries).max())
        else:
            return
        if not math.isfinite(size):
            raise FormulaError("the result is not a finite number")
        self.largest = max(self.largest, size)

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise FormulaError(f"it takes more than {MAX_STEPS:,} steps to compute")


TROUBLES: tuple[tuple[str, str], ...] = (
    ("divide by zero encountered in log", "the logarithm of 0"),
    ("invalid value encountered in log", "the logarithm of a negative number"),
    ("invalid value encountered in sqrt", "the root of a negative number"),
    ("power", "a power that is not a finite real number"),
    ("divide by zero", "division by 0"),
    ("invalid value encountered in scalar divide", "0 divided by 0"),
    ("invalid value encountered in divide", "0 divided by 0"),
    ("overflow", "the result is too large"),
)
"""What NumPy says of numbers, the first that fits, and what we say."""


def trouble(error: FloatingPointError) -> str:
    """Return what NumPy's floating-point error says, in the words of the formula."""
    text = str(error)
    return next((ours for theirs, ours in TROUBLES if theirs in text), "the result is not real")
