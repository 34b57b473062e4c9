"""CSV, one row per work, for spreadsheets.

The text is UTF-8 without a byte order mark, which other programs would take for a part of the first
name. A cell that a spreadsheet would run as a formula begins with an apostrophe, and is text then.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from ..model import Reference, Related
from ..schema import FIELDS

SEPARATOR = "; "
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def export(references: Sequence[Reference]) -> str:
    """Return the references as a table with a header, the items of a list joined by ``; ``."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(FIELDS)
    table.writerows([_text(_cell(getattr(item, name))) for name in FIELDS] for item in references)
    return stream.getvalue()


def _cell(value: Any) -> str:  # whatever a field may hold
    if value is None:
        return ""
    if isinstance(value, Related):
        return f"{value.rel} {value.url}"
    return SEPARATOR.join(map(_cell, value)) if isinstance(value, tuple) else str(value)


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
