"""The report for programs."""

import json

from ..verdict import Report, Verdict


def render(report: Report) -> str:
    """Return the report as JSON: ``links`` in the order of the sources, and a ``summary``."""
    summary: dict[str, float] = {verdict: report.count(verdict) for verdict in Verdict}
    summary |= {"requests": report.requests, "wall_s": report.wall_s}
    links = [result.document() for result in report.results]
    return json.dumps({"links": links, "summary": summary}, indent=2, ensure_ascii=False) + "\n"
