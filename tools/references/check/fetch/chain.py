"""A redirect chain followed by hand: every hop recorded, its own cookies, and an end."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from requests import PreparedRequest
from requests.cookies import MockRequest, MockResponse, RequestsCookieJar, get_cookie_header
from requests.exceptions import InvalidURL, RequestException
from requests.structures import CaseInsensitiveDict
from requests.utils import requote_uri

from ..judge.quirks import is_resolver
from ..outcome import REDIRECTS, Fault, FaultError, Hop, Outcome
from .answer import Answer
from .page import Page

MAX_REDIRECTS = 20  # where browsers give up
DEFAULT_PORTS = {"http": 80, "https": 443}
TEMPORARY = frozenset({302, 303, 307})

PLAIN = re.compile(
    r"https?://[a-z0-9]+(?:[.-]+[a-z0-9]+)*"
    r"(?::(?:[1-9]\d{3}|[1-5]\d{4}|6[0-4]\d{3}))?"
    r"(?:/(?!\.)[\w~!$&'()*+,;=:@.-]*)+"
    r"(?:\?[\w~!$&'()*+,;=:@./?-]+)?",
    re.ASCII,
)
"""Most addresses: nothing in them is to be escaped, unescaped, folded or left out."""


def request_form(url: str) -> str:
    """Return an address as it is requested: ASCII, host in lower case, no fragment, no password.

    Nor the port that its scheme has anyway. Two links with the same form are one request. A name
    and password in an address are left out: they are shown nowhere and told to nobody. A form is
    its own form.

    Raises:
        FaultError: when it is malformed, or neither http nor https.
    """
    return url if PLAIN.fullmatch(url) else prepared_form(url)


def prepared_form(url: str) -> str:
    """Return the same by way of a parser, which takes much longer and is needed seldom.

    Raises:
        FaultError: likewise.
    """
    scheme = ""
    try:
        parts = urlsplit(_with_slashes(url))
        scheme = parts.scheme.lower()
        if scheme in DEFAULT_PORTS:
            form = _prepared(parts)
            while (again := _prepared(urlsplit(form))) != form:  # escapes that hid other escapes
                form = again
            if host_and_port(form)[0]:
                return form
    except (RequestException, ValueError):
        raise FaultError(Fault.MALFORMED) from None
    if scheme in DEFAULT_PORTS:
        raise FaultError(Fault.MALFORMED)
    told = f"{scheme}: is not asked, only http and https are" if scheme else ""
    raise FaultError(Fault.SCHEME, told)


def origin_of(form: str) -> str:
    """Return the scheme, host and port of an address in requested form, as they stand in it."""
    return "/".join(form.split("/", 3)[:3])


def host_and_port(form: str) -> tuple[str, int]:
    """Return whom the requested form of an address asks."""
    return _host_and_port(origin_of(form))


@lru_cache(maxsize=4096)  # asked several times for each link
def _host_and_port(origin: str) -> tuple[str, int]:
    parts = urlsplit(origin)
    return (parts.hostname or "").rstrip("."), parts.port or DEFAULT_PORTS[parts.scheme]


@dataclass(slots=True, eq=False)
class Chain:
    """One attempt at a link: what to ask next, and what was answered so far."""

    url: str
    """The address to ask next, in requested form."""
    start: str = field(init=False)
    """The first that was to be asked."""
    hops: list[Hop] = field(default_factory=list)
    elapsed_s: float = 0.0
    _fragment: str = ""
    """The last that a Location named; as in browsers it goes on with later redirects."""
    _cookies: RequestsCookieJar | None = None
    _seen: set[tuple[str, str | None]] = field(default_factory=set)
    _sent_back: bool = False
    """Whether it was sent to where it was, for the time being, and asked there again."""

    def __post_init__(self) -> None:
        """Remember the start."""
        self.start = self.url

    def begin(self) -> str | None:
        """Return the cookies to be sent with the next request, if any; it is made then."""
        cookie = self._cookie()
        self._seen.add((self.url, cookie))
        return cookie

    def answer(self, answer: Answer, page: Page | None = None) -> Outcome | None:
        """Record an answer; return the outcome, or None when there is a redirect to follow.

        Args:
            answer: its body read as far as it is wanted.
            page: what it shows, if it is HTML.
        """
        asked, status = self.url, answer.status
        self.hops.append(Hop(asked, status, self._fragment))
        locations = _locations(answer) if status in REDIRECTS else []
        if not locations:
            return self.outcome(headers=answer.fields, page=page)
        if len(locations) > 1:  # browsers refuse to choose
            return self.outcome(Fault.GARBLED, "redirects to several addresses at once")
        self._keep_cookies(answer)
        try:
            target = urlsplit(_target(asked, locations[0]))
            if target.scheme not in DEFAULT_PORTS:
                return self.outcome(
                    Fault.BAD_REDIRECT, f"redirects to a {target.scheme}: address, no web page"
                )
            form = request_form(target.geturl())
        except (FaultError, ValueError):
            return self.outcome(Fault.BAD_REDIRECT)
        self._fragment = requote_uri(target.fragment) or self._fragment
        if _leaves_resolver(asked, form):
            return self.outcome(headers=answer.fields, resolved=form)
        self.url = form
        if len(self.hops) > MAX_REDIRECTS:
            return self.outcome(Fault.TOO_MANY_REDIRECTS, f"more than {MAX_REDIRECTS} redirects")
        # Some sites send a visitor back to the same address, now with a cookie: that is no loop.
        if (form, self._cookie()) not in self._seen:
            return None
        # Others do so now and then without one, to be rid of those who do not even follow that.
        if form == asked and status in TEMPORARY and not self._sent_back:
            self._sent_back = True
            return None
        return self.outcome(Fault.LOOP)

    def outcome(
        self,
        fault: Fault | None = None,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        page: Page | None = None,
        resolved: str = "",
    ) -> Outcome:
        """Return how the attempt ended."""
        return Outcome(
            hops=tuple(self.hops),
            asked=self.url,
            headers=headers or {},
            page=page,
            resolved=resolved,
            fault=fault,
            detail=detail,
            elapsed_s=round(self.elapsed_s, 3),
        )

    def _keep_cookies(self, answer: Answer) -> None:
        if "Set-Cookie" in answer.fields:
            if self._cookies is None:
                self._cookies = RequestsCookieJar()
            # Into the same jar, so that what a later hop takes back is gone.
            asked, told = MockRequest(self._asking()), MockResponse(answer.fields)
            self._cookies.extract_cookies(told, asked)  # type: ignore[arg-type]  # its mocks do

    def _cookie(self) -> str | None:
        """Return the header for the next request, or None."""
        if self._cookies is None:
            return None
        cookie: str | None = get_cookie_header(self._cookies, self._asking())  # type: ignore[no-untyped-call]  # its stubs have no types
        return cookie

    def _asking(self) -> PreparedRequest:
        """Return the next request, as far as it matters to cookies."""
        request = PreparedRequest()
        request.url, request.headers = self.url, CaseInsensitiveDict()
        return request


def _locations(answer: Answer) -> list[str]:
    """Return the different targets that an answer names."""
    named = (location.strip() for location in answer.fields.getlist("Location"))
    return list(dict.fromkeys(filter(None, named)))


def _target(asked: str, location: str) -> str:
    """Return where a Location leads, relative or not; its bytes are UTF-8 more often than Latin-1.

    Raises:
        ValueError: when it leads nowhere.
    """
    raw = location.encode("latin-1", "replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = location
    return urljoin(asked, _with_slashes(text))


def _with_slashes(url: str) -> str:
    r"""Return an address as browsers read it: ``\`` is ``/``, and three before a host are two."""
    end = min((i for i in map(url.find, "?#") if i >= 0), default=len(url))
    begin = url[:end].replace("\\", "/")
    return re.sub("^(https?:)?/{3,}", r"\1//", begin, flags=re.IGNORECASE) + url[end:]


def _prepared(parts: SplitResult) -> str:
    """Return an http address's parts as requests would ask for them.

    Raises:
        RequestException: when they are no address.
        ValueError: likewise.
    """
    # One that escapes nothing would have requests escape all others of the address again.
    path, query = (re.sub("%(?![0-9A-Fa-f]{2})", "%25", part) for part in (parts.path, parts.query))
    netloc = parts.netloc.rpartition("@")[2]
    if parts.port == DEFAULT_PORTS[parts.scheme]:
        netloc = netloc.rpartition(":")[0]
    parts = parts._replace(netloc=netloc, path=path, query=query, fragment="")
    request = PreparedRequest()
    try:
        request.prepare_url(parts.geturl(), None)
    except InvalidURL:
        if netloc.isascii():
            raise
        # Hearts and the like are in no newer standard, but browsers open them.
        netloc = netloc.encode("idna").decode("ascii")
        request.prepare_url(parts._replace(netloc=netloc).geturl(), None)
    return str(request.url)


def _leaves_resolver(asked: str, target: str) -> bool:
    """Return whether a redirect is a resolver's answer, rather than a step to its other address."""
    return is_resolver(host_and_port(asked)[0]) and not is_resolver(host_and_port(target)[0])
