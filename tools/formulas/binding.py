r"""Bindings: what a display formula of the site must equal, and on which inputs that is tried.

A binding is a function that draws one case, under a decorator that says what kind of formula it is:

    @value("eq:sigmoid", of=activations.sigmoid)
    def sigmoid(draw: Draw, of: Function) -> Case:
        x = draw.real()
        return Case({"x": x}, expected=of(x))
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

Function = Callable[..., Any]
CaseFunction = Callable[["Draw", Any], "Case"]
Decorator = Callable[[CaseFunction], CaseFunction]

DRAWS = 24
"""Cases drawn for each formula; the first few hold the edges of what `Draw` gives."""
EDGE_DRAWS = 4
MARGIN = 0.05
"""How near to an open end numbers come. Nearer, a numerical derivative would lose its digits."""

ROOT = Path(__file__).resolve().parents[2]


class BindingError(Exception):
    """A binding that is wrong in itself, whatever its formula says; the text tells its place."""


class Kind(StrEnum):
    """What a formula is."""

    VALUE = "value"
    """It computes something: each side equals what the bound function returns. So each is given
    what it contains, also the name on the left that stands for the result."""
    DERIVATIVE = "derivative"
    """As a value; its sides are compared with a numerical derivative besides."""
    UPDATE = "update"
    """Its right side is what the bound function makes of the target on its left."""
    IDENTITY = "identity"
    """At least two of its sides can be computed, and agree."""
    DEFINITION = "definition"
    """Nothing can be computed; the binding says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input, and what the formula must give for it."""

    values: Mapping[str, Any]
    """What the names of the formula stand for, by key."""
    functions: Mapping[str, Function] = field(default_factory=dict)
    """What its functions are, by key."""
    dependent: Mapping[str, Function] = field(default_factory=dict)
    r"""What the numerators of its derivatives are: functions of `values`, by parameter name."""
    expected: Any = None
    """What each side must equal; None for an update, and an identity without a bound function."""
    updated: Mapping[str, Any] = field(default_factory=dict)
    """Of an update: those of `values` that it changes, as the bound function returns them."""


class Draw:
    """A source of inputs for one case: random, but for the first ones, which hold edge values.

    In draw 0 every number is 0, or the lowest it may be. In the next three each is one of the ends
    of its range, 0 and 1, as far as they are inside.
    """

    def __init__(self, number: int, generator: np.random.Generator) -> None:
        """Take the number of the case, from 0, and the generator."""
        self.number = number
        self.generator = generator

    def real(self, low: float = -3, high: float = 3) -> float:
        """Return a number from `low` to `high`."""
        return float(self.reals(low=low, high=high))

    def reals(self, *shape: int, low: float = -3, high: float = 3) -> np.ndarray:
        """Return an array of numbers from `low` to `high`."""
        if self.number >= EDGE_DRAWS:
            return np.asarray(self.generator.uniform(low, high, shape))
        edges = [edge for edge in (0, low, high, 1) if low <= edge <= high]
        if self.number == 0:
            return np.full(shape, edges[0], dtype=float)
        return np.asarray(self.generator.choice(edges, shape), dtype=float)

    def positive(self, high: float = 3) -> float:
        """Return a number above 0, up to `high`."""
        return self.real(MARGIN, high)

    def positives(self, *shape: int, high: float = 3) -> np.ndarray:
        """Return an array of numbers above 0, up to `high`."""
        return self.reals(*shape, low=MARGIN, high=high)

    def probability(self) -> float:
        """Return a number between 0 and 1, both excluded."""
        return self.real(MARGIN, 1 - MARGIN)

    def probabilities(self, *shape: int) -> np.ndarray:
        """Return an array of numbers between 0 and 1, both excluded, that need not sum to 1."""
        return self.reals(*shape, low=MARGIN, high=1 - MARGIN)

    def distributions(self, *shape: int) -> np.ndarray:
        """Return an array of numbers between 0 and 1 that sum to 1 along the last axis."""
        shares = self.probabilities(*shape)
        return np.asarray(shares / shares.sum(axis=-1, keepdims=True))

    def bit(self) -> float:
        """Return 0 or 1."""
        return float(self.bits())

    def bits(self, *shape: int) -> np.ndarray:
        """Return an array of zeros and ones; all 0 in draw 0, all 1 in draw 1."""
        if self.number < 2:
            return np.full(shape, float(self.number))
        return np.asarray(self.generator.integers(0, 2, shape), dtype=float)

    def one_hot(self, *shape: int) -> np.ndarray:
        """Return an array whose last axis, of K classes, holds a 1 at the true class and else 0."""
        *rows, classes = shape
        return np.asarray(np.eye(classes)[self.generator.integers(0, classes, rows)])

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        if self.number == 0:
            return low
        if self.number == 1:
            return high
        return int(self.generator.integers(low, high, endpoint=True))

    def sizes(self, count: int, low: int = 2, high: int = 5) -> tuple[int, ...]:
        """Return distinct lengths from `low` to `high`, so that no shape is square by accident."""
        if count > high - low + 1:
            raise ValueError(f"there are no {count} distinct sizes from {low} to {high}")
        choice = low + self.generator.permutation(high - low + 1)[:count]
        return tuple(int(size) for size in choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What one formula is bound to."""

    label: str
    kind: Kind
    place: str
    """Where the binding is written, as ``path:line``."""
    of: Function | None = None
    """The snippet's function that it must equal."""
    case: CaseFunction | None = None
    """Draws one case, given the bound function; None for a definition."""
    reason: str = ""
    """Of a definition: why nothing can be computed."""
    equal_mutants: Mapping[str, str] = field(default_factory=dict)
    """Mutants, as TeX, that are truly equal to the formula, and why each is."""
    square: Mapping[str, str] = field(default_factory=dict)
    """Arrays with two equal sides in every draw, by key, and why each must have them."""

    @property
    def function(self) -> str:
        """The bound function's name with its snippet, such as ``activations.sigmoid``; or none."""
        if self.of is None:
            return ""
        return f"{self.of.__module__.removeprefix('snippets.')}.{self.of.__qualname__}"


_registry: dict[str, Binding] = {}


def registered() -> Mapping[str, Binding]:
    """Return the bindings of all modules imported so far, by label."""
    return dict(_registry)


def value(label: str, *, of: Function, **excuses: Mapping[str, str]) -> Decorator:
    """Bind a formula that computes what `of` returns.

    Args:
        label: of the formula, such as ``eq:softmax``.
        of: the snippet's function; `Case.expected` must come from calling what the case is given.
        excuses: `equal_mutants` and `square`, as in `Binding`.
    """
    return _decorator(label, Kind.VALUE, of, **excuses)


def derivative(label: str, *, of: Function, **excuses: Mapping[str, str]) -> Decorator:
    """Bind a formula whose sides `of` returns, and of which one is differentiated numerically.

    Args: as for `value`.
    """
    return _decorator(label, Kind.DERIVATIVE, of, **excuses)


def update(label: str, *, of: Function, **excuses: Mapping[str, str]) -> Decorator:
    """Bind a formula whose right side is what its target is after `of`: see `Case.updated`.

    Args: as for `value`.
    """
    return _decorator(label, Kind.UPDATE, of, **excuses)


def identity(label: str, *, of: Function | None = None, **excuses: Mapping[str, str]) -> Decorator:
    """Bind a formula of which at least two sides can be computed.

    Args: as for `value`; without `of` the case is given None.
    """
    return _decorator(label, Kind.IDENTITY, of, **excuses)


def definition(label: str, *, reason: str) -> None:
    """Bind a formula of which nothing can be computed.

    Args:
        label: of the formula.
        reason: why nothing can be computed, in a sentence.
    """
    _register(Binding(label=label, kind=Kind.DEFINITION, place=_caller(2), reason=reason))


def _decorator(
    label: str,
    kind: Kind,
    of: Function | None,
    *,
    equal_mutants: Mapping[str, str] | None = None,
    square: Mapping[str, str] | None = None,
) -> Decorator:
    """Return a decorator that binds the formula `label` to a function that draws its cases."""
    place = _caller(3)

    def bind(case: CaseFunction) -> CaseFunction:
        _register(
            Binding(
                label=label,
                kind=kind,
                place=place,
                of=of,
                case=case,
                equal_mutants=equal_mutants or {},
                square=square or {},
            )
        )
        return case

    return bind


def _register(binding: Binding) -> None:
    """Note a binding, the only one for its formula."""
    if first := _registry.get(binding.label):
        raise BindingError(
            f"{binding.place}: {binding.label} is bound already, in {first.place}; "
            "a formula has one binding."
        )
    _registry[binding.label] = binding


def _caller(depth: int) -> str:
    """Return where the function `depth` calls above this one stands, as ``path:line``."""
    frame = sys._getframe(depth)
    path = Path(frame.f_code.co_filename)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}:{frame.f_lineno}"
