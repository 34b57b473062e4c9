"""The form that every page on a topic keeps, so that a reader knows the way around in each."""

import copy
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup, Tag

from tools.figures import site_map

DOCS = Path(__file__).resolve().parents[2] / "docs"
FIRST_TOPIC = "basics/kinds-of-learning.md"

NOT_PROSE = {
    "pre, .highlight": "code, what it printed, and their titles",
    ".arithmatex": "formulas, on a line of their own or within one",
    "figure": "figures, with their captions",
    ".formula-foot": "what stands below a formula of how it is checked",
    "details": "solutions, which stay folded",
    ".footnote, .citation": "notes on sources, and the raised numbers that lead to them",
    ".headerlink": "the signs beside headings that link to them",
}
"""What does not count as prose. Headings, tables and boxes do count."""


def prose_words(content: Tag) -> int:
    """Return how many words a page has that are to be read: its length as a text.

    A word is what stands between spaces or tags and has a letter or a digit in it.
    """
    prose = copy.copy(content)
    for selector in NOT_PROSE:
        for element in prose.select(selector):
            element.extract()
    return sum(any(map(str.isalnum, word)) for word in prose.get_text(" ").split())


def section(content: Tag, heading_id: str) -> list[Tag]:
    """Return the elements from below a heading to the next one of its level; empty if none."""
    heading = content.find(id=heading_id)
    elements = []
    for element in heading.find_next_siblings() if heading else []:
        if element.name == heading.name:
            break
        elements.append(element)
    return elements


def need_paragraphs(content: Tag) -> list[Tag]:
    """Return the paragraphs that say what a page needs from earlier ones."""
    return [p for p in content.find_all("p") if p.get_text().startswith("You need")]


def test_it_has_a_description(page) -> None:
    """A search engine shows 50 to 160 characters of it."""
    assert 50 <= len(page.description) <= 160


def test_its_title_has_the_id_of_its_file(page) -> None:
    """The first element is the only first-level heading, so links to it can be guessed."""
    (title,) = page.content.find_all("h1")
    assert page.content.find(True) is title
    assert title["id"] == PurePosixPath(page.path).stem


def test_it_says_what_it_needs_of_earlier_pages(page, nav) -> None:
    """One paragraph, before the first section, links what a reader must have read: never later."""
    paragraphs = need_paragraphs(page.content)
    assert len(paragraphs) == 1, 'it must have one paragraph that begins "You need"'
    needs = paragraphs[0]
    assert needs.find_next("h2") is page.content.find("h2"), "it stands too far down"
    linked = page.linked_pages(needs)
    earlier = nav[: nav.index(page.path)]
    assert [path for path in linked if path not in earlier] == []
    assert linked or page.path == FIRST_TOPIC
    assert set(linked) == set(site_map.needs(page.path, DOCS)), "the map shows something else"


def test_it_cites_3_to_10_works(page) -> None:
    """The text names where its claims come from; the notes at its end list the works."""
    cited = {link["href"] for link in page.content.select(".citation a")}
    assert 3 <= len(cited) <= 10, sorted(cited)


def test_it_has_400_to_900_words(page) -> None:
    """It can be read in one sitting, and is worth sitting down for."""
    words = prose_words(page.content)
    assert 400 <= words <= 900


def test_it_shows_formulas_and_code(page) -> None:
    """Words alone are not enough to use an idea."""
    assert page.content.select("div.arithmatex")
    assert page.content.select(".highlight.output")


def test_it_warns_of_a_trap(page) -> None:
    """A box, or a section, shows the mistake that people make."""
    titles = page.content.select(".admonition.warning .admonition-title, h2")
    assert any(title.get_text().startswith("The trap: ") for title in titles)


def test_every_exercise_has_its_solution(page) -> None:
    """There are two to four exercises, each folds one solution, and nothing else is folded."""
    exercises = [
        item
        for numbered in section(page.content, "exercises")
        if numbered.name == "ol"
        for item in numbered.find_all("li", recursive=False)
    ]
    assert 2 <= len(exercises) <= 4
    assert [len(item.select("details.success")) for item in exercises] == [1] * len(exercises)
    assert len(page.content.select("details:not(.formula-foot *)")) == len(exercises)


def test_it_says_where_to_read_on(page) -> None:
    """Its last section names works to go on with."""
    assert page.content.find_all("h2")[-1]["id"] == "further-reading"
    assert section(page.content, "further-reading")


@pytest.mark.parametrize(
    "path", ["index.md", "notation.md", "references/watching.md", "references/running.md"]
)
def test_the_other_pages_are_as_long(load_page, path) -> None:
    """The pages about the notes themselves keep the measure, too."""
    words = prose_words(load_page(path).content)
    assert 400 <= words <= 900


def test_the_home_page_lists_all_pages_in_order(load_page, nav) -> None:
    """Its tables are the way through: every other page once, in the order of the nav."""
    home = load_page("index.md")
    rows = home.content.select("table tr td:first-child")
    assert [path for cell in rows for path in home.linked_pages(cell)] == nav[1:]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>Two words</h2><p>and <em>three</em> more</p>", 5),
        ("<div class='admonition'><p>Title</p><p>a box</p></div>", 3),
        ("<p>so <span class='arithmatex'>\\(x + y\\)</span> grows</p>", 2),
        ("<div class='highlight'><span>x.py</span><pre>x = 1</pre></div>", 0),
        ("<details><summary>Solution</summary><p>It is 3.</p></details>", 0),
        ("<figure><svg></svg><figcaption>A line</figcaption></figure>", 0),
        ("<p>well known<span class='citation'><sup>1</sup></span>.</p>", 2),
        ("<p>kept</p><div class='footnote'><ol><li>Left out</li></ol></div>", 1),
    ],
)
def test_what_counts_as_prose(html: str, words: int) -> None:
    """The counter sees what a reader reads, and nothing else."""
    assert prose_words(BeautifulSoup(html, "html.parser")) == words
