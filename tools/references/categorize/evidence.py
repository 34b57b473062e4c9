"""Evidence, and how it adds up to a verdict, with how sure that is and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import Generic, TypeVar

Label = TypeVar("Label", bound=StrEnum)
Weights = dict[Label, float]
"""The log-odds that are added to words of a vocabulary."""

REASONS = 2
"""How many reasons are told for a verdict; the weightiest ones."""


@dataclass(frozen=True, slots=True)
class Evidence(Generic[Label]):
    """Something seen, in words, and what it speaks for."""

    reason: str
    weights: Mapping[Label, float]


class Verdict(Generic[Label]):
    """The log-odds of each label: what was to expect, and all evidence for or against it.

    What further speaks for the same label counts ``again`` times as much as what came before,
    the weightiest first, for words about one thing come together. What speaks against it counts
    in full.
    """

    def __init__(
        self,
        prior: Mapping[Label, float],
        evidence: Iterable[Evidence[Label]],
        *,
        again: float,
        temperature: float,
    ) -> None:
        """Add up; of equal labels the one that the prior names first wins."""
        self._evidence = list(evidence)
        self._temperature = temperature
        self.gains: dict[Label, float] = {}
        """What the evidence adds to each label."""
        for label in prior:
            weights = [e.weights[label] for e in self._evidence if label in e.weights]
            self.gains[label] = sum(
                weight * again**rank if weight > 0 else weight
                for rank, weight in enumerate(sorted(weights, reverse=True))
            )
        self._odds = {label: prior[label] + self.gains[label] for label in prior}
        self.label = max(self._odds, key=lambda label: self._odds[label])

    @property
    def confidence(self) -> float:
        """The probability of the verdict: a softmax of the log-odds."""
        return 1 / sum(self._chances().values())

    def _chances(self) -> dict[Label, float]:
        """Return how likely each label is, the verdict being 1."""
        highest = self._odds[self.label]
        return {
            label: exp((odds - highest) / self._temperature) for label, odds in self._odds.items()
        }

    def why(self, close: float) -> str:
        """Returns the weightiest reasons, the verdict, and what came at least so close."""
        chances = self._chances()
        rivals = [label for label in chances if label != self.label and chances[label] >= close]
        reasons = sorted(
            (item for item in self._evidence if item.weights.get(self.label, 0.0) > 0),
            key=lambda item: -item.weights[self.label],
        )
        told = ", ".join(item.reason for item in reasons[:REASONS]) or "no evidence"
        text = f"{told} -> {self.label}"
        if rivals:
            text += f" (close: {max(rivals, key=lambda label: chances[label])})"
        return text
