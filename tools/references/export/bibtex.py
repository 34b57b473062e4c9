"""BibTeX, in the entry types of BibLaTeX, which Zotero and pandoc read too."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from ..model import Reference
from .publication import Form, family_and_given, form

ENTRY_TYPES: dict[Form, str] = {
    Form.ARTICLE: "article",
    Form.CONFERENCE: "inproceedings",
    Form.CHAPTER: "incollection",
    Form.THESIS: "phdthesis",
    Form.REPORT: "techreport",
    Form.PREPRINT: "misc",
    Form.BOOK: "book",
    Form.DATASET: "dataset",
    Form.SOFTWARE: "software",
    Form.VIDEO: "video",
    Form.NEWS: "online",
    Form.ENCYCLOPEDIA: "online",
    Form.PAGE: "online",
}
# What the venue is called in each type; `organization` in all others.
VENUE_FIELDS: dict[Form, str] = {
    Form.ARTICLE: "journal",
    Form.CONFERENCE: "booktitle",
    Form.CHAPTER: "booktitle",
    Form.THESIS: "school",
    Form.REPORT: "institution",
    Form.BOOK: "publisher",
}
LATEX = {character: f"\\{character}" for character in "&%$#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# BibTeX counts braces, escaped or not: one without its other half would end the field elsewhere.
PAIRED = str.maketrans(LATEX | {"{": r"\{", "}": r"\}"})
UNPAIRED = str.maketrans(LATEX | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
LIGATURES = ("- -", "` `", "' '", "? `", "! `", ", ,", "< <", "> >")
"""What LaTeX would set as one character, but for the space."""
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
"""For fields that are taken as they stand, with no LaTeX in them."""


def export(references: Sequence[Reference]) -> str:
    """Return the references as a .bib file."""
    library = Library()
    for reference in references:
        kind = ENTRY_TYPES[form(reference)]
        library.add(Entry(kind, reference.id, list(_fields(reference))))
    layout = BibtexFormat()  # type: ignore[no-untyped-call] # the library leaves it unannotated
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    return write_string(library, bibtex_format=layout)


def _fields(reference: Reference) -> Iterator[Field]:
    yield Field("title", _kept(reference.title))
    if reference.authors:
        yield Field("author", " and ".join(map(_author, reference.authors)))
    if reference.year:
        yield Field("year", str(reference.year))
    if reference.venue:
        name = VENUE_FIELDS.get(form(reference), "organization")
        yield Field(name, _kept(reference.venue))
    if reference.doi:
        yield Field("doi", reference.doi.translate(ADDRESS))
    if reference.arxiv:
        yield Field("eprint", reference.arxiv)
        yield Field("eprinttype", "arxiv")
    yield Field("url", reference.url.translate(ADDRESS))
    if reference.note:
        yield Field("annotation", _latex(reference.note))
    yield Field("keywords", ", ".join(reference.topics))


def _author(author: str) -> str:
    return _latex(author) if family_and_given(author) else _kept(author)


def _kept(text: str) -> str:
    """Return text that no bibliography style may change the capitals or the parts of."""
    return f"{{{_latex(text)}}}"


def _latex(text: str) -> str:
    """Return text so that LaTeX prints the same characters."""
    latex = text.translate(PAIRED if _is_paired(text) else UNPAIRED)
    for pair in LIGATURES * 2:  # twice, as replacing does not see pairs that overlap
        latex = latex.replace(pair.replace(" ", ""), pair.replace(" ", "{}"))
    return latex


def _is_paired(text: str) -> bool:
    """Return whether every brace has its other half."""
    depths = list(accumulate((character == "{") - (character == "}") for character in text))
    return min(depths, default=0) == 0 == (depths[-1] if depths else 0)
