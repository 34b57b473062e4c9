"""Convolution and pooling on images small enough to show every number."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from snippets.convolution import SOBEL_X, convolution
from snippets.pooling import pool, pool_gradient

from . import style
from .drawing import Drawing

IMAGE = np.repeat([[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]], 6, axis=0)
MAP = np.array([[1.0, 3, 2, 0], [5, 2, 1, 4], [0, 1, 7, 2], [3, 2, 6, 1]])
DELTA = np.array([[1.0, 2.0], [3.0, 4.0]])


def _squared_paper(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure whose unit is a cell, with rows counted from the top."""
    figure = style.canvas(height=height * style.WIDTH / width)
    axes = figure.add_axes((0, 0, 1, 1))
    figure.set_layout_engine("none")
    axes.set_axis_off()
    axes.set_xlim(-0.1, width - 0.1)
    axes.set_ylim(height - 1.5, -1.5)
    return figure, axes


def _grid(
    axes: Axes, corner: tuple[float, float], values: np.ndarray, title: str, shaded: np.ndarray
) -> None:
    """Draw a matrix as cells with their numbers, and shade those where ``shaded`` is true."""
    left, top = corner
    for (row, column), value in np.ndenumerate(values):
        cell = (left + column, top + row)
        if shaded[row, column]:
            shade = Rectangle(cell, 1, 1, facecolor=style.INK, edgecolor="none", alpha=0.1)
            axes.add_patch(shade)
        _outline(axes, cell, 1, color=style.INK, linewidth=0.5)
        middle = (cell[0] + 0.5, cell[1] + 0.52)
        axes.text(*middle, f"${value:.0f}$", ha="center", va="center", fontsize=13)
    axes.text(left + values.shape[1] / 2, top - 0.35, title, ha="center", fontsize=12)


def _outline(
    axes: Axes,
    corner: tuple[float, float],
    side: float,
    *,
    color: str,
    linewidth: float = 2.0,
    dashed: bool = False,
) -> None:
    axes.add_patch(
        Rectangle(
            corner,
            side,
            side,
            facecolor="none",
            edgecolor=color,
            linewidth=linewidth,
            linestyle=style.DASHES if dashed else "-",
            zorder=3,
        )
    )


def _sobel() -> Figure:
    kernel = SOBEL_X.reshape(3, 3, 1, 1)
    feature_map = convolution(IMAGE[..., np.newaxis], kernel, np.zeros(1))[..., 0]
    figure, axes = _squared_paper(width=16.8, height=8.1)
    _grid(axes, (0, 0), IMAGE, r"image, 6 $\times$ 6", IMAGE > 0)
    _grid(axes, (7.6, 1), SOBEL_X, r"kernel, 3 $\times$ 3", np.zeros((3, 3), bool))
    _grid(axes, (12.5, 1), feature_map, r"map, 4 $\times$ 4", feature_map > 0)

    _outline(axes, (2, 1), 3, color=style.SERIES[1], linewidth=1.4, dashed=True)
    _outline(axes, (13.5 + 1, 2), 1, color=style.SERIES[1], linewidth=1.4, dashed=True)
    _outline(axes, (1, 1), 3, color=style.SERIES[0])
    _outline(axes, (13.5, 2), 1, color=style.SERIES[0])

    axes.text(6.8, 2.5, r"$\odot$", ha="center", va="center", fontsize=17)
    style.arrow(axes, (10.75, 2.5), (12.35, 2.5))
    axes.text(11.5, 2.15, "sum", ha="center", fontsize=12)
    below, color = 5.6, style.SERIES[0]
    axes.text(9.1, below, r"$1 + 2 + 1 = 4$", ha="center", fontsize=13, color=color)
    return figure


def _max_pooling() -> Figure:
    layer, delta = MAP[..., np.newaxis], DELTA[..., np.newaxis]
    pooled, back = pool(layer)[..., 0], pool_gradient(delta, layer)[..., 0]
    figure, axes = _squared_paper(width=16.6, height=6.4)
    _grid(axes, (0, 0), MAP, "map", back > 0)
    _grid(axes, (5.6, 1), pooled, "pooled", pooled > 0)
    _grid(axes, (8.8, 1), DELTA, r"its $\delta$", DELTA > 0)
    _grid(axes, (12.4, 0), back, r"$\delta$ sent back", back > 0)
    for left, top in np.ndindex(2, 2):
        for place in (0, 12.4):
            _outline(axes, (place + 2 * left, 2 * top), 2, color=style.INK, linewidth=1.6)
    for row, column in zip(*np.nonzero(back), strict=True):
        _outline(axes, (column, row), 1, color=style.SERIES[0])
        _outline(axes, (12.4 + column, row), 1, color=style.SERIES[1], dashed=True)
    for start, color, dashed in ((5.6, style.SERIES[0], False), (8.8, style.SERIES[1], True)):
        for left, top in np.ndindex(2, 2):
            _outline(axes, (start + left, 1 + top), 1, color=color, dashed=dashed)
    for start, end in ((4.2, 5.45), (10.95, 12.25)):
        style.arrow(axes, (start, 2), (end, 2))
    axes.text(3.8, 4.65, "forward", ha="center", fontsize=12, color=style.SERIES[0])
    axes.text(12.6, 4.65, "backward", ha="center", fontsize=12, color=style.SERIES[1])
    return figure


DRAWINGS: tuple[Drawing, ...] = (
    Drawing(
        name="convolution-sobel",
        title="A kernel slides over an image",
        description="An image of 6 by 6 pixels is 0 in its three left columns and 1 in its three"
        " right ones. The 3 by 3 kernel with the rows -1 0 1, -2 0 2 and -1 0 1 lies on the patch"
        " of rows 2 to 4 and columns 2 to 4, whose last column alone is 1: the products sum to"
        " 1 + 2 + 1 = 4, which stands in row 2, column 2 of the map. The next patch, one column"
        " to the right, gives 4 as well. All four rows of the map are 0 4 4 0.",
        draw=_sobel,
    ),
    Drawing(
        name="max-pooling",
        title="Max pooling forward and backward",
        description="A 4 by 4 map is cut into four windows of 2 by 2, and of each only the"
        " largest number is kept: 5 and 4 above, 3 and 7 below. On the way back each of four"
        " deltas, 1 to 4, returns to the cell its window's largest number came from. The"
        " other twelve cells get 0.",
        draw=_max_pooling,
    ),
)
