"""Links from the terms on a page to the glossary, and what the glossary may hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from markdown.util import AtomicString

from tools.site.glossary import Page
from tools.site.glossary_terms import load_glossary
from tools.site.source import Source, current

GLOSSARY = """\
---
description: Terms.
---
# Glossary

epoch { #epoch also="epochs" }
:   One *pass*, in $\\lceil m / B \\rceil < 9$ updates & `&lt;`.
:   [Here](basics/here.md#told)

batch { #batch }
:   Some examples.
:   [Here](basics/here.md)

batch size { #batch-size }
:   Their number.
:   [There](there.md#size)

ReLU { #relu }
:   A bend.
:   [There](there.md)
"""


@pytest.fixture
def config(tmp_path: Path, write_files: Callable) -> Path:
    """The mkdocs.yml of a site with a glossary of four terms."""
    write_files({"docs/glossary.md": GLOSSARY, "mkdocs.yml": "nav: []"})
    return tmp_path / "mkdocs.yml"


@contextmanager
def built(path: str, text: str) -> Iterator[None]:
    """Let a page be the one that is built."""
    token = current.set(Source(path=path, text=text))
    try:
        yield
    finally:
        current.reset(token)


@pytest.fixture
def show(render: Callable, config: Path) -> Callable[..., BeautifulSoup]:
    """Render a page of that site, given by its text and its path."""

    def rendered(text: str, path: str = "docs/other.md") -> BeautifulSoup:
        with built(path, text):
            return render(text, "tools.site.glossary", config=config)

    return rendered


def terms(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Return words and target of each term that is linked."""
    return [
        (link.text, link["href"].removeprefix("/glossary.md#")) for link in page.select(".term")
    ]


def test_first_use_is_linked_and_carries_the_definition(show):
    """Later uses are left alone, and so is the text around."""
    page = show("After an epoch, one more epoch.")
    (link,) = page.select("a.term")
    assert link["href"] == "/glossary.md#epoch"
    assert link["data-definition"] == "One pass, in \\(\\lceil m / B \\rceil < 9\\) updates & &lt;."
    assert page.p.text == "After an epoch, one more epoch."
    assert link.previous_sibling == "After an "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some epochs pass.", [("epochs", "epoch")]),
        ("Epochs pass, and epochs.", [("Epochs", "epoch")]),
        ("A batch\nsize of 3 for a batch.", [("batch\nsize", "batch-size"), ("batch", "batch")]),
        ("The *epoch* and **batch**.", [("epoch", "epoch"), ("batch", "batch")]),
        ("an epoch's end (epoch)", [("epoch", "epoch")]),
        ("ReLU", [("ReLU", "relu")]),
        ("- a batch\n- an epoch\n- a batch", [("batch", "batch"), ("epoch", "epoch")]),
        ("epoch\n\n!!! note\n    batch", [("epoch", "epoch"), ("batch", "batch")]),
        ("| a | b |\n|---|---|\n| x | epoch |", [("epoch", "epoch")]),
    ],
)
def test_forms_are_found_wherever_prose_is(show, text, found):
    """A name or a declared form, capital first or not, over a line's end; the longest first."""
    assert terms(show(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "## The epoch",
        "[epoch](other.md), [an *epoch* here](other.md)",
        "`epoch`\n\n    epoch\n\n```\nepoch\n```",
        "$epoch$\n\n$$\nepoch\n$$",
        '!!! note "The epoch"\n    Text.',
        '??? note "The epoch"\n    Text.',
        "epoch\n:   Text.",
        "| epoch |\n|---|\n| x |",
        "Text.[^1]\n\n[^1]: An epoch.",
        '<figure><button title="epoch">epoch</button></figure>',
        "batched, epoches, non-epoch, epoch-wise, relu, RELU, EPOCH",
    ],
)
def test_what_is_no_prose_holds_no_terms(show, text):
    """Headings, links, code, formulas, titles, notes and buttons, and words that are others."""
    assert terms(show(text)) == []


def test_what_others_made_is_left_alone(config):
    """Text that another extension has made is not the author's prose."""
    paragraph = Element("p")
    paragraph.text = AtomicString("epoch")
    Page(load_glossary(config.parent / "docs" / "glossary.md"), "other.md").link(paragraph)
    assert len(paragraph) == 0


def test_term_is_not_linked_from_the_section_on_that_explains_it(show):
    """Before that section a reader may need it."""
    text = (
        "{}\n\n## Told {{ #told }}\n\nAn **epoch** is this.\n\n## Later {{ #later }}\n\nAn epoch."
    )
    path = "docs/basics/here.md"
    assert terms(show(text.format("Nothing."), path)) == []
    assert terms(show(text.format("An epoch."), path)) == [("epoch", "epoch")]
    assert terms(show(text.format("Nothing."))) == [("epoch", "epoch")]


def test_term_is_not_linked_on_the_page_that_explains_it_as_a_whole(show):
    """It is what the page is about."""
    assert terms(show("A batch.", "docs/basics/here.md")) == []


def test_glossary_has_ids_and_no_links_to_itself(render, config):
    """A link to a term arrives at it, and what declares its forms is gone."""
    with built("docs/glossary.md", GLOSSARY):
        page = render(GLOSSARY, "tools.site.glossary", config=config)
    assert page.select_one("dt#epoch").attrs == {"id": "epoch"}
    assert terms(page) == []


def test_link_by_hand_to_no_term_warns_with_its_place(show, warnings_told):
    """An unknown term fails a strict build; a known one, from any folder, does not."""
    show("[so](glossary.md#epoch)\n\n[so](../glossary.md#era) [so](glossary.md)")
    assert warnings_told() == ["docs/other.md:3: the glossary has no term with the id era"]


ENTRY = "{} {}\n:   It is so.\n:   [There](there.md)\n\n"


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        (ENTRY.format("epochs", "{ #epochs }"), "'epochs' is a form of the term 'epoch' already"),
        (
            ENTRY.format("era", '{ #era also="ages, batch" }'),
            "'batch' is a form of the term 'batch'",
        ),
        (ENTRY.format("era", '{ #era also="era" }'), "'era' is a form of the term 'era' already"),
        (ENTRY.format("epoch", "{ #era }"), "'epoch' is a form of the term 'epoch' already"),
        (ENTRY.format("era", "{ #epoch }"), "the term 'epoch' has the id epoch already"),
        (ENTRY.format("era", ""), "the term 'era' needs an id"),
        (ENTRY.format("era", "{ #The_Era }"), "the term 'era' needs an id"),
        ("era { #era }\n:   It is so.\n", "the term 'era' needs two paragraphs"),
        ("era { #era }\n:   It is so.\n:   See [there](there.md)\n", "needs two paragraphs"),
        ("era { #era }\n:   It is so.\n:   There\n", "needs two paragraphs"),
    ],
)
def test_faults_of_the_glossary_are_told_with_their_line(
    render, config, warnings_told, added, complaint
):
    """Told once, with the glossary's own page; its other terms go on working."""
    text = f"{GLOSSARY}\n{added}"
    (config.parent / "docs" / "glossary.md").write_text(text, encoding="utf-8")
    with built("docs/glossary.md", text):
        render(text, "tools.site.glossary", config=config)
    (told,) = warnings_told()
    line = text.count("\n", 0, text.index(added)) + 1
    assert told.startswith(f"docs/glossary.md:{line}: ")
    assert complaint in told
    assert len(load_glossary(config.parent / "docs" / "glossary.md").terms) == 4


def test_site_without_a_glossary_has_no_terms(show, config):
    """Then nothing is linked, and nothing fails."""
    (config.parent / "docs" / "glossary.md").unlink()
    assert terms(show("An epoch.")) == []


def test_glossary_is_read_again_when_it_has_changed(show, config):
    """As while it is being written, under `mkdocs serve`."""
    assert terms(show("An era.")) == []
    path = config.parent / "docs" / "glossary.md"
    path.write_text(f"{GLOSSARY}\n{ENTRY.format('era', '{ #era }')}", encoding="utf-8")
    assert terms(show("An era.")) == [("era", "era")]
