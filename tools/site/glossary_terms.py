r"""The glossary, ``docs/glossary.md``: a definition list whose terms are linked from all pages.

    epoch { #epoch also="epochs" }
    :   One pass over all training examples.
    :   [Batches and epochs](basics/batches-and-epochs.md#epoch)

The first paragraph is what a reader sees over the term, the second leads to where it is explained.
`also` names further forms, between commas; no other form is found on a page.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils.meta import get_data

PAGE = "glossary.md"
"""Below the documents' folder."""
ALSO = "also"
"""The attribute that names further forms."""
EXTENSIONS = ("attr_list", "def_list", "pymdownx.arithmatex", "pymdownx.superfences")
TERM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the glossary."""

    name: str
    id: str
    forms: tuple[str, ...]
    """The name and its other forms, by which it is found on a page."""
    definition: str
    """Its text, with TeX between the delimiters that MathJax knows."""
    page: str
    """Where it is explained: a page below the documents' folder."""
    anchor: str
    """Id of the section there; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms, and what is wrong with others."""

    terms: tuple[Term, ...]
    problems: tuple[str, ...]
    """Each as ``line: message``."""

    def by_form(self) -> dict[str, Term]:
        """Return the terms by each of their forms."""
        return {form: term for term in self.terms for form in term.forms}


class TermError(ValueError):
    """What is wrong with one term."""


def load_glossary(path: Path) -> Glossary:
    """Return the glossary; the file is read again only when it changed. Without one it is empty."""
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _load(path: Path, time: int) -> Glossary:
    source = path.read_text(encoding="utf-8-sig") if time else ""
    parser = Markdown(
        extensions=EXTENSIONS, extension_configs={"pymdownx.arithmatex": {"generic": True}}
    )
    collector = _Collector(parser)
    parser.treeprocessors.register(collector, "collect_terms", -1)
    parser.convert(get_data(source)[0])
    terms: list[Term] = []
    problems: list[str] = []
    lines = source.splitlines()
    line = 0
    for name, descriptions in collector.entries:
        line = _find(name, lines, line)
        try:
            term = _term(name, descriptions)
            _check_forms(term, terms)
        except TermError as error:
            problems.append(f"{line}: {error}")
        else:
            terms.append(term)
    return Glossary(terms=tuple(terms), problems=tuple(problems))


def _term(name: Element, descriptions: Sequence[Element]) -> Term:
    """Return the term that a name and its paragraphs describe."""
    words = _text(name)
    anchor = name.get("id", "")
    if not TERM_ID.fullmatch(anchor):
        raise TermError(f"the term {words!r} needs an id of lower-case letters, as `{{ #name }}`")
    links = [] if len(descriptions) != 2 else descriptions[1].findall("a")
    if len(links) != 1 or _text(links[0]) != _text(descriptions[1]):
        raise TermError(
            f"the term {words!r} needs two paragraphs: what it is, and a link to the page that "
            "explains it"
        )
    page, _, section = links[0].get("href", "").partition("#")
    also = [form.strip() for form in name.get(ALSO, "").split(",")]
    return Term(
        name=words,
        id=anchor,
        forms=(words, *filter(None, also)),
        definition=_text(descriptions[0]),
        page=page,
        anchor=section,
    )


def _check_forms(term: Term, others: Sequence[Term]) -> None:
    """Refuse a term that has a form or the id of another one, or a form twice."""
    taken = {form: other.name for other in others for form in other.forms}
    for number, form in enumerate(term.forms):
        if form in taken or form in term.forms[:number]:
            raise TermError(
                f"{form!r} is a form of the term {taken.get(form, term.name)!r} already"
            )
    for other in others:
        if other.id == term.id:
            raise TermError(f"the term {other.name!r} has the id {term.id} already")


def _find(name: Element, lines: Sequence[str], after: int) -> int:
    """Return the number of the line, below `after`, that holds the name of a term."""
    words = "".join(name.itertext()).strip().split("\n")[0]
    rest = range(after, len(lines))
    return next((n for n in rest if lines[n].lstrip().startswith(words)), after) + 1


def _text(element: Element) -> str:
    """Return the text of an element, on one line."""
    return " ".join(html.unescape("".join(element.itertext())).split())


class _Collector(Treeprocessor):
    """Notes the names and paragraphs of every definition list."""

    entries: Sequence[tuple[Element, list[Element]]] = ()

    def run(self, root: Element) -> None:
        self.entries = [entry for listed in root.iter("dl") for entry in _entries(listed)]


def _entries(listed: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each name of a definition list with what follows it, up to the next name."""
    descriptions: list[Element] = []
    for element in listed:
        if element.tag == "dt":
            descriptions = []
            yield element, descriptions
        else:
            descriptions.append(element)
