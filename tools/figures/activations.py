"""Three activation functions, and their slopes."""

import numpy as np
from matplotlib.figure import Figure

from snippets import activations as act

from . import style
from .drawing import Drawing

X = np.linspace(-4, 4, 161)  # 0, the kink of ReLU, is one of the points
FUNCTIONS = {
    "ReLU": (act.relu, act.relu_slope),
    "sigmoid": (act.sigmoid, act.sigmoid_slope),
    "tanh": (act.tanh, act.tanh_slope),
}


def _functions() -> Figure:
    figure, axes = style.plot("input $x$", "output $f(x)$")
    for (f, _), color, line in zip(
        FUNCTIONS.values(), style.SERIES, style.LINE_STYLES, strict=True
    ):
        axes.plot(X, f(X), color=color, linestyle=line)
    for name, color, (x, y) in zip(
        FUNCTIONS, style.SERIES, ((0.55, 1.6), (-3.9, 0.17), (-3.9, -0.82)), strict=True
    ):
        axes.text(x, y, name, color=color)
    axes.set_ylim(-1.2, 2.2)
    axes.set_yticks([-1, 0, 1, 2])
    return figure


def _slopes() -> Figure:
    figure, axes = style.plot("input $x$", "slope $f'(x)$")
    left, right = X < 0, X > 0
    relu = act.relu_slope(act.relu(X))
    for side in (left, right):  # two pieces: there is no slope at 0 to be joined through
        axes.plot(X[side], relu[side], color=style.SERIES[0], linestyle=style.LINE_STYLES[0])
    for name, color, line in list(zip(FUNCTIONS, style.SERIES, style.LINE_STYLES, strict=True))[1:]:
        f, slope = FUNCTIONS[name]
        axes.plot(X, slope(f(X)), color=color, linestyle=line)
    for name, color, (x, y) in zip(
        ("ReLU", "sigmoid,\nat most 0.25", "tanh,\nat most 1"),
        style.SERIES,
        ((2.6, 1.05), (1.75, 0.24), (-2.95, 0.68)),
        strict=True,
    ):
        axes.text(x, y, name, color=color)
    axes.set_ylim(-0.05, 1.2)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    return figure


DRAWINGS = (
    Drawing(
        name="activations",
        title="ReLU, sigmoid and tanh",
        description="ReLU is 0 for negative inputs and the input itself for positive ones. The"
        " sigmoid rises in an S from 0 to 1 and tanh from -1 to 1; both are flat beyond 4.",
        draw=_functions,
    ),
    Drawing(
        name="activation-slopes",
        title="The slopes of ReLU, sigmoid and tanh",
        description="The slope of ReLU jumps from 0 to 1 at input 0. The slope of tanh is a bell"
        " of height 1, that of the sigmoid a wider bell of height only 0.25; both vanish away"
        " from 0.",
        draw=_slopes,
    ),
)
