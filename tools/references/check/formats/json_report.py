"""The report for programs."""

from ..verdict import Report, Verdict
from .escape import json_text


def render(report: Report) -> str:
    """Return the report as JSON: ``links`` in the order of the sources, and a ``summary``.

    Each link has a line of its own, so that two reports can be compared, and ``grep`` finds one.
    """
    summary: dict[str, float] = {verdict: report.count(verdict) for verdict in Verdict}
    summary |= {"requests": report.requests, "wall_s": report.wall_s}
    links = ",\n".join(json_text(result.document()) for result in report.results)
    return f'{{"links": [\n{links}\n],\n"summary": {json_text(summary)}}}\n'
