"""The list for other programs: one module per format, each a function from references to text.

They tell what the list says and nothing that was observed: that a link was alive on some day is no
date on which somebody read the work, which is what ``urldate`` and ``accessed`` mean.
"""

from collections.abc import Callable, Sequence

from ..model import Reference
from . import bibtex, csl_json, csv_table, markdown

FORMATS: dict[str, Callable[[Sequence[Reference]], str]] = {
    "bibtex": bibtex.export,
    "csl-json": csl_json.export,
    "csv": csv_table.export,
    "markdown": markdown.export,
}
