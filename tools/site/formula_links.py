"""Links to numbered formulas. They carry the formula, for ``previews.js`` to show."""

from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from ..formulas.pages import Formula
from .entries import escape_entities


def formula_link(formula: Formula, text: str, here: str, title: str) -> Element:
    """Return a link to a formula.

    Args:
        formula: the formula.
        text: what the link shows; a screen reader is told the formula's name.
        here: path of the page that has the link, below the documents' folder.
        title: of the formula's page.
    """
    page = "" if formula.page == here else f"/{formula.page}"
    link = Element("a", {"class": "eqref", "href": f"{page}#{formula.label}"})
    link.text = AtomicString(text)
    link.set("aria-label", name(formula))
    link.set("data-tex", escape_entities(formula.tex))
    link.set("data-title", escape_entities(f"({formula.number}) {title}".strip()))
    return link


def name(formula: Formula) -> str:
    """Return how a formula is called aloud, such as ``formula 30, softmax``."""
    words = formula.label.removeprefix("eq:").replace("-", " ")
    return f"formula {formula.number}, {words}"
