"""Which work an address or a title belongs to."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from .canonical import identity_key
from .model import Reference
from .site_rules import arxiv_url, doi_url
from .titles import title_key

# Shorter titles ("Deep Learning", "LSTM") are shared by different works.
TELLING_WORDS = 3


def addresses(reference: Reference) -> Iterator[str]:
    """Yield every address of a work: its own, former, related, and those of its identifiers."""
    yield reference.url
    yield from reference.aliases
    yield from (related.url for related in reference.related)
    if reference.arxiv:
        yield arxiv_url(reference.arxiv)
    if reference.doi:
        yield doi_url(reference.doi)


class Index:
    """Finds the reference an address or a title belongs to, however it is spelled."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        """Index the references, in order; the first to claim an address keeps it."""
        self._by_address: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        for reference in references:
            self.add(reference)

    def add(self, reference: Reference) -> None:
        """Take in a reference, or what is new in one that is known."""
        for url in addresses(reference):
            with suppress(ValueError):  # an identifier that is none: for `validate` to tell
                self._by_address.setdefault(identity_key(url), reference.id)
        if len(reference.title.split()) >= TELLING_WORDS:
            self._by_title.setdefault(title_key(reference.title), reference.id)

    def by_address(self, url: str) -> str | None:
        """Return the id of the work an address leads to, or None.

        Raises:
            ValueError: when it is no usable address.
        """
        return self._by_address.get(identity_key(url))

    def by_title(self, title: str) -> str | None:
        """Return the id of the work with this title, or None; short titles tell nothing."""
        if len(title.split()) < TELLING_WORDS:
            return None
        return self._by_title.get(title_key(title))
