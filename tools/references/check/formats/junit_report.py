"""The report for a CI server that shows test results."""

from xml.etree import ElementTree as ET

from ..verdict import BROKEN, LinkResult, Report, Verdict
from .escape import printable, shown

SKIPPED = frozenset({Verdict.TRANSIENT, Verdict.BLOCKED, Verdict.EXCLUDED})
"""What could not be judged: neither passed nor failed."""


def render(report: Report) -> str:
    """Return the report as JUnit XML: one test case per place where a link stands."""
    cases = [
        _case(result, f"{place.file}:{place.line}", place.file)
        for result in report.results
        for place in result.occurrences
    ]
    suite = ET.Element("testsuite", name="links", tests=str(len(cases)), time=str(report.wall_s))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.extend(cases)
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(result: LinkResult, place: str, file: str) -> ET.Element:
    case = ET.Element(
        "testcase",
        name=printable(result.url),
        classname=printable(place),
        file=printable(file),
        time=str(result.elapsed_s),
    )
    message = shown(f"{result.verdict}: {result.reason}")
    if result.verdict in BROKEN:
        ET.SubElement(case, "failure", message=message, type=result.verdict)
    elif result.verdict in SKIPPED:
        ET.SubElement(case, "skipped", message=message)
    elif result.new_url is not None:
        ET.SubElement(case, "system-out").text = printable(f"moved to {result.new_url}")
    return case
