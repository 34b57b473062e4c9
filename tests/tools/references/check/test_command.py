"""The command as a user meets it: options, exit status, reports, state, and being broken off."""

import errno
import io
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tools import files
from tools.references.check.memory import journal, lasting, state
from tools.references.check.memory.state import StateError
from tools.references.cli import main
from tools.references.commands import check as command

ROOT = Path(__file__).parents[4]
QUICK = ("--interval", "0", "--retries", "0", "--timeout", "5")


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Return a function that checks a Markdown text, and returns exit status and JSON."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str, local: bool = True):
        Path("notes.md").write_text(text)
        allow = ["--allow-private"] if local else []
        status = main(["check", "notes.md", "--json", "out.json", *QUICK, *allow, *options])
        return status, json.loads(Path("out.json").read_text())

    return run


def verdicts(document) -> dict[str, str]:
    """Return the verdict of each link by the end of its path."""
    return {link["url"].rpartition("/")[2]: link["verdict"] for link in document["links"]}


def test_each_kind_of_answer_has_its_verdict(site, check):
    """Alive, moved, dead, blocked, transient and excluded links are told apart in one run."""
    site.answers |= {
        "/moved": site.redirect(301, "/ok"),
        "/elsewhere": site.redirect(302, "/ok"),
        "/loop": site.redirect(302, "/loop"),
        "/gone": site.response(410),
        "/login": site.response(401),
        "/robots": site.response(999),
        "/challenge": site.response(200, "cf-mitigated: challenge"),
        "/busy": site.response(429, "Retry-After: 3600"),
        "/broken": site.response(500),
    }
    paths = ["/ok", *site.answers, "/dead", "/skipped"]
    links = "\n".join(f"- {site.url(path)}" for path in paths)
    unknown = "- http://nowhere.example/unknown\n- mailto:somebody@e.example\n"
    status, document = check(f"{links}\n{unknown}", "--exclude", "skip+ed$")
    assert status == 1
    assert verdicts(document) == {
        "ok": "alive",
        "moved": "moved",
        "elsewhere": "alive",
        "loop": "dead",
        "dead": "dead",
        "gone": "dead",
        "login": "blocked",
        "robots": "blocked",
        "challenge": "blocked",
        "busy": "transient",
        "broken": "transient",
        "skipped": "excluded",
        "unknown": "dead",
        "mailto:somebody@e.example": "excluded",
    }
    moved = document["links"][1]
    assert moved["new_url"] == site.url("/ok")
    assert moved["reason"] == "301 Moved Permanently"
    assert moved["occurrences"] == [{"file": "notes.md", "line": 2}]
    assert "/skipped" not in site.paths
    assert document["summary"]["requests"] == len(site.paths) + 1  # and one for the unknown host


def test_unknown_host_is_dead_even_if_asked_first(site, check):
    """That a name is unknown counts as soon as any host answers, be it later in the run."""
    status, document = check(f"http://nowhere.example/\n\n{site.url()}", "--concurrency", "1")
    assert (status, [link["verdict"] for link in document["links"]]) == (1, ["dead", "alive"])


def test_sound_links_end_with_status_0(site, check, capsys):
    """Moved, blocked and unanswered links are told of, but are no failure."""
    site.answers |= {"/moved": site.redirect(308, "/ok"), "/busy": site.response(503)}
    text = "\n\n".join(site.url(path) for path in ("/ok", "/moved", "/busy"))
    assert check(text)[0] == 0
    out, err = capsys.readouterr()
    assert f"moved: {site.url('/moved')}: 308 Permanent Redirect" in out
    assert "3 links: 1 transient, 1 moved, 1 alive; 4 requests in " in out
    assert err == ""


def test_link_is_requested_once_however_often_it_stands(site, check):
    """Duplicates and links to parts of one page share a request; each place is told."""
    page = site.url("/page")
    status, document = check(f"{page}\n\n[a]({page})\n[b]({page}#one) [c]({page}#two)\n")
    assert (status, site.paths) == (0, ["/page"])
    places = {link["url"]: [o["line"] for o in link["occurrences"]] for link in document["links"]}
    assert places == {page: [1, 3], f"{page}#one": [4], f"{page}#two": [4]}


def test_fragment_is_carried_over_to_the_new_address(site, check):
    """A moved link keeps the part of the page it led to."""
    site.answers["/old"] = site.redirect(301, "/new")
    _, document = check(site.url("/old#part"))
    assert document["links"][0]["new_url"] == site.url("/new#part")


def test_private_hosts_are_excluded_unless_allowed(site, check):
    """Without --allow-private nothing of the local network is asked, and that is told."""
    status, document = check(site.url(), local=False)
    assert (status, site.connections) == (0, 0)
    assert document["links"][0]["verdict"] == "excluded"
    assert "private address 127.0.0.1" in document["links"][0]["reason"]
    assert document["links"][0]["checked_at"] is None


def test_retry_after_is_kept_and_the_second_answer_counts(site, check):
    """A link that asks for patience gets it, and its last answer is the one told."""
    attempts = iter([site.response(429, "Retry-After: 0"), site.response(200)])
    site.answers["/"] = lambda connection: connection.sendall(next(attempts))
    status, document = check(site.url(), "--retries", "1")
    assert (status, document["links"][0]["verdict"]) == (0, "alive")
    assert document["links"][0]["attempts"] == 2


def test_time_out_is_transient_and_asked_again_once(site, check):
    """A link that hangs is asked twice at most, and is no proof of death."""
    site.answers["/"] = site.hang
    status, document = check(
        f"{site.url()}\n\n{site.url('/ok')}", "--timeout", "0.2", "--retries", "3"
    )
    assert status == 0
    assert (document["links"][0]["verdict"], document["links"][0]["attempts"]) == ("transient", 2)
    assert site.paths.count("/") == 2


def test_host_is_not_pressed(site, check):
    """The server sees no more requests at once than --per-host says."""
    links = "\n\n".join(site.url(f"/{n}") for n in range(30))
    status, _ = check(links, "--per-host", "2")
    assert (status, len(site.paths)) == (0, 30)
    assert site.peak <= 2


def test_reports_are_written_in_every_format(site, check):
    """Each format has its option and its file."""
    check(site.url("/dead"), "--markdown", "out.md", "--junit", "out.xml", "--quiet")
    assert Path("out.md").read_text().startswith("# Link check\n")
    assert Path("out.xml").read_text().startswith("<?xml")


def test_quiet_tells_only_of_broken_links(site, check, capsys):
    """With --quiet a sound list says nothing."""
    check(site.url(), "--quiet")
    assert capsys.readouterr() == ("", "")
    check(site.url("/dead"), "--quiet")
    assert capsys.readouterr().out.startswith(f"dead: {site.url('/dead')}: 404 Not Found\n")


def test_fresh_links_are_not_asked_again(site, check):
    """A second run within --max-age sends nothing for what lasts, and asks the dead again."""
    site.answers["/moved"] = site.redirect(301, "/ok")
    text = "\n\n".join(site.url(path) for path in ("/ok", "/moved", "/dead"))
    first = check(text, "--state", "state.json")
    del site.requests[:]
    second = check(text, "--state", "state.json")
    assert site.paths == ["/dead"]
    assert verdicts(first[1]) == verdicts(second[1])
    assert second[1]["summary"]["requests"] == 1
    del site.requests[:]
    check(text, "--state", "state.json", "--max-age", "0")
    assert len(site.paths) == 4


def test_next_run_begins_with_what_took_long_in_the_last(site, check):
    """What did not answer is waited for, so it comes first; then the slowest."""
    site.answers["/busy"] = site.response(503)
    text = "\n\n".join(site.url(path) for path in ("/a", "/b", "/busy", "/c"))
    check(text, "--state", "state.json")
    document = json.loads(Path("state.json").read_text())
    for name, seconds in (("/a", 0.1), ("/b", 3), ("/busy", 0.1), ("/c", 7)):
        document["links"][site.url(name)]["elapsed_s"] = seconds
    Path("state.json").write_text(json.dumps(document))
    del site.requests[:]
    check(text, "--state", "state.json", "--max-age", "0", "--concurrency", "1")
    assert site.paths == ["/busy", "/c", "/b", "/a"]


def test_list_of_fresh_links_needs_no_network(site, check):
    """With nothing to ask there is nothing to fail."""
    check(site.url(), "--state", "state.json")
    before = Path("state.json").read_bytes()
    site.close()
    status, document = check(site.url(), "--state", "state.json")
    assert (status, document["summary"]["requests"]) == (0, 0)
    assert Path("state.json").read_bytes() == before


def test_second_run_is_not_offline_because_only_the_broken_is_asked(site, check):
    """Where all that answers is fresh, one such link is asked to see whether the network works."""
    text = f"{site.url('/1')}\n\n{site.url('/2')}\n\nhttp://nowhere.example/\n"
    assert check(text, "--state", "state.json")[0] == 1
    del site.requests[:]
    status, document = check(text, "--state", "state.json")
    assert (status, len(site.paths)) == (1, 1)
    assert [link["verdict"] for link in document["links"]] == ["alive", "alive", "dead"]
    site.close()
    before = Path("state.json").read_bytes()
    status, document = check(text, "--state", "state.json")
    assert (status, document["links"][2]["verdict"]) == (3, "transient")
    assert Path("state.json").read_bytes() == before


def test_sentence_of_a_run_without_network_counts_what_was_asked(site, check, capsys):
    """Links that a rule excludes, and those of private hosts, are not among them."""
    text = f"{OFFLINE}\nmailto:a@e.example\n\nhttp://three.example/skip\n\n{site.url()}\n"
    assert check(text, "--exclude", "skip", local=False)[0] == 3
    assert "the state is as it was (3 links asked)" in capsys.readouterr().err


OFFLINE = "http://one.example/\n\nhttp://two.example/\n\nhttps://one.example/again\n"


@pytest.mark.parametrize("state", [None, '{"version": 1, "links": {}}'])
def test_run_without_network_judges_nothing(check, capsys, state):
    """If no host answers: status 3, one sentence, every link transient, the state untouched."""
    if state:
        Path("state.json").write_text(state)
    status, document = check(OFFLINE, "--state", "state.json")
    assert status == 3
    assert [(link["verdict"], link["reason"]) for link in document["links"]] == [
        ("transient", "no such host")
    ] * 3
    assert capsys.readouterr().err.startswith("No host at all answered, so nothing was judged ")
    assert Path("state.json").exists() == bool(state)
    assert not state or Path("state.json").read_text() == state


def test_own_list_has_its_own_state(site, list_file, tmp_path, monkeypatch):
    """Our list, by default or by name, has its state kept; any other source has none."""
    state = tmp_path / "link-status.json"
    own = list_file(
        f"- id: one\n  title: One\n  kind: tool\n  topics: [general]\n  url: {site.url('/one')}\n"
    )
    monkeypatch.setattr(command, "REFERENCES", own)
    monkeypatch.setattr(command, "LINK_STATUS", state)
    other = tmp_path / "other.yml"
    other.write_bytes(own.read_bytes())
    assert main(["check", str(other), *QUICK, "--allow-private"]) == 0
    assert not state.exists()
    assert main(["check", *QUICK, "--allow-private"]) == 0
    assert list(json.loads(state.read_text())["links"]) == [site.url("/one")]
    del site.requests[:]
    assert main(["check", str(own), *QUICK, "--allow-private"]) == 0
    assert site.paths == []


def test_damaged_state_is_named_and_set_aside(site, check, capsys):
    """The run goes on with a new state; the damaged file is kept for a person to look at."""
    Path("state.json").write_text("{ damaged")
    status, _ = check(site.url(), "--state", "state.json")
    assert status == 0
    assert capsys.readouterr().err == (
        "state.json:1: is not JSON: Expecting property name enclosed in double quotes; "
        "it is kept as state.json.damaged-1, and a new one is begun.\n"
    )
    assert Path("state.json.damaged-1").read_text() == "{ damaged"
    assert json.loads(Path("state.json").read_text())["links"]


def test_shards_split_the_hosts_between_them(check, names):
    """Every host is in exactly one part, whatever the order."""
    hosts = [f"h{n}.example" for n in range(20)]
    text = "\n\n".join(f"http://{host}/{n}" for host in hosts for n in range(2))
    parts = [verdicts_by_host(check(text, "--shard", f"{i}/3")[1]) for i in (1, 2, 3)]
    assert sorted(host for part in parts for host in part) == sorted(hosts)
    assert all(0 < len(part) < 20 for part in parts)
    assert all(count == 2 for part in parts for count in part.values())


def verdicts_by_host(document) -> dict[str, int]:
    """Return how many links each host has."""
    hosts = [link["url"].split("/")[2] for link in document["links"]]
    return {host: hosts.count(host) for host in hosts}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--timeout", "0"], "0 seconds leave no time"),
        (["--timeout", "-1"], "not a number from 0 up"),
        (["--timeout", "nan"], "not a number from 0 up"),
        (["--retries", "-1"], "not a whole number from 0 up"),
        (["--per-host", "0"], "with 0 at once nothing is ever asked"),
        (["--concurrency", "1.5"], "not a whole number"),
        (["--max-age", "week"], "week is not a number"),
        (["--exclude", "("], "not a regular expression"),
        (["--shard", "3/2"], "not I/N"),
        (["--shard", "0/2"], "not I/N"),
        (["--shard", "1"], "not I/N"),
    ],
)
def test_wrong_option_is_one_sentence(capsys, options, message):
    """A value that makes no sense ends with status 2 before anything is asked."""
    with pytest.raises(SystemExit) as caught:
        main(["check", *options])
    assert caught.value.code == 2
    assert message in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.md"], "missing.md: cannot be read: No such file or directory."),
        (
            ["notes.md", "--json", "no/such/out.json"],
            "no/such/out.json: there is no folder no/such.",
        ),
        (["notes.md", "--state", "."], ".: is a folder, not a file to write."),
        (
            ["notes.md", "--state", "newer.json"],
            "newer.json: was written by a later version of this program.",
        ),
        (
            ["notes.md", "--state", "circle"],
            "circle: cannot be written: Too many levels of symbolic links.",
        ),
        (
            ["notes.md", "--markdown", "notes.md"],
            "notes.md: is named twice, and would be written over.",
        ),
        (
            ["notes.md", "--state", "link.json"],
            "link.json: is named twice, and would be written over.",
        ),
        (
            ["notes.md", "--state", "one.json", "--json", "./one.json"],
            "one.json: is named twice, and would be written over.",
        ),
        (
            ["notes.md", "--state", "pipe"],
            "pipe: is not a regular file, so no state can be kept in it.",
        ),
        (
            ["notes.md", "--state", os.devnull],
            f"{os.devnull}: is not a regular file, so no state can be kept in it.",
        ),
        (
            ["notes.md", "--junit", "locked/out.xml"],
            "locked/out.xml: the folder locked cannot be written to.",
        ),
        (
            ["notes.md", "--state", "locked/state.json"],
            "locked/state.json: the folder locked cannot be written to.",
        ),
    ],
)
def test_unusable_file_is_one_sentence(tmp_path, monkeypatch, capsys, arguments, message):
    """Files that cannot be read or written are told before anything is asked, with status 2."""
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text("https://e.example/\n")
    Path("newer.json").write_text('{"version": 2}')
    Path("locked").mkdir()
    Path("circle").symlink_to("circle")
    Path("link.json").symlink_to("notes.md")
    os.mkfifo("pipe")
    # Root may write anywhere, whatever the mode of the folder says.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked")
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr() == ("", message + "\n")
    assert Path("notes.md").read_text() == "https://e.example/\n"
    assert Path("pipe").is_fifo()
    assert Path(os.devnull).is_char_device()


def test_report_may_go_to_a_device(site, check):
    """What is no regular file is written to as it is, never replaced by one."""
    assert check(site.url(), "--markdown", os.devnull)[0] == 0
    assert Path(os.devnull).is_char_device()


def test_report_that_cannot_be_written_loses_nothing_else(site, check, capsys, monkeypatch):
    """Results are printed, the state and the other reports are written; then it is told."""
    replace = files.replace

    def fail(path, text):
        if path.suffix == ".md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(path, text)

    monkeypatch.setattr(files, "replace", fail)
    status, document = check(site.url(), "--markdown", "out.md", "--state", "state.json")
    out, err = capsys.readouterr()
    assert (status, err) == (2, "out.md: cannot be written: No space left on device.\n")
    assert out.startswith("1 link: 1 alive")
    assert len(document["links"]) == len(json.loads(Path("state.json").read_text())["links"]) == 1


def test_output_that_cannot_be_written_loses_nothing_else(site, check, capsys, monkeypatch):
    """The results are in the reports and in the state; then it is told."""
    with open("/dev/full", "w") as full:
        monkeypatch.setattr("sys.stdout", full)
        status, document = check(site.url(), "--state", "state.json")
    told = "standard output: cannot be written: No space left on device.\n"
    assert (status, capsys.readouterr().err) == (2, told)
    assert len(document["links"]) == len(json.loads(Path("state.json").read_text())["links"]) == 1


def test_report_that_nobody_reads_to_its_end_is_no_failure(site, check, capsys):
    """`--json /dev/stdout | head` is served as far as it wants."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert check(site.url(), "--markdown", f"/dev/fd/{writer}")[0] == 0
    finally:
        os.close(writer)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("is_full", [True, False])
def test_sentence_that_nobody_hears_stops_nothing(site, check, monkeypatch, is_full):
    """Who reads standard error may go away, or be a disk that is full."""
    Path("state.json").write_text("{ damaged")
    reader, writer = os.pipe()
    os.close(reader)
    with open(os.dup(writer) if not is_full else "/dev/full", "w") as nobody:
        monkeypatch.setattr("sys.stderr", nobody)
        status, document = check(site.url(), "--state", "state.json")
    os.close(writer)
    assert (status, verdicts(document)) == (0, {"": "alive"})


def test_unreadable_authorities_are_one_sentence(tmp_path, monkeypatch, capsys):
    """A CA bundle that is not there ends with status 2 before anything is asked."""
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text("https://e.example/\n")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "missing.pem")
    assert main(["check", "notes.md"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("missing.pem: no certificate authorities can be read from it: No such")


def test_reader_who_leaves_early_stops_no_report(site, tmp_path):
    """`check ... | head` is no error, and the report is complete."""
    (tmp_path / "notes.md").write_text("\n\n".join(site.url(f"/{n}") for n in range(3)))
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as nobody:
        process = start(tmp_path, stdout=nobody, stderr=subprocess.PIPE)
    with process:
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (0, "")
    assert len(json.loads((tmp_path / "out.json").read_text())["links"]) == 3


def words(folder: Path, *options: str, json_report: bool = True) -> list[str]:
    """Return the command on a folder's notes, one request at a time."""
    report = ["--json", f"{folder}/out.json"] if json_report else []
    state = ["--state", f"{folder}/state.json"]
    pace = ["--timeout", "60", "--interval", "0", "--retries", "0", "--concurrency", "1"]
    where = ["check", f"{folder}/notes.md", "--allow-private"]
    return [*where, *report, *state, *pace, *options]


def start(folder: Path, *options: str, json_report: bool = True, **popen) -> subprocess.Popen:
    """Start the command as a user would."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tools.references",
            *words(folder, *options, json_report=json_report),
        ],
        cwd=ROOT,
        text=True,
        **popen,
    )


@pytest.fixture
def finish(tmp_path, capsys):
    """Return a function that runs the command to its end, as ``start`` does but in this process.

    It returns the exit status and what was told.
    """

    def run(*options: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(words(tmp_path, *options))
        return status, *capsys.readouterr()

    return run


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Return when something has happened."""
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def journaled(folder: Path) -> list[str]:
    """Return the links in the journal of a folder's state, in order."""
    try:
        text = (folder / ".state.json.journal").read_text()
    except FileNotFoundError:
        return []
    return [json.loads(line)["url"] for line in text.splitlines() if line]


def left_behind(folder: Path) -> set[str]:
    """Return what runs have made in a folder."""
    return {path.name for path in folder.iterdir()} - {"notes.md", "out.json"}


ENDS = ("/1", "/2", "/dead", "/busy", "/moved")
"""Links of every sort, of which one run is to ask each once."""


@pytest.fixture
def broken_off(site, tmp_path):
    """Return a function that breaks off a run by a signal, when all is finished but one link."""
    site.answers |= {
        "/hang": site.hang,
        "/busy": site.response(503),
        "/moved": site.redirect(301, "/1"),
    }
    (tmp_path / "notes.md").write_text("\n\n".join(map(site.url, (*ENDS, "/hang"))))

    def break_off(how: signal.Signals, *options: str) -> tuple[int, str]:
        with start(
            tmp_path, *options, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            site.wait_for("/hang", within_s=30)
            wait_until(lambda: len(journaled(tmp_path)) == len(ENDS), "not all was journaled")
            process.send_signal(how)
            _, told = process.communicate(timeout=30)
        assert sorted(journaled(tmp_path)) == sorted(map(site.url, ENDS))
        site.answers["/hang"] = site.response(200)
        del site.requests[:]
        return process.returncode, told

    return break_off


@pytest.fixture(scope="module")
def remains() -> dict[str, str]:
    """Return the files that a kill has left, by name, once there was one."""
    return {}


@pytest.fixture
def killed(site, tmp_path, broken_off, remains) -> None:
    """Have a folder as `kill -9` leaves it: one process does for all tests."""
    if not remains:
        broken_off(signal.SIGKILL)
        left = {path: path.read_text() for path in tmp_path.iterdir()}
        remains.update({path.name: text.replace(site.url(), "@") for path, text in left.items()})
    for name, text in remains.items():
        (tmp_path / name).write_text(text.replace("@", site.url()))
    site.answers["/hang"] = site.response(200)


@pytest.mark.parametrize("options", [(), ("--max-age", "0")])
def test_kill_that_cannot_be_caught_loses_no_result(site, tmp_path, killed, finish, options):
    """After `kill -9` the next run asks only what was not finished, dead links included."""
    assert not (tmp_path / "state.json").exists()
    status, out, err = finish(*options)
    assert (status, site.paths) == (1, ["/hang"])
    assert "6 links: 1 dead, 1 transient, 1 moved, 3 alive; 1 request in " in out
    assert err == "Going on with a run that was broken off: 5 links finished.\n"
    links = json.loads((tmp_path / "state.json").read_text())["links"]
    assert {url.rpartition("/")[2]: link["verdict"] for url, link in links.items()} == {
        "1": "alive",
        "2": "alive",
        "busy": "transient",
        "dead": "dead",
        "hang": "alive",
        "moved": "moved",
    }
    assert left_behind(tmp_path) == {"state.json"}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_finished_survives_being_broken_off(site, tmp_path, broken_off, finish, stop):
    """Ctrl-C, a polite kill or a closed terminal keeps every finished result, and ends at once.

    What is finished is in the state, and the next run goes on; both together are one run.
    """
    assert broken_off(stop) == (130, "Interrupted; 1 link unfinished.\n")
    before = json.loads((tmp_path / "state.json").read_text())["links"]
    assert sorted(before) == sorted(map(site.url, ENDS))
    assert len(json.loads((tmp_path / "out.json").read_text())["links"]) == 5
    assert left_behind(tmp_path) == {"state.json", ".state.json.journal"}
    assert finish()[0] == 1
    assert site.paths == ["/hang"]
    after = json.loads((tmp_path / "state.json").read_text())["links"]
    assert {url: after[url] for url in before} == before
    assert after[site.url("/dead")]["failing"]["runs"] == 1
    assert left_behind(tmp_path) == {"state.json"}


def test_run_after_one_that_was_gone_on_with_is_a_new_one(site, killed, finish):
    """When all is finished the dead and the transient are asked again, and nothing else is."""
    finish()
    del site.requests[:]
    assert finish()[2] == ""
    assert sorted(site.paths) == ["/busy", "/dead"]


def test_run_that_is_broken_off_twice_repeats_nothing(site, tmp_path, killed, finish):
    """What was taken over and what has come since are both in the journal."""
    with (tmp_path / "notes.md").open("a") as notes:
        notes.write(f"\n\n{site.url('/7')}\n\n{site.url('/hang-again')}\n")
    site.answers["/hang-again"] = site.hang
    with start(tmp_path, stderr=subprocess.DEVNULL) as process:
        site.wait_for("/hang-again", within_s=30)
        wait_until(lambda: len(journaled(tmp_path)) == 7, "not all was journaled")
        process.kill()
    assert site.paths == ["/hang", "/7", "/hang-again"]
    site.answers["/hang-again"] = site.response(200)
    del site.requests[:]
    assert finish()[0] == 1
    assert site.paths == ["/hang-again"]


def test_run_killed_at_its_very_end_is_finished_without_asking(site, tmp_path, killed, finish):
    """If all results came, and only the state was not written, the next run just writes it."""
    (tmp_path / "notes.md").write_text("\n\n".join(map(site.url, ENDS)))
    assert finish()[0] == 1
    assert site.paths == []
    assert len(json.loads((tmp_path / "state.json").read_text())["links"]) == 5
    assert left_behind(tmp_path) == {"state.json"}


def test_program_at_its_end_is_not_cut_short():
    """Who presses Ctrl-C twice meets no traceback; `nohup` keeps a run from a closed terminal."""

    class Stopped:
        times = 0

        def stop(self) -> None:
            self.times += 1

    check = Stopped()
    before = {number: signal.getsignal(number) for number in command.STOPPING}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with command._stopped_by_signals(check):
            signal.raise_signal(signal.SIGHUP)
            assert check.times == 0
        assert signal.getsignal(signal.SIGINT) == before[signal.SIGINT]
        with command._stopped_by_signals(check):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGTERM)
        assert check.times == 2
        signal.raise_signal(signal.SIGINT)
        assert check.times == 2
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_draft_that_a_kill_has_left_is_removed(site, check):
    """It is the only thing a kill in the midst of saving leaves; nothing else is touched."""
    Path(".state.json.4711").write_text('{"version": 1, "li')
    Path(".state.json.backup").write_text("a person's")
    check(site.url(), "--state", "state.json")
    assert left_behind(Path()) == {"state.json", ".state.json.backup"}


def record(url: str, verdict: str, hours_ago: float) -> str:
    """Return a line of a journal."""
    asked = datetime.now(UTC) - timedelta(hours=hours_ago)
    return json.dumps(
        {
            "url": url,
            "verdict": verdict,
            "reason": "as it was",
            "status_code": 200,
            "new_url": None,
            "archive_url": None,
            "elapsed_s": 0.1,
            "checked_at": asked.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "attempts": 1,
        }
    )


def test_only_links_of_this_run_are_told_as_finished(site, check, capsys):
    """What a run over another part of the list has finished is kept, but is none of them."""
    one, two = site.url("/1"), site.url("/2")
    Path(".state.json.journal").write_text(record(one, "dead", 1) + "\n")
    check(two, "--state", "state.json")
    assert (site.paths, capsys.readouterr().err) == (["/2"], "")
    assert sorted(state_of_folder()["links"]) == [one, two]


@pytest.mark.parametrize(("hours_ago", "asked"), [(23.9, ["/3"]), (24.1, ["/1", "/3"])])
def test_old_journal_is_of_an_earlier_run(site, check, hours_ago, asked):
    """After a day a run is not gone on with, but what it has found counts, as the run it was."""
    one, two, three = map(site.url, ("/1", "/2", "/3"))
    site.answers["/1"] = site.response(404)
    lines = [record(one, "dead", hours_ago), record(two, "alive", hours_ago - 0.05)]
    Path(".state.json.journal").write_text("\n".join(lines) + "\n")
    check(f"{one}\n\n{two}\n\n{three}\n", "--state", "state.json")
    assert sorted(site.paths) == asked
    links = json.loads(Path("state.json").read_text())["links"]
    assert links[one]["failing"]["runs"] == len(asked)
    assert links[two]["reason"] == "as it was"
    assert not Path(".state.json.journal").exists()


def test_newer_state_is_not_undone_by_a_journal(site, check):
    """Where the state came from another machine meanwhile, its later results stand."""
    url = site.url("/1")
    Path(".state.json.journal").write_text(record(url, "dead", 2) + "\n")
    newer = json.loads(record(url, "alive", 1))
    del newer["url"]
    Path("state.json").write_text(json.dumps({"version": 1, "links": {url: newer}}))
    status, document = check(url, "--state", "state.json")
    assert (status, site.paths, verdicts(document)) == (0, [], {"1": "alive"})
    assert json.loads(Path("state.json").read_text())["links"] == {url: newer}


def test_run_without_network_leaves_the_journal_alone(site, tmp_path, broken_off, finish):
    """Neither what was found before nor what nobody answers now is written."""
    broken_off(signal.SIGINT)
    (tmp_path / "notes.md").write_text("\n\n".join(map(site.url, (*ENDS, "/hang"))))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    site.close()
    status, _, told = finish("--timeout", "5")
    assert status == 3
    assert told.splitlines()[1].startswith("No host at all answered, so nothing was judged ")
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert after | {"out.json": b""} == before | {"out.json": b""}


def limit_files(size: int) -> Callable[[], None]:
    """Return what makes a child process find the disk full when a file gets larger."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def run_on_full_disk(folder: Path, size: int) -> tuple[int, str, str]:
    """Run the command to its end where no file may get larger than so many bytes."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with start(folder, json_report=False, preexec_fn=limit_files(size), **streams) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_full_disk_stops_the_run_and_loses_nothing(site, tmp_path, finish):
    """Addresses may be so long that room has to be found for them when the disk is full.

    No more is asked, the results are told, and the next run goes on with the rest.
    """
    paths = [f"/{n}/{'long' * 300}" for n in range(60)]
    (tmp_path / "notes.md").write_text("\n\n".join(map(site.url, paths)))
    status, out, err = run_on_full_disk(tmp_path, 61 * 1024)
    finished = journaled(tmp_path)
    assert 2 < len(finished) < 60
    assert (status, err) == (
        2,
        f"{tmp_path}/.state.json.journal: cannot be written: File too large; "
        f"{60 - len(finished)} links unfinished, left to the next run.\n",
    )
    assert f"{len(finished)} links: {len(finished)} alive; " in out
    del site.requests[:]
    assert finish()[0] == 0
    assert {*map(site.url, site.paths)}.isdisjoint(finished)
    assert len(site.paths) == 60 - len(finished)
    assert len(json.loads((tmp_path / "state.json").read_text())["links"]) == 60
    assert left_behind(tmp_path) == {"state.json"}


@pytest.mark.parametrize("size", [0, 3000])
def test_full_disk_is_told_before_anything_is_asked(site, tmp_path, size):
    """A run of which not all could be kept is not begun."""
    (tmp_path / "notes.md").write_text("\n\n".join(site.url(f"/{n}") for n in range(3)))
    told = run_on_full_disk(tmp_path, size)
    journal = tmp_path / ".state.json.journal"
    assert told == (2, "", f"{journal}: cannot be written: File too large.\n")
    assert (site.paths, left_behind(tmp_path)) == ([], set())


def test_state_that_cannot_be_written_leaves_the_journal(site, check, capsys, monkeypatch):
    """What was found is told and kept, and the next run takes it over."""

    def fail(path, text):
        if path.name == "state.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        path.write_text(text)

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", fail)
        status, document = check(
            f"{site.url('/1')}\n\n{site.url('/dead')}", "--state", "state.json"
        )
    out, err = capsys.readouterr()
    assert (status, err) == (
        2,
        "state.json: cannot be written: No space left on device; the next run takes the results "
        f"over from {Path('.state.json.journal').resolve()}.\n",
    )
    assert "2 links: 1 dead, 1 alive" in out
    del site.requests[:]
    again = check(f"{site.url('/1')}\n\n{site.url('/dead')}", "--state", "state.json")
    assert (again[0], site.paths) == (1, [])
    assert again[1]["links"] == document["links"]


def test_result_that_is_nowhere_is_told(site, check, capsys, monkeypatch):
    """One that the journal could not hold is in the state, unless that cannot be written either."""
    monkeypatch.setattr(journal.Journal, "_put", lambda *_: False)
    damage = Path("state.json").write_text
    assert meanwhile(site, check, lambda: damage("<<<<")) == (2, ["1", "2"])
    assert capsys.readouterr().err.endswith(", and what it said before is used.\n")
    monkeypatch.setattr(state, "save", lambda *_: (_ for _ in ()).throw(StateError("no room")))
    assert check(site.url("/3"), "--state", "state.json")[0] == 2
    assert capsys.readouterr().err == "no room; 1 result could not be kept.\n"


def test_two_checks_of_one_state_are_refused(site, tmp_path, check, capsys):
    """The second names the first, and ends before it asks; another state is another matter."""
    site.answers["/hang"] = site.hang
    (tmp_path / "notes.md").write_text(site.url("/hang"))
    with start(tmp_path, json_report=False, stdout=subprocess.DEVNULL) as process:
        try:
            site.wait_for("/hang", within_s=30)
            (tmp_path / "notes.md").write_text(site.url("/2"))
            arguments = ["check", "notes.md", *QUICK, "--allow-private", "--state"]
            (tmp_path / "link.json").symlink_to("state.json")
            for state in ("state.json", "link.json"):
                assert main([*arguments, state]) == 2
                told = f"{state}: another check is at work on it, process {process.pid}.\n"
                assert capsys.readouterr() == ("", told)
            assert site.paths == ["/hang"]
            assert main([*arguments, "other.json"]) == 0
            assert site.paths == ["/hang", "/2"]
        finally:
            process.kill()
    assert main([*arguments, "state.json"]) == 0


def test_damaged_journal_is_named_and_set_aside(site, tmp_path, killed, finish):
    """What is sound in it is used, and the file is kept for a person to look at."""
    journal = tmp_path / ".state.json.journal"
    lines = journal.read_text().rstrip().splitlines()
    dead = next(n for n, line in enumerate(lines) if "/dead" in line)
    lines[dead] = lines[dead].replace('"verdict"', '"verbatim"')
    lines.append(lines.pop(0))  # so that it is not the last
    journal.write_text("\n".join(lines) + "\n")
    damaged = lines.index(next(line for line in lines if "verbatim" in line)) + 1
    status, _, err = finish()
    aside = tmp_path / ".state.json.journal.damaged-1"
    assert err.splitlines() == [
        f"{journal}:{damaged}: is not a result; the others are taken over, "
        f"and it is kept as {aside} when this run has ended.",
        "Going on with a run that was broken off: 4 links finished.",
    ]
    assert (status, sorted(site.paths)) == (1, ["/dead", "/hang"])
    assert aside.read_text().splitlines()[:5] == lines
    assert left_behind(tmp_path) == {"state.json", aside.name}


def test_state_of_which_a_part_is_damaged_is_used_for_the_rest(site, check, capsys):
    """One bad record costs one request; the damaged file is kept."""
    text = "\n\n".join(map(site.url, ("/1", "/2", "/3")))
    check(text, "--state", "state.json")
    capsys.readouterr()
    damaged = Path("state.json").read_text().replace('"alive"', '"undead"', 1)
    Path("state.json").write_text(damaged)
    del site.requests[:]
    status, _ = check(text, "--state", "state.json")
    assert (status, site.paths) == (0, ["/1"])
    assert capsys.readouterr().err == (
        f"state.json: is not a state of links: the record of '{site.url('/1')}' is not sound; "
        "it is kept as state.json.damaged-1, and what is sound in it is used, 2 links.\n"
    )
    assert Path("state.json.damaged-1").read_text() == damaged
    assert len(json.loads(Path("state.json").read_text())["links"]) == 3


def meanwhile(site, check, happens: Callable[[], object]) -> tuple[int, list[str]]:
    """Run over a state of one link, to which something happens meanwhile; return what is there."""
    one, two = site.url("/1"), site.url("/2")
    check(one, "--state", "state.json")

    def answer(connection: socket.socket) -> None:
        happens()
        connection.sendall(site.response(200))

    site.answers["/2"] = answer
    status, _ = check(f"{one}\n\n{two}", "--state", "state.json")
    return status, [url.rpartition("/")[2] for url in state_of_folder()["links"]]


def state_of_folder() -> dict:
    """Return the state in the present folder."""
    return json.loads(Path("state.json").read_text())


def test_state_that_is_edited_meanwhile_is_not_undone(site, check, capsys):
    """What a person, or another machine, has put into it stays there."""

    def edit() -> None:
        document = state_of_folder()
        document["links"]["https://e.example/9"] = document["links"].pop(site.url("/1"))
        Path("state.json").write_text(json.dumps(document))

    assert meanwhile(site, check, edit) == (0, ["2", "9"])
    assert capsys.readouterr().err == ""


def test_state_that_is_removed_meanwhile_is_written_again(site, check, capsys):
    """What was known is not lost by it."""
    assert meanwhile(site, check, Path("state.json").unlink) == (0, ["1", "2"])
    assert capsys.readouterr().err == ""


def test_state_that_is_damaged_meanwhile_is_set_aside(site, check, capsys):
    """It is told, and what it said before the damage is used."""
    assert meanwhile(site, check, lambda: Path("state.json").write_text("<<<<")) == (2, ["1", "2"])
    assert capsys.readouterr().err == (
        "state.json:1: is not JSON: Expecting value; "
        "it is kept as state.json.damaged-1, and what it said before is used.\n"
    )
    assert Path("state.json.damaged-1").read_text() == "<<<<"
    assert left_behind(Path()) == {"state.json", "state.json.damaged-1"}


def test_state_of_a_later_version_that_comes_meanwhile_stays(site, check, capsys):
    """The results wait in the journal until a program can read it."""
    later = '{"version": 2, "links": {}}'
    assert meanwhile(site, check, lambda: Path("state.json").write_text(later)) == (2, [])
    journal = Path(".state.json.journal").resolve()
    assert capsys.readouterr().err == (
        "state.json: was written by a later version of this program; "
        f"the next run takes the results over from {journal}.\n"
    )
    assert Path("state.json").read_text() == later
    assert journaled(Path()) == [site.url("/2")]


def test_damaged_state_stays_where_nothing_answers(site, check, capsys):
    """A run that changes nothing moves no file either."""
    Path("state.json").write_text("{ damaged")
    assert check(OFFLINE, "--state", "state.json")[0] == 3
    assert left_behind(Path()) == {"state.json"}
    assert Path("state.json").read_text() == "{ damaged"


def test_folder_for_the_journal_that_cannot_be_made_is_one_sentence(
    site, check, capsys, monkeypatch
):
    """Nothing is asked that could not be remembered."""
    Path("docs").mkdir()
    Path("file").touch()
    monkeypatch.setattr(lasting, "ROOT", Path.cwd())
    monkeypatch.setattr(lasting, "WATCHED", Path.cwd() / "docs")
    monkeypatch.setattr(lasting, "INSTEAD", Path.cwd() / "file" / "cache")
    Path("notes.md").write_text(site.url())
    assert main(["check", "notes.md", *QUICK, "--allow-private", "--state", "docs/s.json"]) == 2
    lock = Path.cwd() / "file" / "cache" / "docs" / "s.json.lock"
    told = f"{lock}: cannot be written: Not a directory.\n"
    assert (capsys.readouterr(), site.paths) == (("", told), [])


def test_nothing_changes_below_the_docs_while_a_run_goes_on(site, check, monkeypatch):
    """There is one change, of the state, when all is asked."""
    Path("docs").mkdir()
    monkeypatch.setattr(lasting, "ROOT", Path.cwd())
    monkeypatch.setattr(lasting, "WATCHED", Path.cwd() / "docs")
    monkeypatch.setattr(lasting, "INSTEAD", Path.cwd() / ".cache" / "link-check")
    seen = []

    def answer(connection: socket.socket) -> None:
        seen.append((list(Path("docs").iterdir()), sorted(Path(".cache").rglob("*.*"))))
        connection.sendall(site.response(200))

    site.answers["/2"] = answer
    check(f"{site.url('/1')}\n\n{site.url('/2')}", "--state", "docs/s.json", "--concurrency", "1")
    kept = [Path(".cache/link-check/docs") / name for name in ("s.json.journal", "s.json.lock")]
    assert seen == [([], kept)]
    assert list(Path("docs").iterdir()) == [Path("docs/s.json")]
    assert list(Path(".cache").rglob("*.*")) == []


def test_death_is_confirmed_by_one_run_after_the_other(site, check):
    """Each run makes the row longer, and an answer ends it."""
    paths = ("/ok", "/dead")
    text = "\n\n".join(map(site.url, paths))
    rows = []
    for _ in range(2):
        check(text, "--state", "state.json")
        document = json.loads(Path("state.json").read_text())
        # As if that had been a day before.
        for link in document["links"].values():
            for record in filter(None, (link, link.get("failing"))):
                for name in ("checked_at", "since", "dead_since"):
                    if name in record:
                        record[name] = a_day_before(record[name])
        rows.append(document["links"][site.url("/dead")].pop("failing"))
        document["links"][site.url("/dead")]["failing"] = rows[-1]
        Path("state.json").write_text(json.dumps(document))
    assert [(row["runs"], row["dead_runs"]) for row in rows] == [(1, 1), (2, 2)]
    assert rows[1]["since"] == rows[1]["dead_since"] == a_day_before(rows[0]["since"])
    site.answers["/dead"] = site.response(200)
    check(text, "--state", "state.json")
    assert "failing" not in Path("state.json").read_text()


def a_day_before(moment: str) -> str:
    """Return a moment of the state, a day earlier."""
    return f"{datetime.fromisoformat(moment) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("max_age", ["0.5", "1e12"])
def test_any_number_of_days_may_be_given(site, check, max_age):
    """What is more than a calendar has is for ever."""
    check(site.url(), "--state", "state.json")
    assert check(site.url(), "--state", "state.json", "--max-age", max_age)[0] == 0
    assert len(site.paths) == 1


def test_no_progress_bar_in_a_pipe(site, check, capfd):
    """Where nobody watches, nothing is drawn."""
    check(site.url())
    assert capfd.readouterr().err == ""


class Terminal(io.StringIO):
    """A standard error that somebody watches."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(("options", "drawn"), [((), True), (("--quiet",), False)])
def test_progress_is_drawn_on_a_terminal(site, check, monkeypatch, options, drawn):
    """Who watches sees how many links are done, unless --quiet."""
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    check("\n\n".join(site.url(f"/{n}") for n in range(3)), *options)
    assert ("/3 [" in terminal.getvalue()) == drawn


def test_host_names_are_looked_up_once(site, check, names, monkeypatch):
    """A host's links share one look-up."""
    names["many.example"] = "127.0.0.1"
    look_up, asked = socket.getaddrinfo, []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: asked.append(host) or look_up(host, *a, **k)
    )
    check("\n\n".join(site.url(f"/{n}", host="many.example") for n in range(9)))
    assert asked.count("many.example") == 1


def test_check_without_scheduler_needs_no_dask(tmp_path):
    """It is an optional dependency, and takes longer to import than most lists to check."""
    (tmp_path / "notes.md").write_text("<mailto:somebody@e.example>")
    code = (
        "import sys; from tools.references.cli import main; main(['check', sys.argv[1]]);"
        "print(sorted({'dask', 'distributed', 'tornado'} & set(sys.modules)))"
    )
    child = [sys.executable, "-c", code, str(tmp_path / "notes.md")]
    done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
