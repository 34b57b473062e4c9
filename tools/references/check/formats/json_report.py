"""The report for programs."""

from ..verdict import Report, Verdict
from .escape import json_text


def render(report: Report) -> str:
    """Return the report as JSON: ``links`` in the order of the sources, and a ``summary``."""
    summary: dict[str, float] = {verdict: report.count(verdict) for verdict in Verdict}
    summary |= {"requests": report.requests, "wall_s": report.wall_s}
    links = [result.document() for result in report.results]
    return json_text({"links": links, "summary": summary}) + "\n"
