"""CSL-JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from tools.references.export.csl_json import export
from tools.references.model import Kind, Reference


@pytest.fixture(scope="module")
def schema(root: Path) -> Draft7Validator:
    """What CSL-JSON is."""
    text = (root / "tests/data/csl/csl-json.schema.json").read_text(encoding="utf-8")
    Draft7Validator.check_schema(json.loads(text))
    return Draft7Validator(json.loads(text))


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


def test_preprint_names_its_server(page: Reference) -> None:
    """A preprint came out on arXiv; of a paper in proceedings arXiv keeps a copy."""
    preprint = replace(page, kind=Kind.PAPER, arxiv="1502.01852")
    paper = replace(preprint, venue="International Conference on Tests")
    first, second = json.loads(export([preprint, paper]))
    assert first["type"] == "article"
    assert (first["publisher"], first["number"]) == ("arXiv", "arXiv:1502.01852")
    assert second["type"] == "paper-conference"
    assert (second["archive"], second["archive_location"]) == ("arXiv", "arXiv:1502.01852")
    assert "number" not in second


@pytest.mark.parametrize(
    ("kind", "venue", "type_", "variable"),
    [
        (Kind.PAPER, "PhD thesis, University of Tests", "thesis", "publisher"),
        (Kind.PAPER, "Technical Report 7", "report", "publisher"),
        (Kind.BOOK, "Press", "book", "publisher"),
        (Kind.NEWS, "Daily Test", "article-newspaper", "container-title"),
        (Kind.TUTORIAL, "A blog", "webpage", "container-title"),
    ],
)
def test_venue_is_what_it_is_for_its_type(
    page: Reference, kind: Kind, venue: str, type_: str, variable: str
) -> None:
    """A book has a publisher, an article a paper that it stands in."""
    (item,) = json.loads(export([replace(page, kind=kind, venue=venue)]))
    assert (item["type"], item[variable]) == (type_, venue)


def test_whole_list_is_sound(references: list[Reference], schema: Draft7Validator) -> None:
    """Every entry is there once, in types and variables that CSL knows."""
    items = json.loads(export(references))
    assert [item["id"] for item in items] == [reference.id for reference in references]
    assert [error.message for error in schema.iter_errors(items)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "blog"},
        {"title": ""},
        {"author": [{"name": "A"}]},
        {"issued": {"date-parts": [[]]}},
        {"issued": {"date-parts": [["1997"]]}},
        {"URL": "example.org"},
        {"DOI": "https://doi.org/10.1162/x"},
        {"arxiv": "1502.01852"},
    ],
)
def test_schema_finds_faults(schema: Draft7Validator, wrong: dict[str, object]) -> None:
    """What is no CSL-JSON is not taken for it."""
    work = {"id": "a", "type": "book"}
    assert schema.is_valid([work])
    assert not schema.is_valid([work | wrong])
