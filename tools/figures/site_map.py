"""The map of the site: which page needs which earlier ones.

It is drawn from the nav and from the links in each page's sentence "You need ...", so it is as true
as those are.
"""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext  # type: ignore[import-untyped]  # it ships no types
from markdown_it import MarkdownIt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from mkdocs.config import load_config

from ..formulas.pages import MKDOCS_YML
from . import style
from .drawing import Drawing

PARTS = ("Basics", "Networks", "Practice")
"""The parts of the nav that are drawn, each in a colour and line style of its own."""

# Of the drawing, in points.
BOX_LEFT, BOX_WIDTH, BOX_HEIGHT = 2, 214, 27
ROW, HEADING, MARGIN = 36, 24, 6
FIRST_LANE, LAST_LANE, WIDEST_LANE = BOX_LEFT + BOX_WIDTH + 26, style.WIDTH - 8, 24
ENTRY, EXIT = -6, 6
"""Where lines reach a box, and where its own leaves it, as seen from its middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A page of the map."""

    path: str
    """Below the documents' folder."""
    title: str
    """As the nav has it."""
    part: str
    needs: tuple[str, ...]
    """The paths of the pages that its sentence "You need ..." links to."""


def topic_pages(config: Path = MKDOCS_YML) -> list[TopicPage]:
    """Return the pages of the parts that are drawn, in the order of the nav."""
    site = load_config(str(config))
    parts = {part: pages for entry in site.nav or [] for part, pages in entry.items()}
    return [
        TopicPage(path=path, title=title, part=part, needs=needs(path, Path(site.docs_dir)))
        for part in PARTS
        for entry in parts[part]
        for title, path in entry.items()
    ]


def needs(path: str, docs: Path) -> tuple[str, ...]:
    """Return the pages that a page's paragraph "You need ..." links to, each once."""
    paragraphs = [
        token
        for token in MarkdownIt().parse(_text(docs / path))
        if token.type == "inline" and token.content.startswith("You need")
    ]
    targets = [
        str(child.attrs["href"]).partition("#")[0]
        for paragraph in paragraphs
        for child in paragraph.children or []
        if child.type == "link_open"
    ]
    folder = posixpath.dirname(path)
    pages = [target for target in targets if target.endswith((".md", ".py")) and ":" not in target]
    return tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, page)) for page in pages))


def _text(page: Path) -> str:
    """Return what a page says, as Markdown; of a notebook, its cells of prose."""
    if page.suffix != ".py":
        return page.read_text(encoding="utf-8")
    cells = jupytext.read(page).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def lines(pages: Sequence[TopicPage]) -> dict[str, range]:
    """Return the rows of each needed page's line: from it to the last page that needs it.

    Both ends count, so that no line begins in the row and lane where another ends: they would
    look like one.
    """
    rows = {page.path: row for row, page in enumerate(pages)}
    last = {needed: rows[page.path] for page in pages for needed in page.needs}
    return {path: range(rows[path], end + 1) for path, end in last.items()}


def lanes(spans: Mapping[str, range]) -> dict[str, int]:
    """Return a lane for each line, from 0 beside the boxes, so that no two lines overlap.

    Short lines choose first, and so stay close to their boxes.
    """
    taken: list[set[int]] = []
    chosen = {}
    for path in sorted(spans, key=lambda path: (len(spans[path]), spans[path].start)):
        rows = set(spans[path])
        lane = next((n for n, others in enumerate(taken) if not rows & others), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= rows
        chosen[path] = lane
    return chosen


def draw(pages: Sequence[TopicPage]) -> Figure:
    """Return the map: the pages in a column, and at its right the lines of those that are needed.

    Arrows of a page begin at dots on the lines of the pages that it needs.
    """
    middles, headings, height = _places(pages)
    figure, axes = style.blank(height)
    axes.invert_yaxis()  # from the top down, as one reads

    for part, y in headings.items():
        axes.text(BOX_LEFT, y, part, va="center", fontsize=13, fontweight="bold")
    spans = lines(pages)
    lane_of = lanes(spans)
    width = min(WIDEST_LANE, (LAST_LANE - FIRST_LANE) / max([1, *lane_of.values()]))
    x_of = {path: FIRST_LANE + width * lane for path, lane in lane_of.items()}
    for page in pages:
        y = middles[page.path]
        if page.path in spans:
            end = middles[pages[spans[page.path][-1]].path]
            _draw_line(axes, page.part, x_of[page.path], y + EXIT, end + ENTRY)
        _draw_box(axes, page, y)
    for page in pages:
        if page.needs:
            _draw_arrow(axes, [x_of[needed] for needed in page.needs], middles[page.path] + ENTRY)
    return figure


def _places(pages: Sequence[TopicPage]) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the middle of each page's box and of each part's heading, and the whole height."""
    y = float(MARGIN)
    middles: dict[str, float] = {}
    headings: dict[str, float] = {}
    for page in pages:
        if page.part not in headings:
            headings[page.part] = y + HEADING / 2
            y += HEADING
        middles[page.path] = y + ROW / 2
        y += ROW
    return middles, headings, y + MARGIN


def _draw_box(axes: Axes, page: TopicPage, y: float) -> None:
    color = style.SERIES[PARTS.index(page.part)]
    box = FancyBboxPatch(
        (BOX_LEFT, y - BOX_HEIGHT / 2),
        BOX_WIDTH,
        BOX_HEIGHT,
        boxstyle="round,pad=0,rounding_size=5",
        facecolor=style.GROUND,
        edgecolor=color,
        linewidth=1.4,
    )
    axes.add_patch(box)
    axes.text(BOX_LEFT + 9, y, page.title, va="center", fontsize=12.5)


def _draw_line(axes: Axes, part: str, x: float, start: float, end: float) -> None:
    """Draw the line of a page that is needed: out of its box, then down its lane."""
    kind = PARTS.index(part)
    axes.plot(
        [BOX_LEFT + BOX_WIDTH, x, x],
        [start, start, end],
        color=style.SERIES[kind],
        linestyle=style.LINE_STYLES[kind],
        linewidth=1.6,
    )


def _draw_arrow(axes: Axes, xs: Sequence[float], y: float) -> None:
    """Draw the arrow into a page, with a dot on the line of each page that it needs."""
    style.arrow(axes, (max(xs), y), (BOX_LEFT + BOX_WIDTH + 2, y))
    axes.plot(xs, [y] * len(xs), "o", color=style.INK, markersize=5)


DRAWINGS = (
    Drawing(
        name="site-map",
        title="Which page needs which",
        description="The pages of the basics, the networks and the practice stand in a column, in"
        " reading order. From each page that others need, a line runs down beside the column. An"
        " arrow leads into each page, with a dot on the lines of the pages it needs, all of which"
        " stand above it. Each page names them in its sentence that begins: You need.",
        draw=lambda: draw(topic_pages()),
    ),
)
