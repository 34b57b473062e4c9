"""What outcomes mean and when to ask again; everything here is a pure function."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.references.check.fetch.page import Page
from tools.references.check.judge.policy import (
    BACKOFF_S,
    FAULT_VERDICTS,
    RETRY_AFTER_CAP_S,
    hold,
    judge,
    retry,
    retry_after,
)
from tools.references.check.outcome import Fault, Hop, Outcome
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
        (101, "transient", "101 Switching Protocols"),
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


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("http://e.example/a", "https://e.example/a"),
        ("http://e.example/a", "http://www.e.example/a"),
        ("http://e.example/a", "http://e.example/a/"),
        ("http://e.example/a;jsessionid=1F", "http://e.example/a"),
        ("http://e.example/a?PHPSESSID=1F", "http://e.example/a"),
        ("http://e.example/a", "http://e.example/b?obsession_id=1"),
    ],
)
def test_new_address_is_told_however_little_it_differs(start, end):
    """One redirect less for every reader."""
    assert judge(redirected(301, start, end)).new_url == end


@pytest.mark.parametrize("part", [";jsessionid=1F2E", "?PHPSESSID=1f", "?a=1&session_id=2"])
def test_session_is_nobody_else_s_address(part):
    """What leads there is not to be written down, however permanent it says it is."""
    hops = (
        Hop("https://e.example/a", 301),
        Hop("https://e.example/b", 301),
        Hop(f"https://e.example/b{part}", 200),
    )
    assert judge(Outcome(hops=hops, asked=hops[-1].url)).new_url == "https://e.example/b"
    assert judge(Outcome(hops=hops[1:], asked=hops[-1].url)).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    ("fragment", "verdict"), [("/guide", "moved"), ("!guide", "moved"), ("guide", "dead")]
)
def test_route_of_a_link_goes_on_with_its_redirects(fragment, verdict):
    """A first page with a route is some page below it, a first page with a part is not."""
    outcome = redirected(301, "https://e.example/app/", "https://e.example/")
    assert judge(outcome, url=f"https://e.example/app/#{fragment}").verdict == verdict


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
        ("https://e.example/papers/1", "https://e.example/en-us/"),
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
        ("http://e.example/en/", "http://e.example/", ""),
        ("http://bit.ly/x", "http://e.example/", ""),
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


@pytest.mark.parametrize("status", [403, 404, 503])
def test_wall_is_told_with_its_status(status):
    """A person sees both: what the server said, and why it is not believed."""
    reason = judge(answered(status, cf_mitigated="challenge")).reason
    assert reason.startswith(f"{status} ")
    assert reason.endswith(", a test for being human (Cloudflare)")


def test_wall_behind_a_success_has_no_status_to_tell():
    """200 would only puzzle."""
    reason = judge(answered(302, 200, cf_mitigated="challenge")).reason
    assert reason == "a test for being human (Cloudflare) (redirected to https://e.example/1)"


def test_redirect_to_a_sign_in_page_is_a_wall():
    """Who may sign in still sees the page."""
    hops = (
        Hop("https://e.example/members", 302),
        Hop("https://e.example/login?next=/members", 200),
    )
    judgement = judge(Outcome(hops=hops, asked=hops[-1].url))
    assert judgement.verdict is Verdict.BLOCKED
    assert judgement.reason == (
        "asks for a login (redirected to https://e.example/login?next=/members)"
    )


def test_redirect_to_a_dead_host_is_dead_and_names_it():
    """A reader gets no further, wherever the redirect was from."""
    outcome = Outcome(
        hops=(Hop("https://e.example/", 301),),
        asked="https://gone.example/",
        fault=Fault.NO_SUCH_HOST,
    )
    judgement = judge(outcome)
    assert judgement.verdict is Verdict.DEAD
    assert judgement.reason == "no such host (redirected to https://gone.example/)"


def test_fault_of_redirects_is_told_without_where_they_led():
    """A loop leads nowhere."""
    hops = (Hop("https://e.example/a", 301), Hop("https://e.example/b", 301))
    looped = Outcome(hops=hops, asked="https://e.example/b", fault=Fault.LOOP)
    assert judge(looped).reason == "redirect loop"


RESOLVED = Outcome(
    hops=(Hop("https://doi.org/10.1/a", 302),),
    asked="https://doi.org/10.1/a",
    resolved="https://publisher.example/a",
)


def test_name_that_a_resolver_knows_is_alive():
    """Its redirect is the whole answer, with the place for a person to go on."""
    judgement = judge(RESOLVED, url="https://doi.org/10.1/a")
    assert (judgement.verdict, judgement.new_url) == ("alive", None)
    assert judgement.reason == "resolves to https://publisher.example/a"


def test_resolver_s_old_name_has_moved_to_the_new_one():
    """But never to the publisher, even if the resolver says for good: the name is what lasts."""
    hops = (Hop("http://dx.doi.org/10.1/a", 301), Hop("https://doi.org/10.1/a", 301))
    judgement = judge(replace(RESOLVED, hops=hops), url="http://dx.doi.org/10.1/a")
    assert (judgement.verdict, judgement.new_url) == ("moved", "https://doi.org/10.1/a")


def test_resolver_s_answer_is_no_home_page():
    """Where the name leads is not judged."""
    outcome = replace(RESOLVED, resolved="https://publisher.example/")
    assert judge(outcome, url="https://doi.org/10.1/a").verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    ("status", "verdict", "reason"),
    [
        (200, "alive", "200 OK"),
        (400, "dead", "400 Bad Request"),
        (401, "blocked", "401 Unauthorized"),
        (403, "blocked", "403 Forbidden"),
        (404, "dead", "404 Not Found"),
        (429, "transient", "429 Too Many Requests"),
        (500, "transient", "500 Internal Server Error"),
    ],
)
def test_video_is_judged_by_its_description_and_the_reason_says_so(status, verdict, reason):
    """There 400 is no video, and a private one is there."""
    outcome = Outcome(hops=(Hop("https://www.youtube.com/oembed?url=x", status),))
    judgement = judge(outcome, url="https://youtu.be/aircAruvnKk")
    assert judgement.verdict == verdict
    assert judgement.reason == f"{reason} (by the site's oEmbed address)"


def test_bad_request_to_another_host_is_no_death():
    """What a status means in a row of the table holds for that row."""
    assert judge(answered(400), url="https://e.example/0").verdict is Verdict.BLOCKED
    assert judge(answered(400), url="https://www.youtube.com/@x").verdict is Verdict.BLOCKED


def test_link_has_not_moved_to_the_address_that_was_asked_instead():
    """A redirect of the description is not the link's, nor is its fragment the page's."""
    hops = (Hop("https://github.com/a/b", 301), Hop("https://github.com/c/b", 200))
    page = Page(complete=True, words=500)
    url = "https://colab.research.google.com/github/a/b/blob/main/c.ipynb#part"
    judgement = judge(Outcome(hops=hops, asked=hops[-1].url, page=page), url=url)
    assert (judgement.verdict, judgement.new_url) == ("alive", None)
    assert judgement.reason == "200 OK (by the notebook's address on GitHub)"


PROSE = Page(title="An article", heading="An article", words=500, complete=True)
LOST = Page(
    title="Company",
    heading="Oops!",
    text="We could not find what you were looking for. Try the search.",
    words=11,
    complete=True,
)
NOT_FOUND = Page(
    title="Page not found",
    heading="Page not found",
    text="Page not found",
    words=3,
    complete=True,
)


def shown(page: Page, *urls: str) -> Outcome:
    """Return the outcome of a page, at the end of temporary redirects if there are more urls."""
    urls = urls or ("https://e.example/a",)
    hops = tuple(Hop(url, 200 if url == urls[-1] else 302) for url in urls)
    return Outcome(hops=hops, asked=urls[-1], page=page)


def test_page_that_says_it_is_not_found_is_dead():
    """Whatever its status; and where it was redirected to is told."""
    assert judge(shown(NOT_FOUND)).verdict is Verdict.DEAD
    judgement = judge(shown(NOT_FOUND, "https://e.example/a", "https://e.example/b"))
    assert judgement.verdict is Verdict.DEAD
    assert "(redirected to https://e.example/b)" in judgement.reason


def test_first_page_of_what_has_its_own_host_now_is_not_doubted():
    """It is the page that was meant, and what its host shows for everything may be just that."""
    home = shown(LOST, "https://user.github.io/project/", "https://project.example/")
    assert not judge(home).doubtful
    assert judge(home, probe=shown(LOST, RANDOM)).verdict is Verdict.ALIVE


def test_page_that_became_a_first_page_with_a_query_is_left_open():
    """It may be the page under its new address, or what the host shows for everything."""
    end = "https://e.example/?lang=en"
    outcome = shown(PROSE, "https://e.example/a", end)
    assert judge(outcome).doubtful
    assert judge(outcome, probe=shown(PROSE, RANDOM, end)).verdict is Verdict.DEAD
    assert judge(outcome, probe=Outcome(hops=(Hop(RANDOM, 404),))).verdict is Verdict.ALIVE
    assert not judge(shown(PROSE, "https://e.example/?lang=de", end)).doubtful
    assert not judge(outcome, url="https://e.example/a#/guide").doubtful


def test_missing_part_of_a_page_is_named():
    """With the name as it was meant, not as it was escaped."""
    judgement = judge(shown(PROSE), url="https://e.example/a#caf%C3%A9")
    assert (judgement.verdict, judgement.new_url) == ("anchor", None)
    assert judgement.reason == "no element is named café"


def test_part_that_is_there_is_no_fault():
    """The same page judged for another link."""
    page = replace(PROSE, anchors=frozenset({"part"}))
    assert judge(shown(page), url="https://e.example/a#part").verdict is Verdict.ALIVE


def test_missing_part_weighs_more_than_a_move():
    """The new address would lack it as well."""
    hops = (Hop("https://e.example/a", 301), Hop("https://e.example/b", 200))
    outcome = Outcome(hops=hops, asked=hops[-1].url, page=PROSE)
    judgement = judge(outcome, url="https://e.example/a#part")
    assert (judgement.verdict, judgement.new_url) == ("anchor", None)
    assert judgement.reason == "no element is named part (redirected to https://e.example/b)"
    assert judge(outcome, url="https://e.example/a").verdict is Verdict.MOVED


RANDOM = "https://e.example/0123456789abcdef"


def test_page_that_only_looks_gone_is_left_open():
    """Until a random path of its host was asked for."""
    assert judge(shown(LOST)).doubtful
    assert not judge(shown(PROSE)).doubtful


def test_host_that_shows_the_same_for_a_random_path_has_lost_the_page():
    """It answers everything."""
    judgement = judge(shown(LOST), probe=shown(LOST, RANDOM))
    assert (judgement.verdict, judgement.doubtful) == ("dead", False)
    assert judgement.reason == "the host shows the same page for any address"


def test_host_that_sends_a_random_path_to_the_same_place_has_lost_the_page():
    """Everything leads there."""
    end = "https://e.example/sorry"
    judgement = judge(shown(LOST, "https://e.example/a", end), probe=shown(LOST, RANDOM, end))
    assert (judgement.verdict, judgement.doubtful) == ("dead", False)
    assert judgement.reason == f"redirects to {end}, as any address of the host does"


@pytest.mark.parametrize(
    "probe",
    [
        Outcome(hops=(Hop(RANDOM, 404),), page=LOST),
        Outcome(hops=(Hop(RANDOM, 404),)),
        Outcome(hops=(Hop(RANDOM, 403),), page=LOST),
        Outcome(fault=Fault.TIMEOUT),
        replace(shown(LOST, RANDOM), fault=Fault.LOOP),
        shown(PROSE, RANDOM),
        shown(PROSE, RANDOM, "https://e.example/elsewhere"),
    ],
)
def test_page_is_believed_where_a_random_path_fares_otherwise(probe):
    """A 404, a fault, another page or another place: the host tells pages apart."""
    judgement = judge(shown(LOST), probe=probe)
    assert (judgement.verdict, judgement.doubtful) == ("alive", False)


def test_same_scripts_are_not_the_same_page():
    """What they write for the one address may be missing for the other."""
    shell = Page(title="Oops!", text="Please wait", words=2, scripted=True, complete=True)
    assert judge(shown(shell)).doubtful
    assert judge(shown(shell), probe=shown(shell, RANDOM)).verdict is Verdict.ALIVE


@pytest.mark.parametrize("before", [(), ("https://bit.ly/x",)])
def test_home_page_is_never_doubted(before):
    """Many hosts show it for whatever they do not know."""
    home = shown(LOST, *before, "https://e.example/")
    assert not judge(home).doubtful
    assert judge(home, probe=shown(LOST, RANDOM)).verdict is Verdict.ALIVE


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
        ("007", 7),
        ("9" * 400, 999_999_999),
        ("Thu, 05 Nov 2026 12:00:20 GMT", 20),
        ("Thursday, 05-Nov-26 12:00:20 GMT", 20),
        ("Thu Nov  5 12:00:20 2026", 20),
        ("Thu, 05 Nov 2026 12:00:20", 20),
        ("Thu, 05 Nov 2026 14:00:20 +0200", 20),
        ("Wed, 05 Nov 1986 12:00:20 GMT", 0),
        ("Thu, 05 Nov 2026 11:59:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("1e3", None),
        ("0x10", None),
        ("٣", None),
        ("7, 7", None),
        ("5 s", None),
        ("2026-11-05T12:00:20Z", None),
        ("Thu, 05 Nov 99999 12:00:20 GMT", None),
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
    """A hung link is asked once more, after all others, with a tenth of the time-out, or 1 s."""
    outcome = Outcome(fault=fault)
    assert (plan(outcome).timeout_s, plan(outcome).second_wave) == (2, True)
    assert not plan(Outcome(fault=Fault.RESET)).second_wave
    assert plan(outcome, attempt=2) is None
    assert retry(outcome, 1, retries=3, timeout_s=5, now=NOW).timeout_s == 1
    assert retry(outcome, 1, retries=3, timeout_s=0.5, now=NOW).timeout_s == 0.5


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_up_to_its_cap(status):
    """A wait of up to 30 s is kept; for a longer one the link is left alone in this run."""
    assert plan(answered(status, retry_after="7")).delay_s == 7
    assert plan(answered(status, retry_after="30")).delay_s == 30
    assert plan(answered(status, retry_after="31")) is None
    assert plan(answered(status, retry_after="30"), attempt=2) is None
    assert plan(answered(status, retry_after="15"), attempt=2).delay_s == 15
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


def test_no_wait_is_longer_than_the_cap_whatever_is_asked_for():
    """An absurd wish is as good as none, and a year is more than there is patience."""
    for value in ("-1", "1.5", "soon", "", "NaN", "Infinity"):
        assert plan(answered(503, retry_after=value)).delay_s == BACKOFF_S
    for value in ("9" * 50, "Thu, 05 Nov 2099 12:00:20 GMT"):
        assert plan(answered(503, retry_after=value)) is None
        assert hold(answered(503, retry_after=value), NOW) == 0


@given(st.text() | st.from_regex(r"\A\w{3}, \d\d? \w{3} \d{1,5} \d\d:\d\d:\d\d [-+\w]{1,6}\Z"))
def test_any_retry_after_is_taken(value):
    """Whatever a server sends: no fault, no negative wait, and none beyond the cap is kept."""
    wanted = retry_after({"retry-after": value}, NOW)
    assert wanted is None or wanted >= 0
    again = plan(answered(429, retry_after=value))
    assert again is None or 0 <= again.delay_s <= RETRY_AFTER_CAP_S
    assert 0 <= hold(answered(429, retry_after=value), NOW) <= RETRY_AFTER_CAP_S


URLS = st.builds(
    "https://{}/{}".format,
    st.sampled_from(["e.example", "doi.org", "bit.ly", "www.youtube.com", "github.com"]),
    st.sampled_from(["", "en/", "a", "watch?v=aircAruvnKk", "?p=1", "login", "a/b/c"]),
)
HOPS = st.lists(
    st.builds(
        Hop,
        URLS,
        st.sampled_from([301, 302, 308]) | st.integers(100, 999),
        st.sampled_from(["", "part", "/route"]),
    ),
    max_size=4,
).map(tuple)
PAGES = st.none() | st.builds(
    Page,
    title=st.text() | st.just("404 Not Found"),
    heading=st.text(),
    text=st.text(),
    words=st.integers(0, 10**6),
    scripted=st.booleans(),
    password=st.booleans(),
    sources=st.lists(st.text()).map(tuple),
    anchors=st.frozensets(st.text()),
    complete=st.booleans(),
)
OUTCOMES = st.builds(
    Outcome,
    hops=HOPS.filter(len),
    asked=URLS,
    headers=st.dictionaries(st.sampled_from(["retry-after", "cf-mitigated"]), st.text()),
    page=PAGES,
    resolved=st.just("") | URLS,
) | st.builds(Outcome, hops=HOPS, asked=URLS, fault=st.sampled_from(Fault), detail=st.text())


@given(
    OUTCOMES,
    st.text() | URLS | st.builds("{}#{}".format, URLS, st.text()),
    st.booleans(),
    st.none() | OUTCOMES,
)
def test_any_outcome_has_a_judgement(outcome, url, online, probe):
    """A verdict, a reason, a new address where it has moved and only there, and no doubt twice."""
    judgement = judge(outcome, url=url, online=online, probe=probe)
    assert judgement.reason
    assert (judgement.new_url is not None) is (judgement.verdict is Verdict.MOVED)
    assert not (judgement.doubtful and probe is not None)
    assert not (judgement.doubtful and judgement.verdict in {Verdict.DEAD, Verdict.BLOCKED})
    again = plan(outcome)
    assert again is None or again.timeout_s > 0


def test_reason_does_not_repeat_an_endless_address():
    """A redirect may lead to an address of any length; a person is shown its beginning."""
    hops = (Hop("https://e.example/a", 302), Hop(f"https://e.example/{'x' * 5000}", 404))
    outcome = Outcome(hops=hops, asked=hops[-1].url)
    reason = judge(outcome).reason
    assert reason.startswith("404 Not Found (redirected to https://e.example/xxx")
    assert len(reason) < 400
