"""Walls: what came is no page but a test for being human, a refusal or a request to sign in.

A wall says nothing of the page behind it. It is known by a header, by the address where redirects
ended, or by what it shows; whatever it shows counts only on a page with little else on it, so that
a form with a CAPTCHA, a box to sign in and an article about either are pages like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from ..fetch.page import Page
from .evidence import Evidence
from .phrases import SIGN_IN_TITLES
from .wording import by_host, contains, fold, host_of, joined

CHALLENGES: tuple[tuple[str, frozenset[str], str], ...] = (
    ("cf-mitigated", frozenset({"challenge"}), "Cloudflare"),
    ("x-amzn-waf-action", frozenset({"challenge", "captcha"}), "AWS WAF"),
    ("x-vercel-mitigated", frozenset({"challenge", "deny"}), "Vercel"),
)
"""Headers by which a bot wall names itself, whatever its status code says."""

TEST = "a test for being human"
CAPTCHA = "a CAPTCHA"
REFUSAL = "turns programs away"
DENIAL = "denies access"
SIGN_IN = "asks for a login"
CONSENT = "asks for consent to cookies"
LEGAL = "closed for legal reasons"

WALL_WORDS = 150
"""The longest that walls with explanations and advice are."""
BARE_WORDS = 40
"""What a page has at most that shows nothing but its test."""
SIGN_IN_WORDS = 80
SIGN_IN_TARGET_WORDS = 250
"""Sign-in pages that a redirect led to may explain more: terms, other ways, languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What shows whose wall a page is."""

    by: str
    source: str = ""
    """A part of an address whence it takes a script or a frame."""
    script: str = ""
    """A part of a script that stands in the page."""
    untitled: bool = False
    """Whether that is a mark only without a title: pages behind the wall carry it as well."""


MARKS: tuple[Mark, ...] = (
    Mark(by="Cloudflare", script="_cf_chl_opt"),
    Mark(by="AWS WAF", script="gokuProps"),
    Mark(by="AWS WAF", source=".captcha.awswaf.com/", untitled=True),
    Mark(by="AWS WAF", source=".token.awswaf.com/", untitled=True),
    Mark(by="DataDome", source="captcha-delivery.com/"),
    Mark(by="Imperva", source="_Incapsula_Resource?SWUDNSAI="),
    Mark(by="Imperva", source="/_Incapsula_Resource?", untitled=True),
    Mark(by="HUMAN", source="captcha.px-cdn.net/"),
    Mark(by="HUMAN", source="captcha.px-cloud.net/"),
    Mark(by="Kasada", script="window.KPSDK", untitled=True),
    Mark(by="F5", source="/TSPD/", untitled=True),
    Mark(by="F5", script='window["bobcmn"]', untitled=True),
    Mark(by="Anubis", source="/.within.website/x/cmd/anubis/"),
)
"""Scripts and frames of walls. Those that belong to every page behind the wall are not here."""

TITLES: Mapping[str, str] = {
    fold(title): reason
    for reason, titles in {
        f"{TEST} (Cloudflare)": ("DDoS protection by Cloudflare",),
        f"{REFUSAL} (Cloudflare)": ("Attention Required! | Cloudflare",),
        f"{TEST} (Vercel)": ("Vercel Security Checkpoint",),
        f"{TEST} (Imperva)": ("Pardon Our Interruption",),
        f"{TEST} (HUMAN)": ("Access to this page has been denied",),
        f"{TEST} (Radware)": ("Radware Bot Manager Captcha", "ShieldSquare Captcha"),
        f"{TEST} (Anubis)": ("Making sure you're not a bot!",),
        f"{TEST} (DDoS-Guard)": ("DDoS-Guard",),
        f"{REFUSAL} (Sucuri)": ("Sucuri WebSite Firewall - Access Denied",),
        TEST: (
            *("Human Verification", "Bot Verification", "Robot Check", "Verify you are human"),
            *("Verify you are a human", "Please verify you are human", "Verifying your browser"),
            *("Please verify you are a human", "Confirm you are not a robot"),
            *("Checking your browser before accessing", "Verifying you are human"),
            *("Unusual traffic from your computer network",),
        ),
        LEGAL: (
            *("Unavailable For Legal Reasons", "451 Unavailable For Legal Reasons"),
            *("Unavailable due to legal reasons", "451: Unavailable due to legal reasons"),
        ),
    }.items()
    for title in titles
}
"""Titles and headings that, as a whole, are those of a wall."""

BARE_TITLES: Mapping[str, str] = {
    fold(title): reason
    for reason, titles in {
        f"{TEST} (Cloudflare)": ("Just a moment...",),
        f"{TEST} (HUMAN)": ("Robot or human?",),
        f"{TEST} (Imunify360)": ("One moment, please...",),
        TEST: (
            *("Are you a robot?", "Are you human?", "Are you a human?", "Security Checkpoint"),
            *("Checking your browser", "Client Challenge"),
        ),
        DENIAL: ("Access Denied", "403 Forbidden", "Forbidden", "Request Rejected", "Blocked"),
    }.items()
    for title in titles
}
"""Those that songs have, too: they count where nothing else is named and next to nothing shown."""

DEMANDS: Mapping[str, str] = {
    fold(demand): reason
    for reason, demands in {
        f"{TEST} (Google)": (
            "our systems have detected unusual traffic from your computer network",
        ),
        f"{TEST} (Imperva)": ("request unsuccessful. incapsula incident id",),
        f"{TEST} (DataDome)": ("please enable js and disable any ad blocker",),
        f"{REFUSAL} (F5)": ("the requested url was rejected. please consult with your",),
        f"{REFUSAL} (Cloudflare)": ("sorry, you have been blocked",),
        TEST: (
            *("verify you are human", "verify you are a human", "verify that you are human"),
            *("verify that you are a human", "verify you are not a robot", "verify you're human"),
            *("verify that you are not a robot", "verify that you're not a robot"),
            *("confirm you are human", "confirm that you are human", "confirm you're human"),
            *("confirm that you are not a robot", "make sure you're not a robot"),
            *("make sure you are not a robot", "make sure you're not a bot", "prove you are human"),
            *("prove you're human", "prove that you are human", "let us know you're not a robot"),
            *("checking your browser before accessing", "checking your browser before you access"),
            *("checking if the site connection is secure", "we're verifying your browser"),
            *("while your request is being verified", "performing security verification"),
            *("needs to review the security of your connection", "press & hold to confirm you are"),
            *("unusual traffic from your computer network", "enter the characters you see below"),
            *("complete the security check to access", "solve the captcha to continue"),
            *("complete the captcha to continue", "you are using automation tools"),
        ),
    }.items()
    for demand in demands
}
"""What a wall says in its text. Forms say such things too, but on a page with its own title."""

DEMANDED = frozenset(DEMANDS)
ACCESS_DENIED = fold("Access Denied")
AKAMAI = frozenset({fold("You don't have permission to access")})

WALL_WORDS_IN_TITLES = frozenset(
    {
        *("attention", "blocked", "bot", "browser", "captcha", "challenge", "checkpoint"),
        *("checking", "denied", "human", "moment", "robot", "robots", "security", "sorry"),
        *("traffic", "verification", "verify", "verifying", "wait"),
    }
)
"""Words in the title of a wall that is not named after its host."""

WIDGETS = (
    *("google.com/recaptcha/", "recaptcha.net/recaptcha/", "hcaptcha.com/1/api.js"),
    *("js.hcaptcha.com/", "challenges.cloudflare.com/turnstile/", "geetest.com/"),
    *("arkoselabs.com/", "funcaptcha.com/", "friendlycaptcha.com/", "captcha.qq.com/"),
)
"""Where CAPTCHAs come from, walls' and forms' alike."""

CHECK_HOSTS: Mapping[str, str] = {
    "captcha-delivery.com": f"{TEST} (DataDome)",
    "perfdrive.com": f"{TEST} (Radware)",
    **dict.fromkeys(("consent.google.com", "consent.youtube.com"), CONSENT),
}
"""Hosts that only a wall redirects to."""

SIGN_IN_HOSTS = frozenset({"accounts.google.com", "login.live.com", "login.microsoftonline.com"})
SIGN_IN_LABELS = frozenset({"auth", "cas", "idp", "login", "oauth", "shibboleth", "signin", "sso"})
"""First labels of hosts where people sign in."""

SIGN_IN_SEGMENTS = frozenset(
    {
        *("authwall", "log-in", "log_in", "login", "logon", "servicelogin", "sign-in", "sign_in"),
        *("signin", "sso", "wp-login", "user-login", "userlogin"),
    }
)
"""Parts of a path that are a sign-in page's, without their endings."""

AUTH_SEGMENTS = frozenset(
    {
        *("account", "accounts", "auth", "authenticate", "authorize", "cas", "identity", "idp"),
        *("oauth", "oauth2", "saml", "saml2", "session", "sessions"),
    }
)
"""Parts that are a sign-in page's when the query says where to go afterwards."""

RETURN_KEYS = frozenset(
    {
        *("backurl", "callback", "callbackurl", "came_from", "continue", "dest", "destination"),
        *("followup", "from", "goto", "next", "redir", "redirect", "redirect_to", "redirect_uri"),
        *("redirect_url", "redirecturl", "relaystate", "return", "return_to", "return_url"),
        *("returnto", "returnurl", "service", "sessionredirect", "target"),
    }
)
"""Keys of a query whose values, if they are addresses, say where to go after signing in."""

SAML_KEY = "samlrequest"
"""The key under which one site asks another to sign somebody in."""

SIGN_IN_STATUS = frozenset({200, 202, 203, 401, 403})


def wall(evidence: Evidence) -> str | None:
    """Return, so that a person understands it, what stands between us and the page, or None.

    Statuses that speak for themselves, such as 403 without anything else, are left to the policy.
    """
    headers = evidence.outcome.headers
    for name, values, who in CHALLENGES:
        if headers.get(name, "").strip().lower() in values:
            return f"{TEST} ({who})"
    if not evidence.hops:
        return None
    return (
        _wall_address(evidence)
        or (_wall_page(evidence.page, evidence) if evidence.page is not None else None)
        or (SIGN_IN if _asks_to_sign_in(evidence) else None)
    )


def _wall_address(evidence: Evidence) -> str | None:
    if len(evidence.hops) == 1:
        return None
    host = evidence.hosts[-1]
    if reason := by_host(CHECK_HOSTS, host):
        return reason
    is_sorry = urlsplit(evidence.end).path.startswith("/sorry/") and "google" in host.split(".")
    return f"{TEST} (Google)" if is_sorry else None


def _wall_page(page: Page, evidence: Evidence) -> str | None:
    if page.words > WALL_WORDS:
        return None
    is_bare = page.words <= BARE_WORDS
    if is_bare and (mark := _mark(page)):
        return f"{TEST} ({mark.by})"
    whole = (evidence.title, evidence.heading)
    if ACCESS_DENIED in whole and contains(evidence.text, AKAMAI):
        return f"{REFUSAL} (Akamai)"
    for shown in (*whole, *evidence.titles):
        if shown in TITLES and (is_bare or shown in whole):
            return TITLES[shown]
    hosts = [host.replace(".", "") for host in evidence.hosts]
    if _names_a_page(page.title, evidence.titles, hosts):
        return None
    if is_bare:
        for shown in (*whole, *evidence.titles):
            # Of a refusal that is honest its status says more.
            if shown in BARE_TITLES and (
                BARE_TITLES[shown] != DENIAL or (evidence.outcome.status or 0) < 400
            ):
                return BARE_TITLES[shown]
    if _names_a_page(page.heading, evidence.headings, hosts):
        return None
    text = evidence.text
    if contains(text, DEMANDED):
        return next(reason for demand, reason in DEMANDS.items() if f" {demand} " in f" {text} ")
    return CAPTCHA if is_bare and _is_captcha(page, evidence) else None


def _mark(page: Page) -> Mark | None:
    """Return what shows whose wall a page is, if anything."""
    if not (page.sources or page.script):
        return None
    for mark in MARKS:
        if mark.untitled and page.title:
            continue
        if (mark.source and any(mark.source in source for source in page.sources)) or (
            mark.script and mark.script in page.script
        ):
            return mark
    return None


def _names_a_page(shown: str, parts: Sequence[str], hosts: Sequence[str]) -> bool:
    """Return whether a title or heading is a page's: not its host, an address or a wall's words."""
    if shown.startswith(("http://", "https://")):
        return False
    return any(
        part not in BARE_TITLES
        and WALL_WORDS_IN_TITLES.isdisjoint(part.split())
        and not any(part.replace(" ", "") in host for host in hosts)
        for part in parts
    )


def _is_captcha(page: Page, evidence: Evidence) -> bool:
    """Return whether a page with little on it is a CAPTCHA, rather than has one or loads it."""
    widgets = [any(widget in source for widget in WIDGETS) for source in page.sources]
    if page.password or not any(widgets):
        return False
    is_wall = not WALL_WORDS_IN_TITLES.isdisjoint(evidence.named.split())
    says = is_wall or "captcha" in evidence.text.split()
    return says or (not page.words and all(widgets))


def _asks_to_sign_in(evidence: Evidence) -> bool:
    if evidence.outcome.status not in SIGN_IN_STATUS:
        return False
    led = len(evidence.hops) > 1
    if led and _is_sign_in(evidence.end):
        asks = _asks_its_visitors(evidence.page, evidence.end)
    else:
        asks = evidence.page is not None and _is_put_before(evidence.page, evidence, led=led)
    return asks and not _is_sign_in(evidence.start)


def _asks_its_visitors(page: Page | None, end: str) -> bool:
    """Return whether what a redirect to a sign-in page led to is one.

    A guide to signing in has moved to such an address, too: but it is long and asks nothing.
    """
    guide = page is not None and page.words > SIGN_IN_TARGET_WORDS and not page.password
    return not guide or _returns(end)


def _is_put_before(page: Page, evidence: Evidence, *, led: bool) -> bool:
    """Return whether a page is a sign-in page under another's address."""
    if page.words > SIGN_IN_WORDS:
        return False
    if page.password and led:
        text = evidence.text if page.words <= BARE_WORDS else ""
        return contains(joined(evidence.named, text), SIGN_IN_TITLES)
    if evidence.labels.isdisjoint(SIGN_IN_TITLES):
        return False
    shell = page.is_shell and not page.heading
    return page.password or (shell and urlsplit(evidence.start).path.strip("/") != "")


def _is_sign_in(url: str) -> bool:
    host = host_of(url)
    segments = {segment.partition(".")[0] for segment in urlsplit(url).path.lower().split("/")}
    return (
        host in SIGN_IN_HOSTS
        or host.partition(".")[0] in SIGN_IN_LABELS
        or bool(SIGN_IN_SEGMENTS & segments)
        or any(key == SAML_KEY for key, _ in _pairs(url))
        or (bool(AUTH_SEGMENTS & segments) and _returns(url))
    )


def _returns(url: str) -> bool:
    return any(key in RETURN_KEYS and "/" in value for key, value in _pairs(url))


def _pairs(url: str) -> list[tuple[str, str]]:
    return [(key.lower(), value) for key, value in parse_qsl(urlsplit(url).query)]
