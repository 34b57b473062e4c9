"""One entry of the reference list: what a work is, why to read it, and where the notes cite it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from ..references.check.memory import state
from ..references.citing import Citation
from ..references.model import Reference
from .entries import ANCHOR, append_element, append_link, append_text, escape_entities
from .link_status import append_fact_link, append_status, verdict
from .reference_index import search_words

AUTHORS_SHOWN = 4
"""How many are named; of more, all but one of these are, and "et al." says the rest."""
DOI = "https://doi.org/{}"
ARXIV = "https://arxiv.org/abs/{}"
ARXIV_DOI = "10.48550/arxiv."
"""Begins the DOI that arXiv itself gives a paper, which leads to the same page as its number."""
ENUMERATION = "Further reading"
"""The section where a page only lists works: that it does, the page's name tells as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the works besides what the list says of each."""

    status: state.State
    cited: Mapping[str, Sequence[Citation]]
    """Where each is cited, by its id."""
    ranks: Mapping[str, str]
    """The place of each in the orders that a reader can choose, by its id."""


def append_entry(items: Element, entry: Reference, known: Known) -> None:
    """Append one entry: title, who made it and when, the note, and a line of smaller facts.

    What the list is searched, filtered and sorted by stands in its data attributes.
    """
    item = SubElement(items, "li", {"id": ANCHOR.format(entry.id)})
    item.set("data-kind", entry.kind)
    item.set("data-topics", " ".join(entry.topics))
    item.set("data-year", str(entry.year or ""))
    item.set("data-verdict", verdict(entry, known.status))
    item.set("data-ranks", known.ranks[entry.id])
    shown, hidden = _makers(entry)
    if words := search_words(entry, hidden):
        item.set("data-words", escape_entities(words))
    _append_title(item, entry)
    _append_byline(item, entry, shown, et_al=bool(hidden))
    if entry.note:
        append_element(item, "div", entry.note, class_="reference-note")
    _append_facts(item, entry, known)


def natural_name(author: str) -> str:
    """Return a name as one says it: given name first; that of a body stays as it is."""
    family, comma, given = author.partition(", ")
    return f"{given} {family}" if comma else author


def _append_title(item: Element, entry: Reference) -> None:
    title = SubElement(item, "div", {"class": "reference-title"})
    append_link(title, entry.title, entry.url)
    address = f"#{ANCHOR.format(entry.id)}"
    words = f"Link to this entry: {entry.title}"
    append_text(title, " ")
    append_element(title, "a", "¶", class_="headerlink", href=address, aria_label=words)


def _makers(entry: Reference) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of the authors that are shown, and of those that "et al." stands for."""
    names = [natural_name(author) for author in entry.authors]
    count = len(names) if len(names) <= AUTHORS_SHOWN else AUTHORS_SHOWN - 1
    return names[:count], names[count:]


def _append_byline(item: Element, entry: Reference, names: Sequence[str], *, et_al: bool) -> None:
    """Append who made the work, when, and where it appeared, as far as that is known."""
    makers = ", ".join(names) + (" et al." if et_al else "")
    made = " ".join(filter(None, [makers, f"({entry.year})" if entry.year else ""]))
    if not made and not entry.venue:
        return
    line = SubElement(item, "div", {"class": "reference-byline"})
    append_text(line, made)
    if entry.venue:
        append_text(line, ", " if made else "")
        append_element(line, "em", entry.venue)


def _append_facts(item: Element, entry: Reference, known: Known) -> None:
    """Append the line of small facts; a script makes filters of the words for kind and topics."""
    line = SubElement(item, "div", {"class": "reference-facts"})
    append_element(line, "span", entry.kind, class_="kind")
    for topic in entry.topics:
        append_text(line, " ")
        append_element(line, "a", topic, class_="topic", href=f"#{topic}")
    for words, url in _second_addresses(entry):
        append_fact_link(line, words, url, entry.title)
    append_text(line, " · ")
    append_status(line, entry, known.status)
    if entry.unverified:
        append_text(line, " · ")
        append_element(line, "span", "unverified", class_="unverified")
        append_text(line, f": {', '.join(entry.unverified)}")
    _append_citations(line, known.cited.get(entry.id, ()))


def _append_citations(line: Element, citations: Sequence[Citation]) -> None:
    """Append links to the sections that cite a work, each page named once."""
    before = None
    for citation in citations:
        same = citation.page == before
        append_text(line, ", " if same else "; " if before else " · cited in ")
        words = citation.section if same else _place(citation)
        append_element(line, "a", words, href=_address(citation))
        before = citation.page


def _second_addresses(entry: Reference) -> list[tuple[str, str]]:
    """Return the other addresses of a work, each with what it leads to.

    A DOI or a number at arXiv is left out where the work's own address says the same.
    """
    found = [(str(related.rel), related.url) for related in entry.related]
    if entry.arxiv:
        found.append(("arXiv", ARXIV.format(entry.arxiv)))
    if entry.doi and not entry.doi.lower().startswith(ARXIV_DOI):
        found.append(("DOI", DOI.format(entry.doi)))
    if entry.archive:
        found.append(("archived copy", entry.archive))
    return [(words, url) for words, url in found if url.lower() != entry.url.lower()]


def _place(citation: Citation) -> str:
    """Return where a citation stands, in words."""
    if citation.section in (citation.title, ENUMERATION):
        return citation.title
    return f"{citation.title}: {citation.section}"


def _address(citation: Citation) -> str:
    """Return a link to the section of a citation, such as MkDocs checks."""
    fragment = f"#{citation.anchor}" if citation.anchor else ""
    return f"/{citation.page}{fragment}"
