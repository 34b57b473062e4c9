"""What is remarked on a list without being wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references import remarks, store
from tools.references.categorize import Category
from tools.references.edit import rendered
from tools.references.model import Kind, Reference, Topic
from tools.references.remarks import CONFIDENT, DOUBT, Remark, told

Run = Callable[..., tuple[int, str, str]]
Make = Callable[..., Reference]
LIST = Path("list.yml")


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the rules say one thing of every work."""

    def say(kind: Kind, topic: Topic, confidence: float) -> None:
        said = Category(kind=kind, topics=(topic,), confidence=confidence, why="so says a test")
        monkeypatch.setattr(remarks, "categorize", lambda title, url: said)

    return say


@pytest.fixture
def site(tmp_path: Path, rules: Callable[..., None]) -> Path:
    """The list of a site with one page and one notebook, which cite a work each."""
    rules(Kind.TOOL, Topic.GENERAL, 1.0)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n")
    folder = tmp_path / "docs" / "references"
    folder.mkdir(parents=True)
    (folder.parent / "page.md").write_text("# Page\n\nAs said [@one], not `[@three]`.\n")
    (folder.parent / "book.py").write_text("# %% [markdown]\n# See [@two].\n")
    path = folder / "references.yml"
    ids = ("one", "two", "three")
    path.write_text("".join(entry(key) for key in ids), encoding="utf-8")
    return path


def entry(key: str) -> str:
    """Return an entry on which there is nothing to remark but where it is cited."""
    url = f"https://{key}.example/"
    made = Reference(
        id=key, title=key, url=url, kind=Kind.TOOL, topics=(Topic.GENERAL,), note="Why."
    )
    return rendered(made)


def messages(text: str) -> list[str]:
    """Return the lines that tell the remarks on a text."""
    return told(LIST, remarks.remarks(store.parse(LIST, text)))


def test_entry_without_note_is_remarked(rules: Callable[..., None], reference: Make) -> None:
    """An entry says why to read the work; an empty note is a fault, which is enough."""
    rules(Kind.PAPER, Topic.TRAINING, 1.0)
    assert messages(rendered(reference())) == ["list.yml:1: remark: he2015delving: no note"]
    assert messages(rendered(reference(note="Why."))) == []
    assert messages("- id: a\n  note:\n") == []


@pytest.mark.parametrize(
    ("kind", "topic", "line", "said"),
    [
        (Kind.BOOK, Topic.TRAINING, 4, "kind: the list says paper, the rules book"),
        (Kind.PAPER, Topic.VISION, 5, "topics: the list says training, the rules vision"),
        (
            Kind.BOOK,
            Topic.VISION,
            4,
            "kind: the list says paper, the rules book; "
            "topics: the list says training, the rules vision",
        ),
        (Kind.PAPER, Topic.TRAINING, 0, ""),
    ],
)
def test_rules_that_are_sure_of_another_word_are_told(
    kind: Kind, topic: Topic, line: int, said: str, rules: Callable[..., None], reference: Make
) -> None:
    """Both words, how sure the rules are and why; only the main topic counts."""
    rules(kind, topic, 0.9)
    told_line = f"list.yml:{line}: remark: he2015delving: {said} (confidence 0.90; so says a test)"
    assert messages(rendered(reference(note="Why."))) == ([told_line] if said else [])


def test_many_doubts_of_the_rules_are_one_line(rules: Callable[..., None], reference: Make) -> None:
    """A few are told like any other; what the rules are sure of is told however much it is."""
    work = rendered(reference(note="Why."))
    rules(Kind.BOOK, Topic.TRAINING, CONFIDENT - 0.01)
    assert messages(work) == [
        "list.yml:4: remark: he2015delving: kind: the list says paper, the rules book "
        "(confidence 0.79; so says a test)"
    ]
    assert messages(work * 6) == [
        "list.yml:39: remark: he2015delving and 5 others: the rules differ, in doubt"
    ]
    rules(Kind.BOOK, Topic.TRAINING, CONFIDENT)
    assert len(messages(work * 6)) == 6


def test_sure_rules_object_to_few_entries(references: list[Reference]) -> None:
    """What is told of each entry is something that somebody reads, not noise."""
    found = remarks.categorized_otherwise(store.read().entries)
    assert sum(each.matter != DOUBT for each in found) <= len(references) // 8


def test_entry_that_no_page_cites_is_remarked(site: Path) -> None:
    """Pages and notebooks cite; what is shown as code does not."""
    found = remarks.remarks(store.read(site))
    assert told(site, found) == [f"{site}:13: remark: three: cited on no page"]


def test_only_a_list_of_a_site_is_to_be_cited(site: Path) -> None:
    """A list of somebody else's, or one without a site around it, has no pages."""
    (site.parents[2] / "mkdocs.yml").unlink()
    assert remarks.remarks(store.read(site)) == []


def test_page_that_cannot_be_read_hides_no_other(site: Path) -> None:
    """The build tells of such a page."""
    (site.parents[1] / "a.md").write_bytes(b"\xff")
    assert [remark.key for remark in remarks.remarks(store.read(site))] == ["three"]


def test_many_alike_are_counted_in_one_line() -> None:
    """A long list of one remark would hide the others."""
    many = [Remark(line, f"a{line}", "cited nowhere", "not cited") for line in range(10, 16)]
    other = Remark(12, "b", "no note", "no note")
    assert told(LIST, sorted([*many, other])) == [
        "list.yml:12: remark: b: no note",
        "list.yml:15: remark: a15 and 5 others: not cited",
    ]
    each = [f"list.yml:{line}: remark: a{line}: cited nowhere" for line in range(10, 16)]
    assert told(LIST, many, each=True) == each
    assert told(LIST, many[1:]) == each[1:]


def test_remarks_change_no_status(site: Path, run: Run) -> None:
    """They follow the faults, and the last line counts both."""
    status, output, errors = run("validate", "--list", site)
    assert (status, errors) == (0, "")
    assert output.splitlines() == [
        f"{site}:13: remark: three: cited on no page",
        "3 references, no fault, 1 remark.",
    ]
    site.write_text(site.read_text().replace("kind: tool", "kind: toool", 1))
    status, output, _ = run("validate", "--list", site)
    assert status == 1
    assert [line.split(": ")[1] for line in output.splitlines()[:-1]] == ["kind", "remark"]
    assert output.splitlines()[-1] == "3 references, 1 fault, 1 remark."


def test_remarks_are_told_one_by_one_when_asked_for(site: Path, run: Run) -> None:
    """The last line counts all of them, and says how to see those that are not told."""
    site.write_text(site.read_text() + "".join(entry(f"x{number}") for number in range(5)))
    _, output, _ = run("validate", "--list", site)
    assert output.splitlines() == [
        f"{site}:43: remark: x4 and 5 others: cited on no page",
        "8 references, no fault, 6 remarks; --remarks tells each of them.",
    ]
    _, output, _ = run("validate", "--list", site, "--remarks")
    assert len(output.splitlines()) == 7
    assert output.endswith("\n8 references, no fault, 6 remarks.\n")


def test_broken_entries_are_remarked_as_far_as_they_can_be_read() -> None:
    """Whatever is missing of an entry, the rest is looked at."""
    assert messages("- a\n- kind: tool\n- id: b\n  note: Why.\n") == [
        "list.yml:1: remark: an entry without id: no note",
        "list.yml:2: remark: an entry without id: no note",
    ]
