"""The command that adds works."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references.categorize import categorize
from tools.references.store import load

Run = Callable[..., tuple[int, str, str]]
ListFile = Callable[[str], Path]
LIST = """\
# Ours.
- id: gym
  title: Gym
  url: https://github.com/openai/gym
  kind: code
  topics: [reinforcement]
"""


def test_bullets_of_a_file_are_added(tmp_path: Path, list_file: ListFile, run: Run) -> None:
    """Each bullet becomes an entry after the others, and is reported with both places."""
    source = tmp_path / "notes.md"
    source.write_text("- [Autograd in a page](https://a.org/autograd)\n")
    path = list_file(LIST)
    status, output, errors = run("add", "--from", source, "--list", path)
    assert (status, errors) == (0, "")
    added = categorize("Autograd in a page", "https://a.org/autograd")
    assert output.splitlines() == [
        f"{source}:1: added as aautograd ({path}:8): Autograd in a page "
        f"[{added.kind}; {added.topic}; confidence {added.confidence:.2f}]",
        f"    {added.why}",
        "By hand, where you know them: authors, year, venue, and a note of one line; then run "
        "`python -m tools.references validate`.",
        "1 added, 0 not; the list has 2 works.",
    ]
    assert path.read_text().startswith(LIST + "\n- id: aautograd\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("- [A Name](https://a.org/b)", "A Name"),
        ("[A Name](https://a.org/b)", "A Name"),
        ("A Name: https://a.org/b", "A Name"),
        ("https://a.org/a-name", "A name"),
    ],
)
def test_text_is_added(text: str, title: str, list_file: ListFile, run: Run) -> None:
    """A bullet, a link, or an address with or without words will do."""
    path = list_file("")
    assert run("add", text, "--list", path)[0] == 0
    assert [reference.title for reference in load(path)] == [title]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("10.1000/a(b)", "https://doi.org/10.1000/a(b)"),
        ("doi:10.1000/x", "https://doi.org/10.1000/x"),
        ("DOI: 10.1000/x", "https://doi.org/10.1000/x"),
        ("DOI 10.1000/x", "https://doi.org/10.1000/x"),
        ("arXiv 1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("10.1000/x#", "https://doi.org/10.1000/x%23"),
        ("1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("arXiv:1706.03762v3", "https://arxiv.org/abs/1706.03762"),
        ("arXiv: hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("10.48550/arXiv.1706.03762", "https://arxiv.org/abs/1706.03762"),
    ],
)
def test_name_of_a_work_is_added(text: str, url: str, list_file: ListFile, run: Run) -> None:
    """A DOI or an arXiv number alone will do, however it is introduced."""
    path = list_file("")
    assert run("add", text, "--list", path)[0] == 0
    assert [(reference.url, reference.aliases) for reference in load(path)] == [(url, ())]


def test_what_is_left_to_do_is_said_once(list_file: ListFile, run: Run) -> None:
    """The entries whose titles were made from addresses are named; a listed work needs nothing."""
    path = list_file(LIST)
    _, output, _ = run("add", "https://a.org/one", "[A Title](https://b.org/)", "--list", path)
    assert output.splitlines()[-2] == (
        "By hand, where you know them: authors, year, venue, and a note of one line; mend the "
        "titles made from an address (aone); then run `python -m tools.references validate`."
    )
    assert output.count("By hand") == 1
    assert "By hand" not in run("add", "https://a.org/one", "--list", path)[1]


def test_text_without_a_link_is_told_beside_the_others(
    tmp_path: Path, list_file: ListFile, run: Run
) -> None:
    """A slip of the hand costs only itself, and does not go unsaid; nor does an empty file."""
    empty = tmp_path / "notes.md"
    empty.write_text("Nothing yet.\n")
    path = list_file("")
    args = ("htps:/a.org/x\x1b", "https://b.org/", "--from", empty)
    status, output, _ = run("add", *args, "--list", path)
    assert status == 0
    assert "htps:/a.org/x\\x1b: refused: there is no link in it\n" in output
    assert f"{empty}: refused: there is no link in it\n" in output
    assert output.splitlines()[-1] == "1 added, 2 not; the list has 1 work."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<https://a.org/\x1b>", r"https://a.org/\x1b: refused: `https://a.org/\x1b` is not an "),
        ("10.1000/x\u202ey", r"doi:10.1000/x\u202ey: refused: `https://doi.org/10.1000/x\u202ey` "),
        (
            "- [T](https://a.org/) [code](<https://b.org\x1b/>)",
            r"; refused a link: `https://b.org\x1b/` is not an ",
        ),
    ],
)
def test_no_control_character_reaches_a_terminal(
    text: str, told: str, list_file: ListFile, run: Run
) -> None:
    """What stood in an address that is refused is shown as an escape."""
    _, output, _ = run("add", text, "--list", list_file(""))
    assert told in output
    assert output.replace("\n", "").isprintable()


def test_mark_of_encoding_hides_no_bullet(tmp_path: Path, list_file: ListFile, run: Run) -> None:
    """A file that begins with a byte order mark has its first bullet read, too."""
    source = tmp_path / "notes.md"
    source.write_bytes(b"\xef\xbb\xbf- [A Name](https://a.org/b)\n")
    assert run("add", "--from", source, "--list", list_file(""))[0] == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LIST.replace("\n", "\r\n"), ""),
        ("\ufeff" + LIST, ""),
        (LIST.rstrip("\n"), "\n"),
        (LIST + "\n# To read:\n#   - something\n", ""),
        ("---\n" + LIST, ""),
    ],
)
def test_list_of_any_form_keeps_what_it_has(
    before: str, after: str, list_file: ListFile, run: Run
) -> None:
    """Line ends, marks and comments stay as they are, and the new entry follows them."""
    path = list_file(before)
    assert run("add", "- [A Name](https://a.org/b)", "--list", path)[0] == 0
    text = path.read_bytes().decode()
    assert text.startswith(before + after)
    assert [reference.id for reference in load(path)] == ["gym", "aname"]
    assert ("\r\n" in before) == (text.count("\r\n") == text.count("\n"))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "cannot be read: Is a directory"), ("none/x.yml", "cannot be written: No such file")],
)
def test_list_that_cannot_be_used_is_one_sentence(
    name: str, reason: str, tmp_path: Path, run: Run
) -> None:
    """A folder in place of the list, or none for it, is named."""
    path = tmp_path / name
    status, output, errors = run("add", "https://a.org/x", "--list", path)
    assert (status, output) == (2, "")
    assert errors.startswith(f"{path}: {reason}")
    assert len(errors.splitlines()) == 1


def test_duplicate_is_refused_by_name_and_its_spelling_kept(list_file: ListFile, run: Run) -> None:
    """A listed work is named with its place, gains the new address, and nothing is added."""
    path = list_file(LIST)
    status, output, _ = run("add", "http://github.com/OpenAI/gym/", "--list", path)
    assert status == 1
    assert output.splitlines()[0] == (
        f"http://github.com/OpenAI/gym/: already listed as gym ({path}:2), "
        "found by its address; it gained http://github.com/OpenAI/gym/"
    )
    assert load(path)[0].aliases == ("http://github.com/OpenAI/gym/",)


def test_a_new_list_is_begun(tmp_path: Path, run: Run) -> None:
    """A list that does not exist yet comes into being with its first works."""
    path = tmp_path / "new.yml"
    assert run("add", "- [A Name](https://a.org/b)", "--list", path)[0] == 0
    assert [reference.title for reference in load(path)] == ["A Name"]


def test_adding_twice_leaves_the_file_alone(list_file: ListFile, run: Run) -> None:
    """The second run of the same command changes no byte."""
    path = list_file(LIST)
    run("add", "http://b.org/one", "--list", path)
    before = path.read_bytes()
    assert run("add", "http://b.org/one", "--list", path)[0] == 1
    assert path.read_bytes() == before


def test_unusable_address_is_refused_by_name(list_file: ListFile, run: Run) -> None:
    """A link that is no address is told; the others are added."""
    path = list_file("")
    status, output, _ = run("add", "- [A](http://a:99999/)", "https://b.org/", "--list", path)
    assert status == 0
    assert "http://a:99999/: refused: `http://a:99999/` is not an address" in output
    assert len(load(path)) == 1


def test_unusable_second_link_costs_only_itself(
    tmp_path: Path, list_file: ListFile, run: Run
) -> None:
    """A bullet with a bad second link is added without it, and those after it are, too."""
    source = tmp_path / "notes.md"
    source.write_text(
        "- [A paper of note](https://x.org/a) [pdf](http://x.org:99999/)\n"
        "- [Another](https://x.org/b)\n"
    )
    path = list_file("")
    status, output, errors = run("add", "--from", source, "--list", path)
    assert (status, errors) == (0, "")
    assert output.splitlines()[0].endswith(
        "; refused a link: `http://x.org:99999/` is not an address"
    )
    assert [reference.url for reference in load(path)] == ["https://x.org/a", "https://x.org/b"]


@pytest.mark.parametrize(
    "text",
    ["A\N{ZERO WIDTH SPACE}Name\N{RIGHT-TO-LEFT OVERRIDE}", "AName\x07", "AName\N{NO-BREAK SPACE}"],
)
def test_unseen_characters_of_a_title_are_left_out(
    text: str, list_file: ListFile, run: Run
) -> None:
    """What copying brought along and nobody sees does not get into the list."""
    path = list_file("")
    assert run("add", f"- [{text}](https://a.org/b)", "--list", path)[0] == 0
    assert [reference.title for reference in load(path)] == ["AName"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("www.example.com", "https://www.example.com/"),
        ("www.example.com/foo", "https://www.example.com/foo"),
        ("distill.pub/2016/momentum/", "https://distill.pub/2016/momentum/"),
        ("example.org:8080/x", "https://example.org:8080/x"),
    ],
)
def test_address_without_scheme_is_added(
    text: str, url: str, list_file: ListFile, run: Run
) -> None:
    """An address as a browser shows it is taken to be served over https."""
    path = list_file("")
    assert run("add", text, "--list", path)[0] == 0
    assert [reference.url for reference in load(path)] == [url]


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("",),
        ("mailto:a@b.org",),
        ("notes.md",),
        ("./docs/notes.md",),
        ("no link here",),
        ("[x](notes.md)",),
    ],
)
def test_nothing_to_add_is_one_sentence(
    args: tuple[str, ...], list_file: ListFile, run: Run
) -> None:
    """Input without a link ends with status 2, a sentence, and the list untouched."""
    path = list_file(LIST)
    status, output, errors = run("add", *args, "--list", path)
    assert (status, output) == (2, "")
    assert (
        errors == "error: no link to add: give an address (https://...), a DOI, an arXiv number, "
        "a Markdown bullet, or a file with --from.\n"
    )
    assert path.read_text() == LIST


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read: No such file or directory."), (b"\xff\xfe", "is not UTF-8 text.")],
)
def test_unreadable_file_is_one_sentence(
    content: bytes | None, reason: str, tmp_path: Path, list_file: ListFile, run: Run
) -> None:
    """A source that cannot be read is named, with status 2."""
    source = tmp_path / "notes.md"
    if content is not None:
        source.write_bytes(content)
    status, _, errors = run("add", "--from", source, "--list", list_file(""))
    assert (status, errors) == (2, f"error: {source} {reason}\n")


def test_list_with_faults_is_left_alone(list_file: ListFile, run: Run) -> None:
    """Nothing is added to a list that cannot be read whole; its faults are told."""
    path = list_file("- id: a\n")
    status, _, errors = run("add", "https://b.org/", "--list", path)
    assert status == 2
    assert f"{path}:1: title: is missing" in errors
    assert path.read_text() == "- id: a\n"
