"""Citing references."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.site.link_status import read_status
from tools.site.source import Source, current


@pytest.fixture
def status(tmp_path: Path) -> Path:
    """Where the link status would be; nothing was checked."""
    return tmp_path / "link-status.json"


@pytest.fixture
def cite(render: Callable, small_list: Path, status: Path) -> Callable:
    """Render a page that cites the list of three."""
    options = {"references": small_list, "status": status, "page": "list.md"}
    return lambda text: render(text, "tools.site.citations", **options)


def note_texts(page) -> list[str]:
    """Return the first line of each note: the facts."""
    return [note.p.text for note in page.select(".footnote li")]


def test_citation_becomes_a_numbered_note(cite):
    """The note says who, when, what and where, how its link is, and leads to work and list."""
    page = cite("As shown [@plain2001one].")
    link = page.select_one("a.footnote-ref")
    (note,) = page.select(".footnote li")
    assert (link.text, link["href"]) == ("1", f"#{note['id']}")
    assert [line.text.partition("\N{NO-BREAK SPACE}")[0] for line in note.select("p")] == [
        "Abel (2001). A plain title. Journal of Tests.",
        "not checked yet · In the list",
    ]
    work, entry, back = (anchor["href"] for anchor in note.select("a"))
    assert (work, entry) == ("https://example.org/one", "/list.md#ref-plain2001one")
    assert back == f"#{page.sup['id']}"


def test_number_stands_close_to_what_it_supports(cite):
    """The space before a citation goes; the one after it stays."""
    page = cite("First [@bare3] and\n[@plain2001one].")
    assert page.p.text == "First1 and2."


def test_title_is_literal_text(cite):
    """Characters that Markdown, TeX or HTML would read stay as they are in title and address."""
    work = cite("[@odd2002two]").select_one(".footnote a")
    assert work.text == "Odd *title* of $x$, [brackets] & <tags> &lt;"
    assert work["href"] == "https://example.org/two?a=1&lt=2"


def test_unknown_facts_are_left_out(cite):
    """A reference without authors, year and venue is its title, without empty brackets."""
    assert note_texts(cite("[@bare3]")) == ["A title only."]


def test_many_authors_are_shortened(cite):
    """Of four authors the first is named."""
    (text,) = note_texts(cite("[@odd2002two]"))
    assert text.startswith("Abel et al. Odd")


def test_note_of_the_list_stands_between_facts_and_verdict(cite):
    """What a reader gets from the work has a line of its own, literally."""
    note = cite("[@odd2002two]").select_one(".footnote li")
    assert [line.get("class") for line in note.select("p")] == [
        None,
        ["citation-note"],
        ["citation-status"],
    ]
    assert note.select_one(".citation-note").text == "Says *why*."


def test_verdict_has_its_date(cite, status):
    """What the link check saw stands in the note, with the day and the new address."""
    observed = {
        "verdict": "moved",
        "reason": "",
        "status_code": 200,
        "new_url": "https://example.org/new",
        "archive_url": None,
        "elapsed_s": 0.1,
        "checked_at": "2026-03-04T23:59:00Z",
        "attempts": 1,
    }
    links = {"https://example.org/one": observed}
    status.write_text(json.dumps({"version": 1, "links": links}), encoding="utf-8")
    line = cite("[@plain2001one]").select_one(".footnote .citation-status")
    assert line.text.startswith("moved, checked 2026-03-04 · new address · In the list")
    assert line.a["href"] == "https://example.org/new"
    assert line.a["aria-label"] == "new address: A plain title"
    assert line.has_attr("data-search-exclude")  # or "moved" would find every such page
    assert line.time["datetime"] == "2026-03-04"


def test_status_is_read_once_until_it_changes(status, warnings_told):
    """A damaged file is told of once, not for every page; a new one is read."""
    status.write_text("{", encoding="utf-8")
    assert [read_status(status).links for _ in range(2)] == [{}, {}]
    (warning,) = warnings_told()
    assert status.name in warning
    status.write_text("[", encoding="utf-8")
    os.utime(status, ns=(1, 1))
    read_status(status)
    assert len(warnings_told()) == 2


def test_number_says_to_a_screen_reader_what_it_cites(cite):
    """The number alone tells nothing: with it goes the title, literally, or that it is a note."""
    page = cite("One [@odd2002two], two[^mine].\n\n[^mine]: By hand.")
    assert [link["aria-label"] for link in page.select("a.footnote-ref")] == [
        "1: Odd *title* of $x$, [brackets] & <tags> &lt;",
        "Note 2",
    ]


def test_two_in_one_citation(cite):
    """A citation of two works has two numbers, in the order written."""
    page = cite("Both [@bare3; @plain2001one].")
    assert [link.text for link in page.select(".citation a")] == ["1", "2"]
    assert [text.split(".")[0] for text in note_texts(page)] == ["A title only", "Abel (2001)"]


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_citations_side_by_side_are_one(cite, warnings_told, between):
    """Two numbers with nothing between them would be read as one: they share a list of numbers."""
    page = cite(f"Both [@bare3]{between}[@plain2001one; @none9].")
    (mark,) = page.select(".citation")
    assert [link.text for link in mark.select("a")] == ["1", "2"]
    assert mark.select_one(".unknown").text == "@none9?"
    assert len(warnings_told()) == 1
    assert page.p.text.startswith("Both1")


def test_repeated_citation_keeps_its_number(cite):
    """The same work cited again has the same number, one note, and a way back to each place."""
    page = cite("One [@bare3], two [@plain2001one], again [@bare3].")
    assert [link.text for link in page.select("a.footnote-ref")] == ["1", "2", "1"]
    assert len(page.select(".footnote li")) == 2
    places = {f"#{mark['id']}" for mark in page.select("sup")}
    assert {back["href"] for back in page.select("a.footnote-backref")} == places


def test_notes_by_hand_share_the_sequence(cite):
    """Written notes and citations are numbered together, by first appearance."""
    page = cite("One [@bare3], two[^mine], three [@plain2001one].\n\n[^mine]: By hand.")
    assert [link.text for link in page.select("a.footnote-ref")] == ["1", "2", "3"]
    assert [text.split(".")[0] for text in note_texts(page)] == [
        "A title only",
        "By hand",
        "Abel (2001)",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "`[@none]`",
        "``a ` [@none]``",
        "```\n[@none]\n```",
        "!!! note\n    ```\n    [@none]\n    ```",
        "    [@none]",
        "\\[@none]",
        "[@somebody](https://example.org/)",
        "[@somebody][there]\n\n[there]: https://example.org/",
    ],
)
def test_code_escapes_and_links_are_no_citations(cite, warnings_told, code):
    """In code, after a backslash and as a link's text, the same letters cite nothing."""
    page = cite(f"Text.\n\n{code}\n\nText.")
    assert page.select(".citation") == []
    assert warnings_told() == []


def test_citations_in_nested_blocks(cite):
    """Headings, an admonition with its title, a table and notes written by hand may cite."""
    page = cite(
        '# Top [@odd2002two]\n\n!!! note "Title [@bare3]"\n    See [@bare3].[^1]\n\n'
        "| a |\n|---|\n| [@plain2001one] |\n\n[^1]: By hand [@odd2002two]."
    )
    assert [link.text for link in page.select(".citation a")] == ["1", "2", "2", "4", "1"]
    assert page.h1["id"] == "top"
    assert page.select_one(".admonition-title .citation") is not None


def test_citation_in_the_text_of_a_link_warns(cite, warnings_told):
    """A link within a link ends it in a browser; a link to the work beside a citation does not."""
    cite("[see *that [@bare3]*](https://example.org/) and [this](https://example.org/) [@bare3]")
    assert warnings_told() == ["@bare3 cites in the text of a link: cite after the link"]


def test_unknown_id_warns_with_place_and_shows(cite, warnings_told):
    """An unknown id fails a strict build, by file and line; the others of its citation stand."""
    text = "Text @nobody99.\n\nSee [@bare3; @nobody9]."
    token = current.set(Source(path="docs/here.md", text=text))
    try:
        page = cite(text)
    finally:
        current.reset(token)
    assert page.select_one("strong.unknown").text == "@nobody9?"
    assert [link.text for link in page.select("a.footnote-ref")] == ["1"]
    assert warnings_told() == ["docs/here.md:3: no reference has the id nobody9"]


def test_unknown_id_asks_for_the_one_near_by(cite, warnings_told):
    """A slip of the pen is told with what may have been meant."""
    cite("[@plain2001won]")
    assert warnings_told() == ["no reference has the id plain2001won; did you mean plain2001one?"]


def test_misspelt_citation_over_two_lines_warns_with_the_first(cite, warnings_told):
    """On the page the second may be indented or quoted: the words are looked for by the first."""
    text = "Text.\n\n> See [@bare3,\n> @plain2001one]."
    token = current.set(Source(path="docs/here.md", text=text))
    try:
        cite(text)
    finally:
        current.reset(token)
    (warning,) = warnings_told()
    assert warning.startswith("docs/here.md:3: ")


@pytest.mark.parametrize("citation", ["[@bare3, @plain2001one]", "[@Bare3]", "[@bare3;]", "[@]"])
def test_misspelt_citation_warns(cite, warnings_told, citation):
    """What looks like a citation and is none fails a strict build instead of showing as text."""
    cite(citation)
    assert "is no citation" in " ".join(warnings_told())


@pytest.mark.parametrize("text", ["- id: x\n", "no list", "- [\n"])
def test_broken_entry_is_no_reference(render, tmp_path, warnings_told, text):
    """A page that cites what the list has broken is still built, and warns."""
    broken = tmp_path / "broken.yml"
    broken.write_text(text, encoding="utf-8")
    page = render("[@x]", "tools.site.citations", references=broken)
    assert page.select_one(".unknown").text == "@x?"
    assert "no reference has the id x" in " ".join(warnings_told())


def test_broken_entry_hides_no_other(render, tmp_path, small_list):
    """Beside a broken entry the sound ones can be cited."""
    broken = tmp_path / "broken.yml"
    broken.write_text(small_list.read_text(encoding="utf-8") + "- id: x\n", encoding="utf-8")
    page = render("[@bare3]", "tools.site.citations", references=broken)
    assert "A title only" in page.select_one(".footnote").text


def test_all_of_three_authors_are_named(render, tmp_path, small_list):
    """Three are the most that a note names: two with a comma, the last with "and"."""
    three = tmp_path / "three.yml"
    text = small_list.read_text(encoding="utf-8")
    three.write_text(text.replace(', "Delta, Dee"', ""), encoding="utf-8")
    page = render("[@odd2002two]", "tools.site.citations", references=three)
    assert page.select_one(".footnote li").text.strip().startswith("Abel, Beta and Gamma. ")


def test_without_footnotes_the_error_says_so(small_list):
    """The extension names the one it needs."""
    from markdown import Markdown

    parser = Markdown(
        extensions=["tools.site.citations"],
        extension_configs={"tools.site.citations": {"references": small_list}},
    )
    with pytest.raises(LookupError, match="footnotes"):
        parser.convert("[@bare3]")
