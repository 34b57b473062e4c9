"""The perceptron: its boundary after every update, and the rules a line can and cannot split."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from snippets import perceptron

from . import style
from .drawing import Drawing

LOW, HIGH = -0.6, 1.6  # of either input
SHADE = 0.22


@dataclass(frozen=True, slots=True)
class State:
    """The unit after an update, and the example that caused it."""

    w: np.ndarray
    b: float
    example: np.ndarray | None = None


def states(rule: str) -> Iterator[State]:
    """Yield the unit at the start and after each update, until an epoch passes without one."""
    w, b = np.zeros(2), 0.0
    yield State(w, b)
    clean = False
    while not clean:
        clean = True
        for x, y in zip(perceptron.POINTS, perceptron.TARGETS[rule], strict=True):
            if perceptron.predict(x, w, b) != y:
                w, b = perceptron.learn(x, y, w, b, alpha=1.0)
                yield State(w, b, x)
                clean = False


def _board(axes: Axes, rule: str, *, size: float) -> None:
    """Draw the four points, filled where the answer should be 1."""
    for (x1, x2), target in zip(perceptron.POINTS, perceptron.TARGETS[rule], strict=True):
        color = style.INK if target else style.GROUND
        axes.scatter(x1, x2, s=size, facecolor=color, edgecolor=style.INK, linewidth=1.2, zorder=3)
    axes.set_xlim(LOW, HIGH)
    axes.set_ylim(LOW, HIGH)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)


def _half_plane(axes: Axes, w: np.ndarray, b: float) -> None:
    """Shade where the unit says 1, and draw its boundary if it has one."""
    color = style.SERIES[0]
    if not w.any():
        if b >= 0:
            axes.axvspan(LOW, HIGH, color=color, linewidth=0, alpha=SHADE)
        return
    ends = np.array([LOW, HIGH])
    score = w[0] * ends + w[1] * ends[:, np.newaxis] + b
    axes.contourf(ends, ends, score, levels=[0, np.inf], colors=[color], alpha=SHADE)
    axes.contour(ends, ends, score, levels=[0], colors=[color], linewidths=2.0, linestyles="-")


def _updates() -> Figure:
    path = list(states("AND"))
    figure = style.canvas(height=370)
    panels = figure.subplots(3, 4)
    for number, (axes, state) in enumerate(zip(panels.flat, path, strict=True)):
        _half_plane(axes, state.w, state.b)
        _board(axes, "AND", size=46)
        axes.set_title(str(number) if number else "start", fontsize=12, pad=4)
        if state.example is not None:
            x1, x2 = state.example
            axes.scatter(x1, x2, s=190, facecolor="none", edgecolor=style.SERIES[1], linewidth=2.0)
    return figure


def _splits() -> Figure:
    figure = style.canvas(height=168)
    for axes, rule in zip(figure.subplots(1, 3), perceptron.TARGETS, strict=True):
        _board(axes, rule, size=80)
        axes.set_title(rule, fontsize=13)
        if rule == "XOR":
            for x, y in (([0, 1], [1, 0]), ([0, 1], [0, 1])):
                axes.plot(
                    x, y, color=style.SERIES[1], linestyle=style.DASHES, linewidth=1.6, zorder=1
                )
        else:
            w, b, _ = perceptron.train(perceptron.POINTS, perceptron.TARGETS[rule])
            _half_plane(axes, w, b)
    return figure


DRAWINGS = (
    Drawing(
        name="perceptron-updates",
        title="The boundary of a perceptron that learns AND, after each of eleven updates",
        description="Twelve small squares hold the same four points; only the upper right one"
        " should be answered with 1. At the start everything is on the side of 1. After each"
        " update the boundary jumps, now letting a wrong point in, now shutting the right one out."
        " After the eleventh it is a steep line through the upper right point, with the other"
        " three on its far side.",
        draw=_updates,
    ),
    Drawing(
        name="perceptron-xor",
        title="AND and OR are split by a line, XOR is not",
        description="Three squares with the four points of two inputs. For AND a line cuts off the"
        " upper right corner, for OR one cuts off the lower left corner. For XOR the two points"
        " to be answered with 1 lie on one diagonal and the two others on the other; the diagonals"
        " cross in the middle, so no line has each pair on a side of its own.",
        draw=_splits,
    ),
)
