"""The figures and verdicts of docs/references/watching.md, against the checker itself."""

from datetime import UTC, datetime, timedelta

import pytest

from tools.references.check.fetch import body
from tools.references.check.fetch.page import Page, PageReader
from tools.references.check.judge import anchors, policy, quirks
from tools.references.check.judge.policy import Retry
from tools.references.check.memory.history import Failing, after
from tools.references.check.memory.standing import standing
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.verdict import BROKEN, LinkResult, Verdict

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HERE = "https://example.org/work"
HOME = "https://example.org/"


LESSON = "This section explains how a model learns from what it sees, step by step. " * 40


def answer(*statuses: int, end: str = HERE, page: Page | None = None, **headers: str) -> Outcome:
    """Return a chain of answers, the last at `end`; headers have `_` for the hyphen."""
    hops = [Hop(f"{HERE}/{number}", status) for number, status in enumerate(statuses[:-1])]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Outcome(hops=(*hops, Hop(end, statuses[-1])), headers=named, page=page)


def shown(title: str, text: str, *wanted: str) -> Page:
    """Return a page with a title and a text, read to its end."""
    reader = PageReader("text/html; charset=utf-8", frozenset(wanted))
    reader.feed(f"<title>{title}</title><h1>{title}</h1><p>{text}</p>".encode())
    return reader.page(complete=True)


NOT_FOUND = shown("Page not found", "Sorry.")


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
        (answer(200, page=NOT_FOUND), "dead"),
        (answer(200, page=shown("example.org", "example.org is for sale")), "dead"),
        (Outcome(fault=Fault.NO_SUCH_HOST), "dead"),
        (Outcome(fault=Fault.LOOP), "dead"),
        (answer(401), "blocked"),
        (answer(403), "blocked"),
        (answer(200, cf_mitigated="challenge"), "blocked"),
        (answer(302, 200, end=f"{HOME}login"), "blocked"),
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
    """No other verdict makes the command fail."""
    assert {str(verdict) for verdict in BROKEN} == {"dead", "anchor"}


def test_how_much_of_a_page_is_read() -> None:
    """The page tells both limits, in kB and MB."""
    assert body.PAGE_BYTES == 64 * 1024
    assert body.ANCHORED_PAGE_BYTES == 2 * 1024 * 1024


def test_rot_that_answers_200() -> None:
    """A page that says that it is not found is dead, an article about such pages is not."""
    assert policy.judge(answer(200, page=NOT_FOUND)).verdict is Verdict.DEAD
    article = answer(200, page=shown("Page not found: how to write a good 404", LESSON))
    probe = answer(404, page=NOT_FOUND)
    assert policy.judge(article, probe=probe).verdict is Verdict.ALIVE


def test_hints_are_tested_by_a_random_path() -> None:
    """Where the same page comes back for an address that cannot be, it comes for everything."""
    page = shown("Our shop", "The page you are looking for may have moved. See our offers. " * 5)
    hinting = answer(200, page=page)
    assert policy.judge(hinting).doubtful
    same, other = answer(200, page=page), answer(404, page=NOT_FOUND)
    assert policy.judge(hinting, probe=same).verdict is Verdict.DEAD
    assert policy.judge(hinting, probe=other).verdict is Verdict.ALIVE


@pytest.mark.parametrize("status", [200, 403, 404, 503])
def test_walls_count_under_any_status(status: int) -> None:
    """What names itself a test for being human is one, even as 404."""
    wall = answer(status, cf_mitigated="challenge")
    assert policy.judge(wall).verdict is Verdict.BLOCKED


def test_fragments() -> None:
    """A part that is not on the page is missed, unless the fragment names none."""
    page = answer(200, page=shown("Notes", LESSON))
    assert policy.judge(page, url=f"{HERE}#part").verdict is Verdict.ANCHOR
    assert policy.judge(page, url=f"{HERE}#page=3").verdict is Verdict.ALIVE
    found = shown("Notes", f"<a id=part></a>{LESSON}", *anchors.wanted(f"{HERE}#part"))
    assert policy.judge(answer(200, page=found), url=f"{HERE}#part").verdict is Verdict.ALIVE
    scripted = shown("Notes", "<script>write()</script>", *anchors.wanted(f"{HERE}#part"))
    judgement = policy.judge(answer(200, page=scripted), url=f"{HERE}#part")
    assert judgement.verdict is Verdict.ALIVE


def test_odd_hosts() -> None:
    """A DOI's resolver has the last word, and YouTube is asked by its oEmbed address."""
    assert quirks.is_resolver("doi.org")
    doi = "https://doi.org/10.1000/1"
    resolved = Outcome(hops=(Hop(doi, 302),), resolved="https://publisher.example/")
    assert policy.judge(resolved, url=doi).verdict is Verdict.ALIVE
    video = "https://www.youtube.com/watch?v=00000000000"
    assert quirks.asked(video).startswith("https://www.youtube.com/oembed?")
    assert policy.judge(answer(404), url=video).verdict is Verdict.DEAD


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
    """It is asked again once, after all others, with a tenth of 20 seconds."""
    late = Outcome(fault=Fault.TIMEOUT)
    assert again(late, 1) == Retry(delay_s=0, timeout_s=2, second_wave=True)
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


def stands(verdict: Verdict, *days: float) -> str:
    """Return what the list says of a link that failed in runs on these days."""
    row: Failing | None = None
    for day in days:
        asked = NOW + timedelta(days=day)
        result = LinkResult(url=HERE, verdict=verdict, reason="", checked_at=asked)
        row = after(row, result)
    return standing(result, row)


@pytest.mark.parametrize(
    ("verdict", "days", "words"),
    [
        (Verdict.DEAD, (0, 2), "dead, to be confirmed"),
        (Verdict.DEAD, (0, 1, 1.9), "dead, to be confirmed"),
        (Verdict.DEAD, (0, 1, 2), "dead"),
        (Verdict.TRANSIENT, (0, 7, 14, 21, 30), "transient"),
        (Verdict.TRANSIENT, (0, 7, 14, 21, 28, 29), "transient"),
        (Verdict.TRANSIENT, (0, 7, 14, 21, 28, 30), "unreachable"),
    ],
)
def test_what_is_confirmed(verdict: Verdict, days: tuple[float, ...], words: str) -> None:
    """Three runs over two days confirm a death; six over 30 days make a link unreachable."""
    assert stands(verdict, *days) == words


def test_first_exercise() -> None:
    """Three runs on one day confirm nothing; one more, two days after the first, does."""
    nine_noon_five = (9 / 24, 12 / 24, 17 / 24)
    assert stands(Verdict.DEAD, *nine_noon_five) == "dead, to be confirmed"
    assert stands(Verdict.DEAD, *nine_noon_five, 2 + 9 / 24) == "dead"


def test_second_exercise() -> None:
    """A login is a wall; without it, the new address is where the permanent redirects end."""
    hops = (Hop(HERE, 301), Hop(f"{HOME}new", 302))
    walled = policy.judge(Outcome(hops=(*hops, Hop(f"{HOME}login", 200))))
    assert (walled.verdict, walled.reason.partition(" (")[0]) == (
        Verdict.BLOCKED,
        "asks for a login",
    )
    moved = policy.judge(Outcome(hops=(*hops, Hop(f"{HOME}page", 200))))
    assert (moved.verdict, moved.new_url) == (Verdict.MOVED, f"{HOME}new")
