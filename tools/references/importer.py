"""From a work on somebody's list to an entry of ours: canonical, categorized, and only once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from .bullets import Link, Work
from .canonical import arxiv_id, canonical, doi_of, identity_key, web_address
from .categorize import Category, categorize
from .index import Index, addresses
from .keys import citation_key
from .model import Reference, Related, Relation
from .site_rules import site_in
from .titles import repair

# What the text or the address of a second link says of it; the first that fits wins.
RELATIONS: tuple[tuple[str, Relation], ...] = (
    (r"\b(course|lectures?|class)\b", Relation.COURSE),
    (r"\bproject\b", Relation.PROJECT),
    (r"\b(code|implementations?|repo(sitory)?|github|notebooks?)\b", Relation.CODE),
    (r"\bpdf\b", Relation.PDF),
)
CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")
# The sites whose addresses end in the name of what they show, be it a single word.
NAMED_AT_THE_END = frozenset({*CODE_HOSTS, "wikipedia.org"})
FILE_ENDING = re.compile(r"\.[A-Za-z]\w{1,4}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one work."""

    work: Work
    id: str | None = None
    """The entry it became or was found to be; None when it was refused."""
    listed_by: str = ""
    """Empty for a new entry, else what gave an already listed work away."""
    gained: tuple[str, ...] = ()
    """Addresses that are new to an already listed work."""
    refusal: str = ""
    """Why the work was refused."""
    refused_links: tuple[str, ...] = ()
    """Why each second link was that cannot be used; the work itself was taken."""
    category: Category | None = None
    """How a new entry was categorized."""

    @property
    def added(self) -> bool:
        """Whether the work became a new entry."""
        return self.id is not None and not self.listed_by


def incorporate(
    references: Sequence[Reference], works: Iterable[Work]
) -> tuple[list[Reference], list[Outcome]]:
    """Return the list with the works in it, and what became of each.

    A work whose address or title is known adds what is new of it (its address, second links) to
    its entry; any other becomes a new entry at the end. A link that is no web address is refused.
    """
    by_id = {reference.id: reference for reference in references}
    index = Index(references)
    outcomes = []
    for work in works:
        try:
            found, listed_by = _listed(index, work)
            before, category = (by_id[found], None) if found else _entry(work, taken=by_id)
        except ValueError as error:
            outcomes.append(Outcome(work=work, refusal=str(error)))
            continue
        after, refused_links = _with_links(before, work, index)
        by_id[after.id] = after
        index.add(after)
        gained = set(addresses(after)) - set(addresses(before)) if found else set[str]()
        outcomes.append(
            Outcome(
                work=work,
                id=after.id,
                listed_by=listed_by,
                gained=tuple(sorted(gained)),
                category=category,
                refused_links=refused_links,
            )
        )
    return list(by_id.values()), outcomes


def _listed(index: Index, work: Work) -> tuple[str | None, str]:
    """Return the entry that a work already has, and what gave it away."""
    if found := index.by_address(work.url):
        return found, "address"
    if found := index.by_title(work.title):
        return found, "title"
    return None, ""


def _entry(work: Work, taken: Iterable[str]) -> tuple[Reference, Category]:
    """Return a new entry, and how it was categorized."""
    url = canonical(work.url)
    named = repair(work.title)
    title = named or _title_from(url)
    category = categorize(title, url)
    entry = Reference(
        id=citation_key(title=named or _last_words(url) or title, url=url, taken=set(taken)),
        title=title,
        url=url,
        kind=category.kind,
        topics=category.topics,
        doi=doi_of(url),
        arxiv=arxiv_id(url),
        unverified=() if named else ("title",),
    )
    return entry, category


def _title_from(url: str) -> str:
    """Return the words of an address's last part, or the address where these say nothing."""
    parts = urlsplit(url)
    words = _last_words(url)
    if " " in words and not doi_of(url):
        return words[0].upper() + words[1:]
    if words and site_in(str(parts.hostname), NAMED_AT_THE_END):
        return words
    return parts._replace(scheme="").geturl().strip("/")


def _last_words(url: str) -> str:
    """Return what the last part of an address's path says, without the ending of a file."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return repair(re.sub(r"[-_+]", " ", FILE_ENDING.sub("", last)))


def _with_links(
    reference: Reference, work: Work, index: Index
) -> tuple[Reference, tuple[str, ...]]:
    """Return the entry with a work's addresses, and why each link that has none was refused.

    The work's own address is kept as it was written, its second links in their canonical form.
    """
    known = {reference.url, *reference.aliases, *(item.url for item in reference.related)}
    written = _web_spelling(work.url)
    aliases = reference.aliases if written in known else (*reference.aliases, written)
    related = list(reference.related)
    own = {identity_key(work.url), *map(identity_key, known)}
    refused = []
    for link in work.others:
        try:
            key, listed = identity_key(link.url), index.by_address(link.url)
        except ValueError as error:
            refused.append(str(error))
            continue
        if key not in own and listed is None:
            own.add(key)
            related.append(Related(rel=relation(link), url=canonical(link.url)))
    return replace(reference, aliases=aliases, related=tuple(related)), tuple(refused)


def _web_spelling(url: str) -> str:
    """Return an address as it was written; one that only names a work becomes its web address."""
    try:
        web_address(url)
    except ValueError:  # `doi:` and `arxiv:`
        return canonical(url)
    return url


def relation(link: Link) -> Relation:
    """Return how a second link belongs to its work, by its text, then by its address."""
    for pattern, rel in RELATIONS:
        if re.search(pattern, link.text, re.IGNORECASE):
            return rel
    parts = urlsplit(link.url)
    if str(parts.hostname).removeprefix("www.") in CODE_HOSTS:
        return Relation.CODE
    return Relation.PDF if parts.path.lower().endswith(".pdf") else Relation.PROJECT
