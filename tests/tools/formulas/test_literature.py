"""Formulas as papers and books write them: each evaluates right, or is refused in clear words.

What each should give was worked out in plain Python, or by hand, from what the formula means in its
source; `by` says how.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tools.formulas.json_lines import answers
from tools.references.model import Reference

Entry = dict[str, Any]

PATH = Path(__file__).resolve().parents[2] / "data" / "formulas" / "literature.jsonl"
ENTRIES = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]


def where(entries: list[Entry]) -> list[Any]:
    """Return entries as parameters, each named by its line and its source."""
    return [
        pytest.param(entry, id=f"{number}-{entry['source'].split()[0].strip(',')}")
        for number, entry in enumerate(ENTRIES, start=1)
        if entry in entries
    ]


VALUES = where([entry for entry in ENTRIES if "expected" in entry])
REFUSALS = where([entry for entry in ENTRIES if "refused" in entry])


def answer(entry: Entry, **instead: Any) -> dict[str, Any]:
    """Return what the command `eval` answers to a formula, or to one with other fields."""
    request = {"tex": entry["tex"], "values": entry["values"], **instead}
    if "functions" in entry:
        request["functions"] = entry["functions"]
    (text,) = answers([json.dumps(request).encode()])
    return json.loads(text)


@pytest.mark.parametrize("entry", VALUES)
def test_it_gives_what_it_means(entry: Entry) -> None:
    """Value and shape are those that were worked out without the evaluator."""
    given = answer(entry)
    assert "error" not in given
    np.testing.assert_allclose(given["value"], entry["expected"], rtol=1e-9, atol=1e-12)
    assert np.shape(given["value"]) == np.shape(entry["expected"])


@pytest.mark.parametrize("entry", REFUSALS)
def test_it_is_refused_in_clear_words(entry: Entry) -> None:
    """The sentence says what is wrong, with the words that a reader needs to find it."""
    given = answer(entry)
    assert "value" not in given
    assert entry["word"] in given["error"]
    assert "failed" not in given["error"]


@pytest.mark.parametrize("entry", VALUES)
def test_spaces_change_nothing(entry: Entry) -> None:
    """However generously a formula is set, it gives the same."""
    spaced = re.sub(r"(?<=[)}])(?=[-+=])|(?<=[-+=])(?=[(\\])", r"\\, ", entry["tex"]) + r" \,."
    assert answer(entry, tex=f"\\displaystyle {spaced}") == answer(entry)


@pytest.mark.parametrize("entry", VALUES)
def test_nothing_given_is_left_unread(entry: Entry) -> None:
    """One value more is refused, by its name; so is each value too few."""
    more = {**entry["values"], "surplus": 1}
    assert "surplus" in answer(entry, values=more)["error"]
    for key in entry["values"]:
        fewer = {name: value for name, value in entry["values"].items() if name != key}
        assert answer(entry, values=fewer) != answer(entry)


def test_there_are_many_of_both_kinds() -> None:
    """More than fifty that have a value, and more than fifty that have none; nothing twice."""
    assert len(VALUES) > 50
    assert len(REFUSALS) > 50
    assert len(VALUES) + len(REFUSALS) == len(ENTRIES)
    asked = [
        json.dumps([entry.get(key) for key in ("tex", "values", "functions")]) for entry in ENTRIES
    ]
    assert len(set(asked)) == len(asked)


def test_each_has_a_source_and_says_how_it_was_worked_out(references: list[Reference]) -> None:
    """A source is a key in our own list of references, or an author with a year."""
    keys = {reference.id for reference in references}
    for entry in ENTRIES:
        assert entry["source"] in keys or re.search(r"\(\d{4}\)", entry["source"]), entry["source"]
        assert entry["by"]
