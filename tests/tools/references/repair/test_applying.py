"""Making the list's new text of what is proposed."""

from pathlib import Path

from tests.tools.references.repair.samples import LIST, Known, dead, moved, proposed
from tools.references.repair.applying import applied
from tools.references.repair.wayback import Unanswered
from tools.references.store import parse
from tools.references.validate import faults

A = "https://two.example/a"
ALL: Known = {
    "https://one.example/": dead(),
    A: moved("https://two.example/b"),
    "https://two.example/pdf": moved("https://two.example/b,c.pdf"),
    "https://three.example/#part": moved("https://three.example/new#part"),
}


def refuse(addresses: object, year: int) -> None:
    """Answer nothing."""
    raise Unanswered("timed out")


def test_only_what_is_proposed_changes() -> None:
    """Comments, quotes, blank lines and order stay, to the byte."""
    plans, _ = proposed(ALL, find=refuse)
    text, taken, held = applied(parse(Path("list.yml"), LIST), plans)
    assert (taken, held) == (plans, [])
    expected = LIST
    for old, new in [
        (
            "/old   # as it was\n",
            "/old   # as it was\n"
            "  archive: https://web.archive.org/web/2001/https://one.example/\n"
            "  unverified:\n    - archive\n",
        ),
        ("'https://two.example/a'", "'https://two.example/b'"),
        ('"https://two.example/pdf"}\n', '"https://two.example/b,c.pdf"}\n'),
        (
            "  unverified: [title]\n",
            "  aliases:\n    - https://two.example/a\n    - https://two.example/pdf\n"
            "  unverified: [title]\n",
        ),
        ("  url: https://three.example/#part\n", "  url: https://three.example/new#part\n"),
    ]:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert text == expected + "  aliases:\n    - https://three.example/#part\n"


def test_nothing_proposed_changes_nothing() -> None:
    """Not even a list with faults."""
    text = LIST.replace("year: 2001", "year: 1500")
    assert applied(parse(Path("list.yml"), text), []) == (text, [], [])


def test_what_makes_a_fault_is_held_back() -> None:
    """An address with a DOI needs the field `doi`, which nobody may guess; the others go in."""
    known = ALL | {A: moved("https://doi.org/10.1000/182")}
    plans, _ = proposed(known, find=refuse)
    listing = parse(Path("list.yml"), LIST)
    text, taken, held = applied(listing, plans)
    assert [plan.after.id for plan in taken] == ["one2001dead", "three2003new"]
    assert [(one.link.result.url, one.new) for one in held] == [
        (A, "https://doi.org/10.1000/182"),
        ("https://two.example/pdf", "https://two.example/b,c.pdf"),
    ]
    why = "it does not fit: doi: is missing; the url says `10.1000/182`"
    assert {one.why for one in held} == {why}
    assert parse(Path(), text).references()[1] == listing.references()[1]


def test_fault_that_goes_makes_no_room_for_another() -> None:
    """What is mended in one entry may not be amiss in the next instead."""
    doi = "https://doi.org/10.1000/182"
    text = LIST.replace(f"'{A}'", doi)
    known = {"https://one.example/": moved("https://doi.org/10.1000/183"), doi: moved(A)}
    listing = parse(Path("list.yml"), text)
    [fault] = faults(listing)
    assert fault.message == "doi: is missing; the url says `10.1000/182`"
    result, taken, held = applied(listing, proposed(known, text)[0])
    assert ([plan.after.id for plan in taken], len(held)) == (["two2002moved"], 1)
    assert faults(parse(Path(), result)) == []


def test_faults_that_are_there_do_not_count() -> None:
    """They are neither mended nor in the way, though their line numbers change."""
    text = LIST.replace("year: 2001", "year: 1500").replace("three2003new", "two2002moved")
    text = text.replace("title: Third", "title:  The ﬁnal")
    before = faults(parse(Path(), text))
    assert len(before) == 3
    plans, _ = proposed(ALL, text, find=refuse)
    result, taken, held = applied(parse(Path("list.yml"), text), plans)
    assert (len(taken), held) == (3, [])
    assert len(faults(parse(Path(), result))) == 3


def test_entry_that_cannot_be_changed_is_held_back_alone() -> None:
    """An anchor stands in the way of its own entry only."""
    text = LIST.replace("url: 'https://two.example/a'", "url: &a 'https://two.example/a'")
    plans, _ = proposed(ALL, text, find=refuse)
    _, taken, held = applied(parse(Path("list.yml"), text), plans)
    assert [plan.after.id for plan in taken] == ["one2001dead", "three2003new"]
    why = "it does not fit: an anchor (`&`) or its alias (`*`) is changed by hand only"
    assert [one.why for one in held] == [why, why]
