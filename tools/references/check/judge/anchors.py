"""Which fragments name an element of a page, and whether a page that was read lacks it."""

import re
from urllib.parse import unquote

from ..fetch.page import plain_name
from ..outcome import Outcome
from .quirks import asked, shows_anchors

DIRECTIVE = ":~:"
"""What follows is for the browser alone: a text to be found, say."""

ROUTES = ("/", "!")
"""How client-side routes begin: ``#/guide``, ``#!guide``."""

LINES = re.compile(r"L\d+(C\d+)?(-L?\d+(C\d+)?)?", re.ASCII)
"""Lines of a file, which forges' scripts mark."""


def part_of(url: str) -> str:
    """Return the element that the fragment of a link names, as it was meant; empty if none.

    None is meant by the top of the page, client-side routes (``#/guide``, ``#!guide``), what has
    parameters (``#page=3``, ``#t=30``, ``#gid=0``), lines of code, and directives.
    """
    name = _name(url)
    return "" if _names_no_element(name) else unquote(name)


def wanted(url: str) -> frozenset[str]:
    """Return the plain name of the element that a link's fragment names.

    Returns:
        No name if there is nothing to judge: no fragment, none that names an element, or a page
        whose anchors are known to be written by scripts.
    """
    name = _name(url)
    if _names_no_element(name) or asked(url) != url or not shows_anchors(url):
        return frozenset()
    return frozenset({plain_name(name)})


def names_route(url: str) -> bool:
    """Return whether the fragment of a link is the address of a page that scripts show."""
    return _name(url).startswith(ROUTES)


def is_gone(url: str, outcome: Outcome) -> bool:
    """Return whether the page that a link led to is known to lack the part that the link names.

    Only what is in the HTML is known: a page that was not read to its end, or that leaves its
    content to scripts, may have it, and a redirect that names a part itself has the last word.
    """
    names, page = wanted(url), outcome.page
    if not names or page is None or outcome.hops[-1].fragment:
        return False
    if not page.complete or page.is_shell or not shows_anchors(outcome.hops[-1].url):
        return False
    return names.isdisjoint(page.anchors)


def _name(url: str) -> str:
    return url.partition("#")[2].partition(DIRECTIVE)[0]


def _names_no_element(name: str) -> bool:
    return (
        not name
        or name.lower() == "top"
        or name.startswith(ROUTES)
        or "=" in name
        or LINES.fullmatch(name) is not None
    )
