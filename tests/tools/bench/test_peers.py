"""The checkers do the work they are measured at, or the measurement says that they did not."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench import links, naive, peers, server
from tools.bench.links import Bench
from tools.bench.peers import LYCHEE, NAIVE, OURS, Peer, Task, Verdicts, WrongError
from tools.bench.server import Weather

TASK = Task(timeout_s=5.0, polite=False)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """Return thirty links that are served at once."""
    with links.laid_out(30, 7, late=False) as laid_out:
        yield laid_out


@pytest.mark.parametrize("peer", [OURS, LYCHEE, NAIVE], ids=lambda peer: peer.name)
def test_each_checker_asks_for_every_link_once(bench: Bench, peer: Peer) -> None:
    """All of them find all links alive, and the server has seen one request for each."""
    name, cost, seen = bench.measure("some", peer, TASK)
    assert name == "some"
    assert seen.requests == 30
    assert cost.cpu_s > 0


@pytest.fixture
def hung(bench: Bench) -> Iterator[tuple[str, str]]:
    """Return a link that is never answered, and one that is."""
    never, soon = bench.links[:2]
    weather = Weather(hanging=[never.host + never.target])
    with server.started(sorted({never.host, soon.host}), weather) as running:
        yield never.url(running.port), soon.url(running.port)


def test_ours_tells_apart_what_hangs(hung: tuple[str, str], tmp_path: Path) -> None:
    """A link whose time runs out is no dead one."""
    (tmp_path / peers.LIST).write_text("\n".join(hung))
    task = Task(timeout_s=0.5, polite=False, options=("--retries", "0"))
    peers.run(OURS, task, tmp_path, Verdicts(alive=1, hanging=1))


def test_the_naive_tells_apart_what_hangs(hung: tuple[str, str]) -> None:
    """A time-out is no error, and an answer is no time-out."""
    never, soon = hung
    assert naive.verdict(never, 0.05) == "hanging"
    assert naive.verdict(soon, 10.0) == "alive"


def test_a_fast_wrong_run_is_no_result(bench: Bench) -> None:
    """Verdicts that are not those the server stands for end the bench with one sentence."""
    with pytest.raises(WrongError, match=r"^lychee found 30 alive, .* but there are 29 alive, 1 "):
        peers.run(LYCHEE, TASK, bench.folder, Verdicts(alive=29, hanging=1))


def test_a_checker_that_does_not_answer_is_told_with_its_last_words(bench: Bench) -> None:
    """A wrong option ends in one sentence, not in a figure; no earlier answer counts for it."""
    (bench.folder / peers.ANSWER).write_text("{}")
    with pytest.raises(WrongError, match=r"^ours ended with status 2 and said: .*--no-such-option"):
        peers.run(
            OURS,
            Task(timeout_s=5.0, polite=False, options=("--no-such-option",)),
            bench.folder,
            bench.expected,
        )


def test_a_checker_that_is_not_there_is_told(bench: Bench) -> None:
    """What cannot be started at all is a sentence as well."""
    absent = Peer("absent", lambda _: ["/no/such/checker"], LYCHEE.verdicts)
    said = "absent ended with status 1 and said: .*No such file .*/no/such/checker"
    with pytest.raises(WrongError, match=said):
        peers.run(absent, TASK, bench.folder, bench.expected)


@pytest.mark.parametrize(
    ("peer", "answer", "verdicts"),
    [
        (
            OURS,
            {"links": [{}] * 9, "summary": {"alive": 5, "transient": 3, "moved": 1, "requests": 9}},
            Verdicts(alive=5, hanging=3, others=1),
        ),
        (
            LYCHEE,
            {"total": 9, "successful": 5, "timeouts": 3, "errors": 1},
            Verdicts(alive=5, hanging=3, others=1),
        ),
        (NAIVE, {"alive": 5, "hanging": 3, "others": 1}, Verdicts(5, 3, 1)),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_answers_are_read(peer: Peer, answer: object, verdicts: Verdicts) -> None:
    """What is neither alive nor out of time is told apart, for it should not be there."""
    assert peer.verdicts(answer) == verdicts


def test_only_politeness_and_the_time_limit_are_set() -> None:
    """A polite task leaves every checker at its defaults but for the time-out."""
    polite = Task(timeout_s=10.0, polite=True)
    for peer in (OURS, LYCHEE):
        lifted = peer.command(TASK)
        command = peer.command(polite)
        assert command[command.index("--timeout") + 1] == "10"
        assert not {"--interval", "--per-host", "--host-concurrency"} & set(command)
        assert {word for word in lifted if "host" in word}
    assert "--concurrency" not in OURS.command(polite)
    assert "--max-retries" not in LYCHEE.command(polite)


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies, tokens and another set of authorities are kept from all checkers."""
    given = {
        "PATH": "/bin",
        "http_proxy": "http://proxy",
        "HTTPS_PROXY": "http://proxy",
        "no_proxy": "*",
        "GITHUB_TOKEN": "secret",
        "REQUESTS_CA_BUNDLE": "bundle.pem",
    }
    monkeypatch.setattr(peers.os, "environ", given)
    assert peers.environment() == {"PATH": "/bin"}


def test_commands_are_named_by_their_path() -> None:
    """Whatever stands on the PATH, the checkers measured are those of the environment."""
    for peer in (OURS, LYCHEE, NAIVE):
        assert Path(peer.command(TASK)[0]).parent == Path(sys.executable).parent
