"""The form that searches, filters and sorts the reference list; a script shows it and drives it."""

import operator
from collections import Counter
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from ..references.check.memory.standing import Standing
from ..references.model import Kind, Reference, Topic
from .entries import append_element, append_text
from .link_status import NOT_CHECKED, verdict
from .reference_entry import Known
from .reference_index import ORDERS


def search_form(entries: Iterable[Reference], known: Known) -> Element:
    """Return the form within a ``template``: no browser shows it until a script does.

    Each value that an entry of the list has can be chosen, with how many entries have it.
    """
    entries = list(entries)
    template = Element("template", {"data-search-exclude": ""})
    form = SubElement(template, "form", {"class": "reference-search", "role": "search"})
    form.set("aria-label", "References")
    words = append_element(form, "label", "Search ", class_="words")
    SubElement(words, "input", {"type": "search", "name": "words", "autocomplete": "off"})
    sort = SubElement(append_element(form, "label", "Sort by "), "select", {"name": "sort"})
    append_element(sort, "option", "topic, in reading order", value="")
    for value, (label, _) in ORDERS.items():
        append_element(sort, "option", label, value=value)
    details = SubElement(form, "details")
    summary = append_element(details, "summary", "Filters ")
    SubElement(summary, "span")
    append_facet(details, "topic", Topic, [topic for entry in entries for topic in entry.topics])
    append_facet(details, "kind", Kind, [entry.kind for entry in entries])
    append_years(details, [entry.year for entry in entries if entry.year])
    append_facet(
        details,
        "verdict",
        [*Standing, NOT_CHECKED],
        [verdict(entry, known.status) for entry in entries],
    )
    line = SubElement(form, "p")
    SubElement(line, "output")
    append_text(line, " ")
    append_element(line, "button", "Show all", type="button")
    return template


def append_facet(parent: Element, name: str, order: Iterable[str], values: Iterable[str]) -> None:
    """Append a group of checkboxes, one for each value that occurs, in the order given."""
    counts = Counter(map(str, values))
    group = append_group(parent, name)
    group.set("name", name)
    for value in filter(counts.__contains__, map(str, order)):
        label = SubElement(group, "label")
        SubElement(label, "input", {"type": "checkbox", "name": name, "value": value})
        append_text(label, f" {value} ")
        append_element(label, "span", str(counts[value]), class_="count")


def append_years(parent: Element, years: Sequence[int]) -> None:
    """Append a choice of the first and of the last year, each with the works that it would leave.

    Unlike periods, an address with these means the same when the list has grown.
    """
    group = append_group(parent, "year")
    for name, fits in (("since", operator.ge), ("until", operator.le)):
        select = SubElement(append_element(group, "label", f"{name} "), "select", {"name": name})
        append_element(select, "option", "any", value="")
        for bound in sorted(set(years)):
            count = sum(fits(year, bound) for year in years)
            append_element(select, "option", f"{bound} ({count})", value=str(bound))


def append_group(parent: Element, name: str) -> Element:
    """Append a group of controls with its name above it."""
    group = SubElement(parent, "fieldset")
    append_element(group, "legend", name.capitalize())
    return group
