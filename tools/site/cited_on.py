"""Where the works of the reference list are cited, for the list's "cited on"."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..formulas.pages import nav_pages
from ..references.citing import NOTEBOOK, PAGE, Citation, citations

DOCS = "docs"


def cited_on(config: Path) -> Mapping[str, Sequence[Citation]]:
    """Return by the id of each cited work the first citation in each section that cites it.

    They stand in the order in which the nav has the pages; a page that it does not have is none of
    the site's. A page is read again only when it has changed.

    Args:
        config: a ``mkdocs.yml``, which stands beside the documents' folder.
    """
    docs = Path(config).parent / DOCS
    # MkDocs itself warns of an entry of the nav that does not exist.
    pages = [
        page
        for page in dict.fromkeys(nav_pages(config))
        if page.endswith((PAGE, NOTEBOOK)) and (docs / page).is_file()
    ]
    found: dict[str, dict[tuple[str, str], Citation]] = {}
    for citation in citations(docs, pages):
        sections = found.setdefault(citation.key, {})
        sections.setdefault((citation.page, citation.anchor), citation)
    return {key: tuple(sections.values()) for key, sections in found.items()}
