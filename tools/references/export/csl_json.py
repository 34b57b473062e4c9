"""CSL-JSON, the exchange format of citeproc, Zotero and pandoc."""

import json
from collections.abc import Sequence
from typing import Any

from ..model import Reference
from .publication import Form, family_and_given, form

TYPES: dict[Form, str] = {
    Form.ARTICLE: "article-journal",
    Form.CONFERENCE: "paper-conference",
    Form.CHAPTER: "chapter",
    Form.THESIS: "thesis",
    Form.REPORT: "report",
    Form.PREPRINT: "article",
    Form.BOOK: "book",
    Form.DATASET: "dataset",
    Form.SOFTWARE: "software",
    Form.VIDEO: "motion_picture",
    Form.NEWS: "article-newspaper",
    Form.ENCYCLOPEDIA: "entry-encyclopedia",
    Form.PAGE: "webpage",
}
ARXIV_PREPRINT = ("publisher", "number")
ARXIV_COPY = ("archive", "archive_location")
PUBLISHED_BY_VENUE = (Form.THESIS, Form.REPORT, Form.BOOK)


def export(references: Sequence[Reference]) -> str:
    """Return the references as a CSL-JSON array."""
    return (
        json.dumps([_item(reference) for reference in references], indent=2, ensure_ascii=False)
        + "\n"
    )


def _item(reference: Reference) -> dict[str, Any]:
    publication = form(reference)
    venue = "publisher" if publication in PUBLISHED_BY_VENUE else "container-title"
    item: dict[str, Any] = {
        "id": reference.id,
        "type": TYPES[publication],
        "title": reference.title,
        "author": [_name(author) for author in reference.authors],
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        venue: reference.venue,
        "DOI": reference.doi,
        "URL": reference.url,
        "annote": reference.note,
        "keyword": ", ".join(reference.topics),
    }
    if reference.arxiv:
        # For a preprint it says where it came out; for others, where there is a copy.
        where, number = ARXIV_PREPRINT if publication is Form.PREPRINT else ARXIV_COPY
        item |= {where: "arXiv", number: f"arXiv:{reference.arxiv}"}
    return {name: value for name, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    person = family_and_given(author)
    return {"family": person[0], "given": person[1]} if person else {"literal": author}
