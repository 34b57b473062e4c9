"""Reading a list, and replacing it."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from tools.references import store
from tools.references.model import Kind, Reference, Related, Relation, Topic
from tools.references.schema import FIELDS, REQUIRED

COLON = (
    "is not YAML: mapping values are not allowed here; a text that holds `: ` stands in quotes, "
    "and all fields are indented alike"
)
WHOLE = """\
# Every field there is.
- id: he2015delving
  title: 'Delving Deep into Rectifiers: A Title'
  url: https://arxiv.org/abs/1502.01852
  kind: paper
  topics: [training, vision]
  authors:
    - He, Kaiming
    - Microsoft Research
  year: 2015
  venue: IEEE International Conference on Computer Vision
  doi: 10.1109/ICCV.2015.123
  arxiv: '1502.01852'
  note: Where the initialization for ReLU comes from.
  related:
    - rel: code
      url: https://github.com/a/b
  aliases:
    - https://arxiv.org/pdf/1502.01852v1.pdf
  archive: https://web.archive.org/web/2015/https://arxiv.org/abs/1502.01852
  unverified: [year]

- {id: bare, title: Bare, url: https://a.org/, kind: book, topics: [general]}
"""


def test_every_field_is_read(list_file: Callable[[str], Path]) -> None:
    """Each field arrives in its type, absent ones are empty, and lines are those of the file."""
    whole, bare = store.load(list_file(WHOLE))
    assert whole == Reference(
        id="he2015delving",
        title="Delving Deep into Rectifiers: A Title",
        url="https://arxiv.org/abs/1502.01852",
        kind=Kind.PAPER,
        topics=(Topic.TRAINING, Topic.VISION),
        authors=("He, Kaiming", "Microsoft Research"),
        year=2015,
        venue="IEEE International Conference on Computer Vision",
        doi="10.1109/ICCV.2015.123",
        arxiv="1502.01852",
        note="Where the initialization for ReLU comes from.",
        related=(Related(rel=Relation.CODE, url="https://github.com/a/b"),),
        aliases=("https://arxiv.org/pdf/1502.01852v1.pdf",),
        archive="https://web.archive.org/web/2015/https://arxiv.org/abs/1502.01852",
        unverified=("year",),
    )
    assert (whole.line, bare.line) == (2, 23)
    assert whole.topic is Topic.TRAINING
    assert (bare.year, bare.authors) == (None, ())


def test_schema_and_model_have_the_same_fields() -> None:
    """What can be written in the file is what a reference has, in the same order."""
    assert list(FIELDS) == [field.name for field in fields(Reference) if field.name != "line"]
    assert set(REQUIRED) < set(FIELDS)


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_empty_list_has_no_references(list_file: Callable[[str], Path], text: str) -> None:
    """A list without entries is a list."""
    assert store.load(list_file(text)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: a\n  title: b: c\n", f"2: {COLON}"),
        ("- [\n", "2: is not YAML: expected the node content, but found '<stream end>'"),
        ("- id: a\n\x01", "2: is not YAML: special characters are not allowed, U+0001"),
        ("- id: a\x00b\n", "1: is not YAML: special characters are not allowed, U+0000"),
        (
            "- id: a\n\ttitle: b\n",
            "2: is not YAML: found character '\\t' that cannot start any token",
        ),
        ("- id: a\n    title: b\n", f"2: {COLON}"),
        (
            "- id: a\n  title: 'b\n- id: c\n",
            "4: is not YAML: found unexpected end of stream while scanning a quoted scalar that "
            "begins on line 2",
        ),
        (
            '- a\n- "\\U00110000"\n',
            "2: is not YAML: found an escape of a character that there is not",
        ),
        ("- id: *x\n", "1: is not YAML: found undefined alias 'x'"),
        (
            "- a\n---\n- b\n",
            "2: is not YAML: expected a single document in the stream, but found another document",
        ),
        ("[" * 2_000, "1: is nested too deeply"),
        ("id: a\n", "1: must be a YAML list of entries"),
    ],
)
def test_garbled_file_is_one_sentence_with_its_line(
    list_file: Callable[[str], Path], text: str, message: str
) -> None:
    """Whatever the YAML parser objects to is told as path, line and reason."""
    path = list_file(text)
    with pytest.raises(store.ListError) as error:
        store.load(path)
    assert str(error.value) == f"{path}:{message}"


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("note: >-\n    one line\n    in two", "one line in two"),
        ("note: >\n    one line\n    in two\n", "one line in two"),
        ("note: one line\n    in two", "one line in two"),
        ("note: |-\n    one line", "one line"),
        ("note: &x one\n  venue: &x two", "one"),
    ],
)
def test_text_may_be_folded_or_anchored(
    list_file: Callable[[str], Path], written: str, note: str
) -> None:
    """What is one line when YAML has read it is one line; an anchor may be given twice."""
    fields = "id: a\n  title: A\n  url: https://a.org/\n  kind: book\n  topics: [general]"
    [reference] = store.load(list_file(f"- {fields}\n  {written}\n"))
    assert reference.note == note


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- ? [a, b]\n  : c\n", "1: the name of a field must be a word"),
        ('- "a\\eb": c\n', "1: a\\x1bb: no such field"),
        ("- yaer: 2015\n", "1: yaer: no such field"),
        ("- year: " + "9" * 5000, f"1: year: must be a whole number, not `{'9' * 57}...`"),
        ("- kind: 'a\n\n    b'\n", "1: kind: must be a single line"),
    ],
)
def test_what_stands_in_the_file_is_quoted_safely(
    list_file: Callable[[str], Path], text: str, message: str
) -> None:
    """A message stays on its line, is short, and brings no control character to a terminal."""
    path = list_file(text)
    [told] = [each for each in _messages(path) if each.startswith(f"{path}:{message}")]
    assert len(told) < 300


def _messages(path: Path) -> tuple[str, ...]:
    with pytest.raises(store.ListError) as error:
        store.load(path)
    return error.value.messages


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """A list that is not there is named."""
    with pytest.raises(store.ListError) as error:
        store.load(tmp_path / "none.yml")
    assert str(error.value) == f"{tmp_path / 'none.yml'}: cannot be read: No such file or directory"


def test_wrong_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are located."""
    path = tmp_path / "latin.yml"
    path.write_bytes(b"# one\n- id: M\xfcller\n")
    with pytest.raises(store.ListError, match=r"latin.yml:2: is not UTF-8 text"):
        store.load(path)


def test_faults_of_structure_are_all_raised(list_file: Callable[[str], Path]) -> None:
    """`load` refuses a list with faults and tells every one of them."""
    path = list_file("- id: a\n- title: b\n  kind: papper\n")
    with pytest.raises(store.ListError) as error:
        store.load(path)
    assert len(error.value.messages) == 8


def test_paths_below_the_working_directory_are_relative(
    list_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages name the file as one would type it."""
    path = list_file("x")
    monkeypatch.chdir(path.parent)
    with pytest.raises(store.ListError, match=r"^list\.yml:1: "):
        store.load(path)


def test_write_into_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """A place that cannot be written to is named."""
    with pytest.raises(store.ListError, match=r"cannot be written: No such file or directory"):
        store.write(tmp_path / "none" / "list.yml", "text")
