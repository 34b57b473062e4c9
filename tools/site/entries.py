"""How a reference reads on the site: the same words in a citation's note and in the list."""

from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ..references import store
from ..references.canonical import web_address
from ..references.model import Reference

AUTHORS_SHOWN = 3
ENDINGS = (".", "?", "!")
ANCHOR = "ref-{}"
"""Id of an entry on the reference page, and of its note on a page that cites it."""


def load_entries(path: Path) -> dict[str, Reference]:
    """Return the references of a list by their id; the file is read again only when it changed.

    An entry with a fault of structure is left out: the hooks tell of faults, once for each build.
    """
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _load(path: Path, _time: int) -> dict[str, Reference]:
    try:
        entries = store.read(path).entries
    except store.ListError:
        return {}
    references = [entry.reference() for entry in entries if not entry.faults]
    return {reference.id: reference for reference in references}


def describe(parent: Element, entry: Reference) -> None:
    """Append a reference as a sentence: authors, year, linked title, venue.

    Where no authors are known, the year follows the title.
    """
    authors, year = authors_line(entry), f" ({entry.year})" if entry.year else ""
    if authors:
        append_text(parent, f"{(authors + year).removesuffix('.')}. ")
    append_link(parent, entry.title, entry.url)
    after = "" if authors else year
    if after or not entry.title.endswith(ENDINGS):
        append_text(parent, f"{after}.")
    if entry.venue:
        append_text(parent, " ")
        append_element(parent, "em", entry.venue)
        append_text(parent, ".")


def authors_line(reference: Reference) -> str:
    """Return the family names, all of three or the first and "et al."; empty if unknown."""
    families = [author.split(",")[0] for author in reference.authors]
    if len(families) > AUTHORS_SHOWN:
        return f"{families[0]} et al."
    return " and ".join(filter(None, [", ".join(families[:-1]), *families[-1:]]))


def append_text(parent: Element, text: str) -> None:
    """Append literal text to what `parent` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + escape_entities(text)
    else:
        parent.text = (parent.text or "") + escape_entities(text)


def append_element(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    """Append an element with literal text and return it.

    Attributes are named as Python allows: `class_` is ``class``, `aria_label` is ``aria-label``.
    """
    element = SubElement(parent, tag)
    element.text = AtomicString(escape_entities(text))
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), escape_entities(value))
    return element


def append_link(parent: Element, text: str, url: str, **attributes: str) -> None:
    """Append a link to an address of the web; only its text where `url` is none.

    A list or a link check may hold anything, and a ``javascript:`` address would run on the site.
    """
    try:
        web_address(url)
    except ValueError:
        append_element(parent, "span", text)
    else:
        append_element(parent, "a", text, href=url, **attributes)


def escape_entities(text: str) -> str:
    """Return `text` so that Python-Markdown, which lets entities through, writes it literally."""
    return text.replace("&", "&amp;")
