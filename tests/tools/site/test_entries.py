"""How a reference reads on the site."""

from xml.etree.ElementTree import Element, tostring

import pytest

from tools.references.model import Kind, Reference, Topic
from tools.site.entries import append_link, describe


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"authors": ("Abel, Ann",), "year": 2001}, "Abel (2001). Is it so? Press."),
        ({"authors": ("Abel, Ann",)}, "Abel. Is it so? Press."),
        ({"year": 2001}, "Is it so? (2001). Press."),
        ({}, "Is it so? Press."),
        ({"title": "So it is"}, "So it is. Press."),
    ],
)
def test_reference_reads_as_a_sentence(facts, sentence):
    """A year without authors follows the title, and no full stop follows a question mark."""
    known = {"title": "Is it so?", "kind": Kind.BOOK, "topics": (Topic.GENERAL,), "venue": "Press"}
    parent = Element("p")
    describe(parent, Reference(id="a1", url="https://example.org/", **(known | facts)))
    assert "".join(parent.itertext()) == sentence


@pytest.mark.parametrize("url", ["https://example.org/?a=1&lt=2", "http://example.org/"])
def test_address_of_the_web_is_linked(url):
    """The link leads to the very address, whatever it looks like."""
    parent = Element("p")
    append_link(parent, "words", url, title="more")
    assert parent[0].tag == "a"
    assert parent[0].text == "words"
    assert parent[0].get("href") == url.replace("&", "&amp;")  # as Python-Markdown wants it
    assert parent[0].get("title") == "more"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/path", "http://", ""])
def test_anything_else_is_only_text(url):
    """What is no address of the web might run on the site: its words stand without a link."""
    parent = Element("p")
    append_link(parent, "words", url, title="more")
    assert tostring(parent) == b"<p><span>words</span></p>"
