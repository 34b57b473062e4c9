"""The rules of the list: one small generator per rule, all faults in one run.

A rule sees an entry as it stands, so a fault in one field hides none in another. Nothing is
requested: whether an address answers is for ``check`` to find out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from .canonical import arxiv_id, canonical, doi_of, identity_key
from .index import TELLING_WORDS
from .keys import KEY
from .schema import FIELDS, Entry, Fault, line_of
from .site_rules import ARXIV_ID, DOI, arxiv_url, doi_url, gone
from .store import ReferenceList
from .titles import REPAIRS, repair, title_key

MOST_TOPICS = 3
YEARS = range(1700, 2101)


def faults(listing: ReferenceList) -> list[Fault]:
    """Return everything that is wrong with a list, by line."""
    found = set(listing.faults)
    for entry in listing.entries:
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
    """No item of a list is repeated."""
    for name in ("topics", "authors", "related", "aliases", "unverified"):
        seen: set[str] = {text for _, text in entry.texts("url")} if name == "aliases" else set()
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


def addresses_are_canonical(entry: Entry) -> Iterator[Fault]:
    """The addresses we chose ourselves are written in their one form."""
    for name in ("url", "related"):
        for line, url in entry.texts(name):
            try:
                right = canonical(url)
            except ValueError:
                continue  # no address: a fault of structure
            if right != url:
                yield Fault(line, f"{name}: `{url}` is not canonical; write `{right}`")


def site_is_there(entry: Entry) -> Iterator[Fault]:
    """No link leads to a site known to be gone, unless a snapshot of the work is named."""
    for name in ("url", "related"):
        for line, url in entry.texts(name):
            if "archive" not in entry.values and (what := gone(url)):
                yield Fault(line, f"{name}: this site {what}; find a new address, or an archive")


def year_is_plausible(entry: Entry) -> Iterator[Fault]:
    """Years are those of printed science."""
    for line, year in entry.texts("year"):
        if int(year) not in YEARS:
            yield Fault(line, f"year: {year} is not between {YEARS[0]} and {YEARS[-1]}")


def identifiers_agree(entry: Entry) -> Iterator[Fault]:
    """An arXiv or DOI name is well formed, and the one in the address is the one named."""
    url = str(entry.values.get("url", ""))
    for name, pattern, said in (("arxiv", ARXIV_ID, arxiv_id(url)), ("doi", DOI, doi_of(url))):
        for line, text in entry.texts(name):
            if not re.fullmatch(pattern, text):
                yield Fault(line, f"{name}: `{text}` is not a bare identifier")
            elif said and said.lower() != text.lower():
                yield Fault(line, f"{name}: `{text}` is not that of the url, `{said}`")
        if said and name not in entry.written:
            yield Fault(entry.line, f"{name}: is missing; the url says `{said}`")


def unverified_fields_exist(entry: Entry) -> Iterator[Fault]:
    """Only fields that are there can be unverified."""
    for line, name in entry.texts("unverified"):
        if name not in FIELDS:
            yield Fault(line, f"unverified: there is no field `{name}`")
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
    addresses_are_canonical,
    site_is_there,
    year_is_plausible,
    identifiers_agree,
    unverified_fields_exist,
)
LIST_RULES: tuple[Callable[[Sequence[Entry]], Iterator[Fault]], ...] = (
    ids_are_unique,
    works_are_listed_once,
)
