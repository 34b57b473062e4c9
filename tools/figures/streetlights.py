"""The streetlights network: its layers, and its error while it learns."""

from itertools import product

from matplotlib.figure import Figure

from snippets import streetlights

from . import style
from .drawing import Drawing

EPOCHS = 60
NODES = (["$x_1$", "$x_2$", "$x_3$"], ["$h_1$", "$h_2$", "$h_3$", "$h_4$"], [r"$\hat{y}$"])
TITLES = ("lights $x$", "hidden $h$", r"prediction $\hat{y}$")
NOTES = ("1 on, 0 off", "ReLU", "1 walk, 0 stop")

PRINTED = range(10, EPOCHS + 1, 10)  # the epochs of the snippet's output


def _network() -> Figure:
    w1, w2 = streetlights.initialize(seed=1)
    inputs, hidden, output = (_column(k, len(names)) for k, names in enumerate(NODES))

    figure = style.canvas(height=255)
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-0.25, 2.3)
    axes.set_ylim(-2.3, 2.6)
    for start, end, matrix, name, color in (
        (inputs, hidden, w1, "$W_1$", style.SERIES[0]),
        (hidden, output, w2, "$W_2$", style.SERIES[1]),
    ):
        for source, target in product(start, end):
            axes.plot(*zip(source, target, strict=True), color=color, linewidth=1.0, zorder=1)
        middle = (start[0][0] + end[0][0]) / 2
        rows, columns = matrix.shape
        axes.text(middle, 2.2, name, ha="center", color=color, fontsize=16)
        axes.text(
            middle, 1.75, rf"${rows} \times {columns}$", ha="center", color=color, fontsize=12
        )
    for layer, names, title, note in zip(
        (inputs, hidden, output), NODES, TITLES, NOTES, strict=True
    ):
        x, y = zip(*layer, strict=True)
        axes.scatter(x, y, s=620, facecolor=style.GROUND, edgecolor=style.INK, zorder=2)
        for point, name in zip(layer, names, strict=True):
            axes.annotate(name, point, ha="center", va="center", fontsize=16, zorder=3)
        axes.text(x[0], 2.2, title, ha="center")
        axes.text(x[0], y[-1] - 0.8, note, ha="center", fontsize=12)
    return figure


def _column(x: float, size: int) -> list[tuple[float, float]]:
    """Return the places of a layer's nodes, from the top down."""
    return [(x, (size - 1) / 2 - k) for k in range(size)]


def _error() -> Figure:
    errors = streetlights.train(*streetlights.initialize(seed=1), epochs=EPOCHS)[2]
    figure, axes = style.plot("epoch", "summed squared error")
    axes.semilogy(range(1, EPOCHS + 1), errors, color=style.SERIES[0])
    axes.plot(PRINTED, [errors[epoch - 1] for epoch in PRINTED], "o", color=style.SERIES[0])
    for epoch, label, shift in (
        (10, f"{errors[9]:.2f}", (4, 9)),
        (30, f"{errors[29]:.3f}", (8, 7)),
        (60, f"{errors[59] * 1e5:.1f}·10⁻⁵", (-62, -20)),
    ):
        axes.annotate(
            label,
            (epoch, errors[epoch - 1]),
            xytext=shift,
            textcoords="offset points",
            color=style.SERIES[0],
        )
    axes.set_xticks(range(0, EPOCHS + 1, 10))
    axes.set_ylim(3e-6, 4)
    axes.minorticks_off()
    return figure


DRAWINGS = (
    Drawing(
        name="streetlights-network",
        title="The streetlights network",
        description="Three inputs x, one for each light, are all connected to four hidden units"
        " h through the 3 by 4 matrix W1. The hidden units are all connected to one output,"
        " the prediction whether people walk, through the 4 by 1 matrix W2.",
        draw=_network,
    ),
    Drawing(
        name="streetlights-error",
        title="The error of the streetlights network by epoch",
        description="On a logarithmic axis the summed squared error falls over 60 epochs,"
        " slowly for the first 25 and then by a steady factor, from 1.4 to 0.000015."
        " Dots mark every tenth epoch.",
        draw=_error,
    ),
)
