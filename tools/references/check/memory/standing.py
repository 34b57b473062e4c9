"""How sure it is what became of a link: its last verdict, weighed by how long it has been failing.

The verdict is what one run saw. A reader of the list, and whoever mends it, is told this instead.
"""

from enum import StrEnum

from ..verdict import LinkResult, Verdict
from .history import Failing, is_confirmed_dead, is_unreachable


class Standing(StrEnum):
    """In the words that a reader is told; what calls for work comes first."""

    DEAD = "dead"
    UNREACHABLE = "unreachable"
    ANCHOR = "anchor"
    MOVED = "moved"
    BLOCKED = "blocked"
    UNCONFIRMED = "dead, to be confirmed"
    TRANSIENT = "transient"
    EXCLUDED = "excluded"
    ALIVE = "alive"


def standing(result: LinkResult, failing: Failing | None) -> Standing:
    """Return where a link stands.

    Args:
        result: of the last run that asked for it.
        failing: its row of failing runs, that one included; None if none is known.
    """
    if result.verdict is Verdict.DEAD:
        confirmed = failing is not None and is_confirmed_dead(failing, result)
        return Standing.DEAD if confirmed else Standing.UNCONFIRMED
    if failing is not None and is_unreachable(failing, result):
        return Standing.UNREACHABLE
    return Standing(str(result.verdict))
