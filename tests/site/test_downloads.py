"""The reference list to take away, from the built site."""

import csv
import io
import json

import bibtexparser
import pytest
from jsonschema import Draft7Validator

PAGE = "references/index.md"


@pytest.fixture(scope="module")
def taken(site, documents):
    """What the links of the page lead to, as bytes, by their last part."""
    links = {link["href"] for link in documents[PAGE].select(".md-content a[href^='references.']")}
    return {name: (site / "references" / name).read_bytes() for name in links}


def test_page_links_to_every_format(taken):
    """BibTeX, CSL-JSON, CSV and the list itself are one click away, and nothing else is."""
    assert set(taken) == {
        "references.bib",
        "references.csl.json",
        "references.csv",
        "references.yml",
    }


def test_bibtex_has_every_work(taken, references):
    """The file is read without a fault, and holds each entry of the list once."""
    library = bibtexparser.parse_string(taken["references.bib"].decode())
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [work.id for work in references]
    assert [entry["url"] for entry in library.entries] == [work.url for work in references]


def test_csl_json_has_every_work(taken, references, root):
    """The file is CSL-JSON, with titles letter for letter."""
    items = json.loads(taken["references.csl.json"])
    schema = json.loads((root / "tests/data/csl/csl-json.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(items)] == []
    assert [item["title"] for item in items] == [work.title for work in references]


def test_csv_has_every_work(taken, references):
    """The file is a table of UTF-8 with a row for each entry."""
    rows = list(csv.DictReader(io.StringIO(taken["references.csv"].decode(), newline="")))
    assert [row["id"] for row in rows] == [work.id for work in references]
    assert [row["title"] for row in rows] == [work.title for work in references]
