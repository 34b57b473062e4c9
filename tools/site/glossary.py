"""Python-Markdown extension: links a term to the glossary where a page first uses it.

The link carries the definition, for ``previews.js`` to show. From the section on that explains a
term, and on a page that is given as a whole for its explanation, it is not linked. Headings, links,
code, formulas and notes hold no terms.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..formulas.pages import MKDOCS_YML
from .cited_on import DOCS
from .entries import escape_entities
from .glossary_terms import ALSO, PAGE, Glossary, Term, load_glossary
from .source import current, log, warn

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLOSED_TAGS = (*HEADINGS, "a", "code", "dt", "pre", "summary", "th")
"""Elements in which no term is looked for."""
CLOSED_CLASSES = {"admonition-title", "arithmatex", "footnote"}
"""Classes of further ones."""
LINK = re.compile(rf"(?:^|/){re.escape(PAGE)}#(.*)")


class GlossaryTreeprocessor(Treeprocessor):
    """Links the terms of a page."""

    def __init__(self, md: Markdown, config: Path) -> None:
        """Take the ``mkdocs.yml`` beside which the documents' folder stands."""
        super().__init__(md)
        self.path = config.parent / DOCS / PAGE

    def run(self, root: Element) -> None:
        """Change the page in place; of the glossary itself, warn of what is wrong with it."""
        glossary = load_glossary(self.path)
        source = current.get()
        here = source.path.removeprefix(f"{DOCS}/") if source else ""
        if here == PAGE:
            for problem in glossary.problems:
                log.warning("%s/%s:%s", DOCS, PAGE, problem)
            return
        warn_of_unknown(root, glossary)
        if glossary.terms:
            Page(glossary, here).link(root)


def warn_of_unknown(root: Element, glossary: Glossary) -> None:
    """Warn of links written by hand to terms that the glossary does not have."""
    known = {term.id for term in glossary.terms}
    for element in root.iter("a"):
        found = LINK.search(element.get("href", ""))
        if found and found[1] not in known:
            warn(f"the glossary has no term with the id {found[1]}", f"{PAGE}#{found[1]}")


class Page:
    """A page whose terms are being linked, and which of them it has had."""

    def __init__(self, glossary: Glossary, here: str) -> None:
        """Take the glossary, and the path of the page below the documents' folder."""
        self.by_form, self.pattern = _search(glossary)
        self.explained = [term for term in glossary.terms if term.page == here]
        self.done = {term.id for term in self.explained if not term.anchor}

    def link(self, element: Element) -> None:
        """Link the terms within an element that are there for the first time on the page."""
        if element.tag in HEADINGS:
            anchor = heading_id(element)
            self.done |= {term.id for term in self.explained if term.anchor == anchor}
        classes = element.get("class", "").split()
        if element.tag in CLOSED_TAGS or not CLOSED_CLASSES.isdisjoint(classes):
            return
        children = list(element)
        element.text, links = self._linked(element.text)
        element[:] = links
        for child in children:
            self.link(child)
            child.tail, links = self._linked(child.tail)
            element.extend([child, *links])

    def _linked(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return a piece of text up to its first term, and the links, each with what follows it."""
        if text is None or isinstance(text, AtomicString):
            return text, []
        pieces, links = [""], list[Element]()
        after = 0
        for found in self.pattern.finditer(text):
            term = self.by_form[" ".join(found[0].split())]
            if term.id not in self.done:
                self.done.add(term.id)
                links.append(link_to(term, found[0]))
                pieces[-1] = text[after : found.start()]
                pieces.append("")
                after = found.end()
        pieces[-1] = text[after:]
        for link, piece in zip(links, pieces[1:], strict=True):
            link.tail = piece
        return pieces[0], links


def link_to(term: Term, words: str) -> Element:
    """Return the link to a term, with the words that the page uses for it."""
    link = Element("a", {"class": "term", "href": f"/{PAGE}#{term.id}"})
    link.set("data-definition", escape_entities(term.definition))
    link.text = AtomicString(words)
    return link


def heading_id(heading: Element) -> str:
    """Return the id that a heading names at its end, where `attr_list` has not been yet."""
    found = AttrListTreeprocessor.HEADER_RE.search("".join(heading.itertext()))
    attributes, _ = get_attrs_and_remainder(found[1]) if found else ([], "")
    return str(dict(attributes).get("id", ""))


@lru_cache(maxsize=1)
def _search(glossary: Glossary) -> tuple[Mapping[str, Term], re.Pattern[str]]:
    """Return the terms by their forms, at the beginning of a sentence too, and what finds them."""
    by_form = glossary.by_form()
    by_form |= {form[0].upper() + form[1:]: term for form, term in by_form.items()}
    # The longest first, lest "learning rate" be taken for something that is called "learning".
    forms = sorted(by_form, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    return by_form, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


class FormsTreeprocessor(Treeprocessor):
    """Takes the forms of terms off the glossary's page, where a reader has no use for them."""

    def run(self, root: Element) -> None:
        """Change the page in place."""
        for name in root.iter("dt"):
            name.attrib.pop(ALSO, None)


class GlossaryExtension(Extension):
    """The links; the glossary stands in the documents' folder beside the file of `config`."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {"config": [MKDOCS_YML, "the site's mkdocs.yml"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors.

        Links are made when all text was read (20), and before lists and notes are made from data,
        which hold words of others (19.5); forms are taken off when attributes were read (8).
        """
        processor = GlossaryTreeprocessor(md, Path(self.getConfig("config")))
        md.treeprocessors.register(processor, "glossary", 19.8)
        md.treeprocessors.register(FormsTreeprocessor(md), "glossary_forms", 7)


def makeExtension(**kwargs: Any) -> GlossaryExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return GlossaryExtension(**kwargs)
