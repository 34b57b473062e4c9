"""CSV."""

import csv
import io
from dataclasses import replace

import pytest

from tools.references.export.csv_table import export
from tools.references.model import Reference


def test_rows_are_read_back(article: Reference, page: Reference) -> None:
    """A spreadsheet sees one row per work, lists joined, unknown fields empty."""
    first, second = csv.DictReader(io.StringIO(export([article, page])))
    assert first["title"] == article.title
    assert first["topics"] == "sequences; training"
    assert first["authors"] == "Hochreiter, Sepp; Schmidhuber, Jürgen; Institute of A & B"
    assert first["year"] == "1997"
    assert first["related"] == "pdf https://a.org/x_(1).pdf"
    assert second["kind"] == "encyclopedia"
    assert second["year"] == second["authors"] == second["note"] == ""


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(page: Reference, title: str) -> None:
    """What a spreadsheet would run begins with an apostrophe; the rest of the cell is as it was."""
    (row,) = csv.DictReader(io.StringIO(export([replace(page, title=title)])))
    assert row["title"] == f"'{title}"


def test_whole_list_is_read_back(references: list[Reference]) -> None:
    """Every cell of the site's list is what the list has, and a row is one line."""
    text = export(references)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.count("\n") == len(rows) + 1
    for row, work in zip(rows, references, strict=True):
        assert (row["id"], row["title"], row["url"]) == (work.id, work.title, work.url)
        assert row["authors"] == "; ".join(work.authors)
        assert row["note"] == (work.note or "")
        assert row["doi"] == (work.doi or "")
        assert row["year"] == str(work.year or "")
