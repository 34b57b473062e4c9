"""How evidence adds up, by hand."""

import pytest

from tools.references.categorize.evidence import Evidence, Verdict
from tools.references.model import Kind

PRIOR = {Kind.PAPER: 1.0, Kind.BOOK: 0.0}


def verdict(*evidence: tuple[str, dict[Kind, float]], temperature: float = 1.0) -> Verdict[Kind]:
    """Return what the pieces of evidence add up to."""
    pieces = [Evidence(reason, weights) for reason, weights in evidence]
    return Verdict(PRIOR, pieces, again=0.5, temperature=temperature)


def test_without_evidence_the_prior_decides():
    """What was to expect is the verdict, and why says that nothing was seen."""
    found = verdict()
    assert found.label is Kind.PAPER
    assert found.why(close=0.9) == "no evidence -> paper"


def test_what_comes_again_counts_half_of_what_came_before():
    """Weights of 4, 2 and 1 for a book make 4 + 2/2 + 1/4; their order does not matter."""
    found = verdict(("a", {Kind.BOOK: 1.0}), ("b", {Kind.BOOK: 4.0}), ("c", {Kind.BOOK: 2.0}))
    assert found.gains == {Kind.PAPER: 0.0, Kind.BOOK: 5.25}
    assert found.why(close=0.9) == "b, c -> book"


def test_what_speaks_against_counts_in_full():
    """Two objections of 2 take 4 away."""
    found = verdict(("a", {Kind.PAPER: -2.0}), ("b", {Kind.PAPER: -2.0}))
    assert found.gains[Kind.PAPER] == -4.0
    assert found.label is Kind.BOOK


@pytest.mark.parametrize(
    ("temperature", "confidence"), [(1.0, 0.731059), (0.5, 0.880797), (2.0, 0.622459)]
)
def test_confidence_is_a_softmax_of_odds_by_temperature(temperature, confidence):
    """Odds of 1 against 0 are the logistic function of 1, 2 and 1/2."""
    assert verdict(temperature=temperature).confidence == pytest.approx(confidence, abs=1e-6)
