"""What holds for every text: planted links are found once on their lines, and no reader fails."""

import html
from collections.abc import Callable, Iterable, Iterator

from hypothesis import given

from tests.tools.references import strategies
from tests.tools.references.strategies import Links, always_alike, texts_of, thrown_together
from tools.references.bullets import works
from tools.references.sources import bibtex, hypertext, markdown, plain, reference_list
from tools.references.sources.found import Found, Unreadable


def places(found: Iterable[Found]) -> Links:
    """Return line and address of each link that a web browser opens, by line."""
    return sorted((link.line, link.url) for link in found if "://" in link.url)


def latex(url: str) -> str:
    """Return an address as careful authors write it in BibTeX."""
    for character in "%_#&":
        url = url.replace(character, rf"\{character}")
    return url.replace("~", r"{\textasciitilde}")


def all_in_the_text(found: Iterable[Found], text: str) -> bool:
    """Return whether each link stands on a line that the text has."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    return all(1 <= link.line <= lines for link in found)


def line_of_fault(reader: Callable[[str], Iterator[Found]], text: str) -> int:
    """Return the line for which a text is refused; the first one, if it is not."""
    try:
        assert all_in_the_text(reader(text), text)
    except Unreadable as error:
        return error.line
    return 1


@always_alike
@given(strategies.markdown_texts())
def test_markdown_gives_each_planted_link_once(drawn: tuple[str, Links]) -> None:
    """However blocks are nested, links count where they begin, and code and comments do not."""
    text, links = drawn
    assert places(markdown.links(text)) == sorted(links)


@always_alike
@given(texts_of(strategies.HTML_FORMS, html.escape))
def test_html_gives_each_planted_link_once(drawn: tuple[str, Links]) -> None:
    """Tags of many lines count where they begin; scripts, comments and text hold no links."""
    text, links = drawn
    assert places(hypertext.links(text)) == sorted(links)


@always_alike
@given(texts_of(strategies.BIBTEX_FORMS, latex))
def test_bibtex_gives_each_planted_link_once(drawn: tuple[str, Links]) -> None:
    """Links of all fields that show one count on their own lines, comments do not."""
    text, links = drawn
    assert places(bibtex.links(text)) == sorted(links)


@always_alike
@given(texts_of(strategies.LIST_FORMS))
def test_list_gives_each_planted_link_once(drawn: tuple[str, Links]) -> None:
    """An entry's address and those of its related pages count, its aliases and notes do not."""
    text, links = drawn
    assert places(reference_list.links(text)) == sorted(links)


@always_alike
@given(texts_of(strategies.PLAIN_FORMS))
def test_plain_addresses_are_all_given(drawn: tuple[str, Links]) -> None:
    """One address on a line is taken as it stands."""
    text, links = drawn
    assert places(plain.links(text)) == sorted(links)


@always_alike
@given(thrown_together(strategies.MARKDOWN_SCRAPS))
def test_no_text_is_too_odd_for_markdown_html_and_plain(text: str) -> None:
    """Any text at all is Markdown, HTML and a list of works, if an empty one."""
    for reader in (markdown.links, hypertext.links, plain.links):
        assert all_in_the_text(reader(text), text)
    works(text)


@always_alike
@given(thrown_together(strategies.BIBTEX_SCRAPS))
def test_no_text_is_too_odd_for_bibtex(text: str) -> None:
    """What is no BibTeX is told, with a line that the text has."""
    assert 1 <= line_of_fault(bibtex.links, text) <= text.count("\n") + 1


@always_alike
@given(thrown_together(strategies.LIST_SCRAPS))
def test_no_text_is_too_odd_for_the_list(text: str) -> None:
    """What is no list is told, with a line that the text has or the one after it."""
    assert 1 <= line_of_fault(reference_list.links, text) <= text.count("\n") + 2
