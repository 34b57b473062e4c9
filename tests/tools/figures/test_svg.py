"""What becomes of Matplotlib's SVG on its way into a page."""

from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from tools.figures import style, svg


def inline(figure: Figure) -> str:
    """Return a figure as the site would include it."""
    return svg.inline(figure, name="test", title="A < B", description="Nothing & more")


def test_it_is_one_element_without_blank_lines() -> None:
    """No prolog, no document type, no metadata, no blank line: fit for raw HTML in Markdown."""
    with style.applied():
        figure, axes = style.plot("x", "y")
        axes.plot([0, 1], [0, 1], color=style.INK)
        text = inline(figure)
    assert text.startswith("<svg ")
    assert text.endswith("</svg>\n")
    assert all(line.strip() for line in text.splitlines())
    assert "metadata" not in text


def test_words_are_escaped() -> None:
    """A title may hold characters that mean something in XML."""
    with style.applied():
        text = inline(style.canvas())
    assert '<title id="test-title">A &lt; B</title>' in text
    assert '<desc id="test-description">Nothing &amp; more</desc>' in text


def test_a_colour_of_no_role_is_refused() -> None:
    """Black would vanish on the dark page, so it does not get there."""
    with style.applied():
        figure, axes = style.plot("x", "y")
        axes.plot([0, 1], [0, 1], color="#00ff00")
        with pytest.raises(ValueError, match="#00ff00 is not a colour of"):
            inline(figure)


def test_a_line_keeps_its_place() -> None:
    """A diagonal over the whole canvas runs from the lower left corner to the upper right."""
    with style.applied():
        figure = Figure(figsize=(100 / 72, 50 / 72))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.plot([0, 1], [0, 1], color=style.SERIES[0], clip_on=False)
        text = inline(figure)
    assert 'viewBox="0 0 100 50"' in text
    assert 'd="M 0 50 L 100 0"' in text
    assert "stroke: var(--plot-1, #0b5cad)" in text


def test_a_users_own_settings_do_not_matter() -> None:
    """The style starts from Matplotlib's defaults and puts the settings back afterwards."""
    with mpl.rc_context({"font.size": 40, "axes.facecolor": "red"}):
        with style.applied():
            figure, axes = style.plot("x", "y")
            axes.plot([0, 1], color=style.INK)
            styled = inline(figure)
        assert mpl.rcParams["font.size"] == 40
    with style.applied():
        figure, axes = style.plot("x", "y")
        axes.plot([0, 1], color=style.INK)
        assert inline(figure) == styled


def test_no_element_has_a_plain_href() -> None:
    """Material's script assigns to every ``[href]`` of a page, and stops at an SVG's."""
    with style.applied():
        figure, _ = style.plot("x", "y")
        text = inline(figure)
    root = ElementTree.fromstring(text)
    assert any(element.tag.endswith("}use") for element in root.iter())
    assert not any("href" in element.attrib for element in root.iter())
