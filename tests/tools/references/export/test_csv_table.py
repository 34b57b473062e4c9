"""CSV."""

import csv
import io

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
