r"""Python-Markdown extension: numbers display formulas through the site and links to them.

``$$ \label{eq:name} ... $$`` gets its number as a ``\tag`` and its label as the element's id, so
that ``page.md#eq:name`` leads to it. ``$\eqref{eq:name}$`` and ``$\ref{eq:name}$`` become links
from any page. It runs after ``pymdownx.arithmatex``, on the elements that makes.

What keeps a formula from being numbered is told by ``tools.formulas.pages``, once for the site.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..formulas.pages import LABEL, MKDOCS_YML, Formula, display_formulas, site_formulas
from .source import mark_unknown, warn

REFERENCE = re.compile(r"\\\((\\(?:eq)?ref)\{([^{}]*)\}\\\)")
REFERENCE_WITHIN = re.compile(r"\\(?:eq)?ref\{[^{}]*\}")
LINK_TEXT = {r"\eqref": "({})", r"\ref": "{}"}


class FormulaTreeprocessor(Treeprocessor):
    """Numbers the formulas of a page and turns references into links."""

    def __init__(self, md: Markdown, config: Path) -> None:
        """Take the ``mkdocs.yml`` whose nav gives the order."""
        super().__init__(md)
        self.config = config

    def run(self, root: Element) -> None:
        """Change the page in place; warn of references that lead nowhere."""
        formulas = site_formulas(self.config).by_label()
        own = set()
        for element in display_formulas(root):
            for label in LABEL.findall(element.text or ""):
                if label in formulas:
                    number(element, formulas[label])
                    own.add(label)
        for parent, element in inline_formulas(root):
            if reference := REFERENCE.fullmatch(element.text or ""):
                command, label = reference.groups()
                replace(parent, element, link(command, label, formulas, own))
        warn_of_leftovers(root)


def number(element: Element, formula: Formula) -> None:
    """Give a display formula its number and its id, in place of its label."""
    label, tag = rf"\label{{{formula.label}}}", rf"\tag{{{formula.number}}}"
    element.text = AtomicString((element.text or "").replace(label, tag))
    element.set("id", formula.label)


def link(command: str, label: str, formulas: Mapping[str, Formula], own: set[str]) -> Element:
    r"""Return the link to a formula, with its number as the text, or a mark that there is none.

    Args:
        command: `\eqref` or `\ref`.
        label: the formula's label.
        formulas: those of the site, by label.
        own: the labels on the page that refers.
    """
    formula = formulas.get(label)
    if formula is None:
        warn(f"no formula of the site is labelled {label}", label)
        return mark_unknown(label)
    page = "" if label in own else f"/{formula.page}"
    anchor = Element("a", {"class": "eqref", "href": f"{page}#{label}"})
    anchor.text = AtomicString(LINK_TEXT[command].format(formula.number))
    return anchor


def inline_formulas(root: Element) -> list[tuple[Element, Element]]:
    """Return parent and element of every inline formula of a parsed page."""
    return [
        (parent, element)
        for parent in root.iter()
        for element in parent
        if element.tag == "span" and element.get("class") == "arithmatex"
    ]


def replace(parent: Element, old: Element, new: Element) -> None:
    """Put `new` in the place of `old`, with the text that follows it."""
    new.tail = old.tail
    parent[list(parent).index(old)] = new


def warn_of_leftovers(root: Element) -> None:
    """Warn of what a reader would see as raw TeX: nested references, delimiters of no formula."""
    for element in root.iter():
        if "arithmatex" in element.get("class", "").split():
            for nested in REFERENCE_WITHIN.findall(element.text or ""):
                warn(f"{nested} must be a formula of its own: ${nested}$", nested)
        for words in (element.text, element.tail):
            if words and "$$" in words and not isinstance(words, AtomicString):
                warn("$$ opens no formula here: it needs a paragraph of its own", "$$")


class FormulaExtension(Extension):
    """Numbered formulas; its option `config` is the ``mkdocs.yml`` whose nav gives the order."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {"config": [MKDOCS_YML, "the mkdocs.yml whose nav orders the formulas"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after inline formulas (20), before ids and links are read (5)."""
        processor = FormulaTreeprocessor(md, Path(self.getConfig("config")))
        md.treeprocessors.register(processor, "formulas", 12)


def makeExtension(**kwargs: Any) -> FormulaExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return FormulaExtension(**kwargs)
