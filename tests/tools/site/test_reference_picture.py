"""The picture of the reference list, and its numbers."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tools.references.check.memory import state
from tools.references.check.memory.history import Failing
from tools.references.check.memory.standing import Standing
from tools.references.check.verdict import LinkResult, Verdict

MARKER = "<!-- reference-picture -->"
CHECKED = datetime(2026, 3, 31, tzinfo=UTC)
ENTRY = "- {{id: {0}, title: '{0}', url: 'https://a.b/{0}', kind: {1}, topics: [{2}]{3}}}\n"
LISTED = "".join(
    ENTRY.format(id_, kind, topic, f", year: {year}" if year else "")
    for id_, kind, topic, year in (
        ("a1958", "paper", "fundamentals", 1958),
        ("b1991", "paper", "vision", 1991),
        ("c1999", "book", "vision", 1999),
        ("d2010", "paper", "vision", 2010),
        ("e2014", "tool", "vision", 2014),
        ("f2014", "paper", "vision", 2014),
        ("g2014", "news", "vision", 2014),
        ("h", "course", "vision", None),
        ("i", "organization", "general", None),
    )
)


@pytest.fixture
def status(tmp_path: Path) -> Path:
    """Where the link status would be; nothing was checked."""
    return tmp_path / "link-status.json"


@pytest.fixture
def show(render: Callable, tmp_path: Path, status: Path) -> Callable[..., BeautifulSoup]:
    """Render a page with the picture of a list."""

    def show_list(text: str = LISTED, page: str = MARKER) -> BeautifulSoup:
        path = tmp_path / "list.yml"
        path.write_text(text, encoding="utf-8")
        return render(page, "tools.site.reference_picture", references=path, status=status)

    return show_list


def marks(page: BeautifulSoup) -> dict[str, Tag]:
    """Return the marks by the id of the work they lead to."""
    links = page.select("svg a[tabindex]")
    assert len({link["xlink:href"] for link in links}) == len(links)
    return {link["xlink:href"].removeprefix("#ref-"): link for link in links}


def place(mark: Tag) -> tuple[float, float]:
    """Return where a mark is drawn."""
    return float(mark.use["x"]), float(mark.use["y"])


def labels(page: BeautifulSoup, look: str) -> dict[str, tuple[float, float]]:
    """Return where words are written in one of the looks."""
    found = page.select(f"svg text.{look}")
    return {text.text: (float(text["x"]), float(text["y"])) for text in found}


def rows(page: BeautifulSoup, table: int) -> list[list[str]]:
    """Return the cells of a table."""
    lines = page.select("table")[table].select("tr")
    return [[cell.text for cell in line.select("th, td")] for line in lines]


def test_every_work_is_one_mark_that_leads_to_it(show):
    """A mark links to its entry and says who, when and what; nothing of a check that was not."""
    found = marks(show())
    assert set(found) == {"a1958", "b1991", "c1999", "d2010", "e2014", "f2014", "g2014", "h", "i"}
    assert found["d2010"].title.text == "(2010), d2010"
    assert found["h"].title.text == "h"


def test_marks_stand_in_the_row_of_their_topic(show):
    """Rows come in the order of the page; a mark stands above its own line and below the last."""
    page = show()
    topics = labels(page, "topic")
    assert list(topics) == ["General", "Fundamentals", "Vision"]
    general, fundamentals, vision = (y for _, y in topics.values())
    found = marks(page)
    assert place(found["i"])[1] < general < place(found["a1958"])[1] < fundamentals
    for id_ in ("b1991", "c1999", "d2010", "e2014", "f2014", "g2014", "h"):
        assert fundamentals < place(found[id_])[1] <= vision
    assert [link["xlink:href"] for link in page.select("svg > a")] == [
        "#general",
        "#fundamentals",
        "#vision",
    ]


def test_marks_stand_in_the_column_of_their_year(show):
    """Decades come first, with no gap where nothing is, then years, then works without one."""
    page = show()
    found = {id_: place(mark)[0] for id_, mark in marks(page).items()}
    years = labels(page, "year")
    assert list(years) == ["1950s", "1980s", "2010"]
    assert found["a1958"] == years["1950s"][0]
    assert found["d2010"] == years["2010"][0]
    assert found["b1991"] < found["c1999"]  # side by side in one decade
    step = (years["1980s"][0] - years["1950s"][0]) / 3
    nineties = years["1980s"][0] + step
    assert (found["b1991"] + found["c1999"]) / 2 == pytest.approx(nineties)
    assert years["1980s"][0] < found["b1991"]
    assert (found["f2014"] + found["e2014"]) / 2 == pytest.approx(found["d2010"] + 4 * step)
    assert max(found["e2014"], found["f2014"]) < found["h"]
    assert list(labels(page, "zone")) == ["by decade", "by year", "no year"]


def test_no_mark_hides_another(show):
    """Works of one cell are stacked side by side, then upwards, however many there are."""
    text = "".join(ENTRY.format(f"a{n}", "paper", "vision", ", year: 2015") for n in range(23))
    text += "".join(ENTRY.format(f"b{n}", "tool", "vision", "") for n in range(17))
    page = show(text)
    places = [place(mark) for mark in marks(page).values()]
    assert len(places) == 40
    assert (
        min(abs(x - a) + abs(y - b) for x, y in places for a, b in places if (x, y) != (a, b)) > 7
    )
    assert len(set(places)) == 40
    left, top, width, height = map(float, page.svg["viewbox"].split())
    assert all(left < x < width and top < y < height for x, y in places)


def test_marks_of_a_cell_stand_by_shape_then_year_then_title(show):
    """What is alike stands together, in lines from the left to the right and upwards."""
    works = (("d", "tool", 1991), ("c", "paper", 1999), ("b", "paper", 1992), ("a", "paper", 1992))
    text = "".join(ENTRY.format(id_, kind, "vision", f", year: {y}") for id_, kind, y in works)
    found = marks(show(text))
    assert sorted(found, key=lambda id_: (-place(found[id_])[1], place(found[id_])[0])) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_words_have_room(show, status):
    """No topic is written over another, and the legend ends within the drawing."""
    observe(status, **STANDINGS)
    page = show()
    heights = [y for _, y in labels(page, "topic").values()]
    assert min(below - above for above, below in pairwise(heights)) > 16  # letters are 13 to 15
    bottom = float(page.svg["viewbox"].split()[3])
    assert max(y for _, y in labels(page, "key").values()) < bottom
    assert page.svg.has_attr("data-search-exclude")


def test_shape_tells_the_kind(show):
    """Four shapes stand for eleven kinds; the legend names the kinds that occur, and no other."""
    page = show()
    found = marks(page)
    shapes = {id_: found[id_].use["xlink:href"] for id_ in ("b1991", "c1999", "e2014", "g2014")}
    assert len(set(shapes.values())) == 4
    assert found["h"].use["xlink:href"] == shapes["c1999"]
    assert list(labels(page, "key")) == [
        "papers",
        "books, courses",
        "tools",
        "news, organizations",
        "not checked yet",
    ]


def observe(status: Path, **verdicts: Standing) -> None:
    """Write how the links of works stand, as the link check does."""
    links, failing = {}, {}
    for id_, standing in verdicts.items():
        url = f"https://a.b/{id_}"
        is_dead = standing in (Standing.DEAD, Standing.UNCONFIRMED)
        is_unreachable = standing is Standing.UNREACHABLE
        shown = "dead" if is_dead else "transient" if is_unreachable else standing
        links[url] = LinkResult(url=url, verdict=Verdict(shown), reason="", checked_at=CHECKED)
        since = CHECKED - timedelta(days=40)
        if standing is Standing.DEAD:
            failing[url] = Failing(since=since, runs=9, dead_since=since, dead_runs=9)
        if is_unreachable:
            failing[url] = Failing(since=since, runs=9, dead_since=None, dead_runs=0)
    state.save(status, state.State(links, failing))


STANDINGS = dict(zip(("a1958", "b1991", "c1999", "d2010", "e2014"), Standing, strict=False))


def test_filling_tells_where_the_link_stands(show, status):
    """Every verdict is told in words, and drawn full, half full, crossed out or empty."""
    listed = "".join(ENTRY.format(f"w{n}", "paper", "vision", "") for n in range(len(Standing) + 1))
    observe(status, **{f"w{n}": standing for n, standing in enumerate(Standing)})
    page = show(listed)
    told = {
        mark.title.text.partition(": ")[2] or "not checked yet": mark
        for mark in marks(page).values()
    }
    assert set(told) == {*Standing, "not checked yet"}
    drawn = {
        verdict: [path["class"][0] for path in shape.select("path[class]")]
        for verdict, mark in told.items()
        for shape in page.select(f"defs > {mark.use['xlink:href']}")
    }
    half = ["mark-empty", "mark-full"]
    assert drawn == {
        "alive": ["mark-full"],
        "moved": ["mark-full"],
        "blocked": half,
        "dead, to be confirmed": half,
        "transient": half,
        "excluded": half,
        "dead": ["mark-empty", "mark-cross"],
        "unreachable": ["mark-empty", "mark-cross"],
        "anchor": ["mark-empty", "mark-cross"],
        "not checked yet": ["mark-empty"],
    }
    legend = " ".join(labels(page, "key"))
    assert all(verdict in legend for verdict in told)
    counts = dict(rows(page, 1)[1:])
    assert counts == {**dict.fromkeys(told, "1"), "All": "10"}


def test_legend_holds_only_what_occurs(show, status):
    """A verdict that no link has is not explained, and its mark is not defined."""
    observe(status, **dict.fromkeys(("a1958", "b1991"), Standing.ALIVE))
    page = show(ENTRY.format("a1958", "paper", "vision", ", year: 1958"))
    assert list(labels(page, "key")) == ["papers", "alive"]
    assert len(page.select("defs > g")) == 1
    assert list(labels(page, "zone")) == ["by decade"]


def test_tables_count_what_is_drawn(show, references, render, status, root):
    """Topics and periods add up to the marks of the site's own list, and so do the verdicts."""
    page = render(
        MARKER,
        "tools.site.reference_picture",
        references=root / "docs/references/references.yml",
        status=status,
    )
    head, *body, sums = rows(page, 0)
    assert set(marks(page)) == {work.id for work in references}
    assert (head[0], head[-1], sums[0]) == ("Topic", "all", "All")
    assert sums[-1] == str(len(references))
    by_topic = Counter(work.topic.capitalize() for work in references)
    assert {line[0]: int(line[-1]) for line in body} == by_topic
    for line in [*body, sums]:
        assert sum(int(cell or 0) for cell in line[1:-1]) == int(line[-1])
    undated = Counter(work.topic.capitalize() for work in references if not work.year)
    column = head.index("no year")
    assert {line[0]: int(line[column]) for line in body if line[column]} == undated
    assert rows(page, 1)[1:] == [
        [word, str(len(references))] for word in ("not checked yet", "All")
    ]


def test_caption_tells_the_numbers(show, status):
    """The sentence beneath counts works, years and links."""
    assert show().figcaption.text == (
        "The 9 works of the list by topic and time, 7 of them with a year, 1958 to 2014;"
        " links: 9 not checked yet."
    )
    observe(status, a1958=Standing.MOVED, b1991=Standing.ALIVE, h=Standing.DEAD)
    assert show().figcaption.text.endswith("; links: 2 in order, 1 broken, 6 not checked yet.")


def test_words_are_written_as_they_are(render, small_list, status):
    """A title with markup or entities in it stays text."""
    page = render(MARKER, "tools.site.reference_picture", references=small_list, status=status)
    assert marks(page)["odd2002two"].title.text == (
        "Abel et al., Odd *title* of $x$, [brackets] & <tags> &lt;"
    )


def test_ids_stand_once_and_references_hold(show, status):
    """Every id is the only one of its name, and what is drawn or named by an id is there."""
    observe(status, **STANDINGS)
    page = show()
    ids = [element["id"] for element in page.select("[id]")]
    assert len(set(ids)) == len(ids)
    used = {use["xlink:href"].removeprefix("#") for use in page.select("use")}
    assert used | set(page.svg["aria-labelledby"].split()) == set(ids)
    assert page.select("svg [href]") == []  # which Material would try to assign to


def test_marks_are_neither_read_nor_stepped_through(show):
    """A screen reader hears title, description and topics; the list has the works' links again."""
    page = show()
    for mark in marks(page).values():
        assert mark["tabindex"] == "-1"
        assert mark.find_parent("g", {"aria-hidden": "true"})
    assert all(not link.find_parent(attrs={"aria-hidden": True}) for link in page.select("svg > a"))


@pytest.mark.parametrize("text", ["", "- [", "x: 1\n"])
def test_list_without_works_has_no_picture(show, text):
    """An empty list, or one that cannot be read, leaves the place empty."""
    page = show(text, f"Before.\n\n{MARKER}\n\nAfter.")
    assert [paragraph.text for paragraph in page.select("p")] == ["Before.", "After."]
    assert page.svg is None
    assert page.table is None


def test_marker_in_code_is_code(show):
    """The marker inside a fence is shown, not replaced."""
    page = show(page=f"```html\n{MARKER}\n```")
    assert page.svg is None
    assert MARKER in page.code.text


def test_list_of_one_year_or_none_is_drawn(show):
    """Columns that nothing needs are left out."""
    late = show(ENTRY.format("a2026", "paper", "vision", ", year: 2026"))
    assert list(labels(late, "zone")) == ["by year"]
    assert len(marks(late)) == 1
    undated = show(ENTRY.format("a", "paper", "vision", ""))
    assert list(labels(undated, "zone")) == ["no year"]
    assert undated.figcaption.text.startswith("The 1 work of the list by topic and time; ")
