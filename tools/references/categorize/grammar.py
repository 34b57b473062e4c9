"""What the little words of a title tell of the words beside them.

"A dataset for faces" is a dataset; "dataset search" is a search, and what is learnt "from a
dataset" may be anything. "Detection with Transformers" is about detection, "attention for speech"
about speech.
"""

from dataclasses import dataclass
from enum import StrEnum

from .evidence import Label
from .words import Match


class Role(StrEnum):
    """What a phrase is in its clause."""

    SUBJECT = "subject"
    PURPOSE = "purpose"
    MEANS = "means"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The little words; ``rules/grammar.toml`` says what each list is."""

    ends_before: tuple[str, ...]
    object_after: tuple[str, ...]
    determiners: tuple[str, ...]
    purpose_after: tuple[str, ...]
    means_after: tuple[str, ...]

    def names_the_thing(self, noun: Match[Label]) -> bool:
        """Tells whether a noun is what its clause is the name of."""
        following = noun.after[0].lower() if noun.after else ""
        if following and not (following in self.ends_before or following.isdigit()):
            return False
        preceding = [word.lower() for word in noun.before]
        while preceding and preceding[-1] in self.determiners:
            preceding.pop()
        return not (preceding and preceding[-1] in self.object_after)

    def role(self, phrase: Match[Label]) -> Role:
        """Tells whether a phrase is what something is for, or what it is done with."""
        for word in reversed(phrase.before):
            if word.lower() in self.purpose_after:
                return Role.PURPOSE
            if word.lower() in self.means_after:
                return Role.MEANS
        return Role.SUBJECT
