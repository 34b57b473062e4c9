"""The figures and verdicts of docs/references/watching.md, against the checker itself."""

import argparse
from datetime import UTC, datetime

import pytest

from tools.references.check import policy, state
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.policy import Retry
from tools.references.check.verdict import BROKEN, Verdict
from tools.references.commands import check

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HERE = "https://example.org/work"
HOME = "https://example.org/"


def answer(*statuses: int, end: str = HERE, **headers: str) -> Outcome:
    """Return a chain of answers, the last at `end`; headers have `_` for the hyphen."""
    hops = [Hop(f"{HERE}/{number}", status) for number, status in enumerate(statuses[:-1])]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Outcome(hops=(*hops, Hop(end, statuses[-1])), headers=named)


def table(load_page, heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the page, without its header."""
    page = load_page("references/watching.md")
    rows = page.content.find(id=heading).find_next("table").select("tbody tr")
    return [[cell.get_text() for cell in row.find_all("td")] for row in rows]


def test_table_has_every_verdict(load_page) -> None:
    """Each word that the checker may give stands in the table, once."""
    verdicts = [row[0] for row in table(load_page, "verdicts")]
    assert sorted(verdicts) == sorted(Verdict)


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (answer(200), "alive"),
        (answer(302, 200), "alive"),
        (answer(301, 200), "moved"),
        (answer(308, 200), "moved"),
        (answer(404), "dead"),
        (answer(410), "dead"),
        (answer(302, 200, end=HOME), "dead"),
        (Outcome(fault=Fault.NO_SUCH_HOST), "dead"),
        (Outcome(fault=Fault.LOOP), "dead"),
        (answer(401), "blocked"),
        (answer(403), "blocked"),
        (answer(200, cf_mitigated="challenge"), "blocked"),
        (Outcome(fault=Fault.CERTIFICATE), "blocked"),
        (Outcome(fault=Fault.TIMEOUT), "transient"),
        (Outcome(fault=Fault.RESET), "transient"),
        (answer(429), "transient"),
        (answer(503), "transient"),
    ],
)
def test_table_says_what_came_back(outcome: Outcome, verdict: str) -> None:
    """What stands in the middle column leads to the verdict on its left."""
    assert policy.judge(outcome).verdict == verdict


def test_only_dead_and_anchor_are_faults() -> None:
    """No other verdict makes the command fail, and none is an anchor yet."""
    assert {str(verdict) for verdict in BROKEN} == {"dead", "anchor"}
    given = {*policy.STATUS_VERDICTS.values(), *policy.FAULT_VERDICTS.values()}
    assert Verdict.ANCHOR not in given | set(policy.HUNDRED_VERDICTS.values())


def again(outcome: Outcome, attempt: int) -> Retry | None:
    """Return how a link is asked again by default, after an outcome of an attempt."""
    return policy.retry(outcome, attempt, retries=3, timeout_s=20.0, now=NOW)


@pytest.mark.parametrize(
    "outcome", [Outcome(fault=Fault.REFUSED), Outcome(fault=Fault.RESET), answer(503)]
)
def test_up_to_three_more_times(outcome: Outcome) -> None:
    """What may pass is asked again after 1, 2 and 4 seconds, and then no more."""
    retries = [again(outcome, attempt) for attempt in (1, 2, 3, 4)]
    assert [retry and retry.delay_s for retry in retries] == [1, 2, 4, None]


def test_a_time_out_gets_one_more_chance() -> None:
    """It is asked again once, with a tenth of 20 seconds."""
    late = Outcome(fault=Fault.TIMEOUT)
    assert again(late, 1) == Retry(delay_s=0, timeout_s=2)
    assert again(late, 2) is None


def test_a_server_that_names_a_time_is_obeyed() -> None:
    """Up to 30 seconds, it is asked again just then; beyond, not in this run."""
    assert again(answer(503, retry_after="30"), 1) == Retry(delay_s=30, timeout_s=20)
    assert again(answer(503, retry_after="31"), 1) is None


def test_an_unknown_host_is_dead_only_if_another_answered() -> None:
    """A broken name server knows no name at all."""
    unknown = Outcome(fault=Fault.NO_SUCH_HOST)
    assert policy.judge(unknown, online=True).verdict is Verdict.DEAD
    assert policy.judge(unknown, online=False).verdict is Verdict.TRANSIENT


def test_defaults_of_the_command() -> None:
    """The page tells the options' defaults, and which verdicts stay fresh for so long."""
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    told = {"timeout": 20, "retries": 3, "per_host": 10, "interval": 0.05, "concurrency": 32}
    defaults = vars(parser.parse_args([]))
    assert {name: defaults[name] for name in told} == told
    assert defaults["max_age"] == 7
    assert {str(verdict) for verdict in state.LASTING} == {"alive", "moved", "blocked"}


def test_the_commands_on_the_page_are_understood(load_page) -> None:
    """The options in the block can be given as they stand there."""
    page = load_page("references/watching.md")
    (block,) = page.content.select("pre")
    command = block.get_text().replace("\\\n", " ").strip().splitlines()[-1].split()
    assert command[:4] == [".venv/bin/python", "-m", "tools.references", "check"]
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    assert parser.parse_args(command[4:]).sources == ["README.md"]


def test_table_has_every_exit_status(load_page) -> None:
    """Each exit status of the command stands in the table, in order."""
    assert [int(row[0]) for row in table(load_page, "run")] == list(check.Exit)


def test_second_exercise() -> None:
    """The new address is where the permanent redirects end."""
    hops = (Hop(HERE, 301), Hop(f"{HOME}new", 302), Hop(f"{HOME}login", 200))
    judgement = policy.judge(Outcome(hops=hops))
    assert (judgement.verdict, judgement.new_url) == (Verdict.MOVED, f"{HOME}new")
