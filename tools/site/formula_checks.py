"""What the site says of how a formula is checked: only what the tests enforce.

The facts are those of its binding. Nothing is checked at build.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from ..formulas.binding import DRAWS, Binding, BindingError, Kind
from ..formulas.bindings import all_bindings
from ..formulas.pages import LABEL_NAME, nav_titles, repository, site_formulas
from .entries import append_element, append_text
from .formula_links import formula_link
from .snippet_blocks import pages_of_snippets
from .source import log

AGREES = {
    Kind.VALUE: "it gives what the function returns",
    Kind.DERIVATIVE: "it gives what the function returns, and the slope measured numerically",
    Kind.UPDATE: "its right side is the new value that the function returns",
    Kind.IDENTITY: "its sides agree",
}
"""What holds on every drawn input, by the kind of formula."""
TITLE = f"On {DRAWS} drawn inputs, on which altered formulas must fail"
MUTANTS = (
    "Altered formulas, with a sign flipped, say, or an index swapped, must fail there, unless "
    "a written reason says why they are equal."
)


@cache
def bindings() -> Mapping[str, Binding]:
    """Return the bindings of the site's formulas; a faulty one is warned of, and there are none."""
    try:
        return all_bindings()
    except BindingError as error:
        log.warning("%s", error)
        return {}


def append_check(parent: Element, binding: Binding, config: Path, here: str) -> None:
    """Append the mark that says against what a formula is checked, or why there is nothing.

    Args:
        parent: takes the mark.
        binding: of the formula.
        config: the site's ``mkdocs.yml``.
        here: path of the page that shows the mark, below the documents' folder.
    """
    if binding.kind is Kind.DEFINITION:
        fold = _append_fold(parent, "definition")
        append_reason(SubElement(fold, "p"), binding, config, here)
        return
    mark = SubElement(parent, "span", {"class": "formula-checked", "title": TITLE})
    append_text(mark, "checked")
    if binding.of is not None:
        append_text(parent, " against ")
        append_function(parent, binding, config, here)
    append_text(parent, " · ")
    _append_how(SubElement(_append_fold(parent, "how"), "p"), binding, config)


def append_function(parent: Element, binding: Binding, config: Path, here: str) -> None:
    """Append the name of the bound function, linked to where a page shows the snippet.

    Args: as for `append_check`.
    """
    snippet = f"{binding.function.partition('.')[0]}.py"
    page = pages_of_snippets(config).get(snippet)
    if page is not None:
        href = f"#{snippet}" if page == here else f"/{page}#{snippet}"
        parent = SubElement(parent, "a", {"href": href})
    append_element(parent, "code", binding.function)


def append_reason(parent: Element, binding: Binding, config: Path, here: str) -> None:
    """Append why a definition cannot be computed, with links to the formulas that it names.

    Args: as for `append_check`.
    """
    formulas, titles = site_formulas(config).by_label(), nav_titles(config)
    after = 0
    for found in LABEL_NAME.finditer(binding.reason):
        if formula := formulas.get(found[0]):
            append_text(parent, binding.reason[after : found.start()])
            title = titles.get(formula.page, "")
            parent.append(formula_link(formula, f"({formula.number})", here, title))
            after = found.end()
    append_text(parent, binding.reason[after:])


def _append_fold(parent: Element, words: str) -> Element:
    """Append and return an element that unfolds when `words` are clicked."""
    fold = SubElement(parent, "details", {"class": "formula-how"})
    append_element(fold, "summary", words)
    return fold


def _append_how(line: Element, binding: Binding, config: Path) -> None:
    """Append how a formula is checked, and where that is written."""
    agrees = AGREES[binding.kind]
    if binding.kind is Kind.IDENTITY and binding.of is not None:
        agrees += ", with what the function returns, too"
    append_text(line, f"On {DRAWS} drawn inputs {agrees}. {MUTANTS} The inputs are drawn in ")
    _append_file(line, binding.place.partition(":")[0], config)
    if binding.of is not None:
        append_text(line, "; the function's own test is ")
        _append_file(line, f"tests/snippets/test_{binding.function.partition('.')[0]}.py", config)
    append_text(line, ".")


def _append_file(line: Element, path: str, config: Path) -> None:
    """Append the path of a file of the project, linked where the site names its repository."""
    if address := repository(config):
        line = SubElement(line, "a", {"href": f"{address}/blob/HEAD/{path}"})
    append_element(line, "code", path)
