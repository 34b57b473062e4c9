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
    "args", [(), ("notes.md",), ("./docs/notes.md",), ("no link here",), ("[x](notes.md)",)]
)
def test_nothing_to_add_is_one_sentence(
    args: tuple[str, ...], list_file: ListFile, run: Run
) -> None:
    """Input without a link ends with status 2, a sentence, and the list untouched."""
    path = list_file(LIST)
    status, output, errors = run("add", *args, "--list", path)
    assert (status, output) == (2, "")
    assert (
        errors
        == "error: no link to add: give an address, a Markdown bullet, or a file with --from.\n"
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
