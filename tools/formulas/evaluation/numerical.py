"""Numerical derivatives: central differences of fourth order at two steps, and what both promise.

The two are combined into one of sixth order, and their difference tells whether the step was short
enough. Where it was not, such as near a kink or the end of what a function takes, a shorter step is
tried. A function that has no derivative at a point, such as max(x, 0) at 0, is refused there.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..errors import FormulaError

FIRST_STEP = 2.0**-9
LAST_STEP = 2.0**-33
"""Both for numbers up to 1; longer for larger ones."""
SHORTEST_STEP = 2.0**-60
"""For small numbers."""
SHORTER = 2.0**-3

SECOND_FIRST_STEP = 2.0**-6
SECOND_LAST_STEP = 2.0**-12

RELATIVE = 1e-7
ABSOLUTE = 1e-12
"""How near the two differences must come. Combined they are far nearer to the derivative."""
NOISE = 16 * np.finfo(float).eps
"""Rounding of one value, in units of the largest."""
KINK = 0.75
"""What the difference between the slopes to both sides must fall to, at half the step."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A derivative at one step."""

    derivative: float
    doubt: float
    """How far the two differences are apart, beyond what rounding explains."""
    smooth: bool

    def stands(self) -> bool:
        return self.smooth and self.doubt <= RELATIVE * abs(self.derivative) + ABSOLUTE


def derivative(function: Callable[[float], float], at: float) -> float:
    """Return the first derivative of a function of one number.

    Args:
        function: may raise FormulaError where it is not defined.
        at: where.

    Raises:
        FormulaError: if there is none, or the function is too rough to tell.
    """
    middle = function(at)
    # A function of positive numbers needs steps that are short beside a small one.
    short = SHORTER * FIRST_STEP * abs(at) or LAST_STEP
    shortest = max(min(LAST_STEP * max(1.0, abs(at)), short), SHORTEST_STEP)
    return _first_standing(
        lambda step: _first_order(function, at, step, middle), at, FIRST_STEP, shortest
    )


def second_derivative(function: Callable[[float], float], at: float) -> float:
    """Return the second derivative of a function of one number, as for `derivative`."""
    middle = function(at)
    shortest = SECOND_LAST_STEP * max(1.0, abs(at))
    return _first_standing(
        lambda step: _second_order(function, at, step, middle), at, SECOND_FIRST_STEP, shortest
    )


def gradient(function: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    """Return the derivatives of a number by each entry of an array, in the array's shape.

    Args:
        function: of the whole array; it must not change it.
        at: where.
    """
    slopes = np.empty(at.shape)
    for place in np.ndindex(at.shape):

        def of_entry(entry: float, place: tuple[int, ...] = place) -> float:
            moved = np.array(at, dtype=float)
            moved[place] = entry
            return function(moved)

        slopes[place] = derivative(of_entry, float(at[place]))
    return slopes


def layer_gradients(
    function: Callable[[tuple[np.ndarray, ...]], float], at: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, ...]:
    """Return the derivatives of a number by each entry of each of several arrays."""

    def by_layer(layer: int) -> np.ndarray:
        before, after = at[:layer], at[layer + 1 :]
        return gradient(lambda moved: function((*before, moved, *after)), at[layer])

    return tuple(map(by_layer, range(len(at))))


def _first_standing(
    attempt: Callable[[float], _Attempt], at: float, first: float, shortest: float
) -> float:
    """Return what the longest step gives at which the derivative stands.

    The function may be undefined a long step away; only if it is so at all steps, that is the
    error.
    """
    outside: FormulaError | None = None
    for step in _steps(first * max(1.0, abs(at)), shortest):
        try:
            found = attempt(step)
        except FormulaError as error:
            outside = error
            continue
        if found.stands():
            return found.derivative
        outside = None
    if outside:
        raise outside
    raise FormulaError(f"no derivative at {at:.6g}, as far as differences can tell")


def _steps(first: float, shortest: float) -> Iterator[float]:
    step = first
    while step >= shortest:
        yield step
        step *= SHORTER


def _first_order(
    function: Callable[[float], float], at: float, step: float, middle: float
) -> _Attempt:
    above, below = _sampled(function, at, step)
    double, whole, half = (high - low for high, low in zip(above, below, strict=True))
    coarse = (8 * whole - double) / (12 * step)
    fine = (8 * half - whole) / (6 * step)
    noise = NOISE * max(map(abs, (*above, *below))) / step
    # The slope to the right less the slope to the left: it shrinks with the step, or is a kink's.
    turn, half_turn = (
        abs(above[i] - 2 * middle + below[i]) / width for i, width in ((1, step), (2, step / 2))
    )
    small = 4 * noise + RELATIVE * abs(fine) + ABSOLUTE
    return _Attempt(
        derivative=(16 * fine - coarse) / 15,
        doubt=max(0.0, abs(fine - coarse) - noise),
        smooth=half_turn <= max(KINK * turn, small),
    )


def _second_order(
    function: Callable[[float], float], at: float, step: float, middle: float
) -> _Attempt:
    above, below = _sampled(function, at, step)
    double, whole, half = (high - 2 * middle + low for high, low in zip(above, below, strict=True))
    coarse = (16 * whole - double) / (12 * step**2)
    fine = (16 * half - whole) / (3 * step**2)
    noise = NOISE * max(map(abs, (*above, *below))) / step**2
    return _Attempt(
        derivative=(16 * fine - coarse) / 15,
        doubt=max(0.0, abs(fine - coarse) - 4 * noise),
        smooth=True,
    )


def _sampled(
    function: Callable[[float], float], at: float, step: float
) -> tuple[list[float], list[float]]:
    """Return the values two steps, one and half a one above a point, and as far below it."""
    widths = (2 * step, step, step / 2)
    above, below = ([float(function(at + way * width)) for width in widths] for way in (1, -1))
    if not all(map(math.isfinite, (*above, *below))):
        raise FormulaError(f"not finite near {at:.6g}")
    return above, below
