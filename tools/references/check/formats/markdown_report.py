"""The report for an issue or a page."""

from collections.abc import Iterator

from ..verdict import LinkResult, Report, Verdict
from .escape import markdown, markdown_address


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
    link = markdown_address(result.url)
    if result.new_url is not None:
        link += f" → {markdown_address(result.new_url)}"
    places = ", ".join(f"{o.file}:{o.line}" for o in result.occurrences)
    return f"| {link} | {markdown(result.reason)} | {markdown(places)} |"
