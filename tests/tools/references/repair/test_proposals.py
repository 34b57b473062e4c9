"""What is proposed for a list, and what is held back, given what is known of its links."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.tools.references.repair.samples import LIST, NOW, Known, dead, moved, other, proposed
from tools.references.check.verdict import Verdict
from tools.references.model import Reference, Related, Relation
from tools.references.repair.applying import applied
from tools.references.repair.proposals import Held, Plan
from tools.references.repair.wayback import Snapshot, Unanswered
from tools.references.store import parse

TAKEN = Snapshot("https://web.archive.org/web/20010703120000/x", datetime(2001, 7, 3, tzinfo=UTC))
A = "https://two.example/a"


def afters(plans: list[Plan]) -> dict[str, Reference]:
    """Return the entries as they are to be, by id."""
    return {plan.after.id: plan.after for plan in plans}


def whys(held: list[Held]) -> list[tuple[str, str]]:
    """Return what is held back, by address."""
    return [(one.link.result.url, one.why) for one in held]


def test_moved_link_gets_its_new_address_in_canonical_form() -> None:
    """The old one joins the aliases as it was; nothing else of the entry changes."""
    [plan], held = proposed({A: moved("HTTPS://Two.example:443/b?utm_source=x")})
    assert held == []
    assert plan.after == Reference(
        id="two2002moved",
        title="Second",
        url="https://two.example/b",
        kind=plan.before.kind,
        topics=plan.before.topics,
        related=plan.before.related,
        aliases=(A,),
        unverified=("title",),
    )
    [change] = plan.changes
    assert (change.field, change.old, change.new, change.notes) == ("url", A, plan.after.url, ())


def test_moved_related_link_keeps_its_relation() -> None:
    """The other related links stay, and the order."""
    [plan], _ = proposed({"https://two.example/code": moved("https://two.example/source")})
    assert plan.after.url == A
    assert plan.after.related == (
        Related(rel=Relation.CODE, url="https://two.example/source"),
        Related(rel=Relation.PDF, url="https://two.example/pdf"),
    )
    assert plan.after.aliases == ("https://two.example/code",)


def test_changes_of_one_entry_are_one_plan() -> None:
    """Each address changes, and each old one is kept."""
    known = {A: moved("https://two.example/b"), "https://two.example/pdf": moved(f"{A}.pdf")}
    [plan], _ = proposed(known)
    assert plan.after.url == "https://two.example/b"
    assert plan.after.related[1].url == f"{A}.pdf"
    assert plan.after.aliases == (A, "https://two.example/pdf")


def test_old_address_is_no_alias_twice() -> None:
    """One that stands among the aliases already does not join them again."""
    known = {"https://one.example/": moved("https://one.example/new")}
    text = LIST.replace("http://www.one.example/old ", "https://one.example/ ")
    # `validate` finds that fault; here it shows that the address is not added once more.
    [plan], _ = proposed(known, text)
    assert plan.after.aliases == ("https://one.example/",)


@pytest.mark.parametrize(
    ("new", "is_other"),
    [
        ("https://www.two.example/b", False),
        ("https://b.two.example/a", True),
        ("https://else.example/a", True),
    ],
)
def test_another_host_is_pointed_out(new: str, is_other: bool) -> None:
    """A person is to see that it shows the same work."""
    [plan], _ = proposed({A: moved(new)})
    notes = plan.changes[0].notes
    assert notes == (("another host: see that it is the same work",) if is_other else ())


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("https://one.example", "the new address stands in one2001dead already"),
        ("http://one.example/old/", "the new address is http, the old one https"),
        ("https://one.example/old/", "the new address stands in one2001dead already"),
        ("https://two.example/code/", "the new address stands in this entry already"),
        ("https://three.example/#part", "the new address stands in three2003new already"),
        (f"{A}?utm_source=x", "it is the same address"),
        ("http://two.example/b", "the new address is http, the old one https"),
        ("ftp://two.example/b", "the new address is no http or https address"),
        ("javascript:alert(1)", "the new address is no http or https address"),
        ("https://two.example/\x1b[2J", "the new address is no http or https address"),
        ("", "the new address is no http or https address"),
        (None, "the new address is no http or https address"),
        ("https://two.example/" + "x" * 1000, "the new address is too long to be shown"),
    ],
)
def test_new_address_that_is_not_safe_is_held_back(new: str | None, why: str) -> None:
    """Where something speaks against it nothing is changed, and that is told."""
    plans, held = proposed({A: moved(new)})
    assert plans == []
    assert whys(held) == [(A, why)]


def test_related_links_do_not_become_one() -> None:
    """Where one of them moved to is another of them."""
    code = "https://two.example/code"
    _, held = proposed({code: moved("https://two.example/pdf")})
    assert whys(held) == [(code, "the new address stands in this entry already")]


def test_address_named_by_an_identifier_is_taken() -> None:
    """What an arXiv or DOI name stands for belongs to the entry that has it."""
    text = LIST.replace("  year: 2001", "  doi: 10.1000/182\n  arxiv: '1409.1556'")
    _, held = proposed({A: moved("https://doi.org/10.1000/182")}, text)
    assert whys(held) == [(A, "the new address stands in one2001dead already")]
    _, held = proposed({A: moved("https://arxiv.org/pdf/1409.1556v2")}, text)
    assert whys(held) == [(A, "the new address stands in one2001dead already")]


def test_identifier_of_any_text_is_no_obstacle() -> None:
    """One that makes no address claims none; `validate` tells of it."""
    text = LIST.replace("  year: 2001", '  doi: "10.1000/1\u00a02"')
    [plan], _ = proposed({A: moved("https://two.example/b")}, text)
    assert plan.after.url == "https://two.example/b"


def test_own_identifier_in_another_spelling_is_taken_over() -> None:
    """DOI names are case-insensitive: the address that the entry's name stands for is its own."""
    text = LIST.replace(f"'{A}'  # quoted", "https://doi.org/10.1000/AB").replace(
        "  related:", "  doi: 10.1000/AB\n  related:"
    )
    [plan], held = proposed(
        {"https://doi.org/10.1000/AB": moved("https://doi.org/10.1000/ab")}, text
    )
    assert (plan.after.url, held) == ("https://doi.org/10.1000/ab", [])


def test_other_spelling_of_the_same_address_is_taken_over() -> None:
    """A slash at the end, or another spelling of a former address, is no conflict."""
    [plan], _ = proposed({A: moved(f"{A}/")})
    assert plan.after.url == f"{A}/"
    known = {"https://one.example/": moved("https://one.example/old")}
    [plan], held = proposed(known)
    assert (plan.after.url, held) == ("https://one.example/old", [])


def test_return_to_a_former_address_is_held_back() -> None:
    """Somebody chose to leave it; it would stand in the entry twice."""
    text = LIST.replace("http://www.one.example/old ", "https://one.example/old ")
    plans, held = proposed({"https://one.example/": moved("https://one.example/old")}, text)
    why = "the new address stands in this entry already"
    assert (plans, whys(held)) == ([], [("https://one.example/", why)])


def test_unverified_address_is_held_back() -> None:
    """Of one that was set from memory it is not known whether it ever was this work's."""
    text = LIST.replace("[title]", "[url]")
    known: Known = {A: moved("https://two.example/b")}
    known["https://two.example/pdf"] = moved("https://two.example/b.pdf")
    [plan], held = proposed(known, text)
    assert plan.after.url == A
    assert whys(held) == [(A, "url is unverified: see first that it is this work")]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (dead(), "the new address itself is dead"),
        (dead(runs=1), "the new address itself is dead, to be confirmed"),
        (other(Verdict.TRANSIENT), "the new address itself is transient"),
        (moved("https://two.example/c"), "the new address itself is moved"),
        (other(Verdict.ALIVE), ""),
    ],
)
def test_what_is_known_of_the_new_address_counts(known, why: str) -> None:
    """Only a living one is taken over, where it was asked itself."""
    new = "https://two.example/b"
    plans, held = proposed({A: moved(new), new: known})
    assert [plan.after.url for plan in plans] == ([] if why else [new])
    assert whys(held) == ([(A, why)] if why else [])


def test_two_entries_do_not_move_to_one_address() -> None:
    """The first has it."""
    both = moved("https://new.example/")
    plans, held = proposed({"https://one.example/": both, A: both})
    assert list(afters(plans)) == ["one2001dead"]
    assert whys(held) == [(A, "the new address stands in one2001dead already")]


@pytest.mark.parametrize("known", [other(v) for v in Verdict if v not in {"moved", "anchor"}])
def test_all_else_is_left(known) -> None:
    """What is alive, blocked, or not certain to be dead, needs no repair."""
    assert proposed({A: known, "https://two.example/code": dead(runs=2)}) == ([], [])


def test_record_of_another_address_says_nothing() -> None:
    """What was known of a former address does not count for the present one."""
    assert proposed({"http://www.one.example/old": moved("https://one.example/b")}) == ([], [])


def test_dead_work_gets_the_snapshot_nearest_to_its_year() -> None:
    """It is asked for by the present address first, then by former ones."""
    asked = []

    def find(addresses, year):
        asked.append((addresses, year))
        return TAKEN

    known = {"https://one.example/": dead()}
    [plan], held = proposed(known, find=find)
    assert asked == [(["https://one.example/", "http://www.one.example/old"], 2001)]
    assert (plan.after.archive, plan.after.unverified, held) == (TAKEN.url, (), [])
    assert plan.after.aliases == plan.before.aliases
    assert plan.changes[0].notes == ("the snapshot nearest to 2001, of 2001-07-03",)


def test_without_a_year_it_is_the_one_before_the_death() -> None:
    """The link was first found dead in November 2026."""
    years = []
    proposed({A: dead()}, find=lambda _, year: years.append(year))
    assert years == [2025]


def test_snapshot_of_a_dead_page_is_pointed_out() -> None:
    """What was taken after the death may show no more than the grave."""
    [plan], _ = proposed({A: dead()}, find=lambda *_: Snapshot("https://web.archive.org/", NOW))
    assert "after the link was first found dead" in plan.changes[0].notes[1]


def refuse(addresses, year):
    """Answer nothing."""
    raise Unanswered("timed out")


def test_without_an_answer_the_snapshot_is_built_and_unverified() -> None:
    """It is an address that leads to the nearest one if there is any; a later run asks again."""
    plans, held = proposed({"https://one.example/": dead(), A: dead()}, find=refuse)
    works = afters(plans)
    assert held == []
    assert works["one2001dead"].archive == "https://web.archive.org/web/2001/https://one.example/"
    assert works["one2001dead"].unverified == ("archive",)
    assert works["two2002moved"].archive == f"https://web.archive.org/web/2025/{A}"
    assert works["two2002moved"].unverified == ("title", "archive")
    assert plans[0].changes[0].notes == (
        "built for 2001, as the archive did not answer (timed out)",
    )


def test_built_snapshot_is_unverified_once() -> None:
    """Also where the field was called so before it was there."""
    text = LIST.replace("[title]", "[archive, title]")
    [plan], _ = proposed({A: dead()}, text, find=refuse)
    assert plan.after.unverified == ("archive", "title")
    assert applied(parse(Path("list.yml"), text), [plan])[1:] == ([plan], [])


BUILT = LIST.replace(
    "  unverified: [title]",
    f"  archive: https://web.archive.org/web/2025/{A}\n  unverified: [archive, title]",
)


def test_built_snapshot_gives_way_to_one_that_is_found() -> None:
    """It is no longer unverified then; the other doubts stay."""
    [plan], held = proposed({A: dead()}, BUILT, find=lambda *_: TAKEN)
    assert (plan.after.archive, plan.after.unverified) == (TAKEN.url, ("title",))
    assert (plan.changes[0].old, held) == (f"https://web.archive.org/web/2025/{A}", [])


@pytest.mark.parametrize(
    ("find", "why"),
    [
        (refuse, "the archive did not answer (timed out): the snapshot stays unverified"),
        (lambda *_: None, "no snapshot is known"),
    ],
)
def test_built_snapshot_stays_until_one_is_found(find, why: str) -> None:
    """That it is still to be looked at is told."""
    plans, held = proposed({A: dead()}, BUILT, find=find)
    assert (plans, whys(held)) == ([], [(A, why)])


def test_no_snapshot_is_told() -> None:
    """Then a person has to look for the work."""
    plans, held = proposed({A: dead()})
    assert (plans, whys(held)) == ([], [(A, "no snapshot is known")])


@pytest.mark.parametrize(
    "text",
    [
        BUILT.replace("[archive, title]", "[title]"),
        BUILT.replace("https://web.archive.org/web/2025/", "https://archive.example/"),
    ],
)
def test_snapshot_that_a_person_chose_is_left(text: str) -> None:
    """Be it verified, or of another archive: the archive is not even asked."""
    assert proposed({A: dead()}, text, find=pytest.fail) == ([], [])


def test_what_only_a_person_can_mend_is_told() -> None:
    """A dead related link has no field for a snapshot; a part that is gone has another name."""
    known = {
        "https://two.example/code": dead(),
        "https://three.example/#part": other(Verdict.ANCHOR),
    }
    plans, held = proposed(known, find=pytest.fail)
    assert plans == []
    assert whys(held) == [
        ("https://two.example/code", "dead: look for it by hand"),
        (
            "https://three.example/#part",
            "the page is there without that part: mend the name by hand",
        ),
    ]
    assert str(held[0].place) == "list.yml:19"
