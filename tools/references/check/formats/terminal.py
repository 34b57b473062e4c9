"""The report for a person at a terminal, or reading a log."""

from collections.abc import Iterator

from ..verdict import BROKEN, LinkResult, Report, Verdict
from .escape import printable, shown


def render(report: Report, *, quiet: bool) -> str:
    """Return the report as text: a paragraph for each link that is not alive, then the counts.

    ``quiet`` leaves only what is broken, and nothing if nothing is.
    """
    told = [v for v in Verdict if v is not Verdict.ALIVE and (v in BROKEN or not quiet)]
    lines = [
        line
        for verdict in told
        for result in report.results
        if result.verdict is verdict
        for line in _lines(result)
    ]
    if not quiet:
        lines.append(report.headline())
    return "".join(printable(line) + "\n" for line in lines)


def _lines(result: LinkResult) -> Iterator[str]:
    yield f"{result.verdict}: {result.url}: {shown(result.reason)}"
    if result.new_url is not None:
        yield f"    now {shown(result.new_url)}"
    yield "    in " + ", ".join(f"{place.file}:{place.line}" for place in result.occurrences)
