"""What a figure is: a name, words for those who cannot see it, and how to draw it."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from . import style, svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure of the site."""

    name: str  # of its file, and the prefix of its ids
    title: str
    description: str  # what a reader is meant to see in it
    draw: Callable[[], Figure]

    def svg(self) -> str:
        """Return the figure as an inline ``<svg>`` element."""
        with style.applied():
            return svg.inline(
                self.draw(), name=self.name, title=self.title, description=self.description
            )

    def _repr_html_(self) -> str:
        """Return what a notebook shows for it: the same as a page does."""
        return f'<figure class="plot">\n{self.svg()}</figure>'
