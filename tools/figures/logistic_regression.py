"""Logistic regression on the mornings: its boundary, and lines of equal probability beside it."""

import numpy as np
from matplotlib.figure import Figure

from snippets import logistic_regression as logistic

from . import style
from .drawing import Drawing

STEPS = 10_000  # as many as in the snippet's output
LEVELS = {0.1: "--", 0.5: "-", 0.9: "--"}  # a probability, and its line style
FROM, TO = 0.0, 6.9  # the distances over which the lines are drawn


def _probabilities() -> Figure:
    mornings, caught = logistic.MORNINGS, logistic.CAUGHT
    w, b = logistic.fit(mornings, caught, STEPS)
    figure, axes = style.plot("minutes left, $x_1$", "distance in 100 m, $x_2$", height=320)

    distance = np.array([FROM, TO])
    for p, line in LEVELS.items():
        minutes = (np.log(p / (1 - p)) - b - w[1] * distance) / w[0]
        axes.plot(minutes, distance, color=style.INK, linestyle=line, linewidth=1.4)
        axes.text(minutes[1], TO + 0.1, rf"$\hat{{y}} = {p}$", ha="center")

    for target, marker, color, label, place in (
        (0, "X", style.SERIES[1], "missed", (0.65, 5.35)),
        (1, "o", style.SERIES[0], "caught", (5.3, 2.6)),
    ):
        axes.plot(
            *mornings[caught == target].T, marker, color=color, markersize=9, linestyle="none"
        )
        axes.text(*place, label, color=color)
    axes.set_xlim(0, 8.2)
    axes.set_ylim(0, 7.6)
    axes.set_xticks(range(0, 9, 2))
    axes.set_yticks(range(0, 7, 2))
    return figure


DRAWINGS = (
    Drawing(
        name="bus-probabilities",
        title="Mornings on which the bus was caught or missed, and the fitted probabilities",
        description="Minutes left against distance to the stop. Three parallel lines rise to the"
        " right: probability 0.1 on the upper left, 0.5 in the middle, 0.9 on the lower right."
        " Most missed mornings, crosses, lie above the middle line and most caught ones, dots,"
        " below it; two of each lie on the other side.",
        draw=_probabilities,
    ),
)
