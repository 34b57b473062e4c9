"""Gradient descent on one weight: the bowl with the first steps, and four learning rates."""

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from snippets import one_weight

from . import style
from .drawing import Drawing

X, Y, BEST = 2.0, 0.8, 0.4  # the example of the snippet, and the weight that fits it
START = 1.2  # far up the wall, for the first steps to be seen
RATES = {0.1: "closes in", 0.25: "arrives at once", 0.5: "swings for ever", 0.51: "diverges"}

ARROW = {
    "arrowstyle": "-|>,head_width=0.25,head_length=0.5",
    "color": style.SERIES[0],
    "linewidth": 1.6,
    "shrinkA": 4,
    "shrinkB": 4,
    "connectionstyle": "arc3,rad=0.25",
}


def _bowl() -> Figure:
    figure, axes = style.plot("weight $w$", "error $E(w)$")
    w = np.linspace(-0.4, 1.4, 121)
    axes.plot(w, [one_weight.error(each, X, Y) for each in w], color=style.INK, linewidth=1.4)

    steps = one_weight.descend(weight=START, x=X, y=Y, alpha=0.1, steps=3)
    points = [(each, one_weight.error(each, X, Y)) for each in steps]
    for before, after in pairwise(points):
        axes.annotate("", xy=after, xytext=before, arrowprops=ARROW)
    axes.plot(*zip(*points, strict=True), "o", color=style.SERIES[0], markersize=7)
    for label, point in zip(("start", "step 1", "2", "3"), points, strict=True):
        axes.annotate(
            label, point, xytext=(10, -6), textcoords="offset points", color=style.SERIES[0]
        )

    axes.plot([BEST, BEST], [0, 0.2], color=style.INK, linewidth=0.8, linestyle=style.DASHES)
    axes.text(BEST, 0.24, "best, $w = 0.4$", ha="center")
    axes.set_xlim(-0.4, 1.5)
    axes.set_ylim(-0.04, 1.62)
    axes.set_xticks([0, 0.4, 0.8, 1.2])
    axes.set_yticks([0, 0.5, 1, 1.5])
    return figure


def _rates() -> Figure:
    figure = style.canvas(height=320)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, (alpha, verdict) in zip(panels.flat, RATES.items(), strict=True):
        weights = one_weight.descend(weight=0.5, x=X, y=Y, alpha=alpha, steps=20)
        axes.axhline(BEST, color=style.INK, linewidth=0.8, linestyle=style.DASHES)
        axes.plot(weights, "o-", color=style.SERIES[0], linewidth=1.2, markersize=3.2)
        axes.set_title(rf"$\alpha = {alpha}$: {verdict}", loc="left", fontsize=12)
        axes.grid(visible=True)
    panels[0, 0].set_xticks([0, 5, 10, 15, 20])
    panels[0, 0].set_yticks([0.2, 0.4, 0.6])
    figure.supxlabel("step", fontsize=13, color=style.INK)
    figure.supylabel("weight $w$", fontsize=13, color=style.INK)
    return figure


DRAWINGS = (
    Drawing(
        name="gradient-descent",
        title="Gradient descent on one weight",
        description="The error is a bowl over the weight with its lowest point at 0.4. From a"
        " start at weight 1.2, three steps of gradient descent move down"
        " the wall, each shorter than the one before because the wall gets flatter.",
        draw=_bowl,
    ),
    Drawing(
        name="learning-rates",
        title="The weight by step, for four learning rates",
        description="Four panels start at weight 0.5 and aim for 0.4. With rate 0.1 the weight"
        " closes in smoothly; with 0.25 it arrives in one step; with 0.5 it swings between 0.5"
        " and 0.3 for ever; with 0.51 each swing is wider than the last.",
        draw=_rates,
    ),
)
