"""The map of the site, against the pages it is drawn from."""

import posixpath
from collections import Counter
from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from matplotlib.figure import Figure

from tools.figures import site_map, style
from tools.figures.site_map import TopicPage
from tools.formulas.pages import nav_pages

PAGES = site_map.topic_pages()


def topic(path: str, *needs: str) -> TopicPage:
    """Return a page of a map made up for a test."""
    return TopicPage(path=path, title=path, part=site_map.PARTS[0], needs=needs)


def drawn(pages: list[TopicPage]) -> Figure:
    """Return the map of some pages."""
    with style.applied():
        return site_map.draw(pages)


def needs_of(path: str, docs: Path) -> list[str]:
    """Return the pages that the sentence "You need ..." links to, read from the page's HTML."""
    source = docs / path
    if source.suffix == ".py":
        text = "\n\n".join(
            cell.source for cell in jupytext.read(source).cells if cell.cell_type == "markdown"
        )
    else:
        text = source.read_text(encoding="utf-8")
    html = BeautifulSoup(Markdown().convert(text), "html.parser")
    sentences = [p for p in html.find_all("p") if p.get_text().startswith("You need")]
    assert len(sentences) == 1, f'{path} must have one paragraph that begins "You need"'
    folder = posixpath.dirname(path)
    return [
        posixpath.normpath(posixpath.join(folder, link["href"].partition("#")[0]))
        for link in sentences[0].find_all("a")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_needs_what_its_sentence_links_to(page: TopicPage, root: Path) -> None:
    """The map shows the links of "You need ...", all of them and no others."""
    assert Counter(page.needs) == Counter(needs_of(page.path, root / "docs"))


def test_the_map_shows_every_topic_in_the_order_of_the_nav() -> None:
    """No page of the three parts is left out; those about the notes themselves are not topics."""
    topics = ("basics/", "networks/", "practice/", "notebooks/")
    assert [page.path for page in PAGES] == [
        path for path in nav_pages() if path.startswith(topics)
    ]


def test_every_line_and_arrow_stands_for_a_need() -> None:
    """A page has one arrow, with a dot for each page it needs; a needed page has one line."""
    axes = drawn(PAGES).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    lines = [line for line in axes.lines if line.get_marker() != "o"]
    assert [len(line.get_xdata()) for line in dots] == [
        len(page.needs) for page in PAGES if page.needs
    ]
    assert len(lines) == len({needed for page in PAGES for needed in page.needs})


def test_a_dot_lies_on_the_line_of_the_page_that_is_needed() -> None:
    """Where two pages are needed by two others, each dot has the place of the right line."""
    pages = [topic("a"), topic("b"), topic("c", "a"), topic("d", "a", "b")]
    axes = drawn(pages).axes[0]
    lane_of_a, lane_of_b = (line.get_xdata()[-1] for line in axes.lines if line.get_marker() != "o")
    dots = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "o"]
    assert dots == [[lane_of_a], [lane_of_a, lane_of_b]]


def test_a_line_ends_at_the_last_page_that_needs_it() -> None:
    """Its rows are those from its page to that one, both included."""
    pages = [topic("a"), topic("b", "a"), topic("c", "b"), topic("d", "a")]
    assert site_map.lines(pages) == {"a": range(4), "b": range(1, 3)}


def test_a_line_that_begins_where_another_ends_has_a_lane_of_its_own() -> None:
    """In one lane the two would look like a single line."""
    pages = [topic("a"), topic("b", "a"), topic("c", "b")]
    lanes = site_map.lanes(site_map.lines(pages))
    assert lanes["a"] != lanes["b"]


def test_lines_share_a_lane_only_if_they_do_not_overlap() -> None:
    """One that begins below another's last row may take its lane; one beside it may not."""
    spans = {"a": range(3), "b": range(1, 2), "c": range(2, 4), "d": range(3, 4)}
    assert site_map.lanes(spans) == {"b": 0, "d": 0, "c": 1, "a": 2}


def test_pages_that_need_nothing_have_no_lines() -> None:
    """A map of boxes alone can be drawn, too."""
    assert not drawn([topic("a"), topic("b")]).axes[0].lines


def test_every_title_fits_its_box() -> None:
    """A longer title than a box is wide would run into the lines."""
    figure = drawn(PAGES)
    right = site_map.BOX_LEFT + site_map.BOX_WIDTH
    labels = [text for text in figure.axes[0].texts if text.get_text()]  # an arrow's is empty
    assert {page.title for page in PAGES} < {label.get_text() for label in labels}
    wide = [label.get_text() for label in labels if label.get_window_extent().x1 > right - 4]
    assert wide == []
