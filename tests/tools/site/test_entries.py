"""How a reference reads on the site."""

from xml.etree.ElementTree import Element, tostring

import pytest

from tools.site.entries import append_link


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
