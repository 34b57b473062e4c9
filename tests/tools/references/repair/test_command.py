"""The command: what is printed, and what becomes of the file."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools.references.repair.samples import LIST, Archive, Known, dead, moved, other, snapshot
from tools.references.check.verdict import Verdict
from tools.references.commands import repair
from tools.references.model import LINK_STATUS, REFERENCES
from tools.references.store import load

Run = Callable[..., tuple[int, str, str]]
Files = Callable[..., list[str]]
A = "https://two.example/a"
KNOWN: Known = {"https://one.example/": dead(), A: moved("https://two.example/b")}
NOTHING = "Nothing to repair: no link moved for good, and no dead one lacks a snapshot.\n"


def test_without_write_nothing_is_changed(
    files: Files, run: Run, archive: Archive, tmp_path: Path
) -> None:
    """All of it is printed as with --write, but for a line that says how."""
    options = files(KNOWN)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    status, output, errors = run("repair", *options)
    assert (status, errors) == (0, "")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    hint = "Nothing is changed yet; `--write` does it.\n\n"
    assert output.count(hint) == 1
    assert run("repair", "--write", *options) == (0, output.replace(hint, ""), "")


def test_write_does_what_is_printed(
    files: Files, run: Run, archive: Archive, tmp_path: Path
) -> None:
    """The diff is the difference of the files, the snapshot the archive's; the state stays."""
    archive.snapshots["one.example/"] = snapshot("http://one.example/", "20020203040506")
    options = files(KNOWN)
    known = (tmp_path / "status.json").read_bytes()
    status, output, _ = run("repair", "--write", *options)
    assert status == 0
    assert archive.asked == [("https://one.example/", "20010701"), ("one.example/", "20010701")]
    one, two, three = load(tmp_path / "list.yml")
    assert one.archive == "https://web.archive.org/web/20020203040506/http://one.example/"
    assert (one.unverified, two.url, two.aliases) == ((), "https://two.example/b", (A,))
    assert three.url == "https://three.example/#part"
    assert "the snapshot nearest to 2001, of 2002-02-03" in output
    assert (tmp_path / "status.json").read_bytes() == known
    patch = output.partition("```diff\n")[2].partition("```")[0]
    (tmp_path / "again.yml").write_text(LIST, encoding="utf-8")
    done = subprocess.run(
        ["patch", "--batch", str(tmp_path / "again.yml")],
        input=patch,
        text=True,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "again.yml").read_bytes() == (tmp_path / "list.yml").read_bytes(), done


def test_second_run_finds_nothing_more(files: Files, run: Run, archive: Archive) -> None:
    """What is repaired is so for good; a link that moved is one the state knows nothing of."""
    archive.snapshots["https://one.example/"] = snapshot("http://one.example/", "20020203040506")
    options = files(KNOWN)
    run("repair", "--write", *options)
    assert run("repair", "--write", *options) == (0, NOTHING, "")


def test_built_snapshot_is_replaced_when_the_archive_answers(
    files: Files, run: Run, archive: Archive, tmp_path: Path
) -> None:
    """On a bad day it is built, on a worse one it stays; then the one that is there takes over."""
    url = "https://one.example/"
    archive.snapshots[url] = archive.response(503)
    options = files({url: dead()})
    run("repair", "--write", *options)
    built = (tmp_path / "list.yml").read_text()
    assert "  archive: https://web.archive.org/web/2001/https://one.example/\n" in built
    status, output, _ = run("repair", "--write", *options)
    assert (status, (tmp_path / "list.yml").read_text()) == (0, built)
    assert "did not answer (status 503): the snapshot stays unverified" in output
    archive.snapshots[url] = snapshot("http://one.example/", "20020203040506")
    run("repair", "--write", *options)
    text = (tmp_path / "list.yml").read_text()
    line = "  archive: https://web.archive.org/web/20020203040506/http://one.example/\n"
    assert text == LIST.replace("# as it was\n", f"# as it was\n{line}")


def test_only_the_dead_are_asked_for(files: Files, run: Run, archive: Archive) -> None:
    """And what is not confirmed is not dead."""
    run("repair", *files({A: dead(runs=2), "https://one.example/": moved(A)}))
    assert archive.paths == []


@pytest.mark.parametrize("known", [{}, {A: other(Verdict.ALIVE)}])
def test_nothing_to_repair_is_one_sentence(
    files: Files, run: Run, known: Known, tmp_path: Path
) -> None:
    """Nothing is written then, and status 0 as ever."""
    options = files(known)
    status, output, errors = run("repair", "--write", *options)
    assert (status, output.count("\n"), errors) == (0, 1, "")
    assert output.startswith("Nothing to repair: ")
    assert ("checked" in output) == (not known)
    assert (tmp_path / "list.yml").read_bytes() == LIST.encode()


def test_list_is_not_touched_for_what_is_held_back(files: Files, run: Run, tmp_path: Path) -> None:
    """Not even by writing what it says already: an editor may have it open."""
    options = files({A: moved("http://two.example/b")})
    before = (tmp_path / "list.yml").stat().st_ino
    assert "Held back: 1" in run("repair", "--write", *options)[1]
    assert (tmp_path / "list.yml").stat().st_ino == before


def test_windows_line_ends_and_mode_are_kept(
    files: Files, run: Run, archive: Archive, tmp_path: Path
) -> None:
    """The file is the same but for the lines that are shown."""
    options = files(KNOWN, LIST.replace("\n", "\r\n"))
    (tmp_path / "list.yml").chmod(0o640)
    run("repair", "--write", *options)
    text = (tmp_path / "list.yml").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > LIST.count("\n")
    assert (tmp_path / "list.yml").stat().st_mode & 0o777 == 0o640


def test_many_repairs_are_all_shown_and_made(files: Files, run: Run, tmp_path: Path) -> None:
    """However much there is to tell, none is left to another time."""
    entry = (
        "- id: a{0}\n  title: T\n  url: https://e.example/{0}\n  kind: tool\n  topics: [vision]\n\n"
    )
    text = "".join(entry.format(n) for n in range(200))
    known = {f"https://e.example/{n}": moved(f"https://e.example/{n}/new") for n in range(200)}
    _, output, _ = run("repair", "--write", *files(known, text))
    works = load(tmp_path / "list.yml")
    assert {work.url for work in works} == {f"https://e.example/{n}/new" for n in range(200)}
    assert len(output) > 65_536
    for work in works:
        assert f"<{work.aliases[0]}> → <{work.url}>\n" in output
        assert f"\n+  url: {work.url}\n" in output


@pytest.mark.parametrize("content", ["", "{}", '{"version": 9, "links": {}}'])
def test_unreadable_state_is_one_sentence(
    files: Files, run: Run, tmp_path: Path, content: str
) -> None:
    """It is named, with status 2, and left as it is."""
    options = files(KNOWN)
    path = tmp_path / "status.json"
    path.write_text(content)
    status, output, errors = run("repair", "--write", *options)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert errors.startswith(f"{path}")
    assert path.read_text() == content


def test_unreadable_list_is_one_sentence(files: Files, run: Run, tmp_path: Path) -> None:
    """A missing list is named, and one with faults of structure with each of them."""
    options = files(KNOWN, "- id: a\n")
    status, output, errors = run("repair", "--write", *options)
    assert (status, output) == (2, "")
    assert errors.startswith(f"{tmp_path / 'list.yml'}:1: kind: is missing\n")
    (tmp_path / "list.yml").unlink()
    told = f"{tmp_path / 'list.yml'}: cannot be read: No such file or directory\n"
    assert run("repair", *options) == (2, "", told)


def test_unwritable_list_is_told_before_anything_is_asked(
    files: Files, run: Run, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, status 2; without --write it does not matter."""
    options = files(KNOWN)
    monkeypatch.setattr(os, "access", lambda *_: False)
    status, output, errors = run("repair", "--write", *options)
    assert (status, output, archive.paths) == (2, "", [])
    assert errors == f"{tmp_path / 'list.yml'}: the folder {tmp_path} cannot be written to\n"
    assert run("repair", *options)[0] == 0


def test_failing_write_leaves_the_list(
    files: Files, run: Run, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told in a sentence, with status 2."""

    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    options = files(KNOWN)
    monkeypatch.setattr("tools.files.replace", full)
    status, _, errors = run("repair", "--write", *options)
    assert (status, (tmp_path / "list.yml").read_text()) == (2, LIST)
    assert errors == f"{tmp_path / 'list.yml'}: cannot be written: No space left on device\n"


def test_list_that_changed_meanwhile_is_left(
    files: Files, run: Run, tmp_path: Path, archive: Archive
) -> None:
    """Whoever edits it while the archive is asked loses nothing."""
    path = tmp_path / "list.yml"

    def edit(connection) -> None:
        path.write_text(LIST + "# edited\n", encoding="utf-8")

    archive.snapshots["https://one.example/"] = edit
    status, _, errors = run("repair", "--write", *files(KNOWN))
    assert (status, path.read_text()) == (2, LIST + "# edited\n")
    assert errors == f"{path}: was changed meanwhile; repair again\n"


def test_what_cannot_be_shown_is_not_done(files: Files, tmp_path: Path) -> None:
    """With nobody to read it, nothing is written."""
    words = [sys.executable, "-m", "tools.references", "repair", "--write"]
    options = files({A: moved("https://two.example/b")})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*words, *options],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": ""},  # what is printed waits to be flushed
        )
    assert (done.returncode, (tmp_path / "list.yml").read_text()) == (2, LIST)
    assert done.stderr == "standard output: cannot be written: No space left on device.\n"


def test_bad_proxy_matters_only_where_something_is_asked(
    files: Files, run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named in one sentence, with status 2."""
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    assert run("repair", *files({A: moved("https://two.example/b")}))[0] == 0
    status, output, errors = run("repair", *files(KNOWN))
    assert (status, output) == (2, "")
    assert errors == "the proxy of https_proxy is neither http:// nor https://.\n"


def test_default_is_our_own_list_and_its_state(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Without options it is the site's list that is repaired."""
    given = []
    monkeypatch.setattr(repair, "_repair", given.append)
    assert run("repair") == (0, "", "")
    [args] = given
    assert (args.list, args.state, args.write) == (REFERENCES, LINK_STATUS, False)
