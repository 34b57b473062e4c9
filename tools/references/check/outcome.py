"""What one attempt to fetch a page brought: the facts that policy judges, in no library's types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .fetch.page import Page

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Status codes that lead to a Location."""


class Fault(StrEnum):
    """Why an attempt ended without a final response; the value is how a person is told."""

    # Nothing was reached: each of these belongs to the host, not to the page.
    NO_SUCH_HOST = "no such host"
    NO_DNS = "the name server did not answer"
    UNREACHABLE = "host unreachable"
    CONNECT_TIMEOUT = "connecting timed out"
    REFUSED = "connection refused"
    # The host was reached, but said nothing of use.
    TIMEOUT = "timed out"
    RESET = "connection closed without an answer"
    GARBLED = "the answer makes no sense"
    CERTIFICATE = "certificate fault"
    TLS = "no secure connection"
    PROXY = "the proxy could not connect"
    # The redirects lead nowhere.
    LOOP = "redirect loop"
    TOO_MANY_REDIRECTS = "too many redirects"
    BAD_REDIRECT = "redirects to something that is no address"
    # We do not ask.
    MALFORMED = "not a valid address"
    PRIVATE = "private address"
    SCHEME = "not a web address"
    NOT_ASKED = "not asked, because no host could be reached"


UNREACHED = frozenset(
    {Fault.NO_SUCH_HOST, Fault.NO_DNS, Fault.UNREACHABLE, Fault.CONNECT_TIMEOUT, Fault.PROXY}
)
"""Faults that an offline machine has with every host."""

OF_HOST = frozenset(
    {
        Fault.NO_SUCH_HOST,
        Fault.NO_DNS,
        Fault.UNREACHABLE,
        Fault.CONNECT_TIMEOUT,
        Fault.REFUSED,
        Fault.PRIVATE,
    }
)
"""Faults found before anything of the page was asked for: they hold for every link of the host."""

ANSWERED = frozenset(
    {
        Fault.GARBLED,
        Fault.CERTIFICATE,
        Fault.TLS,
        Fault.LOOP,
        Fault.TOO_MANY_REDIRECTS,
        Fault.BAD_REDIRECT,
    }
)
"""Faults that take an answer to find."""


class FaultError(Exception):
    """Ends an attempt with a fault. Not an OSError, so that no library catches and rewraps it."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        """Take the fault, and how to tell it where its own words are not enough."""
        super().__init__(detail or fault)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Hop:
    """One response of a redirect chain."""

    url: str
    """What was asked for, in requested form."""
    status: int
    fragment: str = ""
    """The part of the page that the redirects led to, if they named one."""

    @property
    def address(self) -> str:
        """The address with the fragment, as a browser would show it."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one attempt: a final response, or a fault on the way to it."""

    hops: tuple[Hop, ...] = ()
    """Every response, the last being the final one unless there is a fault."""
    asked: str = ""
    """The address that was asked for last."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the last response; names in any case."""
    page: Page | None = None
    """What the last response shows; None where it is no HTML."""
    resolved: str = ""
    """Where a resolver, such as that of DOIs, leads to: its answer is all that was wanted."""
    fault: Fault | None = None
    detail: str = ""
    """What more there is to say about the fault."""
    elapsed_s: float = 0.0

    @property
    def status(self) -> int | None:
        """The status code of the last response, if there was one."""
        return self.hops[-1].status if self.hops else None

    @property
    def answered(self) -> bool:
        """Whether some host said something: proof that the network works."""
        return bool(self.hops) or self.fault in ANSWERED

    @property
    def reached(self) -> bool:
        """Whether some host was reached, if only to be refused."""
        asked = self.fault not in {Fault.NOT_ASKED, Fault.MALFORMED, Fault.SCHEME, Fault.PRIVATE}
        return self.answered or (asked and self.fault not in UNREACHED)
