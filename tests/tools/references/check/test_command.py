"""The command as a user meets it: options, exit status, reports, state, and being broken off."""

import errno
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import files
from tools.references.check.state import StateError
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
    assert (status, site.paths) == (1, ["/1"])
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
    assert "state.json:1: is not JSON" in capsys.readouterr().err
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
        (["notes.md", "--state", "newer.json"], "newer.json: is of version 2, not 1."),
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
    os.mkfifo("pipe")
    # Root may write anywhere, whatever the mode of the folder says.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked")
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr() == ("", message + "\n")
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


def test_unreadable_authorities_are_one_sentence(tmp_path, monkeypatch, capsys):
    """A CA bundle that is not there ends with status 2 before anything is asked."""
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text("https://e.example/\n")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "missing.pem")
    assert main(["check", "notes.md"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("missing.pem: no certificate authorities can be read from it: No such")


def test_state_is_saved_now_and_then_while_results_come():
    """At the first result, and then at the first after every two seconds."""
    now, saved = [0.0], []
    autosave = command.Autosave(lambda: saved.append(now[0]), clock=lambda: now[0])
    for moment in (0.5, 1.0, 2.4, 2.5, 2.6, 9.0, 9.1):
        now[0] = moment
        autosave()
    assert saved == [0.5, 2.5, 9.0]


def test_state_that_cannot_be_saved_meanwhile_does_not_end_the_run():
    """It is tried again, and told at the end."""

    def fail():
        raise StateError

    command.Autosave(fail)()


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


def start(folder: Path, **streams) -> subprocess.Popen:
    """Start the command on a folder's notes as a user would, one request at a time."""
    files = ["--state", folder / "state.json", "--json", folder / "out.json"]
    options = ["--allow-private", "--timeout", "60", "--interval", "0", "--concurrency", "1"]
    return subprocess.Popen(
        [sys.executable, "-m", "tools.references", "check", folder / "notes.md", *files, *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
        **streams,
    )


def test_kill_that_cannot_be_caught_keeps_what_was_saved(site, tmp_path):
    """After `kill -9` the state is whole and has the results of some seconds ago."""
    site.answers["/hang"] = site.hang
    (tmp_path / "notes.md").write_text(f"{site.url('/1')}\n\n{site.url('/hang')}\n")
    path = tmp_path / "state.json"
    with start(tmp_path, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        while not path.exists():
            assert time.monotonic() < deadline, "the state was not saved"
            time.sleep(0.01)
        process.kill()
    assert list(json.loads(path.read_text())["links"]) == [site.url("/1")]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_finished_survives_being_broken_off(site, tmp_path, stop):
    """Ctrl-C, a polite kill or a closed terminal keeps every finished result, and ends at once."""
    asked_all = site.url("/hang")
    site.answers["/hang"] = site.hang
    (tmp_path / "notes.md").write_text("\n\n".join([site.url("/1"), site.url("/dead"), asked_all]))
    process = start(tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    with process:
        site.wait_for("/hang", within_s=30)
        process.send_signal(stop)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told == "Interrupted; 1 link unfinished.\n"
    links = json.loads((tmp_path / "state.json").read_text())["links"]
    assert {url: link["verdict"] for url, link in links.items()} == {
        site.url("/1"): "alive",
        site.url("/dead"): "dead",
    }
    assert len(json.loads((tmp_path / "out.json").read_text())["links"]) == 2


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
