"""Three descents on one map of the error: ten examples at a time, four, and one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from snippets import batching

from . import style
from .drawing import Drawing

START = (0.0, 3.0)  # the weights and the rate of the snippet's output
ALPHA, EPOCHS = 0.1, 5

COFFEE, ROLL = (-0.75, 4.2), (1.0, 5.1)  # the part of the map that is shown
LEVELS = (0.12, 0.4, 1, 2, 4, 8)

PATHS = (  # batch size, marker and its size, label and its place
    (10, "o", 6.0, "all ten:\n5 updates", (0.3, 2.3)),
    (4, "s", 4.5, "four at a time:\n15 updates", (2.55, 3.35)),
    (1, ".", 5.0, "one at a time:\n50 updates", (1.95, 4.45)),
)

CLEAR = {"facecolor": style.GROUND, "edgecolor": "none", "pad": 1.5}  # no contour through words


def _contours(axes: Axes) -> None:
    coffee, roll = np.linspace(*COFFEE, 61), np.linspace(*ROLL, 61)
    orders, paid = batching.ORDERS, batching.PAID
    heights = [[batching.error(np.array([c, r]), orders, paid) for c in coffee] for r in roll]
    axes.contour(coffee, roll, heights, levels=LEVELS, colors=style.INK, linewidths=0.8, alpha=0.4)
    best = np.linalg.lstsq(orders, paid)[0]
    axes.plot(*best, "+", color=style.INK, markersize=14, zorder=4)
    axes.annotate(
        "least error",
        best,
        xytext=(3.1, 1.2),
        bbox=CLEAR,
        arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.8, "shrinkB": 5},
    )


def _paths() -> Figure:
    figure, axes = style.plot("price of a coffee, $w_1$", "price of a roll, $w_2$", height=320)
    axes.grid(visible=False)
    _contours(axes)
    for (size, marker, width, label, place), color, line in zip(
        PATHS, style.SERIES, style.LINE_STYLES, strict=True
    ):
        path = batching.descend(np.array(START), size, ALPHA, EPOCHS)
        axes.plot(*path.T, marker, color=color, linestyle=line, linewidth=1.4, markersize=width)
        axes.text(*place, label, color=color, linespacing=1.15, bbox=CLEAR)
    axes.annotate("start", START, (-9, -4), textcoords="offset points", ha="right", bbox=CLEAR)
    axes.set_xlim(COFFEE)
    axes.set_ylim(ROLL)
    axes.set_xticks([0, 1, 2, 3, 4])
    axes.set_yticks([1, 2, 3, 4, 5])
    return figure


DRAWINGS = (
    Drawing(
        name="batch-paths",
        title="Five epochs of descent with three batch sizes",
        description="A map of the error over two weights: a long, slanting valley. All three"
        " paths start at its upper left. With all ten examples at a time, five smooth steps end"
        " halfway. With four at a time, fifteen slightly jagged steps come close to the lowest"
        " point. With one at a time, fifty steps wander far off at first, reach the lowest point"
        " and then mill around it.",
        draw=_paths,
    ),
)
