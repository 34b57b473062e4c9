"""A run as a whole: links that share a request, the second look, and being stopped in it."""

import os
import re
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools.references.check.asker import Alone
from tools.references.check.fetch.environment import Environment
from tools.references.check.run import Run
from tools.references.check.settings import Settings
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.cli import main
from tools.references.occurrence import Occurrence

LOST = "<h1>Oops!</h1><p>We could not find what you were looking for. Try the search.</p>"


class Everywhere(dict):
    """Answers one and the same to every path that has no answer of its own."""

    def __init__(self, answer, **own) -> None:
        """Take the answer, and those of other paths."""
        super().__init__(own)
        self._answer = answer

    def get(self, path, default=None):
        """Return the answer for a path."""
        return super().get(path, self._answer)


@pytest.fixture
def run():
    """Return a function that makes a run of links, in the order of their lines."""
    askers = []

    def make(*urls: str, known=(), **settings) -> Run:
        usual = {
            "timeout_s": 5.0,
            "retries": 0,
            "per_host": 4,
            "interval_s": 0.0,
            "concurrency": 8,
            "allow_private": True,
        }
        settings = Settings(**usual | settings)
        askers.append(Alone(settings, Environment.read()))
        return Run(
            [Occurrence(url=url, file="a.md", line=line) for line, url in enumerate(urls, start=1)],
            settings,
            askers[-1],
            {result.url: result for result in known},
            expected={},
        )

    yield make
    for asker in askers:
        asker.close()


def verdicts(check: Run) -> list[str]:
    """Return the verdicts of a run that is carried out, in the order of the sources."""
    list(check.results())
    return [result.verdict for result in check.report().results]


def known(url: str, verdict: Verdict = Verdict.ALIVE) -> LinkResult:
    """Return what an earlier run found."""
    return LinkResult(url=url, verdict=verdict, reason="", checked_at=datetime.now(UTC))


def test_one_of_the_links_that_share_a_request_may_be_fresh_or_excluded(site, run):
    """Each is told for itself, with its own places."""
    site.answers["/a"] = site.page("<p id=one>One")
    urls = [site.url(f"/a{part}") for part in ("", "#one", "#two", "#three", "#one")]
    fresh = known(urls[0], Verdict.BLOCKED)
    check = run(*urls, known=[fresh], exclude=(re.compile("three"),))
    assert verdicts(check) == ["blocked", "alive", "anchor", "excluded"]
    assert site.paths == ["/a"]
    lines = [[place.line for place in result.occurrences] for result in check.report().results]
    assert lines == [[1], [2, 5], [3], [4]]
    assert (check.to_ask, check.asked, check.unfinished) == (2, 2, 0)


@pytest.mark.parametrize("name", ["part", "user-content-part", "p%61rt"])
def test_page_is_left_where_the_part_is_found(site, run, name):
    """The rest of it, which never comes, is not waited for."""

    def send(connection) -> None:
        connection.sendall(site.page(f"<p id={name}>Part" + "<p>Text." * 20_000)[:-1])
        site.hang(connection)

    site.answers["/a"] = send
    check = run(site.url("/a#part"), timeout_s=5.0)
    assert verdicts(check) == ["alive"]
    assert check.report().results[0].elapsed_s < 2


def test_video_by_all_its_addresses_is_one_request_in_one_shard(run):
    """Or its description would be asked for twice, by two machines even."""
    urls = ("https://youtu.be/aircAruvnKk", "https://www.youtube.com/watch?v=aircAruvnKk&t=3")
    parts = [run(*urls, shard=(part, 50)).to_ask for part in range(1, 51)]
    assert sorted(parts) == [0] * 49 + [2]
    check = run(*urls)
    assert (verdicts(check), check.report().requests) == (["transient"] * 2, 1)


def test_part_that_a_redirect_names_is_the_new_one(site, run):
    """The link's own part goes on only where the redirect names none."""
    site.answers |= {
        "/a": site.redirect(301, "/c"),
        "/b": site.redirect(301, "/c#new"),
        "/c": site.page("<p id=old>Old<p id=new>New"),
    }
    check = run(site.url("/a#old"), site.url("/b#old"))
    assert verdicts(check) == ["moved", "moved"]
    new_urls = [result.new_url for result in check.report().results]
    assert new_urls == [site.url("/c#old"), site.url("/c#new")]


def test_addresses_that_differ_in_their_spelling_are_one_request(site, run):
    """Capital letters of scheme and host, names and passwords, escapes that mean nothing."""
    site.answers["/ä~?q"] = site.response(200)
    host = f"{site.address}:{site.port}"
    check = run(
        f"http://{host}/%C3%A4~?q",
        f"HTTP://{host}/ä~?q",
        f"http://user:secret@{host}/ä%7E?q#",
        f"http:\\\\{host}/ä~?q",
    )
    assert verdicts(check) == ["alive"] * 4
    assert site.paths == ["/%C3%A4~?q"]


def test_each_host_is_looked_at_once_more_and_for_itself(site, run, names):
    """One that knows to say 404 does not speak for another that does not."""
    lost = site.page(LOST, "Company")
    site.answers = Everywhere(lost)
    hosts = [f"h{n}.example" for n in range(12)]
    names |= dict.fromkeys(hosts, "127.0.0.1")
    check = run(*(site.url(f"/{n}", host=host) for host in hosts for n in range(3)))
    assert verdicts(check) == ["dead"] * 36
    random = [path for path in site.paths if len(path) > 20]
    assert (len(random), len(set(random))) == (12, 12)


def test_random_path_is_asked_of_the_host_that_has_the_page(site, serve, run):
    """Not of the one that the link names, if that redirects elsewhere."""
    other = serve("127.0.0.2")
    site.answers["/a"] = site.redirect(302, other.url("/b"))
    other.answers = Everywhere(other.page(LOST, "Company"))
    assert verdicts(run(site.url("/a"))) == ["dead"]
    assert (site.paths, len(other.paths)) == (["/a"], 2)


@pytest.mark.parametrize(
    "failing",
    [
        lambda site: site.response(503),
        lambda site: site.response(403),
        lambda site: lambda connection: None,
        lambda site: site.hang,
        lambda site: site.redirect(302, "/elsewhere"),
    ],
)
def test_host_that_fails_to_answer_the_random_path_keeps_its_page(site, run, failing):
    """No answer proves nothing, nor does another one."""
    site.answers = Everywhere(failing(site))
    site.answers |= {"/a": site.page(LOST, "Company"), "/elsewhere": site.response(200)}
    assert verdicts(run(site.url("/a"), timeout_s=0.5)) == ["alive"]


@pytest.mark.parametrize(
    ("elsewhere", "verdict"), [("/?lang=en", "dead"), ("/?lang=de", "moved"), ("", "moved")]
)
def test_first_page_with_a_query_is_the_page_unless_all_others_are_there_too(
    site, run, elsewhere, verdict
):
    """``/?p=12`` may be where a page lives now; a random path tells."""
    everywhere = site.redirect(301, elsewhere) if elsewhere else site.response(404)
    site.answers = Everywhere(everywhere)
    site.answers |= {
        "/a": site.redirect(301, "/?lang=en"),
        "/?lang=en": site.page("<p>What we do. " * 200, "Company"),
        "/?lang=de": site.page("<p>Was wir tun. " * 200, "Firma"),
    }
    assert verdicts(run(site.url("/a"))) == [verdict]


@pytest.mark.usefixtures("interruptible")
def test_stop_in_the_second_look_leaves_only_what_is_in_doubt(site, tmp_path, monkeypatch, capsys):
    """What is certain is kept, and the next run asks for the doubtful link again, and no other."""
    monkeypatch.chdir(tmp_path)

    def interrupt(connection) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)

    site.answers = Everywhere(interrupt)
    site.answers |= {"/a": site.page(LOST, "Company"), "/b": site.response(200)}
    Path("a.md").write_text(f"{site.url('/a')}\n\n{site.url('/b')}\n")
    command = ["check", "a.md", "--state", "s.json", "--allow-private", "--retries", "0"]
    assert main(command) == 130
    assert capsys.readouterr().err == "Interrupted; 1 link unfinished.\n"
    del site.requests[:]
    site.answers = Everywhere(site.response(404))
    site.answers["/a"] = site.page(LOST, "Company")
    assert main(command) == 0
    assert site.paths[0] == "/a"
    assert len(site.paths) == 2
    assert "/b" not in site.paths


def test_nothing_more_is_asked_after_a_stop(site, run):
    """A doubt that came before it stays one."""
    site.answers["/a"] = site.page(LOST, "Company")
    check = run(site.url("/a"), site.url("/b"), site.url("/c"), concurrency=1)
    for _ in check.results():
        check.stop()
    assert check.unfinished >= 1
    assert set(site.paths) <= {"/a", "/b", "/c"}


def test_one_host_that_is_down_today_is_no_proof_of_being_offline(site, run, names):
    """Where only what is broken is to be asked, several of the others tell."""
    names["down.example"] = "127.0.0.9"
    check = run(
        site.url("/", host="down.example"),
        site.url("/"),
        "http://nowhere.example/",
        known=[known(site.url("/", host="down.example")), known(site.url("/"))],
    )
    assert verdicts(check)[2] == "dead"
    assert check.judged


def test_who_is_asked_whether_the_machine_is_online_are_few_and_of_different_hosts(run):
    """Three requests, not one for each link of a long list."""
    others = [f"http://h{n}.example/{k}" for n in range(9) for k in range(9)]
    check = run("http://nowhere.example/", *others, known=map(known, others))
    assert verdicts(check)[0] == "transient"
    assert not check.judged
    assert check.report().requests == 1 + 3


def test_host_that_was_asked_already_is_not_asked_whether_the_machine_is_online(run):
    """It has not answered, whatever it did in an earlier run."""
    fresh = "http://nowhere.example/fresh"
    check = run("http://nowhere.example/", fresh, known=[known(fresh)])
    assert verdicts(check)[0] == "transient"
    assert check.report().requests == 1
