"""BibTeX, in the entry types of BibLaTeX, which Zotero and pandoc read too."""

from collections.abc import Iterator, Sequence

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
LATEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
BRACES = str.maketrans({"{": "%7B", "}": "%7D"})


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
        yield Field(name, reference.venue.translate(LATEX))
    if reference.doi:
        yield Field("doi", reference.doi.translate(BRACES))
    if reference.arxiv:
        yield Field("eprint", reference.arxiv)
        yield Field("eprinttype", "arxiv")
    yield Field("url", reference.url.translate(BRACES))
    if reference.note:
        yield Field("annotation", reference.note.translate(LATEX))
    yield Field("keywords", ", ".join(reference.topics))


def _kept(text: str) -> str:
    """Return text that no bibliography style may change the capitals or the parts of."""
    return f"{{{text.translate(LATEX)}}}"


def _author(author: str) -> str:
    return author.translate(LATEX) if family_and_given(author) else _kept(author)
