"""Kinds of learning: the questions that tell them apart, and two models on the same rides."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from snippets import parametric

from . import style
from .drawing import Drawing

QUESTIONS = (
    ("only how well its actions\nturned out?", "reinforcement"),
    ("the answer to every\nexample?", "supervised"),
    ("the answers to a few of\nmany examples?", "semi-supervised"),
    ("a part of the example that\nwas hidden from it?", "self-supervised"),
    ("nothing but the examples.", "unsupervised"),
)
BOX_WIDTH, BOX_HEIGHT, BOX_STEP = 222, 46, 76  # points

SEED = 5  # of the snippet's training rides
SIZES = (10, 100)


def _tree() -> Figure:
    height = BOX_STEP * len(QUESTIONS)
    figure = style.canvas(height)
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-1, style.WIDTH - 1)
    axes.set_ylim(-height + BOX_STEP - BOX_HEIGHT / 2 - 2, BOX_STEP)
    center = BOX_WIDTH / 2
    axes.text(0, 0.6 * BOX_STEP, "The learner is told …", va="center", fontsize=14)
    for row, (question, kind) in enumerate(QUESTIONS):
        y = -row * BOX_STEP
        box = Rectangle((0, y - BOX_HEIGHT / 2), BOX_WIDTH, BOX_HEIGHT, fill=False, linewidth=0.9)
        box.set_edgecolor(style.INK)
        axes.add_patch(box)
        axes.text(center, y, question, ha="center", va="center")
        style.arrow(axes, (BOX_WIDTH, y), (BOX_WIDTH + 52, y))
        axes.text(BOX_WIDTH + 58, y, kind, va="center", color=style.SERIES[0], weight="bold")
        if row < len(QUESTIONS) - 1:
            low, high = y - BOX_STEP + BOX_HEIGHT / 2, y - BOX_HEIGHT / 2
            style.arrow(axes, (center, high), (center, low))
            axes.text(center + 8, (low + high) / 2, "no", va="center", fontsize=12)
            axes.text(BOX_WIDTH + 24, y + 4, "yes", ha="center", fontsize=12)
    return figure


def _fits() -> Figure:
    figure = style.canvas(height=300)
    panels = figure.subplots(1, 2, sharex=True, sharey=True)
    ends = np.array([0.0, 10.0])
    for axes, m in zip(panels, SIZES, strict=True):
        x, y = parametric.rides(m, SEED)
        places = np.sort(x)
        edges = np.concatenate([ends[:1], (places[1:] + places[:-1]) / 2, ends[1:]])
        stairs = parametric.nearest(places, (x, y))
        straight = parametric.line(ends, *parametric.fit_line(x, y))
        axes.stairs(stairs, edges, baseline=None, color=style.SERIES[1], linewidth=1.2)
        axes.plot(ends, straight, color=style.SERIES[0], linestyle="--")
        axes.plot(x, y, "o", color=style.INK, markersize=4 if m == SIZES[0] else 2.5)
        axes.set_title(f"{m} rides", loc="left", fontsize=13)
        axes.grid(visible=True)
        axes.text(0.2, 45, "straight line", color=style.SERIES[0])
        axes.text(10, 6, "nearest neighbour", ha="right", color=style.SERIES[1])
    panels[0].set_xticks([0, 5, 10])
    panels[0].set_yticks([0, 20, 40])
    panels[0].set_ylim(0, 55)
    panels[0].set_ylabel("minutes")
    figure.supxlabel("km", fontsize=13, color=style.INK)
    return figure


DRAWINGS = (
    Drawing(
        name="kinds-of-learning",
        title="Five kinds of learning, told apart by what the learner is told",
        description="A ladder of questions. Is the learner told only how well its actions turned"
        " out: reinforcement learning. If not, the answer to every example: supervised. If not, the"
        " answers to a few of many examples: semi-supervised. If not, a part of the example that"
        " was hidden from it: self-supervised. If nothing but the examples: unsupervised.",
        draw=_tree,
    ),
    Drawing(
        name="parametric-fits",
        title="A straight line and the nearest neighbour, fitted to 10 and to 100 rides",
        description="Minutes over kilometres in two panels. With 10 rides the nearest neighbour is"
        " a staircase of ten steps, with 100 rides a jagged curve through all of them that follows"
        " the bend at 5 km. The straight line looks almost the same in both, above the rides near"
        " the bend and below them at both ends.",
        draw=_fits,
    ),
)
