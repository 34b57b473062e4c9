"""The rules of the list."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tools.references import store
from tools.references.edit import rendered
from tools.references.model import Reference, Related, Relation
from tools.references.validate import faults

Run = Callable[..., tuple[int, str, str]]


def test_every_fault_is_told_in_one_run(root: Path, run: Run) -> None:
    """A list with every kind of fault is told all of them, by line, with exit status 1."""
    broken = root / "tests" / "data" / "references" / "broken.yml"
    expected = broken.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    status, output, _ = run("validate", "--list", broken)
    told = [line for line in output.splitlines()[:-1] if " remark: " not in line]
    assert told == [f"{store.place(broken, 0)}:{line}" for line in expected]
    assert output.splitlines()[-1].startswith(f"8 references, {len(expected)} faults, ")
    assert status == 1


def test_the_list_itself_is_sound(run: Run) -> None:
    """The list that the site shows has no fault, and its summary is the last line."""
    status, output, _ = run("validate")
    assert re.search(r"^\d+ references, no fault\b.*\.\n\Z", output, re.MULTILINE)
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
        ({"year": 1699}, "year: 1699 is before 1700"),
        ({"year": 2017}, "year: 2017 is in the future"),
        ({"id": "2deep"}, "id: `2deep` must be lower-case letters and digits, a letter first"),
        ({"arxiv": None}, "arxiv: is missing; the url says `1502.01852`"),
        ({"arxiv": "1502.01852v1"}, "arxiv: `1502.01852v1` is not a bare identifier"),
        (
            {"doi": "https://doi.org/10.1000/x"},
            "doi: `https://doi.org/10.1000/x` is not a bare identifier",
        ),
        (
            {"doi": "10.48550/arXiv.1502.01852v2"},
            "doi: `10.48550/arXiv.1502.01852v2` names one version of an arXiv paper; "
            "write `10.48550/arXiv.1502.01852`",
        ),
        (
            {"doi": "10.48550/ARXIV.1502.01853"},
            "arxiv: `1502.01852` is not that of the doi, `1502.01853`",
        ),
        (
            {"url": "https://a.org/x", "arxiv": None, "doi": "10.48550/arXiv.1502.01852"},
            "arxiv: is missing; the doi says `1502.01852`",
        ),
        (
            {"url": "https://dl.acm.org/doi/10.1145/3065386", "arxiv": None},
            "doi: is missing; the url says `10.1145/3065386`",
        ),
        (
            {"url": "https://doi.org/10.48550/arXiv.1502.01852"},
            "url: `https://doi.org/10.48550/arXiv.1502.01852` is not canonical; "
            "write `https://arxiv.org/abs/1502.01852`",
        ),
        (
            {"url": "http://arxiv.org/pdf/1502.01852v3.pdf?utm_source=x&fbclid=y"},
            "url: `http://arxiv.org/pdf/1502.01852v3.pdf?utm_source=x&fbclid=y` is not canonical "
            "(http where https is known, tracking by utm_source, fbclid, one version of an arXiv "
            "paper); write `https://arxiv.org/abs/1502.01852`",
        ),
        (
            {"related": (Related(rel=Relation.PDF, url="https://arxiv.org/abs/1502.01852"),)},
            "related: `https://arxiv.org/abs/1502.01852` stands twice",
        ),
        ({"authors": ("Seraﬁn, A",)}, "authors: has ligatures; write `Serafin, A`"),
        ({"venue": "Scientiﬁc Reports"}, "venue: has ligatures; write `Scientific Reports`"),
        ({"note": "Very eﬃcient."}, "note: has ligatures; write `Very efficient.`"),
        (
            {"unverified": ("tilte",)},
            "unverified: there is no field `tilte`; did you mean `title`?",
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
    assert message in [fault.message for fault in faults(listing, this_year=2016)]


@pytest.mark.parametrize(
    "url",
    [
        "https://dl.acm.org/doi/10.5555/3295222.3295349",
        "https://onlinelibrary.wiley.com/doi/10.1111/j.1467/abstract",
    ],
)
def test_page_that_only_looks_like_a_doi_asks_for_none(
    url: str, reference: Callable[..., Reference]
) -> None:
    """ACM's own numbers resolve nowhere, and a page's part is no part of a name."""
    listing = store.parse(Path("x.yml"), rendered(reference(url=url, arxiv=None)))
    assert faults(listing) == []


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://a.org:99999/", "//a.org", "https://a..org/", "javascript:x"]
)
def test_what_is_no_address_is_one_fault(url: str, reference: Callable[..., Reference]) -> None:
    """No other rule stumbles over it or repeats it."""
    text = rendered(reference(arxiv=None)).replace("https://arxiv.org/abs/1502.01852", f"'{url}'")
    [told] = faults(store.parse(Path("x.yml"), text))
    assert told.message.startswith(f"url: `{url}` is not an ")


@pytest.mark.parametrize(
    "fields",
    [
        {"year": 1700},
        {"year": 2016},
        {"url": "https://doi.org/10.1000/ABC", "doi": "10.1000/abc", "arxiv": None},
    ],
)
def test_what_is_just_right_is_no_fault(
    fields: dict[str, object], reference: Callable[..., Reference]
) -> None:
    """The first year and that which runs are believed; the case of a DOI means nothing."""
    listing = store.parse(Path("x.yml"), rendered(reference(**fields)))
    assert faults(listing, this_year=2016) == []


@pytest.mark.parametrize(
    ("field", "value", "suggestion"),
    [
        ("kind", "papers", "did you mean `paper`?"),
        ("topics", "[visoin]", "did you mean `vision`?"),
        ("auhtors", "[A]", "did you mean `authors`?"),
        ("topics", "[cooking]", None),
    ],
)
def test_near_miss_is_told_what_it_misses(field: str, value: str, suggestion: str | None) -> None:
    """A word that is nearly one of a vocabulary is answered by that word, any other by none."""
    listing = store.parse(Path("x.yml"), f"- id: a\n  {field}: {value}\n")
    [message] = [each.message for each in listing.faults if each.line == 2]
    assert message.partition("; ")[2] == (suggestion or "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"url": "https://a.org/x"}, {"url": "http://www.a.org/x/"}),
        ({"url": "https://a.org/x"}, {"url": "https://a.org/x/index.html"}),
        ({"url": "https://a.org/x"}, {"url": "https://b.org/", "aliases": ("http://a.org/x",)}),
        (
            {
                "url": "https://a.org/x",
                "related": (Related(rel=Relation.PDF, url="https://p.org/a"),),
            },
            {"url": "https://p.org/a"},
        ),
        (
            {"url": "https://arxiv.org/abs/1502.01852"},
            {"url": "https://arxiv.org/pdf/1502.01852v2"},
        ),
        (
            {"url": "https://arxiv.org/abs/1502.01852"},
            {"url": "https://a.org/y", "doi": "10.48550/arXiv.1502.01852"},
        ),
        (
            {"url": "https://a.org/y", "arxiv": "1502.01852"},
            {"url": "http://arxiv.org/abs/1502.01852"},
        ),
        (
            {"url": "https://www.youtube.com/watch?v=ghEmQSxT6tw"},
            {"url": "https://youtu.be/ghEmQSxT6tw?si=x"},
        ),
        (
            {"url": "https://doi.org/10.1145/3065386"},
            {"url": "https://dl.acm.org/doi/pdf/10.1145/3065386"},
        ),
        (
            {"url": "https://a.org/y", "doi": "10.1038/nature14236"},
            {"url": "https://www.nature.com/articles/nature14236"},
        ),
    ],
)
def test_one_work_under_two_addresses_is_told(
    first: dict[str, object], second: dict[str, object], reference: Callable[..., Reference]
) -> None:
    """However the addresses are spelled and in whichever field: the second names the first."""
    bare = {"arxiv": None}
    text = rendered(reference(**bare | first, id="first", title="One"))
    text += rendered(reference(**bare | second, id="second", title="Two"))
    listing = store.parse(Path("x.yml"), text)
    told = [
        each
        for each in faults(listing)
        if each.message.endswith("is that of `first` already (line 1)")
    ]
    assert len(told) == 1
    assert told[0].line > listing.entries[1].line


def test_http_is_told_where_the_list_knows_https(reference: Callable[..., Reference]) -> None:
    """An http address, not an alias, on a host that stands elsewhere with https; no other host."""
    pdf = Related(rel=Relation.PDF, url="http://known.example/b.pdf")
    one = reference(
        id="one",
        title="One",
        url="https://known.example/a",
        arxiv=None,
        aliases=("https://known.example/once",),
    )
    other = reference(
        id="other",
        title="Other",
        url="http://unknown.example/b",
        arxiv=None,
        related=(pdf,),
        aliases=("http://known.example/old",),
    )
    listing = store.parse(Path("x.yml"), rendered(other) + rendered(one))
    assert [each.message for each in faults(listing)] == [
        "related: `http://known.example/b.pdf` is http, but line 13 has this host by https; "
        "write `https://known.example/b.pdf`"
    ]


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
