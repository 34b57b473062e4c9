r"""Python-Markdown extension: numbers display formulas through the site and links to them.

``$$ \label{eq:name} ... $$`` gets its number as a ``\tag`` and its label as the element's id, so
that ``page.md#eq:name`` leads to it. Below it stand a mark that says how it is checked, and a
button that copies it. ``$\eqref{eq:name}$`` and ``$\ref{eq:name}$`` become links from any page. It
runs after ``pymdownx.arithmatex``, on the elements that makes.

What keeps a formula from being numbered is told by ``tools.formulas.pages``, once for the site.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..formulas.pages import (
    LABEL,
    MKDOCS_YML,
    Formula,
    display_formulas,
    nav_titles,
    site_formulas,
)
from .entries import escape_entities
from .formula_checks import append_check, bindings
from .formula_links import formula_link
from .snippet_blocks import anchor_blocks
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
        titles = nav_titles(self.config)
        own = set()
        parents = {element: parent for parent in root.iter() for element in parent}
        for element in list(display_formulas(root)):
            for label in LABEL.findall(element.text or ""):
                if label in formulas:
                    number(element, formulas[label])
                    own.add(label)
                    box = wrap(parents[element], element)
                    append_foot(box, formulas[label], self.config)
        anchor_blocks(root, self.md)
        for parent, element in inline_formulas(root):
            if reference := REFERENCE.fullmatch(element.text or ""):
                command, label = reference.groups()
                replace(parent, element, link(command, label, formulas, titles, own))
        warn_of_leftovers(root)


def number(element: Element, formula: Formula) -> None:
    """Give a display formula its number and its id, in place of its label."""
    label, tag = rf"\label{{{formula.label}}}", rf"\tag{{{formula.number}}}"
    element.text = AtomicString((element.text or "").replace(label, tag))
    element.set("id", formula.label)


def wrap(parent: Element, element: Element) -> Element:
    """Put an element of `parent` into a box of its own, and return the box."""
    box = Element("div", {"class": "formula"})
    replace(parent, element, box)
    element.tail = None
    box.append(element)
    return box


def append_foot(box: Element, formula: Formula, config: Path) -> None:
    """Append to a formula's box the button that copies it, and how it is checked."""
    foot = SubElement(box, "div", {"class": "formula-foot", "data-search-exclude": ""})
    # A button of the theme's own kind: it copies, and says so.
    label = f"Copy formula {formula.number} as TeX"
    attributes = {"class": "md-code__button", "data-md-type": "copy", "type": "button"}
    button = SubElement(foot, "button", attributes | {"title": "Copy as TeX", "aria-label": label})
    button.set("data-clipboard-text", escape_entities(formula.tex))
    if binding := bindings().get(formula.label):
        append_check(SubElement(foot, "div"), binding, config, formula.page)


def link(
    command: str,
    label: str,
    formulas: Mapping[str, Formula],
    titles: Mapping[str, str],
    own: set[str],
) -> Element:
    r"""Return the link to a formula, with its number as the text, or a mark that there is none.

    Args:
        command: `\eqref` or `\ref`.
        label: the formula's label.
        formulas: those of the site, by label.
        titles: those of the site's pages, by path.
        own: the labels on the page that refers.
    """
    formula = formulas.get(label)
    if formula is None:
        warn(f"no formula of the site is labelled {label}", label)
        return mark_unknown(label)
    here = formula.page if label in own else ""
    text = LINK_TEXT[command].format(formula.number)
    return formula_link(formula, text, here, titles.get(formula.page, ""))


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
