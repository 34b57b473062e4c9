"""The results of docs/basics/gradient-descent.md."""

import math

from snippets import one_weight

from . import result

X, Y, START, GOAL = 2.0, 0.8, 0.5, 0.4


@result
def first_prediction() -> float:
    """What the untrained weight makes of the input."""
    return START * X


@result
def factor() -> dict[str, float]:
    """What one update multiplies the distance to the goal by, for the table's learning rates."""
    found = {}
    for alpha in (0.1, 0.25, 0.5, 0.51):
        before, after = one_weight.descend(START, X, Y, alpha, steps=1)
        found[f"at_{alpha}".replace(".", "_")] = (after - GOAL) / (before - GOAL)
    return found


@result
def error_left() -> float:
    """What share of the error a step leaves at a learning rate of 0.1."""
    before, after = one_weight.descend(START, X, Y, alpha=0.1, steps=1)
    return one_weight.error(after, X, Y) / one_weight.error(before, X, Y)


@result
def notes_slope() -> dict[str, float]:
    """What the notes stepped along at first, and the slope of the square that they printed."""
    stepped_along = one_weight.error_derivative(START, X, Y)
    h = 1e-3  # any will do: of a square the difference quotient is exact
    up, down = (2 * one_weight.error(START + sign * h, X, Y) for sign in (1, -1))
    return {"stepped_along": stepped_along, "printed": (up - down) / (2 * h)}


@result
def first_square() -> float:
    """The second exercise: the squared error before the first update."""
    return 2 * one_weight.error(START, X, Y)


@result
def updates() -> dict[str, float]:
    """The second exercise: when the squared error is below 1e-12, exactly and in whole updates."""
    weights = one_weight.descend(START, X, Y, alpha=0.1, steps=30)
    squares = [2 * one_weight.error(weight, X, Y) for weight in weights]
    return {
        "exact": math.log(1e-12 / squares[0]) / math.log(squares[1] / squares[0]),
        "whole": next(t for t, square in enumerate(squares) if square < 1e-12),
    }
