"""How a report is told: one module per format, all over the same results."""

from collections.abc import Callable, Mapping

from ..verdict import Report
from . import json_report, junit_report, markdown_report

FILES: Mapping[str, Callable[[Report], str]] = {
    "json": json_report.render,
    "markdown": markdown_report.render,
    "junit": junit_report.render,
}
"""The formats that are written to files, by the name of their option."""
