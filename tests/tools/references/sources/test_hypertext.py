"""HTML that is odd, huge or hostile."""

import pytest

from tools.references.sources import hypertext

URL = "https://e.example/"


def places(text: str) -> list[tuple[int, str]]:
    """Return line and address of each link of a page."""
    return [(found.line, found.url) for found in hypertext.links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<?xml version="1.0" encoding="latin-1"?>\n<a href="\u00e9">', [(2, "\u00e9")]),
        ("<meta charset='koi8-r'><a href='\u00e9'>", [(1, "\u00e9")]),
        ("<a href='?a=1&copy=2&amp;b&copy;&#x41;'>", [(1, "?a=1&copy=2&b\u00a9A")]),
        ("<a href='\0'>", [(1, "\N{REPLACEMENT CHARACTER}")]),
        (f"<p>\n<a\n\n href={URL}", []),
        (f"<!doctype html>\n<a href={URL}>", [(2, URL)]),
        ("<img srcset='a, b 2x' src=c><img srcset=',,'>", [(1, "c"), (1, "a"), (1, "b")]),
        ("<div>" * 300 + f"<a href={URL}>", [(1, URL)]),
        ("\n" * 70_000 + f"<a href={URL}>", [(70_001, URL)]),
    ],
    ids=["xml", "charset", "entities", "null", "unclosed", "doctype", "srcset", "deep", "long"],
)
def test_odd_pages_are_read_as_browsers_read_them(text, expected):
    """What is declared of a decoded text does not matter, nor how deep or long it is."""
    assert places(text) == expected


def test_every_element_that_leads_or_shows_counts():
    """Whatever a reader may follow or see is a link; what only the page needs is none."""
    shown = """<a href=1><area href=2><audio src=3></audio><embed src=4><iframe src=5></iframe>
    <img src=6 srcset="7 1x"><object data=8></object><video src=9 poster=10><source src=11>
    <track src=12></video><svg><image href=13 /><image xlink:href=14 /><a xlink:href=15 /></svg>"""
    other = (
        """<link href=a><script src=a></script><form action=a><q cite=a><base href=a><use href=a>"""
    )
    expected = [str(number) for number in range(1, 16)]
    assert sorted((url for _, url in places(shown + other)), key=int) == expected
    assert places("<frameset><frame src=1></frameset>") == [(1, "1")]
