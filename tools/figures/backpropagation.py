"""How values and deltas flow through a network, and where a hidden layer puts XOR's corners."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from snippets import backpropagation as net

from . import style
from .drawing import Drawing

FORWARD, BACKWARD, PRODUCT = style.SERIES
LINE_STYLES = dict(zip(style.SERIES, style.LINE_STYLES, strict=True))

VALUES = ("$a^{(0)}$", "$z^{(1)}$", "$a^{(1)}$", "$z^{(2)}$", "$a^{(2)}$")
STEPS = ("$W^{(1)}, b^{(1)}$", "$f$", "$W^{(2)}, b^{(2)}$", "$f$")  # from each value to the next
TOP, MIDDLE, BOTTOM = 1.9, 0.95, 0.0  # the rows of values, of gradients, of deltas

MARGIN = 0.45  # how much of the plane is shown around the corners


def _flow() -> Figure:
    figure = style.canvas(height=265)
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-0.6, 4.5)
    axes.set_ylim(-0.55, 2.45)

    for x, name in enumerate(VALUES):
        _node(axes, x, TOP, name, FORWARD)
    for x, name in enumerate(STEPS):
        _arrow(axes, (x, TOP), (x + 1, TOP), FORWARD)
        axes.text(x + 0.5, TOP + 0.28, name, ha="center", color=FORWARD)

    _node(axes, 4, BOTTOM, r"$\hat{y} - y$", BACKWARD)
    _arrow(axes, (4, TOP), (4, BOTTOM), FORWARD)
    _arrow(axes, (4, BOTTOM), (3, BOTTOM), BACKWARD)
    _arrow(axes, (3, BOTTOM), (1, BOTTOM), BACKWARD)
    axes.text(2, BOTTOM - 0.32, r"$W^{(2)\top}$", ha="center", color=BACKWARD)
    for layer, x in ((1, 1), (2, 3)):
        _node(axes, x, BOTTOM, rf"$\delta^{{({layer})}}$", BACKWARD)
        _arrow(axes, (x, TOP), (x, BOTTOM), BACKWARD)
        axes.text(x + 0.08, MIDDLE, "$f'$", va="center", color=BACKWARD, fontsize=15)
        _node(axes, x - 1, MIDDLE, rf"$\partial E / \partial W^{{({layer})}}$", PRODUCT)
        _arrow(axes, (x - 1, TOP), (x - 1, MIDDLE), PRODUCT)
        _arrow(axes, (x, BOTTOM), (x - 1, MIDDLE), PRODUCT)
    return figure


def _node(axes: Axes, x: float, y: float, name: str, color: str) -> None:
    axes.text(
        x,
        y,
        name,
        ha="center",
        va="center",
        fontsize=15,
        zorder=2,
        bbox={"boxstyle": "round,pad=0.3", "facecolor": style.GROUND, "edgecolor": color},
    )


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    """Draw an arrow between two nodes; the gaps at its ends leave room for their boxes."""
    style.arrow(axes, start, end, color=color, line=LINE_STYLES[color], width=1.4, gap=18)


def _xor() -> Figure:
    layers = net.initialize([2, 2, 1], np.random.RandomState(3))
    layers = net.train(layers, alpha=0.5, steps=500)
    figure = style.canvas(height=245)
    inputs, hidden = figure.subplots(1, 2)

    side = np.linspace(-MARGIN, 1 + MARGIN, 41)
    plane = np.stack(np.meshgrid(side, side), axis=-1)
    probability = net.forward(plane.reshape(-1, 2), layers)[-1].reshape(41, 41)
    inputs.contour(side, side, probability, levels=[0.5], colors=[style.SERIES[0]])
    _corners(inputs, net.CORNERS, ("00", "01", "10", "11"))
    inputs.set(xlabel="$x_1$", xticks=[0, 1], yticks=[0, 1])
    inputs.set_title("$x_2$", loc="left")

    (first, second), bias = layers[-1][0][:, 0], layers[-1][1]
    ends = np.array([-1.45, 1.45])  # the boundary: first * a_1 + second * a_2 + bias = 0
    hidden.plot(ends, -(first * ends + bias) / second, color=style.SERIES[0])
    _corners(hidden, net.forward(net.CORNERS, layers)[1], ("", "01", "10", "00\n11"))
    hidden.set(xlabel="$a^{(1)}_1$", xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    hidden.set(xlim=(-1.45, 1.45), ylim=(-1.45, 1.45))
    hidden.set_title("$a^{(1)}_2$", loc="left")

    for axes in (inputs, hidden):
        axes.set_aspect("equal")
    return figure


def _corners(axes: Axes, places: np.ndarray, names: tuple[str, ...]) -> None:
    """Mark where the four corners are: a full dot for target 1, an open one for 0."""
    for place, name, target in zip(places, names, net.XOR[:, 0], strict=True):
        face = style.SERIES[1] if target else style.GROUND
        axes.plot(*place, "o", markersize=8, markeredgecolor=style.SERIES[1], markerfacecolor=face)
        axes.annotate(name, place, xytext=(8, 0), textcoords="offset points", va="center")


DRAWINGS = (
    Drawing(
        name="backpropagation-flow",
        title="Values flow forward, deltas flow back",
        description="A network of two layers. Along the top, values go right: a0 through W1 and"
        " b1 to z1, through f to a1, through W2 and b2 to z2, through f to a2, the prediction."
        " Its miss, prediction minus target, goes left along the bottom: times the slope f' at z2"
        " it is delta 2, and through W2 transposed and times the slope at z1 it is delta 1. In"
        " between, a0 and delta 1 make the gradient by W1, and a1 and delta 2 that by W2.",
        draw=_flow,
    ),
    Drawing(
        name="backpropagation-xor",
        title="XOR in the plane of the inputs and in that of the hidden units",
        description="Left, the four corners of the unit square, with two parallel boundaries:"
        " 00 and 11, of target 0, lie between them, 01 and 10, of target 1, outside. Right, the"
        " outputs of the two hidden units: 00 and 11 fall on nearly the same point, and one"
        " straight line parts it from 01 and 10.",
        draw=_xor,
    ),
)
