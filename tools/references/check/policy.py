"""What an outcome means and whether to ask again: tables and pure functions, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from .outcome import REDIRECTS, Fault, Hop, Outcome
from .verdict import Verdict

PERMANENT = frozenset({301, 308})
"""Redirects that ask to be remembered."""

STATUS_VERDICTS: Mapping[int, Verdict] = {
    404: Verdict.DEAD,
    410: Verdict.DEAD,
    408: Verdict.TRANSIENT,
    425: Verdict.TRANSIENT,
    429: Verdict.TRANSIENT,
    **dict.fromkeys(REDIRECTS, Verdict.TRANSIENT),  # with a Location it would have been followed
}
"""Single status codes; the rest is judged by its hundred."""

HUNDRED_VERDICTS: Mapping[int, Verdict] = {
    2: Verdict.ALIVE,
    3: Verdict.ALIVE,  # 300 offers choices, 304 says "as before"
    4: Verdict.BLOCKED,  # 401, 403, 407, 451 and whatever else a server has against this request
    5: Verdict.TRANSIENT,
}

UNOFFICIAL_PHRASES: Mapping[int, str] = {
    420: "Enhance Your Calm",
    498: "Invalid Token",
    499: "Client Closed Request",
    520: "Unknown Error (Cloudflare)",
    521: "Web Server Is Down (Cloudflare)",
    522: "Connection Timed Out (Cloudflare)",
    523: "Origin Is Unreachable (Cloudflare)",
    524: "A Timeout Occurred (Cloudflare)",
    525: "TLS Handshake Failed (Cloudflare)",
    526: "Invalid Certificate (Cloudflare)",
    530: "Origin Error (Cloudflare)",
    999: "Request Denied (a wall against programs)",
}

CHALLENGES: tuple[tuple[str, frozenset[str], str], ...] = (
    ("cf-mitigated", frozenset({"challenge"}), "Cloudflare"),
    ("x-amzn-waf-action", frozenset({"challenge", "captcha"}), "AWS WAF"),
    ("x-vercel-mitigated", frozenset({"challenge", "deny"}), "Vercel"),
)
"""Headers by which a bot wall names itself, whatever its status code says."""

FAULT_VERDICTS: Mapping[Fault, Verdict] = {
    Fault.NO_SUCH_HOST: Verdict.DEAD,
    Fault.NO_DNS: Verdict.TRANSIENT,
    Fault.UNREACHABLE: Verdict.TRANSIENT,
    Fault.CONNECT_TIMEOUT: Verdict.TRANSIENT,
    Fault.REFUSED: Verdict.TRANSIENT,
    Fault.TIMEOUT: Verdict.TRANSIENT,
    Fault.RESET: Verdict.TRANSIENT,
    Fault.GARBLED: Verdict.TRANSIENT,
    Fault.CERTIFICATE: Verdict.BLOCKED,
    Fault.TLS: Verdict.BLOCKED,
    Fault.PROXY: Verdict.TRANSIENT,
    Fault.LOOP: Verdict.DEAD,
    Fault.TOO_MANY_REDIRECTS: Verdict.DEAD,
    Fault.BAD_REDIRECT: Verdict.DEAD,
    Fault.MALFORMED: Verdict.DEAD,  # no browser opens it either
    Fault.PRIVATE: Verdict.EXCLUDED,
    Fault.SCHEME: Verdict.EXCLUDED,
    Fault.NOT_ASKED: Verdict.TRANSIENT,
}

HOME_PAGES = frozenset(
    {
        "",
        *("default.asp", "default.aspx", "default.htm", "default.html"),
        *("home", "home.htm", "home.html"),
        *("index", "index.asp", "index.htm", "index.html", "index.jsp", "index.php"),
    }
)
"""Paths of a host's first page, without slashes around."""

HOLDING_STATUS = frozenset({429, 503})
"""Whose ``Retry-After`` speaks for the whole host."""

RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 531)})
RETRIED_FAULTS = frozenset(
    {Fault.NO_DNS, Fault.UNREACHABLE, Fault.REFUSED, Fault.RESET, Fault.GARBLED, Fault.PROXY}
)
SECOND_WAVE = frozenset({Fault.TIMEOUT, Fault.CONNECT_TIMEOUT})
"""Faults that get one second, shorter chance: a link that hangs costs one time-out, not four."""

BACKOFF_S = 1.0
RETRY_AFTER_CAP_S = 30.0
SECOND_WAVE_SHARE = 0.1
SECOND_WAVE_FLOOR_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its reason."""

    verdict: Verdict
    reason: str
    new_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Ask again, not before ``delay_s`` from now, and wait at most ``timeout_s`` for it."""

    delay_s: float
    timeout_s: float


def judge(outcome: Outcome, *, online: bool = True) -> Judgement:
    """Return what an outcome means.

    Args:
        outcome: the last attempt's.
        online: whether any host answered in this run. If none did, an unknown host name proves
            nothing: broken DNS says the same of every name.
    """
    if outcome.fault is not None:
        return _judge_fault(outcome, outcome.fault, online)
    wall = _challenge(outcome.headers)
    if wall:
        return Judgement(verdict=Verdict.BLOCKED, reason=f"a test for being human ({wall})")
    status = outcome.hops[-1].status
    verdict = STATUS_VERDICTS.get(status) or HUNDRED_VERDICTS.get(status // 100, Verdict.BLOCKED)
    if verdict is Verdict.ALIVE and _thrown_home(outcome.hops):
        return Judgement(
            verdict=Verdict.DEAD, reason=f"redirects to the home page, {outcome.hops[-1].url}"
        )
    new_url = _end_of_permanent_part(outcome) if verdict is Verdict.ALIVE else None
    if new_url is not None:
        return Judgement(
            verdict=Verdict.MOVED, reason=status_phrase(outcome.hops[0].status), new_url=new_url
        )
    nowhere = " without saying where to" if status in REDIRECTS else ""
    return Judgement(
        verdict=verdict, reason=status_phrase(status) + nowhere + _by_redirect(outcome)
    )


def retry(
    outcome: Outcome, attempt: int, *, retries: int, timeout_s: float, now: datetime
) -> Retry | None:
    """Return how to ask again after this outcome, or None to leave it at that.

    Args:
        outcome: what attempt number ``attempt`` (from 1) brought.
        attempt: how often the link was asked.
        retries: how often it may be asked again.
        timeout_s: limit of a whole attempt.
        now: the wall clock, which ``Retry-After`` dates are measured by.
    """
    if attempt > retries:
        return None
    if outcome.fault in SECOND_WAVE:
        short = max(SECOND_WAVE_FLOOR_S, timeout_s * SECOND_WAVE_SHARE)
        return Retry(delay_s=0.0, timeout_s=min(timeout_s, short)) if attempt == 1 else None
    if outcome.fault in RETRIED_FAULTS:
        return Retry(delay_s=_backoff(attempt), timeout_s=timeout_s)
    if outcome.fault is not None or outcome.status not in RETRIED_STATUS:
        return None
    if _challenge(outcome.headers):
        return None
    wanted = retry_after(outcome.headers, now)
    delay = _backoff(attempt) if wanted is None else wanted
    # Who asks for more patience than we have is left alone until the next run, not asked too early.
    return Retry(delay_s=delay, timeout_s=timeout_s) if delay <= RETRY_AFTER_CAP_S else None


def hold(outcome: Outcome, now: datetime) -> float:
    """Return for how many seconds the host that answered last is to be left alone.

    A host that wants peace for longer than we have patience is not held: the link that was told so
    is given up for this run, and the others are asked at the slower pace that a 429 brings.
    """
    if outcome.fault is not None or outcome.status not in HOLDING_STATUS:
        return 0.0
    wanted = retry_after(outcome.headers, now)
    return wanted if wanted is not None and wanted <= RETRY_AFTER_CAP_S else 0.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, in either of its forms, or None."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])  # some centuries are as good as more
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())


def status_phrase(status: int) -> str:
    """Return a status code with its meaning, never the server's own words: "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} {UNOFFICIAL_PHRASES.get(status, 'not a standard status')}"


def _backoff(attempt: int) -> float:
    return float(BACKOFF_S * 2 ** (attempt - 1))


def _judge_fault(outcome: Outcome, fault: Fault, online: bool) -> Judgement:
    verdict = FAULT_VERDICTS[fault]
    if fault is Fault.NO_SUCH_HOST and not online:
        verdict = Verdict.TRANSIENT
    return Judgement(verdict=verdict, reason=(outcome.detail or fault) + _by_redirect(outcome))


def _by_redirect(outcome: Outcome) -> str:
    redirects = len(outcome.hops) - (outcome.fault is None)
    ends_itself = outcome.fault in {Fault.LOOP, Fault.TOO_MANY_REDIRECTS, Fault.BAD_REDIRECT}
    return f" (redirected to {outcome.asked})" if redirects and not ends_itself else ""


def _end_of_permanent_part(outcome: Outcome) -> str | None:
    """Return where the unbroken permanent redirects from the start lead, or None if nowhere new.

    301 then 302 gives the target of the 301: a temporary target is not to be written down.
    """
    end = 0
    while outcome.hops[end].status in PERMANENT and end + 1 < len(outcome.hops):
        end += 1
    last = outcome.hops[end]
    return last.address if last.url != outcome.hops[0].url else None


def _thrown_home(hops: Sequence[Hop]) -> bool:
    """Return whether a link to a page led to the first page of some host: the page is gone.

    A query or a fragment tells pages apart, too: ``/?p=12`` and ``/#/guide`` are no home pages.
    """
    end = urlsplit(hops[-1].address)
    return not _is_home(hops[0].url) and _is_home(end.geturl()) and not (end.query or end.fragment)


def _is_home(url: str) -> bool:
    return urlsplit(url).path.strip("/").lower() in HOME_PAGES


def _challenge(headers: Mapping[str, str]) -> str | None:
    for name, values, wall in CHALLENGES:
        if headers.get(name, "").strip().lower() in values:
            return wall
    return None
