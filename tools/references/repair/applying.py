"""Making the list's new text: only what keeps the list sound is taken into it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..edit import revised
from ..store import ListError, ReferenceList, parse
from ..validate import faults
from .proposals import Held, Plan


def applied(listing: ReferenceList, plans: Sequence[Plan]) -> tuple[str, list[Plan], list[Held]]:
    """Return the list's text after these plans, those that are in it, and what of others is held.

    A plan is left out when the file is written in a way that it cannot be changed as wanted, or
    when ``validate`` would find a fault that the list has not had.
    """
    before = _known(listing)
    text, taken, held = listing.text, list[Plan](), list[Held]()
    waiting = [list(plans)] if plans else []
    while waiting:
        group = waiting.pop()
        try:
            text = _sound(listing, [*taken, *group], before)
            taken += group
        except ListError as error:
            middle = len(group) // 2
            if middle:  # halves, to find the few that do not fit
                waiting += [group[middle:], group[:middle]]
            else:
                held += _held(group[0], error)
    return text, taken, held


def _sound(listing: ReferenceList, plans: Iterable[Plan], before: Counter[tuple[int, str]]) -> str:
    """Return the text after some plans.

    Raises:
        ListError: when it cannot be made, or has a fault that was not there before.
    """
    after = {plan.before.line: plan.after for plan in plans}
    references = [after.get(reference.line, reference) for reference in listing.references()]
    text = revised(listing, references)
    changed = parse(Path(), text)
    if new := _known(changed) - before:
        kinds = set(new)
        raise ListError(
            listing.path,
            [
                fault
                for fault in faults(changed)
                if _kind(changed, fault.line, fault.message) in kinds
            ],
        )
    return text


def _known(listing: ReferenceList) -> Counter[tuple[int, str]]:
    """Return the faults of a list, in a form that other line numbers do not change."""
    return Counter(_kind(listing, fault.line, fault.message) for fault in faults(listing))


def _kind(listing: ReferenceList, line: int, message: str) -> tuple[int, str]:
    """Return in which entry a fault is, and its message without any number."""
    begins = [entry.line for entry in listing.entries]
    return bisect_right(begins, line), "".join(c for c in message if not c.isdecimal())


def _held(plan: Plan, error: ListError) -> list[Held]:
    """Return the changes of a plan that does not fit."""
    why = f"it does not fit: {error.faults[0].message}"
    return [
        Held(link=change.link, place=change.place, new=change.new, why=why)
        for change in plan.changes
    ]
