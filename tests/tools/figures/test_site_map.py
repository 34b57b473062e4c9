"""The map of the site, against the pages it is drawn from."""

from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You need [a](a.md).", ("part/a.md",)),
        ("You need [a](../other/a.md#section)\nand [b](b.py).", ("other/a.md", "part/b.py")),
        ("You need [a](a.md), [its end](a.md#end) and [more][ref].\n\n[ref]: c.md", ("a", "c")),
        ("You need nothing but [the web](https://example.org/a.md).", ()),
        ("You need [a](a.md).\n\nLater [b](b.md) follows.", ("part/a.md",)),
        ("```text\nYou need [a](a.md).\n```", ()),
        ("What you need: [a](a.md).", ()),
    ],
)
def test_a_page_needs_what_its_paragraph_links_to(
    tmp_path: Path, text: str, expected: tuple[str, ...]
) -> None:
    """Other pages count, each once, in any form of link, and nothing of other paragraphs."""
    expected = tuple(name if "/" in name else f"part/{name}.md" for name in expected)
    page = tmp_path / "part" / "page.md"
    page.parent.mkdir()
    page.write_text(f"---\ndescription: x\n---\n# Title {{ #title }}\n\n{text}\n", encoding="utf-8")
    assert site_map.needs("part/page.md", tmp_path) == expected


def test_a_notebook_needs_what_its_paragraph_links_to(tmp_path: Path) -> None:
    """Its prose stands in comments, its code may hold words that look the same."""
    text = "# %% [markdown]\n# # Title\n#\n# You need\n# [a](../part/a.md).\n\n# %%\nx = 1\n"
    (tmp_path / "book.py").write_text(text, encoding="utf-8")
    assert site_map.needs("book.py", tmp_path) == ("../part/a.md",)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_page_but_the_first_needs_another(page: TopicPage) -> None:
    """No box of the map stands alone."""
    assert bool(page.needs) == (page != PAGES[0])


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
