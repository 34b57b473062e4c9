"""CSL-JSON."""

import json

from tools.references.export.csl_json import export
from tools.references.model import Reference

# https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
CSL_TYPES = {
    "article",
    "article-journal",
    "article-newspaper",
    "book",
    "chapter",
    "dataset",
    "entry-encyclopedia",
    "motion_picture",
    "paper-conference",
    "report",
    "software",
    "thesis",
    "webpage",
}


def test_article_and_page(article: Reference, page: Reference) -> None:
    """Names are split, years are date parts, and what is not known is absent."""
    assert json.loads(export([article, page])) == [
        {
            "id": "hochreiter1997long",
            "type": "article-journal",
            "title": "Long Short-Term Memory: 100% of A & B_1 for $5 {#2}",
            "author": [
                {"family": "Hochreiter", "given": "Sepp"},
                {"family": "Schmidhuber", "given": "Jürgen"},
                {"literal": "Institute of A & B"},
            ],
            "issued": {"date-parts": [[1997]]},
            "container-title": "Neural Computation",
            "DOI": "10.1162/neco.1997.9.8.1735",
            "URL": "https://doi.org/10.1162/neco.1997.9.8.1735",
            "annote": "The original; *read* it [twice].",
            "keyword": "sequences, training",
        },
        {
            "id": "wikipediabias",
            "type": "entry-encyclopedia",
            "title": "Bias of an estimator",
            "URL": "https://en.wikipedia.org/wiki/Bias_of_an_estimator",
            "keyword": "mathematics",
        },
    ]


def test_whole_list_has_types_of_the_specification(references: list[Reference]) -> None:
    """Every entry is there once, in a type that CSL knows."""
    items = json.loads(export(references))
    assert [item["id"] for item in items] == [reference.id for reference in references]
    assert {item["type"] for item in items} <= CSL_TYPES
