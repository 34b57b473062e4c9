"""The report for a page or the summary of a CI job: every link, however many there are."""

from collections.abc import Iterator

from ..verdict import LinkResult, Report, Verdict
from .escape import address, cell, shown


def render(report: Report) -> str:
    """Return the report as Markdown: the counts, and a table for each verdict but ``alive``."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# Link check"
    yield ""
    yield report.headline() + "."
    for verdict in Verdict:
        results = [result for result in report.results if result.verdict is verdict]
        if results and verdict is not Verdict.ALIVE:
            yield ""
            yield f"## {verdict.capitalize()}: {len(results)}"
            yield ""
            yield "| Link | Reason | Where |"
            yield "| --- | --- | --- |"
            yield from map(_row, results)


def _row(result: LinkResult) -> str:
    link = address(result.url)
    if result.new_url is not None:
        link += f" → {address(result.new_url)}"
    places = ", ".join(f"{o.file}:{o.line}" for o in result.occurrences)
    return f"| {link} | {cell(shown(result.reason))} | {cell(places)} |"
