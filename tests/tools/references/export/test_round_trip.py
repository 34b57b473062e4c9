"""What other programs read in the exports: the same works that the list has.

BibTeX is written with bibtexparser. So it is read here with pybtex, which has a parser and a notion
of names of its own, and what LaTeX would set is found by pylatexenc.
"""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from tests.tools.references.strategies import addresses, always_alike
from tools.references.export import bibtex, csl_json, csv_table
from tools.references.model import Kind, Reference, Topic

VENUES = ("journal", "booktitle", "school", "institution", "publisher", "organization")
decoder = LatexNodes2Text(keep_comments=True, strict_latex_spaces=True)


def as_set(latex: str) -> str:
    """Return the characters that LaTeX would set."""
    # The decoder leaves out these two, and has a letter of phonetics for the circumflex.
    for command, simple in (("left", r"\{"), ("right", r"\}")):
        latex = latex.replace(rf"\textbrace{command}{{}}", simple)
    return decoder.latex_to_text(latex).replace("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^")


def name_of(person: Person) -> str:
    """Return a name as the list writes it."""
    given = " ".join([*person.first_names, *person.middle_names])
    family = " ".join([*person.prelast_names, *person.last_names])
    return as_set(f"{family}, {given}" if given else family)


def works_in(bib: str) -> Iterator[tuple[str, Entry]]:
    """Yield the key and the fields of each work in a .bib file."""
    yield from parse_string(bib, "bibtex").entries.items()


def assert_same(entry: Entry, work: Reference) -> None:
    """Fail unless an entry of BibTeX tells what the list does."""
    fields = entry.fields
    assert as_set(fields["title"]) == work.title
    assert [name_of(person) for person in entry.persons.get("author", [])] == list(work.authors)
    assert fields.get("year") == (str(work.year) if work.year else None)
    assert fields["url"] == work.url
    assert fields.get("doi") == work.doi
    assert fields.get("eprint") == work.arxiv
    assert as_set(fields.get("annotation", "")) == (work.note or "")
    venues = [as_set(fields[name]) for name in VENUES if name in fields]
    assert venues == ([work.venue] if work.venue else [])
    assert fields["keywords"] == ", ".join(work.topics)


def test_whole_list_survives_in_bibtex(references: list[Reference]) -> None:
    """Another reader finds every work of the list, with all it says."""
    entries = list(works_in(bibtex.export(references)))
    assert [key for key, _ in entries] == [work.id for work in references]
    for (_, entry), work in zip(entries, references, strict=True):
        assert_same(entry, work)


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("van Hasselt, Hado", (["Hado"], ["van"], ["Hasselt"])),
        ("Van de Sompel, Herbert", (["Herbert"], ["Van", "de"], ["Sompel"])),
        ("Zaj\u0105c, Zygmunt", (["Zygmunt"], [], ["Zaj\u0105c"])),
        ("Google DeepMind", ([], [], ["{Google DeepMind}"])),
        ("Institute of Science and Arts", ([], [], ["{Institute of Science and Arts}"])),
    ],
)
def test_names_have_their_parts(
    page: Reference, author: str, parts: tuple[list[str], list[str], list[str]]
) -> None:
    """A particle belongs to the family, and a body is one name however many words it has."""
    work = Reference(id="a1", title="T", url=page.url, kind=page.kind, topics=page.topics)
    for authors in ((author,), ("First, Ann", author, "Last, Bob")):
        text = bibtex.export([Reference(**{**fields_of(work), "authors": authors})])
        ((_, entry),) = works_in(text)
        persons = entry.persons["author"]
        assert len(persons) == len(authors)
        person = persons[len(authors) // 2]
        assert (person.first_names, person.prelast_names, person.last_names) == parts


def fields_of(work: Reference) -> dict[str, object]:
    """Return the fields of a work by their names."""
    return {name: getattr(work, name) for name in work.__slots__}


# What titles and notes are made of: what LaTeX, BibTeX, JSON or CSV have a use for, and letters.
PIECES = [*"{}\\%&$#_~^\"'`-?!<>,;:=+@|*/()[]", "--", "word", "A", "Deep", "1", " ", " and ", "\\{"]
PIECES += [
    "\u00e9",
    "\u0105",
    "\u00df",
    "\u6df1\u5ea6",
    "\u0416",
    "\U0001d465",
    "e\u0301",
    "\u2013",
]


def lines(pieces: list[str] = PIECES) -> st.SearchStrategy[str]:
    """Draw text as the list may hold it: not empty, on one line, no two spaces."""
    texts = st.lists(st.sampled_from(pieces), min_size=1, max_size=12).map("".join)
    return texts.map(lambda text: " ".join(text.split())).filter(bool)


def works() -> st.SearchStrategy[Reference]:
    """Draw a work with any text in it."""
    # A name is split at its comma and at its spaces; how it does then is tested above.
    names = lines([piece for piece in PIECES if piece not in (",", " ", " and ", "{", "}", "\\{")])
    return st.builds(
        Reference,
        id=st.just("a1"),
        title=lines(),
        url=addresses().filter(lambda url: not set(url) & set("{}\\")),
        kind=st.sampled_from(Kind),
        topics=st.lists(st.sampled_from(Topic), min_size=1, max_size=3, unique=True).map(tuple),
        authors=st.lists(names, max_size=3).map(
            lambda words: tuple(f"Family{word}, Given" for word in words)
        ),
        year=st.none() | st.integers(1900, 2030),
        venue=st.none() | lines(),
        note=st.none() | lines(),
    )


@always_alike
@given(work=works())
def test_any_text_survives_in_bibtex(work: Reference) -> None:
    """Whatever characters a work holds, another reader finds them, and the next work too."""
    after = Reference(
        id="b2", title="Next", url="https://b.c/", kind=Kind.TOOL, topics=(Topic.GENERAL,)
    )
    (_, first), (key, second) = works_in(bibtex.export([work, after]))
    assert_same(first, work)
    assert (key, second.fields["title"]) == ("b2", "{Next}")


@always_alike
@given(work=works())
def test_any_text_survives_in_json_and_csv(work: Reference) -> None:
    """The same holds for the other two, but for the apostrophe before what would be a formula."""
    (item,) = json.loads(csl_json.export([work]))
    assert (item["title"], item["URL"]) == (work.title, work.url)
    assert item.get("annote") == work.note
    (row,) = csv.DictReader(io.StringIO(csv_table.export([work])))
    for name in ("title", "venue", "note"):
        assert row[name] in ((getattr(work, name) or ""), f"'{getattr(work, name)}")
