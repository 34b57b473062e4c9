"""A redirect chain followed by hand: every hop recorded, its own cookies, and an end."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from requests import PreparedRequest, Response
from requests.cookies import RequestsCookieJar, get_cookie_header
from requests.exceptions import RequestException
from requests.structures import CaseInsensitiveDict
from requests.utils import requote_uri

from .outcome import REDIRECTS, Fault, FaultError, Hop, Outcome

MAX_REDIRECTS = 20  # where browsers give up
DEFAULT_PORTS = {"http": 80, "https": 443}


def request_form(url: str) -> str:
    """Return an address as it is requested: ASCII, host in lower case, no fragment.

    Two links with the same form are one request.

    Raises:
        FaultError: when it is malformed, or neither http nor https.
    """
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        if scheme in DEFAULT_PORTS:
            request = PreparedRequest()
            request.prepare_url(parts._replace(fragment="").geturl(), None)
            form = str(request.url)
            if host_and_port(form)[0]:
                return form
    except (RequestException, ValueError):
        raise FaultError(Fault.MALFORMED) from None
    if scheme in DEFAULT_PORTS:
        raise FaultError(Fault.MALFORMED)
    raise FaultError(Fault.SCHEME, f"{scheme}: is not asked, only http and https are")


def host_and_port(form: str) -> tuple[str, int]:
    """Return whom the requested form of an address asks."""
    parts = urlsplit(form)
    return (parts.hostname or "").rstrip("."), parts.port or DEFAULT_PORTS[parts.scheme]


@dataclass(slots=True, eq=False)
class Chain:
    """One attempt at a link: what to ask next, and what was answered so far."""

    url: str
    """The address to ask next, in requested form."""
    hops: list[Hop] = field(default_factory=list)
    elapsed_s: float = 0.0
    _fragment: str = ""
    """The last that a Location named; as in browsers it goes on with later redirects."""
    _cookies: RequestsCookieJar | None = None
    _seen: set[tuple[str, str | None]] = field(default_factory=set)

    def request(self, headers: CaseInsensitiveDict[str]) -> PreparedRequest:
        """Return the next request; built by hand, because the address is prepared already."""
        request = PreparedRequest()
        request.method = "GET"
        request.url = self.url
        request.headers = headers
        cookie = self._cookie()
        if cookie is not None:
            request.headers = headers.copy()
            request.headers["Cookie"] = cookie
        self._seen.add((self.url, cookie))
        return request

    def answer(self, response: Response) -> Outcome | None:
        """Record a response; return the outcome, or None when there is a redirect to follow."""
        self.hops.append(Hop(self.url, response.status_code, self._fragment))
        location = response.headers.get("Location", "").strip()
        if response.status_code not in REDIRECTS or not location:
            return self.outcome(headers=response.headers)
        self._keep_cookies(response)
        try:
            target = urlsplit(_target(self.url, location))
            if target.scheme not in DEFAULT_PORTS:
                return self.outcome(
                    Fault.BAD_REDIRECT, f"redirects to a {target.scheme}: address, no web page"
                )
            self.url = request_form(target.geturl())
        except (FaultError, ValueError):
            return self.outcome(Fault.BAD_REDIRECT)
        self._fragment = requote_uri(target.fragment) or self._fragment
        if len(self.hops) > MAX_REDIRECTS:
            return self.outcome(Fault.TOO_MANY_REDIRECTS, f"more than {MAX_REDIRECTS} redirects")
        # Some sites send a visitor back to the same address, now with a cookie: that is no loop.
        if (self.url, self._cookie()) in self._seen:
            return self.outcome(Fault.LOOP)
        return None

    def outcome(
        self,
        fault: Fault | None = None,
        detail: str = "",
        headers: CaseInsensitiveDict[str] | None = None,
    ) -> Outcome:
        """Return how the attempt ended."""
        return Outcome(
            hops=tuple(self.hops),
            asked=self.url,
            headers=headers or {},
            fault=fault,
            detail=detail,
            elapsed_s=round(self.elapsed_s, 3),
        )

    def _keep_cookies(self, response: Response) -> None:
        if "Set-Cookie" in response.headers:
            if self._cookies is None:
                self._cookies = RequestsCookieJar()
            self._cookies.update(response.cookies)

    def _cookie(self) -> str | None:
        """Return the header for the next request, or None."""
        if self._cookies is None:
            return None
        request = PreparedRequest()
        request.url, request.headers = self.url, CaseInsensitiveDict()
        cookie: str | None = get_cookie_header(self._cookies, request)  # type: ignore[no-untyped-call]  # its stubs have no types
        return cookie


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
    return urljoin(asked, text)
