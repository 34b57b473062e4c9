"""What outcomes mean and when to ask again; everything here is a pure function."""

from datetime import UTC, datetime, timedelta

import pytest

from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.policy import FAULT_VERDICTS, hold, judge, retry, retry_after
from tools.references.check.verdict import Verdict

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


def answered(*statuses: int, **headers: str) -> Outcome:
    """Return an outcome with one hop per status, at /0, /1 and so on."""
    hops = tuple(Hop(f"https://e.example/{n}", status) for n, status in enumerate(statuses))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Outcome(hops=hops, asked=hops[-1].url, headers=named)


@pytest.mark.parametrize(
    ("status", "verdict", "reason"),
    [
        (200, "alive", "200 OK"),
        (204, "alive", "204 No Content"),
        (300, "alive", "300 Multiple Choices"),
        (301, "transient", "301 Moved Permanently without saying where to"),
        (302, "transient", "302 Found without saying where to"),
        (304, "alive", "304 Not Modified"),
        (308, "transient", "308 Permanent Redirect without saying where to"),
        (400, "blocked", "400 Bad Request"),
        (401, "blocked", "401 Unauthorized"),
        (403, "blocked", "403 Forbidden"),
        (404, "dead", "404 Not Found"),
        (407, "blocked", "407 Proxy Authentication Required"),
        (408, "transient", "408 Request Timeout"),
        (410, "dead", "410 Gone"),
        (429, "transient", "429 Too Many Requests"),
        (451, "blocked", "451 Unavailable For Legal Reasons"),
        (500, "transient", "500 Internal Server Error"),
        (503, "transient", "503 Service Unavailable"),
        (522, "transient", "522 Connection Timed Out (Cloudflare)"),
        (799, "blocked", "799 not a standard status"),
        (999, "blocked", "999 Request Denied (a wall against programs)"),
    ],
)
def test_status_code_gives_verdict_and_reason(status, verdict, reason):
    """Each status has its verdict, and its reason names the code and what it means."""
    judgement = judge(answered(status))
    assert (judgement.verdict, judgement.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("statuses", "new_url"),
    [
        ((301, 200), "https://e.example/1"),
        ((308, 200), "https://e.example/1"),
        ((301, 308, 200), "https://e.example/2"),
        ((301, 302, 200), "https://e.example/1"),
        ((301, 302, 301, 200), "https://e.example/1"),
        ((302, 301, 200), None),
        ((307, 200), None),
    ],
)
def test_moved_carries_the_end_of_the_permanent_part(statuses, new_url):
    """A living link is moved as far as permanent redirects lead without a temporary one between."""
    judgement = judge(answered(*statuses))
    assert judgement.new_url == new_url
    assert judgement.verdict is (Verdict.MOVED if new_url else Verdict.ALIVE)


def test_permanent_redirect_back_to_the_start_is_no_move():
    """A page that sends a visitor to itself, to hand out a cookie, is alive where it is."""
    hops = (Hop("https://e.example/", 301), Hop("https://e.example/", 200))
    assert judge(Outcome(hops=hops)).verdict is Verdict.ALIVE


def redirected(status: int, start: str, end: str, fragment: str = "") -> Outcome:
    """Return an outcome with one redirect to a page that is alive."""
    return Outcome(hops=(Hop(start, status), Hop(end, 200, fragment)), asked=end)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("https://e.example/papers/1", "https://e.example/"),
        ("http://e.example/papers/1", "https://www.e.example/index.html"),
        ("https://e.example/papers/?id=1", "https://bought.example/"),
    ],
)
def test_deep_link_thrown_back_to_a_home_page_is_dead(status, start, end):
    """A page that became its site's first page is gone, whatever the redirect calls itself."""
    judgement = judge(redirected(status, start, end))
    assert (judgement.verdict, judgement.new_url) == ("dead", None)
    assert judgement.reason == f"redirects to the home page, {end}"


@pytest.mark.parametrize(
    ("start", "end", "fragment"),
    [
        ("http://e.example/", "https://www.e.example/", ""),
        ("http://e.example/index.html", "http://e.example/", ""),
        ("http://e.example/one", "http://e.example/two/", ""),
        ("http://e.example/one", "http://e.example/?p=12", ""),
        ("http://e.example/one", "http://e.example/", "/guide"),
    ],
)
def test_home_page_that_was_meant_and_a_page_below_it_have_moved(start, end, fragment):
    """What was a first page may become one, and a query or fragment names a page of its own."""
    assert judge(redirected(301, start, end, fragment)).verdict is Verdict.MOVED


def test_fragment_of_a_redirect_is_part_of_the_new_address():
    """Where the redirect says which part of the page it means, that is kept."""
    judgement = judge(redirected(301, "http://e.example/1", "http://e.example/all", "one"))
    assert judgement.new_url == "http://e.example/all#one"


@pytest.mark.parametrize(
    ("status", "verdict"), [(404, "dead"), (403, "blocked"), (503, "transient")]
)
def test_redirect_to_a_bad_end_is_judged_by_its_end(status, verdict):
    """A permanent redirect to what is not alive is no move, and the reason names the place."""
    judgement = judge(answered(301, status))
    assert (judgement.verdict, judgement.new_url) == (verdict, None)
    assert "https://e.example/1" in judgement.reason


@pytest.mark.parametrize("status", [200, 403, 404, 503])
@pytest.mark.parametrize(
    "header",
    [
        {"cf_mitigated": "challenge"},
        {"x_amzn_waf_action": "captcha"},
        {"x_vercel_mitigated": "deny"},
    ],
)
def test_challenge_is_a_wall_whatever_its_status(status, header):
    """A bot wall that names itself is blocked: its status says nothing of the page."""
    assert judge(answered(status, **header)).verdict is Verdict.BLOCKED


def test_every_fault_has_a_verdict_and_a_reason():
    """No fault is left without a judgement."""
    assert set(FAULT_VERDICTS) == set(Fault)
    assert all(judge(Outcome(fault=fault)).reason for fault in Fault)


def test_unknown_host_is_dead_only_while_the_network_works():
    """Broken DNS says of every name that it does not exist."""
    outcome = Outcome(fault=Fault.NO_SUCH_HOST)
    assert judge(outcome).verdict is Verdict.DEAD
    assert judge(outcome, online=False).verdict is Verdict.TRANSIENT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("17", 17),
        (" 17 ", 17),
        ("Thu, 05 Nov 2026 12:00:20 GMT", 20),
        ("Thu, 05 Nov 2026 11:59:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("Thu, 99 Nov 2026 12:00:20 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value, seconds):
    """Seconds and dates are understood; anything else is as good as nothing."""
    assert retry_after({"retry-after": value}, NOW) == seconds


def plan(outcome: Outcome, attempt: int = 1, retries: int = 3):
    """Return how to ask again, or None."""
    return retry(outcome, attempt, retries=retries, timeout_s=20, now=NOW)


@pytest.mark.parametrize("outcome", [answered(503), answered(429), Outcome(fault=Fault.RESET)])
def test_backoff_doubles_until_the_retries_are_used_up(outcome):
    """What may pass is asked again after 1, 2 and 4 seconds, and no more than that."""
    delays = [plan(outcome, attempt) for attempt in (1, 2, 3, 4)]
    assert [delay and delay.delay_s for delay in delays] == [1, 2, 4, None]
    assert all(delay.timeout_s == 20 for delay in delays[:3])
    assert plan(outcome, retries=0) is None


@pytest.mark.parametrize(
    "outcome",
    [
        answered(200),
        answered(404),
        answered(403),
        answered(501),
        answered(503, cf_mitigated="challenge"),
        Outcome(fault=Fault.NO_SUCH_HOST),
        Outcome(fault=Fault.LOOP),
        Outcome(fault=Fault.CERTIFICATE),
    ],
)
def test_what_will_not_change_is_not_asked_again(outcome):
    """Answers that are final, walls among them, cost one attempt."""
    assert plan(outcome) is None


@pytest.mark.parametrize("fault", [Fault.TIMEOUT, Fault.CONNECT_TIMEOUT])
def test_time_out_gets_one_short_second_chance(fault):
    """A hung link is asked once more, with a tenth of the time-out, at least a second."""
    outcome = Outcome(fault=fault)
    assert plan(outcome).timeout_s == 2
    assert plan(outcome, attempt=2) is None
    assert retry(outcome, 1, retries=3, timeout_s=5, now=NOW).timeout_s == 1
    assert retry(outcome, 1, retries=3, timeout_s=0.5, now=NOW).timeout_s == 0.5


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_up_to_its_cap(status):
    """A wait of up to 30 s is kept; for a longer one the link is left alone in this run."""
    assert plan(answered(status, retry_after="7")).delay_s == 7
    assert plan(answered(status, retry_after="30")).delay_s == 30
    assert plan(answered(status, retry_after="31")) is None
    later = (NOW + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert plan(answered(status, retry_after=later)) is None


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (answered(429, retry_after="7"), 7),
        (answered(503, retry_after="30"), 30),
        (answered(503, retry_after="31"), 0),
        (answered(429), 0),
        (answered(200, retry_after="7"), 0),
        (Outcome(fault=Fault.REFUSED), 0),
    ],
)
def test_host_is_held_as_long_as_it_asks_up_to_the_cap(outcome, seconds):
    """429 and 503 with Retry-After speak for the host; an hour is more than we wait for."""
    assert hold(outcome, NOW) == seconds
