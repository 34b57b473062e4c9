"""Citations in notebooks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tools.site.notebook_citations import cite


@pytest.fixture
def configs(small_list: Path, tmp_path: Path) -> dict:
    """The options of the site's extensions, as ``mkdocs.yml`` has them."""
    return {
        "footnotes": {"USE_DEFINITION_ORDER": False},
        "tools.site.citations": {"references": small_list, "status": tmp_path / "none.json"},
        "toc": {"permalink": True},
    }


@pytest.fixture
def notebook(configs: dict) -> Callable[[str], BeautifulSoup]:
    """Put a notebook's text into HTML as the plugin does, and cite."""

    def made(text: str) -> BeautifulSoup:
        cells = (
            f'<div class="x"><div class="jp-RenderedHTMLCommon jp-RenderedMarkdown">{text}</div>'
        )
        return BeautifulSoup(cite(f"{cells}</div>", configs), "html.parser")

    return made


def test_marks_and_notes_are_those_of_a_page(notebook, render, configs):
    """The very same HTML: a notebook is read as any page is."""
    text = "First [@bare3], both [@plain2001one; @odd2002two], again [@bare3]."
    in_notebook = notebook(f"<p>{text}</p>")
    on_page = render(text, "tools.site.citations", **configs["tools.site.citations"])
    assert str(in_notebook.select_one(".jp-RenderedMarkdown p")) == str(on_page.p)
    assert str(in_notebook.select_one(".footnote")) == str(on_page.select_one(".footnote"))


def test_numbers_run_through_all_cells(notebook):
    """The notes stand once, after the notebook, in the order of citation."""
    page = notebook(
        '<p>One [@bare3].</p></div><div class="jp-RenderedMarkdown"><div><ul><li>Two\n'
        "[@plain2001one]</li></ul></div> and [@bare3]"
    )
    assert [link.text for link in page.select(".citation a")] == ["1", "2", "1"]
    assert [item["id"] for item in page.select(".footnote li")] == [
        "fn:ref-bare3",
        "fn:ref-plain2001one",
    ]
    assert page.find_all(recursive=False)[-1]["class"] == ["footnote"]
    assert page.li.text == "Two2"


def test_the_rest_of_the_notebook_stays_byte_for_byte(configs):
    """Drawings, entities, line ends and unclosed elements are none of this module's business."""
    before = '<svg viewBox="0 0 1 1"/>\r\n\u2028\n<br>&lt;&nbsp;<div class="jp-RenderedMarkdown">é'
    after = "&copy;</div><IMG src='x'>\n"
    html = cite(f"{before} [@bare3]{after}", configs)
    assert html.startswith(f'{before}<span class="citation">')
    assert f"</span>{after}<div" in html


@pytest.mark.parametrize(
    "html",
    [
        '<div class="jp-RenderedMarkdown"><p><code>[@bare3]</code></p></div>',
        '<div class="jp-RenderedMarkdown"><pre><span>[@bare3]</span></pre></div>',
        '<div class="jp-RenderedMarkdown"><p>Text</p></div><div class="highlight">[@bare3]</div>',
        '<div class="jp-RenderedText"><p>printed [@bare3]</p></div>',
        '<div class="jp-RenderedMarkdown"><!-- [@bare3] --></div>',
    ],
)
def test_code_and_output_cite_nothing(configs, html):
    """Such a notebook stays what it was."""
    assert cite(html, configs) == html


@pytest.mark.parametrize("citation", ["[@nobody9]", "[@bare3, @plain2001one]"])
def test_unknown_and_misspelt_ones_warn_and_show(notebook, warnings_told, citation):
    """As on a page, both fail a strict build."""
    page = notebook(f"<p>See {citation}.</p>")
    assert page.select_one("p .unknown") is not None
    assert len(warnings_told()) == 1


@pytest.mark.parametrize(
    "citation", ["[@bare3 &amp; @plain2001one]", "[@bare3, <em>p. 2</em>]", "[@bare3](p. 2)"]
)
def test_what_is_in_pieces_warns(notebook, warnings_told, citation):
    """Nor does a misspelt one pass that the notebook's own Markdown has taken apart."""
    notebook(f"<p>Sound [@bare3], and {citation}.</p>")
    (warning,) = warnings_told()
    assert warning.startswith("[@bare3")
    assert "is no citation" in warning


def test_citation_in_the_text_of_a_link_warns(notebook, warnings_told):
    """As on a page; after the link it is sound, and so it is after an end that ends nothing."""
    notebook('<p>[@bare3]</code></a> [@bare3] <a href="#x">see [@odd2002two]</a> [@bare3]</p>')
    assert warnings_told() == ["[@odd2002two] cites in the text of a link: cite after the link"]


def test_citations_side_by_side_are_one(notebook):
    """However the notebook breaks the line between them."""
    page = notebook("<p>Both [@bare3]\n    [@plain2001one].</p>")
    assert [len(mark.select("a")) for mark in page.select(".citation")] == [2]
