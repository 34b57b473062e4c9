"""In which form a work was published: what BibTeX and CSL call its type."""

import re
from enum import StrEnum, auto

from ..model import Kind, Reference


class Form(StrEnum):
    """The forms that bibliographies tell apart."""

    ARTICLE = auto()
    CONFERENCE = auto()
    CHAPTER = auto()
    THESIS = auto()
    REPORT = auto()
    PREPRINT = auto()
    BOOK = auto()
    DATASET = auto()
    SOFTWARE = auto()
    VIDEO = auto()
    NEWS = auto()
    ENCYCLOPEDIA = auto()
    PAGE = auto()


# How the venue of a paper gives its form away; a venue that none fits is a journal.
VENUES: tuple[tuple[str, Form], ...] = (
    (r"\bthesis\b", Form.THESIS),
    (r"\btechnical report\b", Form.REPORT),
    (r"\btricks of the trade\b", Form.CHAPTER),
    (
        r"\b(advances in|conference|proceedings|symposium|workshop|meeting|interspeech)\b",
        Form.CONFERENCE,
    ),
)
KINDS: dict[Kind, Form] = {
    Kind.BOOK: Form.BOOK,
    Kind.DATASET: Form.DATASET,
    Kind.CODE: Form.SOFTWARE,
    Kind.VIDEO: Form.VIDEO,
    Kind.NEWS: Form.NEWS,
    Kind.ENCYCLOPEDIA: Form.ENCYCLOPEDIA,
}


def form(reference: Reference) -> Form:
    """Return the form a work was published in."""
    if reference.kind is not Kind.PAPER:
        return KINDS.get(reference.kind, Form.PAGE)
    if reference.venue is None:
        return Form.PREPRINT
    for pattern, found in VENUES:
        if re.search(pattern, reference.venue, re.IGNORECASE):
            return found
    return Form.ARTICLE


def family_and_given(author: str) -> tuple[str, str] | None:
    """Return a person's two names, or None for a body, which is written without a comma."""
    family, comma, given = author.partition(",")
    return (family.strip(), given.strip()) if comma else None
