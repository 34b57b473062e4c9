"""Works of every form, to export."""

import pytest

from tools.references.model import Kind, Reference, Related, Relation, Topic


@pytest.fixture
def article() -> Reference:
    """A journal article with everything that needs care."""
    return Reference(
        id="hochreiter1997long",
        title="Long Short-Term Memory: 100% of A & B_1 for $5 {#2}",
        url="https://doi.org/10.1162/neco.1997.9.8.1735",
        kind=Kind.PAPER,
        topics=(Topic.SEQUENCES, Topic.TRAINING),
        authors=("Hochreiter, Sepp", "Schmidhuber, Jürgen", "Institute of A & B"),
        year=1997,
        venue="Neural Computation",
        doi="10.1162/neco.1997.9.8.1735",
        note="The original; *read* it [twice].",
        related=(Related(rel=Relation.PDF, url="https://a.org/x_(1).pdf"),),
        aliases=("http://a.org/?x=1&y=2",),
    )


@pytest.fixture
def page() -> Reference:
    """A page of which only the least is known."""
    return Reference(
        id="wikipediabias",
        title="Bias of an estimator",
        url="https://en.wikipedia.org/wiki/Bias_of_an_estimator",
        kind=Kind.ENCYCLOPEDIA,
        topics=(Topic.MATHEMATICS,),
    )
