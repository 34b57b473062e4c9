"""How every figure looks: its size, its type, its lines, and colours that follow the page's.

Matplotlib knows no CSS. So a figure is drawn in stand-in colours, one for each role below, and
``svg.inline`` exchanges them for what the browser looks up in ``docs/assets/figures/plot.css``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#000001"
"""Text, axes, and whatever is no series: the colour of the page's text."""

GROUND = "#fffffe"
"""The page's ground, to hide what lies behind a mark."""

SERIES = ("#000011", "#000012", "#000013")
"""What is plotted; a figure also tells its series apart by line style and labels them in place."""

CSS = {
    INK: "currentColor",
    GROUND: "var(--md-default-bg-color, #fff)",
    SERIES[0]: "var(--plot-1, #0b5cad)",
    SERIES[1]: "var(--plot-2, #b3400a)",
    SERIES[2]: "var(--plot-3, #7a3b9e)",
}
"""From each stand-in to its CSS; the fallbacks are the light values of ``plot.css``."""

LineStyle = str | tuple[float, tuple[float, ...]]

LINE_STYLES: tuple[LineStyle, ...] = ("-", "--", (0, (1, 1.2)))
"""The line style of each series."""

DASHES: LineStyle = (0, (3, 3))
"""The line style of what is no series: a limit, a level, a part set apart."""

WIDTH, HEIGHT = 420, 270
"""Points; on the narrowest phone a figure shrinks to 0.8 of that, and 13-point type to 11."""


@contextmanager
def applied() -> Iterator[None]:
    """Draw with this style, whatever the user's own settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", fonttype="path")  # looks alike everywhere, with no font to load
        mpl.rc("svg", hashsalt="figures")  # the same ids in every run
        mpl.rc("path", simplify=False)  # it would drop points by a threshold rounding can tip
        mpl.rc("font", family="DejaVu Sans", size=13)  # comes with Matplotlib
        mpl.rc("mathtext", fontset="cm")  # close to what MathJax sets
        mpl.rc("text", color=INK)
        mpl.rc("figure", facecolor="none", titlesize=13)
        mpl.rc("axes", facecolor="none", edgecolor=INK, linewidth=0.8)
        mpl.rc("axes", labelcolor=INK, labelsize=13, titlecolor=INK, titlesize=13)
        mpl.rc("axes.spines", top=False, right=False)
        mpl.rc("xtick", color=INK, labelsize=12)
        mpl.rc("ytick", color=INK, labelsize=12)
        mpl.rc("grid", color=INK, linewidth=0.6, alpha=0.18)
        mpl.rc("lines", linewidth=2.0, solid_capstyle="round")
        yield


def canvas(height: float = HEIGHT) -> Figure:
    """Return an empty figure of the common width; ``height`` in points."""
    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, layout="constrained")


def blank(height: float) -> tuple[Figure, Axes]:
    """Return a figure of the common width, in points from its lower left corner, to draw on."""
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    return figure, axes


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    color: str = INK,
    line: LineStyle = "-",
    width: float = 0.9,
    gap: float = 0,
) -> None:
    """Draw an arrow between two points of the axes; ``gap`` points are left free at either end."""
    look = {"arrowstyle": "-|>", "color": color, "linestyle": line, "linewidth": width}
    gaps = {"shrinkA": gap, "shrinkB": gap}
    axes.annotate("", xy=end, xytext=start, zorder=1, arrowprops=look | gaps)


def plot(x_label: str, y_label: str, height: float = HEIGHT) -> tuple[Figure, Axes]:
    """Return a figure with one pair of axes and a faint grid.

    The y label stands above its axis, to be read without tilting the head.
    """
    figure = canvas(height)
    axes = figure.add_subplot()
    axes.set_xlabel(x_label)
    axes.set_title(y_label, loc="left", pad=10)
    axes.grid(visible=True)
    axes.set_axisbelow(True)
    return figure, axes
