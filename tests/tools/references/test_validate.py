"""The rules of the list."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tools.references import store
from tools.references.edit import rendered
from tools.references.model import Reference
from tools.references.validate import faults

Run = Callable[..., tuple[int, str, str]]


def test_every_fault_is_told_in_one_run(root: Path, run: Run) -> None:
    """A list with every kind of fault is told all of them, by line, with exit status 1."""
    broken = root / "tests" / "data" / "references" / "broken.yml"
    expected = broken.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    status, output, _ = run("validate", "--list", broken)
    assert output.splitlines() == [f"{store.place(broken, 0)}:{line}" for line in expected]
    assert status == 1


def test_the_list_itself_is_sound(run: Run) -> None:
    """The list that the site shows has no fault."""
    status, output, _ = run("validate")
    assert output.endswith(" references, no fault.\n")
    assert status == 0


def test_unreadable_list_is_one_sentence(tmp_path: Path, run: Run) -> None:
    """A list that is not there ends with its name and status 1."""
    missing = tmp_path / "none.yml"
    status, output, _ = run("validate", "--list", missing)
    assert (status, output) == (1, f"{missing}: cannot be read: No such file or directory\n")


def test_sound_entry_has_no_fault(reference: Callable[..., Reference]) -> None:
    """No rule objects to an ordinary entry."""
    assert faults(store.parse(Path("x.yml"), rendered(reference()))) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"year": 1699}, "year: 1699 is not between 1700 and 2100"),
        ({"year": 2101}, "year: 2101 is not between 1700 and 2100"),
        ({"id": "2deep"}, "id: `2deep` must be lower-case letters and digits, a letter first"),
        ({"arxiv": None}, "arxiv: is missing; the url says `1502.01852`"),
        ({"arxiv": "1502.01852v1"}, "arxiv: `1502.01852v1` is not a bare identifier"),
        (
            {"doi": "https://doi.org/10.1000/x"},
            "doi: `https://doi.org/10.1000/x` is not a bare identifier",
        ),
        (
            {"url": "https://getrevue.co/x", "arxiv": None},
            "url: this site was shut down on 18 January 2023; find a new address, or an archive",
        ),
    ],
)
def test_rule_objects(
    fields: dict[str, object], message: str, reference: Callable[..., Reference]
) -> None:
    """Each rule tells what is wrong with the value."""
    listing = store.parse(Path("x.yml"), rendered(reference(**fields)))
    assert message in [fault.message for fault in faults(listing)]


@pytest.mark.parametrize("year", ["0x7DF", "2_015", "'2015'", "2015.0", "-5", "[2015]"])
def test_year_is_written_in_plain_digits(year: str, reference: Callable[..., Reference]) -> None:
    """What YAML would also read as a number, or as text, is told apart."""
    text = rendered(reference(year=2015)).replace("year: 2015", f"year: {year}")
    [fault] = faults(store.parse(Path("x.yml"), text))
    assert fault.message.startswith("year: must be a whole number")


def test_archive_excuses_a_site_that_is_gone(reference: Callable[..., Reference]) -> None:
    """A dead address may stay when a snapshot of it is named."""
    dead = reference(url="https://getrevue.co/x", arxiv=None)
    kept = replace(dead, archive="https://web.archive.org/web/2022/https://getrevue.co/x")
    assert len(faults(store.parse(Path("x.yml"), rendered(dead)))) == 1
    assert faults(store.parse(Path("x.yml"), rendered(kept))) == []


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "doi:10.1000/x"),
        ("archive", "data:text/html,x"),
        ("archive", "/etc/passwd"),
        ("aliases", "ftp://a.org/x"),
        ("related", "file:///etc/passwd"),
    ],
)
def test_only_web_addresses_get_onto_a_page(
    field: str, address: str, list_file: Callable[[str], Path]
) -> None:
    """Whatever is not http or https is told by `validate` with its line, and refused by `load`."""
    related = f"[{{rel: pdf, url: '{address}'}}]"
    written = {"related": related, "aliases": f"['{address}']"}.get(field, f"'{address}'")
    fields = {"id": "a", "title": "A", "url": "https://a.org/", "kind": "book"}
    fields |= {"topics": "[general]", field: written}
    path = list_file("- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items()))
    line = list(fields).index(field) + 1
    message = f"{field}: `{address}` is not an http or https address"
    assert (line, message) in [(each.line, each.message) for each in faults(store.read(path))]
    with pytest.raises(store.ListError) as error:
        store.load(path)
    assert str(error.value) == f"{path}:{line}: {message}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"a\x07b", "U+0007"),
        (r"a\tb", "U+0009"),
        (r"a\u200Bb", "U+200B ZERO WIDTH SPACE"),
        (r"a\u202Eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (r"a\u2028b", "U+2028 LINE SEPARATOR"),
    ],
)
@pytest.mark.parametrize("field", ["title", "note", "venue", "authors"])
def test_text_can_be_seen(
    field: str, text: str, name: str, list_file: Callable[[str], Path]
) -> None:
    """Controls and marks of direction are told with their line, and refused by `load`."""
    fields = {"title": "A", "url": "https://a.org/", "kind": "book", "topics": "[general]"}
    fields |= {field: f'["{text}"]' if field == "authors" else f'"{text}"'}
    path = list_file("- id: a\n  " + "\n  ".join(f"{key}: {fields[key]}" for key in fields))
    with pytest.raises(store.ListError) as error:
        store.load(path)
    line = list(fields).index(field) + 2
    assert str(error.value) == (
        f"{path}:{line}: {field}: holds a character that cannot be seen, {name}"
    )


def test_spaces_of_print_are_text(reference: Callable[..., Reference]) -> None:
    """The no-break space of a French note is no control character."""
    listing = store.parse(Path("x.yml"), rendered(reference(note="À lire\N{NO-BREAK SPACE}!")))
    assert faults(listing) == []
