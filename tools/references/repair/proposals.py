"""What is to be changed in the list, from what was observed of its links; nothing is written here.

Only what is certain, and safe, is proposed. All else that a person has to see is held back, with
the reason.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import urlsplit

from ..canonical import canonical, identity_key
from ..check.formats.escape import LONGEST
from ..check.memory.standing import Standing, standing
from ..check.memory.state import State
from ..index import addresses
from ..model import Reference
from ..watched import Link, Place
from .wayback import Snapshot, Unanswered, built, is_snapshot

ANOTHER_HOST = "another host: see that it is the same work"
AFTER_DEATH = "taken after the link was first found dead: see that it shows the work"
BY_HAND: Mapping[Standing, str] = {
    Standing.DEAD: "dead: look for it by hand",
    Standing.ANCHOR: "the page is there without that part: mend the name by hand",
}
"""What to do about links for which nothing can be proposed."""

Find = Callable[[Sequence[str], int], Snapshot | None]
"""Finds the snapshot of a page that is nearest to a year, as ``Wayback.nearest`` does."""

Claim = tuple[Reference, str]
"""An entry, and an address that belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of an entry that is to have another address."""

    link: Link
    """Why."""
    place: Place
    field: str
    """``url``, ``related`` or ``archive``."""
    old: str | None
    new: str
    notes: tuple[str, ...] = ()
    """What a person should know of it."""
    is_built: bool = False
    """Whether nobody has seen that there is anything at the new address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was found, but is not to be changed by a program."""

    link: Link
    place: Place
    new: str | None
    """The address that it might have been."""
    why: str


@dataclass(slots=True, kw_only=True)
class Plan:
    """All that is to be changed in one entry."""

    before: Reference
    after: Reference
    changes: list[Change] = field(default_factory=list)


def proposals(
    links: Iterable[Link], references: Sequence[Reference], observed: State, find: Find
) -> tuple[list[Plan], list[Held]]:
    """Return what is to be changed in the list, and what is held back, each in its order.

    Args:
        links: of the list, with what is known of them.
        references: all of the list.
        observed: of these links, and of others.
        find: what finds snapshots; it is asked for dead works only.
    """
    claims: dict[str, list[Claim]] = {}
    for reference in references:
        for url in addresses(reference):
            with suppress(ValueError):  # a DOI may be any text
                claims.setdefault(identity_key(url), []).append((reference, url))
    plans: dict[int, Plan] = {}
    held = []
    for link in links:
        for place in link.places:
            found: Change | Held | None
            if link.standing is Standing.MOVED:
                found = _moved(link, place, claims, observed)
            elif link.standing is Standing.DEAD and place.field == "url":
                found = _archived(link, place, find)
            elif link.standing in BY_HAND:
                found = Held(link=link, place=place, new=None, why=BY_HAND[link.standing])
            else:
                continue
            if isinstance(found, Held):
                held.append(found)
            elif found is not None:
                work = place.work
                plan = plans.setdefault(work.line, Plan(before=work, after=work))
                plan.after = _with(plan.after, found)
                plan.changes.append(found)
                claims.setdefault(identity_key(found.new), []).append((work, found.new))
    return list(plans.values()), held


def _moved(
    link: Link, place: Place, claims: Mapping[str, Sequence[Claim]], observed: State
) -> Change | Held:
    """Return the new address of a link, unless something speaks against it."""
    old = link.result.url
    try:
        new = canonical(link.result.new_url or "")
        key = identity_key(new)
    except ValueError:
        why = "the new address is no http or https address"
        return Held(link=link, place=place, new=link.result.new_url, why=why)
    why = _objection(place, old, new) or _claimed(place, old, new, claims.get(key, ()))
    if not why and (known := observed.links.get(new)) is not None:
        stands = standing(known, observed.failing.get(new))
        why = "" if stands is Standing.ALIVE else f"the new address itself is {stands}"
    if why:
        return Held(link=link, place=place, new=new, why=why)
    notes = (ANOTHER_HOST,) if _host(new) != _host(old) else ()
    return Change(link=link, place=place, field=place.field, old=old, new=new, notes=notes)


def _objection(place: Place, old: str, new: str) -> str:
    """Return what speaks against a new address, whatever else is in the list; nothing, maybe."""
    if new == old:
        return "it is the same address"
    if urlsplit(old).scheme == "https" and urlsplit(new).scheme == "http":
        return "the new address is http, the old one https"
    if place.field in place.work.unverified:
        return f"{place.field} is unverified: see first that it is this work"
    if len(new) > LONGEST:
        return "the new address is too long to be shown"
    return ""


def _claimed(place: Place, old: str, new: str, claims: Iterable[Claim]) -> str:
    """Return to what a new address belongs already; nothing if it is free.

    The old one in another spelling is, and so is a former one, unless that is the same letter by
    letter: whoever made it one knew why.
    """
    for work, url in claims:
        if work.line != place.work.line:
            return f"the new address stands in {work.id} already"
        if url == new or url not in {old, *work.aliases}:
            return "the new address stands in this entry already"
    return ""


def _archived(link: Link, place: Place, find: Find) -> Change | Held | None:
    """Return the snapshot of a dead work, found or built, unless it has one that was found.

    It is the one nearest to the work's year. Where that is not known, it is the one nearest to the
    year before the link was first found dead.
    """
    work = place.work
    was_built = work.archive is not None and "archive" in work.unverified
    if work.archive is not None and not (was_built and is_snapshot(work.archive)):
        return None
    since = link.failing.dead_since if link.failing else None
    assert since is not None, "what is confirmed has a beginning"
    year = work.year or since.year - 1
    change = partial(Change, link=link, place=place, field="archive", old=work.archive)
    hold = partial(Held, link=link, place=place, new=work.archive)
    try:
        snapshot = find([work.url, *work.aliases], year)
    except Unanswered as error:
        if was_built:
            return hold(why=f"the archive did not answer ({error}): the snapshot stays unverified")
        note = f"built for {year}, as the archive did not answer ({error})"
        return change(new=built(work.url, year), notes=(note,), is_built=True)
    if snapshot is None:
        return hold(why="no snapshot is known")
    note = f"the snapshot nearest to {year}, of {snapshot.taken.date()}"
    late = (AFTER_DEATH,) if snapshot.taken > since else ()
    return change(new=snapshot.url, notes=(note, *late))


def _with(work: Reference, change: Change) -> Reference:
    """Return an entry with one change."""
    if change.field == "archive":
        unverified = work.unverified
        if not change.is_built:
            unverified = tuple(name for name in unverified if name != "archive")
        elif "archive" not in unverified:
            unverified = (*unverified, "archive")
        return replace(work, archive=change.new, unverified=unverified)
    assert change.old is not None, "what has moved was somewhere"
    if change.old not in work.aliases:
        work = replace(work, aliases=(*work.aliases, change.old))
    if change.field == "url":
        return replace(work, url=change.new)
    related = (
        replace(item, url=change.new) if item.url == change.old else item for item in work.related
    )
    return replace(work, related=tuple(related))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
