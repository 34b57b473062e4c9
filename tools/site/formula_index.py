"""Python-Markdown extension: ``<!-- formula-index -->`` becomes a list of the site's formulas.

They stand below a heading for each page, in the order of the nav.
"""

from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from ..formulas.binding import Kind
from ..formulas.pages import MKDOCS_YML, Formula, nav_titles, site_formulas
from .entries import append_element, append_text
from .formula_checks import append_function, append_reason, bindings
from .formula_links import name
from .markers import find

INDEX = "formula-index"


class FormulaIndexTreeprocessor(Treeprocessor):
    """Replaces the marker."""

    def __init__(self, md: Markdown, config: Path) -> None:
        """Take the ``mkdocs.yml`` whose nav gives the order."""
        super().__init__(md)
        self.config = config

    def run(self, root: Element) -> None:
        """Change the page in place; a page without the marker stays as it is."""
        markers = list(find(root, self.md, INDEX))
        for marker in markers[:1]:
            marker.replace(index(self.config))
        for marker in markers[1:]:
            marker.refuse("the index stands on this page already")


def index(config: Path) -> Element:
    """Return the index of all formulas.

    Args:
        config: the site's ``mkdocs.yml``.
    """
    made = Element("div", {"class": INDEX})
    titles = nav_titles(config)
    for page, formulas in groupby(site_formulas(config).formulas, attrgetter("page")):
        path = PurePosixPath(page)
        heading = SubElement(made, "h2", {"id": "-".join([*path.parent.parts, path.stem])})
        append_element(heading, "a", titles.get(page, page), href=f"/{page}")
        # Without its role a list that shows no bullets is none to some screen readers.
        items = SubElement(made, "ul", {"role": "list", "data-search-exclude": ""})
        for formula in formulas:
            append_formula(SubElement(items, "li"), formula, config)
    return made


def append_formula(item: Element, formula: Formula, config: Path) -> None:
    """Append a formula's number, which links to it, the formula, and how it is checked."""
    number = append_element(
        item, "a", f"({formula.number})", href=f"/{formula.page}#{formula.label}"
    )
    number.set("aria-label", name(formula))
    append_element(item, "span", rf"\[{formula.tex}\]", class_="arithmatex")
    check = SubElement(item, "span", {"class": "formula-check"})
    if binding := bindings().get(formula.label):
        append_element(check, "span", binding.kind, class_="formula-kind")
        if binding.of is not None:
            append_text(check, " ")
            append_function(check, binding, config, here="")
        elif binding.kind is Kind.DEFINITION:
            append_text(check, " ")
            append_reason(check, binding, config, here="")


class FormulaIndexExtension(Extension):
    """The index; its option `config` is the ``mkdocs.yml`` whose nav orders the formulas."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {"config": [MKDOCS_YML, "the mkdocs.yml whose nav orders the formulas"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after all text was read (20), before the contents are (5)."""
        processor = FormulaIndexTreeprocessor(md, Path(self.getConfig("config")))
        md.treeprocessors.register(processor, INDEX, 12)


def makeExtension(**kwargs: Any) -> FormulaIndexExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return FormulaIndexExtension(**kwargs)
