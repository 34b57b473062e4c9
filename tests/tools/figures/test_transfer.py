"""The drawings of the four cases: their patterns, and that they show what the plan says."""

from itertools import product

import numpy as np
import pytest

from snippets import transfer
from tools.figures import style
from tools.figures import transfer as figure
from tools.figures.catalogue import DRAWINGS

BOXES = ((10.0, 20.0, 38.0, 70.0), (0.0, 0.0, 16.0, 34.0), (3.0, -5.0, 30.0, 14.0))


@pytest.mark.parametrize("box", BOXES)
def test_hatching_stays_in_its_box(box: figure.Box) -> None:
    """Every diagonal rises at 45 degrees and ends on the box's edges."""
    left, bottom, width, height = box
    lines = figure._diagonals(*box)
    assert len(lines) >= (width + height) / figure.PITCH - 1
    for (x0, y0), (x1, y1) in lines:
        assert x1 - x0 == pytest.approx(y1 - y0)
        assert x0 == left or y0 == pytest.approx(bottom)
        assert x1 == left + width or y1 == pytest.approx(bottom + height)
        assert left <= x0 < x1 <= left + width
        assert bottom - 1e-9 <= y0 < y1 <= bottom + height + 1e-9


@pytest.mark.parametrize("box", BOXES)
def test_levels_divide_their_box_evenly(box: figure.Box) -> None:
    """The lines lie flat, at equal distances from each other and from both edges."""
    _, bottom, _, height = box
    heights = [line[0, 1] for line in figure._levels(*box)]
    assert all(line[0, 1] == line[1, 1] for line in figure._levels(*box))
    gaps = np.diff([bottom, *heights, bottom + height])
    np.testing.assert_allclose(gaps, gaps[0])


@pytest.mark.parametrize("box", BOXES)
def test_dots_keep_apart(box: figure.Box) -> None:
    """No two dots of random weights touch, and none touches the edge."""
    left, bottom, width, height = box
    x, y = np.transpose([dot[0] for dot in figure._scattered(*box)])
    assert (x.min() - left, y.min() - bottom) > (1.1, 1.1)
    assert (left + width - x.max(), bottom + height - y.max()) > (1.1, 1.1)
    distances = np.hypot(x[:, None] - x, y[:, None] - y)[~np.eye(len(x), dtype=bool)]
    assert distances.min() > 2.2  # the size of a dot


@pytest.mark.parametrize(
    ("case", "large", "similar"),
    [(k + 1, *axes) for k, axes in enumerate(product((False, True), (True, False)))],
)
def test_a_case_shows_its_plan(case: int, large: bool, similar: bool) -> None:
    """Colours tell which states occur: frozen layers have one, trained ones another."""
    svg = DRAWINGS[f"transfer-case-{case}"].svg()
    layers = transfer.plan(large, similar, classes=5)
    frozen = any(layer.rate == 0 for layer in layers)
    trained = any(layer.kept and layer.rate > 0 for layer in layers)
    assert (style.CSS[figure.State.FROZEN.color] in svg) == frozen
    assert (style.CSS[figure.State.TRAINED.color] in svg) == trained
    assert style.CSS[figure.State.NEW.color] in svg


def test_states_differ_without_colour() -> None:
    """A box of each state has lines of its own: pattern and outline tell them apart."""
    drawn = set()
    for state in figure.State:
        with style.applied():
            _, axes = style.blank(height=40)
            for draw in (figure._outline, figure._fill):
                draw(axes, (0, 0, 20, 30), state)
            patches = [(type(p).__name__, str(p.get_linestyle())) for p in axes.patches]
            paths = [p.get_path().vertices.tobytes() for p in axes.patches]
            drawn.add((*patches, *paths))
    assert len(drawn) == len(figure.State)
