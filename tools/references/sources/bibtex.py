"""Links of a BibTeX file: the fields ``url`` and ``doi`` of each entry."""

import logging
from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from bibtexparser.model import Entry, Field, MiddlewareErrorBlock, ParsingFailedBlock

from .found import Found, Unreadable

DOI_RESOLVER = "https://doi.org/"

ESCAPES = (
    *((rf"\{c}", c) for c in "_%&#$"),
    (r"{\textasciitilde}", "~"),
    (r"\textasciitilde{}", "~"),
    (r"\textasciitilde", "~"),
    (r"\~{}", "~"),
)
r"""How addresses are written for LaTeX. A bare ``~`` stands for itself, as in ``\url``."""

# The parser logs what it cannot read in words of its own; ours name file and line.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def links(text: str) -> Iterator[Found]:
    """Yield the links of a bibliography, each on the line of its field.

    Raises:
        Unreadable: at the first block that is not BibTeX.
    """
    library = parse_string(text)
    for block in library.blocks:
        if isinstance(block, ParsingFailedBlock):
            entry = _entry_in_spite(block)
            # A key or field that stands twice is the bibliography's fault, not its links'.
            block = RemoveEnclosingMiddleware().transform_entry(entry, library)
        if isinstance(block, Entry):
            for field in block.fields:
                url = _url(field)
                if url:
                    yield Found(url, (field.start_line or 0) + 1)


def _entry_in_spite(block: ParsingFailedBlock) -> Entry:
    entry = block.ignore_error_block
    if not isinstance(entry, Entry) or isinstance(block, MiddlewareErrorBlock):
        raise Unreadable((block.start_line or 0) + 1, "is not BibTeX")
    return entry


def _url(field: Field) -> str | None:
    name, value = field.key.lower(), _decoded(str(field.value))
    if name == "doi" and value and "://" not in value:
        return DOI_RESOLVER + value
    return value if name in {"url", "doi"} else None


def _decoded(value: str) -> str:
    for escape, character in ESCAPES:
        value = value.replace(escape, character)
    return value.strip()
