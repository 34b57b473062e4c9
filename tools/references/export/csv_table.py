"""CSV, one row per work, for spreadsheets."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from ..model import Reference, Related
from ..schema import FIELDS

SEPARATOR = "; "


def export(references: Sequence[Reference]) -> str:
    """Return the references as a table with a header, the items of a list joined by ``; ``."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(FIELDS)
    table.writerows([_cell(getattr(item, name)) for name in FIELDS] for item in references)
    return stream.getvalue()


def _cell(value: Any) -> str:  # whatever a field may hold
    if value is None:
        return ""
    if isinstance(value, Related):
        return f"{value.rel} {value.url}"
    return SEPARATOR.join(map(_cell, value)) if isinstance(value, tuple) else str(value)
