"""Draws the list as SVG: for each work a mark, in the row of its topic and the column of its year.

The shape of a mark tells the kind of the work, its filling where the link stands.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from ..references.model import Topic
from .entries import ANCHOR, append_element
from .link_status import BAD, GOOD, JUDGEMENTS, OPEN, UNKNOWN
from .periods import NO_YEAR
from .reference_counts import (
    YEARS_FROM,
    Work,
    cells,
    columns,
    kinds_of,
    topics_of,
    verdicts_of,
)

HREF = "xlink:href"
"""The old spelling, on purpose: Material assigns to whatever has a plain ``href``, and that of an
SVG element cannot be assigned to."""
TITLE, DESCRIPTION = "picture-title", "picture-description"

# The outline of each shape around its middle, and its lower half.
PATHS = {
    "circle": ("M-3 0a3 3 0 0 1 6 0a3 3 0 0 1-6 0z", "M-3 0a3 3 0 0 0 6 0z"),
    "square": ("M-2.7-2.7h5.4v5.4h-5.4z", "M-2.7 0h5.4v2.7h-5.4z"),
    "diamond": ("M0-3.6l3.6 3.6l-3.6 3.6l-3.6-3.6z", "M-3.6 0h7.2l-3.6 3.6z"),
    "triangle": ("M0-3.5l3.5 6.2h-7z", "M-2 0h4l1.5 2.7h-7z"),
}
CROSS = "M-1.7-1.7l3.4 3.4m0-3.4l-3.4 3.4"

# In the drawing's own units; on the narrowest phone one is two thirds of a pixel.
LABELS, HEADER, ROW_GAP, ZONE_GAP, MARGIN = 108.0, 44.0, 8.0, 9.0, 9.0
STEP = 7.5
"""From mark to mark, across and up."""
ABREAST, ABREAST_UNDATED = 2, 4
"""How many marks stand side by side in a column."""
COLUMN_GAP = 2.0
LEGEND_LINE, LEGEND_LETTERS = 18.0, (27, 42)
VERDICTS_AT = 220.0
"""The legend: its lines, the letters that fit into those of kinds and of verdicts, and where the
latter begin."""
DECADES_TOLD, YEARS_TOLD = 30, 5
"""Every so many years have their number above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Columns of one sort beside each other."""

    name: str
    firsts: Sequence[int | None]
    """The first year of each column; None for works without a year."""
    left: float
    abreast: int

    @property
    def pitch(self) -> float:
        """From column to column."""
        return self.abreast * STEP + COLUMN_GAP

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.left + len(self.firsts) * self.pitch

    def middles(self) -> Iterator[tuple[int | None, float]]:
        """Yield the first year and the middle of each column."""
        for index, first in enumerate(self.firsts):
            yield first, self.left + (index + 0.5) * self.pitch


def drawing(works: Sequence[Work]) -> Element:
    """Return the SVG of works, of which there must be one."""
    zones = zones_of(works)
    floors = floors_of(works, zones)
    right, bottom = zones[-1].right, max(floors.values())

    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "group"})
    svg.set("xmlns:xlink", "http://www.w3.org/1999/xlink")
    svg.set("aria-labelledby", f"{TITLE} {DESCRIPTION}")
    append_element(svg, "title", "The list by topic and year", id=TITLE)
    append_element(
        svg,
        "desc",
        "A row for each topic, whose name leads to its part of the list. A column for each decade"
        f" before {YEARS_FROM} and for each year since; after them, works without a year. Each"
        " work is a mark. The tables below hold the numbers.",
        id=DESCRIPTION,
    )
    defs = SubElement(svg, "defs")
    for shape, judgement in sorted({(work.shape, work.judgement) for work in works}):
        define(defs, shape, judgement)
    # Neither read out nor a stop of the keyboard: the list below has all these links once more.
    plot = SubElement(svg, "g", {"aria-hidden": "true"})
    draw_axis(plot, zones, bottom)
    for floor in floors.values():
        draw_path(plot, "rule", f"M0 {floor:g}H{right:g}")
    draw_marks(plot, works, zones, floors)
    for topic, floor in floors.items():
        link = SubElement(svg, "a", {HREF: f"#{topic}"})
        write(link, 0, floor - 4, topic.capitalize(), "topic")
    height = draw_legend(plot, works, bottom + 1.7 * LEGEND_LINE)
    svg.set("viewBox", f"0 0 {right + MARGIN:g} {height:g}")
    return svg


def zones_of(works: Sequence[Work]) -> list[Zone]:
    """Return the zones that have columns, from the left to the right."""
    spans = columns(works)
    undated = [None] if any(work.entry.year is None for work in works) else []
    sorts: tuple[tuple[str, Sequence[int | None], int], ...] = (
        ("by decade", [span.start for span in spans if len(span) > 1], ABREAST),
        ("by year", [span.start for span in spans if len(span) == 1], ABREAST),
        (NO_YEAR, undated, ABREAST_UNDATED),
    )
    zones: list[Zone] = []
    for name, firsts, abreast in sorts:
        if firsts:
            left = zones[-1].right + ZONE_GAP if zones else LABELS
            zones.append(Zone(name=name, firsts=firsts, left=left, abreast=abreast))
    return zones


def floors_of(works: Sequence[Work], zones: Sequence[Zone]) -> dict[Topic, float]:
    """Return the line that the marks of each topic stand on, below the top of its highest stack."""
    abreast = {first: zone.abreast for zone in zones for first in zone.firsts}
    highest: dict[Topic, int] = {}
    for (topic, first), stack in cells(works).items():
        height = -(-len(stack) // abreast[first])
        highest[topic] = max(height, highest.get(topic, 2))  # room for the topic's name
    floors = {}
    floor = HEADER
    for topic in topics_of(works):
        floor += highest[topic] * STEP + ROW_GAP
        floors[topic] = floor
    return floors


def draw_axis(parent: Element, zones: Sequence[Zone], bottom: float) -> None:
    """Draw what the columns are, with a year above those that are to be told."""
    for zone in zones:
        write(parent, (zone.left + zone.right) / 2, 11, zone.name, "zone")
        draw_path(parent, "rule", f"M{zone.left:g} 17H{zone.right:g}")
        for first, x in zone.middles():
            if first is None:
                continue
            is_decade = first < YEARS_FROM
            since = first - (zone.firsts[0] or 0) if is_decade else first
            if since % (DECADES_TOLD if is_decade else YEARS_TOLD) == 0:
                write(parent, x, 31, f"{first}s" if is_decade else str(first), "year")
                draw_path(parent, "grid", f"M{x:g} 35V{bottom:g}")


def draw_marks(
    parent: Element, works: Sequence[Work], zones: Sequence[Zone], floors: Mapping[Topic, float]
) -> None:
    """Draw every work, in a group for each judgement, with a link to its entry."""
    middles = {first: middle for zone in zones for first, middle in zone.middles()}
    abreast = {first: zone.abreast for zone in zones for first in zone.firsts}
    groups: dict[str, Element] = {}
    for (topic, first), stack in cells(works).items():
        for work, (x, y) in zip(stack, places(len(stack), abreast[first]), strict=True):
            if work.judgement not in groups:
                groups[work.judgement] = SubElement(parent, "g", {"class": work.judgement})
            target = f"#{ANCHOR.format(work.entry.id)}"
            link = SubElement(groups[work.judgement], "a", {HREF: target, "tabindex": "-1"})
            append_element(link, "title", work.name)
            mark = SubElement(link, "use", {HREF: f"#{mark_id(work.shape, work.judgement)}"})
            mark.attrib |= {"x": f"{middles[first] + x:g}", "y": f"{floors[topic] - y:g}"}


def places(number: int, abreast: int) -> Iterator[tuple[float, float]]:
    """Yield where marks are stacked: from the middle of the column, and up from the floor."""
    for index in range(number):
        up, across = divmod(index, abreast)
        in_line = min(abreast, number - up * abreast)
        yield (across - (in_line - 1) / 2) * STEP, (up + 0.5) * STEP + 1


def draw_legend(parent: Element, works: Sequence[Work], top: float) -> float:
    """Draw what shapes and fillings mean, those that occur; return how high the drawing is."""
    verdicts: dict[str, list[str]] = {}
    for word in verdicts_of(works):
        verdicts.setdefault(JUDGEMENTS[word], []).append(word)
    shapes = [(shape, UNKNOWN, ", ".join(names)) for shape, names in kinds_of(works).items()]
    fillings = [("circle", judgement, " · ".join(words)) for judgement, words in verdicts.items()]
    bottom = top
    for x, letters, entries in zip(
        (0.0, VERDICTS_AT), LEGEND_LETTERS, (shapes, fillings), strict=True
    ):
        y = top
        for shape, judgement, words in entries:
            key = SubElement(parent, "g", {"class": judgement})
            key.set("transform", f"translate({x + 5:g} {y - 4:g})")
            draw_mark(key, shape, judgement)
            for line in textwrap.wrap(words, letters):
                write(parent, x + 15, y, line, "key")
                bottom = max(bottom, y)
                y += LEGEND_LINE
    return bottom + MARGIN


def define(defs: Element, shape: str, judgement: str) -> None:
    """Define a mark around the origin, in a box that catches the pointer."""
    mark = SubElement(defs, "g", {"id": mark_id(shape, judgement)})
    box = f"M{-STEP / 2:g} {-STEP / 2:g}h{STEP:g}v{STEP:g}h{-STEP:g}z"
    SubElement(mark, "path", {"d": box, "fill": "none", "pointer-events": "all"})
    draw_mark(mark, shape, judgement)


def mark_id(shape: str, judgement: str) -> str:
    """Return the id of the mark with a shape and a filling; short, as it comes with every work."""
    return f"mark-{judgement[0]}{shape[0]}"


def draw_mark(parent: Element, shape: str, judgement: str) -> None:
    """Draw a shape around the origin: full, half full, crossed out or empty."""
    outline, half = PATHS[shape]
    draw_path(parent, "mark-full" if judgement == GOOD else "mark-empty", outline)
    if judgement == OPEN:
        draw_path(parent, "mark-full", half)
    if judgement == BAD:
        draw_path(parent, "mark-cross", CROSS)


def draw_path(parent: Element, look: str, path: str) -> None:
    """Draw a path in one of the looks of ``reference-picture.css``."""
    SubElement(parent, "path", {"class": look, "d": path})


def write(parent: Element, x: float, y: float, words: str, look: str) -> None:
    """Write words at a place, in one of the looks of ``reference-picture.css``."""
    append_element(parent, "text", words, x=f"{x:g}", y=f"{y:g}", class_=look)
