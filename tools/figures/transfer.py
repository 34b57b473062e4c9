"""Transfer learning: the demonstration network, and what becomes of its layers in each case."""

from collections.abc import Sequence
from enum import Enum
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Arc, Circle, Ellipse, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from snippets import transfer

from . import style
from .drawing import Drawing


class State(Enum):
    """What becomes of a layer: its words and its colour; the pattern is drawn by ``_layer``."""

    PLAIN = ("", style.INK)
    FROZEN = ("frozen", style.SERIES[0])
    TRAINED = ("fine-tuned", style.SERIES[2])
    NEW = ("new, random", style.SERIES[1])
    CUT = ("cut off", style.INK)

    @property
    def label(self) -> str:
        """Return the words for it."""
        return self.value[0]

    @property
    def color(self) -> str:
        """Return the colour of its lines and words."""
        return self.value[1]


NAMES = tuple(layer.name for layer in transfer.PRETRAINED)
LAST = len(NAMES) - 1

# All lengths are points. A convolution is a stack of maps, a fully connected layer a column.
CENTERS = (74, 144, 210, 268, 310, 352)
SIZES = ((38.0, 70.0), (34.0, 56.0), (30.0, 44.0), (16.0, 66.0), (16.0, 50.0), (16.0, 34.0))
SHEETS = (2, 3, 4, 1, 1, 1)
SHIFT = 3.5  # from one sheet of a stack to the next
PITCH = 6.0  # of every pattern
ROOM = 52  # from the middle of a row up to its bracket
DROP = 82  # and down to a new head
SMALL = 12  # type
THIN: dict[str, Any] = {"linewidth": 0.9, "linestyle": "-"}
GHOSTLY: dict[str, Any] = {"linewidth": 0.9, "linestyle": (0, (3, 2.5))}
FAINT = 0.7  # the opacity of a ghost's lines; what it hides stays hidden

Box = tuple[float, float, float, float]  # left, bottom, width, height


def _strokes(axes: Axes, lines: Sequence[np.ndarray], color: str, width: float = 0.9) -> None:
    """Draw lines of points, (n, 2) each, as one path."""
    codes = [np.array([Path.MOVETO] + [Path.LINETO] * (len(line) - 1)) for line in lines]
    path = Path(np.concatenate(lines), np.concatenate(codes))
    line: dict[str, Any] = {"linewidth": width, "capstyle": "round", "clip_on": False}
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=color, **line))


def _words(axes: Axes, x: float, y: float, text: str, color: str = style.INK) -> None:
    axes.text(x, y, text, ha="center", va="center", color=color, fontsize=SMALL, linespacing=1.15)


def _diagonals(left: float, bottom: float, width: float, height: float) -> list[np.ndarray]:
    """Return the lines that hatch a box, rising at 45 degrees."""
    lines = []
    for start in np.arange(PITCH / 2 - height, width, PITCH):  # where it would cross the bottom
        x = np.array([max(start, 0), min(start + height, width)])
        lines.append(np.column_stack([left + x, bottom + x - start]))
    return lines


def _levels(left: float, bottom: float, width: float, height: float) -> list[np.ndarray]:
    """Return the lines that rule a box."""
    heights = bottom + np.arange(1, round(height / PITCH)) * height / round(height / PITCH)
    return [np.array([[left, y], [left + width, y]]) for y in heights]


def _scattered(left: float, bottom: float, width: float, height: float) -> list[np.ndarray]:
    """Return lines too short to be more than dots, scattered over a box and nowhere meeting."""
    columns, rows = round(width / PITCH), round(height / PITCH)
    x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    shift = np.random.RandomState(columns * rows).uniform(-0.28, 0.28, (2, *x.shape))
    x, y = (x + shift[0]) * width / columns, (y + shift[1]) * height / rows
    centers = zip(left + x.ravel(), bottom + y.ravel(), strict=True)
    return [np.array([[x, y], [x + 0.02, y]]) for x, y in centers]


def _fill(axes: Axes, box: Box, state: State) -> None:
    """Fill a box with the pattern of a state."""
    if state is State.FROZEN:
        _strokes(axes, _diagonals(*box), state.color)
    elif state is State.TRAINED:
        _strokes(axes, _levels(*box), state.color)
    elif state is State.NEW:
        _strokes(axes, _scattered(*box), state.color, width=2.2)


def _outline(axes: Axes, box: Box, state: State) -> None:
    left, bottom, width, height = box
    line, opacity = (GHOSTLY, FAINT) if state is State.CUT else (THIN, 1.0)
    edge = (state.color, opacity)
    axes.add_patch(Rectangle((left, bottom), width, height, fc=style.GROUND, ec=edge, **line))


def _layer(axes: Axes, k: int, x: float, y: float, state: State) -> None:
    """Draw layer k around the point x, y."""
    width, height = SIZES[k]
    box = (x - width / 2, y - height / 2, width, height)
    for sheet in reversed(range(SHEETS[k])):
        shift = sheet * SHIFT
        _outline(axes, (box[0] + shift, box[1] + shift, width, height), state)
    _fill(axes, box, state)


def _left(k: int) -> float:
    """Return where layer k begins."""
    return CENTERS[k] - SIZES[k][0] / 2


def _right(k: int) -> float:
    """Return where layer k ends, with all sheets of a stack."""
    return CENTERS[k] + SIZES[k][0] / 2 + (SHEETS[k] - 1) * SHIFT


def _lock(axes: Axes, x: float, y: float, color: str) -> None:
    axes.add_patch(Rectangle((x - 4.5, y - 4), 9, 7, facecolor=color, edgecolor=color))
    axes.add_patch(Arc((x, y + 3), 6, 9, theta1=0, theta2=180, edgecolor=color, linewidth=1.5))


def _row(axes: Axes, y: float, states: Sequence[State]) -> None:
    """Draw the network from left to right, with names below and locks above what is frozen."""
    _words(axes, 20, y, "image")
    style.arrow(axes, (43, y), (_left(0) - 2, y))
    for k, state in enumerate(states):
        _layer(axes, k, CENTERS[k], y, state)
        _words(axes, CENTERS[k], y - 46, NAMES[k])
        if state is State.FROZEN:
            _lock(axes, CENTERS[k], y + 53, state.color)
        if k > 0:
            line, opacity = (GHOSTLY, FAINT) if state is State.CUT else (THIN, 1.0)
            ends = [_right(k - 1) + 2, _left(k) - 2]
            axes.plot(ends, [y, y], color=style.INK, alpha=opacity, **line)


def _class(axes: Axes, x: float, y: float) -> None:
    """Draw the way out of a head at x, y."""
    style.arrow(axes, (x + 10, y), (x + 22, y))
    _words(axes, x + 41, y, "class")


def _span(axes: Axes, first: int, last: int, y: float, text: str, state: State) -> None:
    """Label layers from above, over a bracket at height y."""
    left, right = _left(first), _right(last)
    corners = np.array([[left, y - 4], [left, y], [right, y], [right, y - 4]])
    _strokes(axes, [corners], state.color)
    _words(axes, (left + right) / 2, y + (18 if "\n" in text else 11), text, state.color)


def _cut(axes: Axes, y: float, stay: int, state: State, text: str) -> None:
    """Draw the network cut after so many layers, and its new head."""
    _row(axes, y, [state] * stay + [State.CUT] * (len(NAMES) - stay))
    above = y + (64 if state is State.FROZEN else ROOM)
    _span(axes, 0, stay - 1, above, text, state)
    _span(axes, stay, LAST, above, State.CUT.label, State.CUT)

    x, bend, below = CENTERS[stay], _left(stay) - 12, y - DROP
    axes.plot([_right(stay - 1) + 2, bend, bend], [y, y, below], color=style.INK, **THIN)
    style.arrow(axes, (bend, below), (x - 10, below))
    _layer(axes, LAST, x, below, State.NEW)
    _words(axes, bend - 54, below, "new head,\nrandom weights", State.NEW.color)
    _class(axes, x, below)


def _case(large: bool, similar: bool) -> Figure:
    """Draw a case as ``plan`` has it; large and different data get a second row."""
    layers = transfer.plan(large, similar, classes=5)
    stay = sum(layer.kept for layer in layers)
    if not large:
        figure, axes = style.blank(height=191)
        _cut(axes, 105, stay, State.FROZEN, "kept, frozen")
        return figure

    text = "kept, fine-tuned in small steps"
    if similar:
        figure, axes = style.blank(height=179)
        _cut(axes, 105, stay, State.TRAINED, text)
        return figure

    figure, axes = style.blank(height=327)
    _cut(axes, 253, stay, State.TRAINED, f"first: {text}")
    _row(axes, 56, [State.NEW] * len(NAMES))
    _class(axes, CENTERS[LAST], 56)
    _span(axes, 0, LAST, 56 + ROOM, "if that fails: everything from random weights", State.NEW)
    return figure


def _finds(axes: Axes, y: float) -> None:
    """Draw on each stack what its layer finds: edges, shapes, a paw."""
    (x0, x1, x2), ink = CENTERS[:3], style.INK
    edges = [(-12, 8, 12, 26), (-13, -4, 12, -4), (-4, -28, -4, -10), (4, -10, 12, -28)]
    lines = [np.array([[x0 + a, y + b], [x0 + c, y + d]]) for a, b, c, d in edges]
    _strokes(axes, lines, ink, width=1.6)

    hollow: dict[str, Any] = {"facecolor": "none", "edgecolor": ink, "linewidth": 1.2}
    axes.add_patch(Circle((x1, y + 15), 7.5, **hollow))
    axes.add_patch(Polygon([(x1 - 8, y - 6), (x1 + 8, y - 6), (x1, y + 5)], **hollow))
    axes.add_patch(Rectangle((x1 - 7, y - 23), 14, 11, **hollow))

    axes.add_patch(Ellipse((x2, y - 7), 15, 12, facecolor=ink))
    for a, b in ((-9, 3), (-3.4, 9), (3.4, 9), (9, 3)):
        axes.add_patch(Ellipse((x2 + a, y + b), 4.4, 7, facecolor=ink))


def _legend(axes: Axes, y: float) -> None:
    for state, x in zip(list(State)[1:], (12, 100, 211, 342), strict=True):
        box = (x, y - 7, 20, 14)
        _outline(axes, box, state)
        _fill(axes, box, state)
        axes.text(x + 26, y, state.label, va="center", color=state.color, fontsize=SMALL)


def _network() -> Figure:
    figure, axes = style.blank(height=221)
    y = 132
    _row(axes, y, [State.PLAIN] * len(NAMES))
    _class(axes, CENTERS[LAST], y)
    _finds(axes, y)
    for x, text in zip(CENTERS, ("edges", "shapes", "higher-level\nfeatures"), strict=False):
        _words(axes, x, y - (70 if "\n" in text else 62), text)
    _span(axes, 0, 2, y + ROOM, "three convolutional layers", State.PLAIN)
    _span(axes, 3, LAST, y + ROOM, "three fully\nconnected layers", State.PLAIN)
    _legend(axes, 14)
    return figure


DRAWINGS = (
    Drawing(
        name="transfer-network",
        title="The demonstration network",
        description="An image passes three convolutional layers, which find edges, then shapes,"
        " then higher-level features such as a paw, and three fully connected layers, the last of"
        " which is the head and names the class. A legend shows four patterns: diagonal lines for"
        " frozen, level lines for fine-tuned, dots for new and random, a dashed outline for cut"
        " off.",
        draw=_network,
    ),
    Drawing(
        name="transfer-case-1",
        title="Case 1: small and similar",
        description="All layers but the head are kept and frozen, each under a lock. The old head"
        " is cut off. In its place stands a new head with random weights.",
        draw=partial(_case, large=False, similar=True),
    ),
    Drawing(
        name="transfer-case-2",
        title="Case 2: small and different",
        description="Only the first two convolutional layers are kept and frozen, each under a"
        " lock. The third and all fully connected layers are cut off. A new head with random"
        " weights follows the second layer directly.",
        draw=partial(_case, large=False, similar=False),
    ),
    Drawing(
        name="transfer-case-3",
        title="Case 3: large and similar",
        description="All layers but the head are kept and fine-tuned in small steps, with no"
        " lock. The old head is cut off. In its place stands a new head with random weights.",
        draw=partial(_case, large=True, similar=True),
    ),
    Drawing(
        name="transfer-case-4",
        title="Case 4: large and different",
        description="Two networks. First the same as in case 3: all layers but the head kept and"
        " fine-tuned in small steps, with a new head. If that fails, the same network with random"
        " weights in all six layers.",
        draw=partial(_case, large=True, similar=False),
    ),
)
