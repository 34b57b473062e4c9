"""What an outcome means and whether to ask again: tables and pure functions, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import pairwise

from ..outcome import REDIRECTS, Fault, Outcome
from ..verdict import Verdict
from . import rot
from .anchors import is_gone, names_route, part_of
from .evidence import Evidence
from .homes import is_bare_home, thrown_home
from .quirks import Quirk, asked, quirk_of
from .walls import wall

PERMANENT = frozenset({301, 308})
"""Redirects that ask to be remembered."""

SESSION = re.compile(r"[;?&](jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|session_?id)=", re.I)
"""A visitor's own part of an address."""

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
    1: Verdict.TRANSIENT,  # 101: something else than a page begins
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

OF_REDIRECTS = frozenset({Fault.LOOP, Fault.TOO_MANY_REDIRECTS, Fault.BAD_REDIRECT})
"""Faults that are about redirects themselves."""

HOLDING_STATUS = frozenset({429, 503})
"""Whose ``Retry-After`` speaks for the whole host."""

RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 531)})
RETRIED_FAULTS = frozenset(
    {Fault.NO_DNS, Fault.UNREACHABLE, Fault.REFUSED, Fault.RESET, Fault.GARBLED, Fault.PROXY}
)
SECOND_WAVE = frozenset({Fault.TIMEOUT, Fault.CONNECT_TIMEOUT})
"""Faults that get one second, shorter chance: a link that hangs costs one time-out, not four."""

SHOWN_CHARS = 300
"""How much of an address that a server made up stands in a reason."""

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
    doubtful: bool = False
    """Whether it is provisional: the page looks gone, and a random path of its host would tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Ask again, not before ``delay_s`` from now, and wait at most ``timeout_s`` for it."""

    delay_s: float
    timeout_s: float
    second_wave: bool = False
    """Whether only after all other links: what was too slow may have been so because of us."""


def judge(
    outcome: Outcome, *, url: str = "", online: bool = True, probe: Outcome | None = None
) -> Judgement:
    """Return what an outcome means.

    Args:
        outcome: the last attempt's.
        url: the link as its source has it, with the part of the page that it names.
        online: whether any host answered in this run. If none did, an unknown host name proves
            nothing: broken DNS says the same of every name.
        probe: what a random path of the final host brought; None if it was not asked.
    """
    if outcome.fault is not None:
        return _judge_fault(outcome, outcome.fault, online)
    if outcome.resolved:
        return _alive(outcome, f"resolves to {shown(outcome.resolved)}")
    evidence = Evidence(outcome)
    walled = wall(evidence)
    if walled:
        return Judgement(verdict=Verdict.BLOCKED, reason=_of_wall(outcome, walled))
    quirk = quirk_of(url)
    if quirk is not None and asked(url) != url:
        return _judge_other_address(outcome, quirk)
    status = outcome.hops[-1].status
    verdict = verdict_of(status)
    if verdict is not Verdict.ALIVE:
        nowhere = " without saying where to" if status in REDIRECTS else ""
        reason = status_phrase(status) + nowhere + _by_redirect(outcome)
        return Judgement(verdict=verdict, reason=reason)
    return _judge_page(evidence, url, probe)


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
        if attempt > 1:
            return None
        short = max(SECOND_WAVE_FLOOR_S, timeout_s * SECOND_WAVE_SHARE)
        return Retry(delay_s=0.0, timeout_s=min(timeout_s, short), second_wave=True)
    if outcome.fault in RETRIED_FAULTS:
        return Retry(delay_s=_backoff(attempt), timeout_s=timeout_s)
    if outcome.fault is not None or outcome.status not in RETRIED_STATUS:
        return None
    if wall(Evidence(outcome)):
        return None
    wanted = retry_after(outcome.headers, now)
    # Who asks for more patience than we have is left alone until the next run, not asked too early;
    # and who was asked again when it wanted to be, and wants yet more, uses it up.
    if wanted is not None and wanted > RETRY_AFTER_CAP_S / 2 ** (attempt - 1):
        return None
    return Retry(delay_s=_backoff(attempt) if wanted is None else wanted, timeout_s=timeout_s)


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


def verdict_of(status: int) -> Verdict:
    """Return what a final status code means of itself."""
    return STATUS_VERDICTS.get(status) or HUNDRED_VERDICTS.get(status // 100, Verdict.BLOCKED)


def status_phrase(status: int) -> str:
    """Return a status code with its meaning, never the server's own words: "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} {UNOFFICIAL_PHRASES.get(status, 'not a standard status')}"


def shown(url: str) -> str:
    """Return an address as it stands in a reason: of one that is endless, the beginning."""
    return url if len(url) <= SHOWN_CHARS else f"{url[:SHOWN_CHARS]}…"


def _backoff(attempt: int) -> float:
    return float(BACKOFF_S * 2 ** (attempt - 1))


def _judge_fault(outcome: Outcome, fault: Fault, online: bool) -> Judgement:
    verdict = FAULT_VERDICTS[fault]
    if fault is Fault.NO_SUCH_HOST and not online:
        verdict = Verdict.TRANSIENT
    return Judgement(verdict=verdict, reason=(outcome.detail or fault) + _by_redirect(outcome))


def _judge_other_address(outcome: Outcome, quirk: Quirk) -> Judgement:
    """Judge a link by what another address says of it; that it is there is all it can say."""
    status = outcome.hops[-1].status
    verdict = quirk.verdicts.get(status) or verdict_of(status)
    return Judgement(verdict=verdict, reason=f"{status_phrase(status)} ({quirk.by})")


def _judge_page(evidence: Evidence, url: str, probe: Outcome | None) -> Judgement:
    """Judge a page that came with a status of success."""
    outcome, hops = evidence.outcome, evidence.hops
    # As in browsers, a link's own route goes on with redirects, and tells pages apart.
    is_thrown = thrown_home(hops) and not names_route(url)
    if is_thrown and is_bare_home(hops[-1].address):
        home = f"redirects to the home page, {shown(hops[-1].url)}"
        return Judgement(verdict=Verdict.DEAD, reason=home)
    death = rot.soft_death(evidence)
    if death:
        return Judgement(verdict=Verdict.DEAD, reason=death + _by_redirect(outcome))
    # That a host shows its first page for everything says nothing of a link to that page.
    doubtful = (is_thrown or rot.is_doubtful(evidence)) and not is_bare_home(hops[-1].address)
    if doubtful and probe is not None and (reason := _answer_to_everything(outcome, probe)):
        return Judgement(verdict=Verdict.DEAD, reason=reason)
    if is_gone(url, outcome):
        anchor = f"no element is named {part_of(url)}"
        judgement = Judgement(verdict=Verdict.ANCHOR, reason=anchor + _by_redirect(outcome))
    else:
        judgement = _alive(outcome, status_phrase(hops[-1].status) + _by_redirect(outcome))
    return replace(judgement, doubtful=True) if doubtful and probe is None else judgement


def _alive(outcome: Outcome, reason: str) -> Judgement:
    """Return that a link is alive, or has moved if permanent redirects say so."""
    new_url = _end_of_permanent_part(outcome)
    if new_url is None:
        return Judgement(verdict=Verdict.ALIVE, reason=reason)
    first, *others = (hop.status for hop in outcome.hops[:-1])
    then = f", then {', '.join(map(str, others))}" if others else ""
    return Judgement(verdict=Verdict.MOVED, reason=status_phrase(first) + then, new_url=new_url)


def _answer_to_everything(outcome: Outcome, probe: Outcome) -> str | None:
    """Return how a host answered a random path as it did the link, or None if it did otherwise."""
    if probe.fault is not None or probe.resolved:
        return None
    hops, end = outcome.hops, outcome.hops[-1]
    if len(hops) > 1 and len(probe.hops) > 1 and probe.hops[-1].url == end.url:
        return f"redirects to {shown(end.url)}, as any address of the host does"
    page, other = outcome.page, probe.page
    if page is None or other is None or verdict_of(probe.hops[-1].status) is not Verdict.ALIVE:
        return None
    return "the host shows the same page for any address" if rot.same_page(page, other) else None


def _of_wall(outcome: Outcome, walled: str) -> str:
    """Return how a person is told of a wall, with a status code that says more than success."""
    status = outcome.hops[-1].status
    code = f"{status_phrase(status)}, " if status >= 400 and str(status) not in walled else ""
    return code + walled + _by_redirect(outcome)


def _by_redirect(outcome: Outcome) -> str:
    """Return where redirects led, for a reason that is not about a redirect itself."""
    start = outcome.hops[0].url if outcome.hops else outcome.asked
    if start == outcome.asked or outcome.fault in OF_REDIRECTS:
        return ""
    return f" (redirected to {shown(outcome.asked)})"


def _end_of_permanent_part(outcome: Outcome) -> str | None:
    """Return where the unbroken permanent redirects from the start lead, or None if nowhere new.

    301 then 302 gives the target of the 301: a temporary target is not to be written down. Nor is
    one with a session in it, whatever the redirect calls itself.
    """
    end = 0
    for hop, target in pairwise(outcome.hops):
        if hop.status not in PERMANENT or SESSION.search(target.url):
            break
        end += 1
    last = outcome.hops[end]
    return last.address if last.url != outcome.hops[0].url else None
