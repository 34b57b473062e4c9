"""The rules of the list: one small generator per rule, all faults in one run.

A rule sees an entry as it stands, so a fault in one field hides none in another. Nothing is
requested: whether an address answers is for ``check`` to find out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from .canonical import arxiv_id, canonical_or_empty, doi_of, identity_key, tracks
from .index import TELLING_WORDS
from .keys import KEY
from .schema import ADDRESSES, FIELDS, Entry, Fault, line_of, suggestion
from .site_rules import ARXIV_DOI, ARXIV_ID, DOI, arxiv_url, doi_url, gone
from .store import ReferenceList
from .titles import REPAIRS, repair, title_key, undo_ligatures

MOST_TOPICS = 3
EARLIEST_YEAR = 1700


def faults(listing: ReferenceList, this_year: int | None = None) -> list[Fault]:
    """Return everything that is wrong with a list, by line.

    Args:
        listing: the list, whatever could be read of it.
        this_year: no later one is believed; by default that of today.
    """
    found = set(listing.faults)
    latest = this_year or date.today().year
    for entry in listing.entries:
        found.update(year_is_plausible(entry, latest))
        for rule in ENTRY_RULES:
            found.update(rule(entry))
    for list_rule in LIST_RULES:
        found.update(list_rule(listing.entries))
    return sorted(found)


def fields_in_order(entry: Entry) -> Iterator[Fault]:
    """Fields stand in the order of the schema."""
    order = list(FIELDS)
    for before, name in pairwise(entry.nodes):
        if order.index(name) < order.index(before):
            yield Fault(line_of(entry.nodes[name]), f"{name}: belongs before {before}")
            return


def id_is_a_key(entry: Entry) -> Iterator[Fault]:
    """A citation key is lower-case ASCII letters and digits."""
    for line, key in entry.texts("id"):
        if not KEY.fullmatch(key):
            yield Fault(line, f"id: `{key}` must be lower-case letters and digits, a letter first")


def topics_are_few(entry: Entry) -> Iterator[Fault]:
    """One to three topics."""
    topics = list(entry.texts("topics"))
    if len(topics) > MOST_TOPICS:
        yield Fault(topics[0][0], f"topics: {len(topics)} are too many, at most {MOST_TOPICS}")


def nothing_stands_twice(entry: Entry) -> Iterator[Fault]:
    """No item of a list is repeated, nor the work's own address beside it."""
    for name in ("topics", "authors", "related", "aliases", "unverified"):
        seen = {text for _, text in entry.texts("url")} if name in ADDRESSES else set[str]()
        for line, text in entry.texts(name):
            if text in seen:
                yield Fault(line, f"{name}: `{text}` stands twice")
            seen.add(text)


def title_is_whole(entry: Entry) -> Iterator[Fault]:
    """A title shows none of the damage that can be told without knowing the work."""
    for line, title in entry.texts("title"):
        for damage, mend in REPAIRS:
            if mend(title) != title:
                yield Fault(line, f"title: {damage}; write `{repair(title)}`")


def text_is_whole(entry: Entry) -> Iterator[Fault]:
    """No other text has ligatures; what else is damage in a title may be meant in a sentence."""
    for name in ("authors", "venue", "note"):
        for line, text in entry.texts(name):
            if (right := undo_ligatures(text)) != text:
                yield Fault(line, f"{name}: has ligatures; write `{right}`")


def addresses_are_canonical(entry: Entry) -> Iterator[Fault]:
    """The addresses we chose ourselves are written in their one form."""
    for name in ("url", "related"):
        for line, url in entry.texts(name):
            right = canonical_or_empty(url)
            if right not in ("", url):  # what is no address is a fault of structure
                why = ", ".join(_departures(url, right))
                sentence = f"is not canonical{f' ({why})' if why else ''}; write `{right}`"
                yield Fault(line, f"{name}: `{url}` {sentence}")


def _departures(url: str, right: str) -> Iterator[str]:
    """Yield what can be said of how an address departs from its canonical form."""
    parts = urlsplit(url)
    if parts.scheme == "http" and right.startswith("https:"):
        yield "http where https is known"
    tracking = [part for part in parts.query.split("&") if tracks(str(parts.hostname), part)]
    if tracking:
        yield f"tracking by {', '.join(part.partition('=')[0] for part in tracking)}"
    if arxiv_id(right) and re.search(r"\dv\d+(?:\.pdf)?/?$", parts.path):
        yield "one version of an arXiv paper"


def site_is_there(entry: Entry) -> Iterator[Fault]:
    """No link leads to a site known to be gone, unless a snapshot of the work is named."""
    for name in ("url", "related"):
        for line, url in entry.texts(name):
            if "archive" not in entry.values and (what := gone(canonical_or_empty(url))):
                yield Fault(line, f"{name}: this site {what}; find a new address, or an archive")


def year_is_plausible(entry: Entry, latest: int) -> Iterator[Fault]:
    """Years are those of printed science, and past."""
    for line, year in entry.texts("year"):
        if int(year) > latest:
            yield Fault(line, f"year: {year} is in the future")
        elif int(year) < EARLIEST_YEAR:
            yield Fault(line, f"year: {year} is before {EARLIEST_YEAR}")


def identifiers_agree(entry: Entry) -> Iterator[Fault]:
    """An arXiv or DOI name is well formed, and what one address or name says of another is so."""
    url, doi = (str(entry.values.get(name, "")) for name in ("url", "doi"))
    preprint = re.fullmatch(ARXIV_DOI, doi)
    for name, pattern, said, where in (
        ("arxiv", ARXIV_ID, arxiv_id(url), "url"),
        ("arxiv", ARXIV_ID, preprint and preprint[1], "doi"),
        ("doi", DOI, doi_of(url), "url"),
    ):
        for line, text in entry.texts(name):
            if not re.fullmatch(pattern, text):
                yield Fault(line, f"{name}: `{text}` is not a bare identifier")
            elif said and said.lower() != text.lower():
                yield Fault(line, f"{name}: `{text}` is not that of the {where}, `{said}`")
        if said and name not in entry.written:
            yield Fault(entry.line, f"{name}: is missing; the {where} says `{said}`")
    if preprint and not doi.endswith(preprint[1]):
        right = doi[: preprint.end(1)]
        line = line_of(entry.nodes["doi"])
        yield Fault(line, f"doi: `{doi}` names one version of an arXiv paper; write `{right}`")


def unverified_fields_exist(entry: Entry) -> Iterator[Fault]:
    """Only fields that are there can be unverified."""
    for line, name in entry.texts("unverified"):
        if name not in FIELDS:
            sentence = f"unverified: there is no field `{name}`"
            yield Fault(line, sentence + suggestion(name, FIELDS))
        elif name not in entry.written:
            yield Fault(line, f"unverified: this entry has no `{name}`")


def ids_are_unique(entries: Sequence[Entry]) -> Iterator[Fault]:
    """No two entries have one key."""
    first: dict[str, int] = {}
    for entry in entries:
        for line, key in entry.texts("id"):
            if key in first:
                yield Fault(line, f"id: `{key}` is that of line {first[key]} too")
            first.setdefault(key, line)


def http_only_where_https_is_unknown(entries: Sequence[Entry]) -> Iterator[Fault]:
    """A host that the list addresses by https anywhere is addressed by it everywhere.

    That a site redirects to https is for a run of ``check`` to see and for ``repair`` to propose:
    what was observed makes no list wrong over night.
    """
    addresses = [
        (name, line, urlsplit(canonical_or_empty(url)))
        for entry in entries
        for name in ADDRESSES
        for line, url in entry.texts(name)
    ]
    by_https: dict[str, int] = {}
    for _, line, parts in addresses:
        if parts.scheme == "https":
            by_https.setdefault(parts.netloc, line)
    for name, line, parts in addresses:  # aliases are kept as they were found
        if name != "aliases" and parts.scheme == "http" and parts.netloc in by_https:
            sentence = f"is http, but line {by_https[parts.netloc]} has this host by https"
            right = parts._replace(scheme="https").geturl()
            yield Fault(line, f"{name}: `{parts.geturl()}` {sentence}; write `{right}`")


def works_are_listed_once(entries: Sequence[Entry]) -> Iterator[Fault]:
    """No address and no telling title belongs to two entries."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        for name, line, key in _identities(entry):
            owner = owners.setdefault(key, entry)
            if owner is not entry:
                other = owner.values.get("id", "an entry")
                yield Fault(line, f"{name}: is that of `{other}` already (line {owner.line})")


def _identities(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """Yield whatever marks an entry's work, with its field and line."""
    spellings = {"arxiv": arxiv_url, "doi": doi_url}
    for name in ("url", "doi", "arxiv", "related", "aliases"):
        for line, text in entry.texts(name):
            try:
                yield name, line, identity_key(spellings.get(name, str)(text))
            except ValueError:
                continue  # reported by its own rule
    for line, title in entry.texts("title"):
        if len(title.split()) >= TELLING_WORDS:
            yield "title", line, title_key(title)


ENTRY_RULES: tuple[Callable[[Entry], Iterator[Fault]], ...] = (
    fields_in_order,
    id_is_a_key,
    topics_are_few,
    nothing_stands_twice,
    title_is_whole,
    text_is_whole,
    addresses_are_canonical,
    site_is_there,
    identifiers_agree,
    unverified_fields_exist,
)
LIST_RULES: tuple[Callable[[Sequence[Entry]], Iterator[Fault]], ...] = (
    ids_are_unique,
    http_only_where_https_is_unknown,
    works_are_listed_once,
)
