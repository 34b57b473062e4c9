"""One request at a time: honestly labelled, streamed, limited, and its faults named."""

import http.client
import ssl
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from ..outcome import Fault, FaultError, Outcome
from . import body, certificates
from .addresses import Resolver
from .answer import Answer
from .chain import Chain, host_and_port, origin_of
from .environment import CA_BUNDLE_VARIABLES, Environment, EnvironmentUnusable
from .guard import WAITING, Attempt, peer_certificate, tls_context
from .origin import PROXY_WANTS_LOGIN, UNAUTHORIZED_BY_PROXY, Connection, Origin
from .page import Page

KEPT_HOSTS = 64
"""To how many hosts connections are kept open: those asked last, lest the system's limit be hit."""

SECOND_LOOK_S = 2.0
"""How long it may take to find out more of a bad certificate."""

ACCEPTED: Mapping[str, str] = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
"""What a browser asks for: servers answer 406 or worse to less."""

FAULTS: tuple[tuple[type[BaseException], Fault], ...] = (
    (TimeoutError, Fault.TIMEOUT),
    (http.client.RemoteDisconnected, Fault.RESET),
    (ssl.SSLCertVerificationError, Fault.CERTIFICATE),
    (ssl.SSLEOFError, Fault.RESET),
    (ssl.SSLZeroReturnError, Fault.RESET),
    (ConnectionError, Fault.RESET),  # reset, aborted, broken pipe
    (ssl.SSLError, Fault.TLS),
)
"""What an exception says of the host: the first entry that fits any of its causes. Whatever is not
here came of an answer that no library could make sense of."""


OF_KEPT_CONNECTION = frozenset({Fault.RESET, Fault.GARBLED})
"""Faults that may be of the connection, if it was used before."""


class Transport:
    """Makes requests, each by way of its origin; safe to use from many threads."""

    def __init__(self, environment: Environment, *, allow_private: bool, per_host: int) -> None:
        """Take the settings; nothing is opened yet.

        Args:
            environment: proxies and certificate authorities.
            allow_private: whether hosts of the local network may be asked.
            per_host: how many connections to a host are kept open.

        Raises:
            EnvironmentUnusable: when the bundle of certificate authorities cannot be read.
        """
        body.spare_memory()
        self._environment = environment
        self._headers = {"User-Agent": environment.agent, **ACCEPTED}
        self._allow_private = allow_private
        self._resolver = Resolver(allow_private=allow_private)
        self._context = trusting(environment.ca_bundle)
        self._per_host = per_host
        self._origins: OrderedDict[str, Origin] = OrderedDict()
        self._lock = threading.Lock()
        self.requests = 0
        """How many were begun."""

    def step(
        self, chain: Chain, timeout_s: float, wanted: frozenset[str] = frozenset()
    ) -> Outcome | None:
        """Make the chain's next request; return its outcome, or None if it goes on with another.

        Never raises for anything a server or the network does.

        Args:
            chain: whose ``url`` is asked; the answer is recorded in it.
            timeout_s: what the whole chain may take, less ``chain.elapsed_s`` of earlier steps.
            wanted: names of anchors to look for on the page.
        """
        before_s = chain.elapsed_s
        with Attempt(timeout_s - before_s, self._resolver) as attempt:
            try:
                answer, page = self._ask(chain, attempt, wanted)
                chain.elapsed_s = before_s + attempt.elapsed_s
                return chain.answer(answer, page)
            except Exception as error:  # servers send anything; what it means is read off the error
                chain.elapsed_s = before_s + attempt.elapsed_s
                fault, detail = fault_of(error)
                if fault is Fault.CERTIFICATE:
                    detail = self._described(detail, error, chain.url, attempt)
                return chain.outcome(fault, detail)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._origins.clear()

    def _ask(
        self, chain: Chain, attempt: Attempt, wanted: frozenset[str]
    ) -> tuple[Answer, Page | None]:
        origin = self._origin(chain.url)
        if origin.proxy and not self._allow_private:
            # The proxy looks the name up again: what it has no address for here cannot be checked.
            host, port = host_and_port(chain.url)
            with WAITING:
                left_s = attempt.seconds_left_to_connect()
                self._resolver.resolve(host, port, left_s, by_proxy=True)
        with self._lock:
            self.requests += 1
        connection, answer = _send(origin, origin.request(chain.url, chain.begin()))
        with answer:
            page = body.read(answer, attempt, wanted)
            if answer.is_over and not answer.will_close:
                origin.keep(connection)
        if origin.is_forwarded and answer.status == UNAUTHORIZED_BY_PROXY:
            raise FaultError(Fault.PROXY, PROXY_WANTS_LOGIN)
        return answer, page

    def _described(self, detail: str, error: Exception, url: str, attempt: Attempt) -> str:
        """Return what is wrong with a certificate, with what it says itself, if it can be had.

        A failed handshake gives no certificate, so another is made, which overlooks the one fault,
        and ends before anything is asked.
        """
        code = _verify_code(error)
        with suppress(Exception):  # it is only for the reader
            if not self._environment.proxy(url):
                context = tls_context(self._environment.ca_bundle)
                if certificates.overlook(context, code):
                    attempt.hurry(SECOND_LOOK_S)
                    certificate = peer_certificate(*host_and_port(url), context)
                    return certificates.describe(code, certificate, datetime.now(UTC))
        return detail

    def _origin(self, url: str) -> Origin:
        name = origin_of(url)
        with self._lock:
            found = self._origins.pop(name, None) or Origin(
                name,
                proxy=self._environment.proxy(url),
                headers=self._headers,
                context=self._context,
                kept=self._per_host,
            )
            self._origins[name] = found  # now the last of them
            if len(self._origins) > KEPT_HOSTS:
                self._origins.popitem(last=False)  # its connections end when none is in use
        return found


def _send(origin: Origin, request: bytes) -> tuple[Connection, Answer]:
    """Return the answer to a request, its body not read yet, and the connection it comes on.

    A server may close a connection that was kept open in the moment it is used again, or send the
    rest of the answer before. That says nothing of the page, so the next one is taken, and after
    the last kept one a new one.
    """
    while (connection := origin.take()) is not None:
        try:
            return connection, connection.ask(request)
        except Exception as error:
            if fault_of(error)[0] not in OF_KEPT_CONNECTION:
                raise
    connection = origin.connect()
    return connection, connection.ask(request)


def trusting(ca_bundle: str) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a PEM file.

    Raises:
        EnvironmentUnusable: when none can be read from it.
    """
    try:
        return tls_context(ca_bundle)
    except OSError as error:  # the error of a file that holds no certificate, too
        reason = "it holds none" if isinstance(error, ssl.SSLError) else error.strerror
        raise EnvironmentUnusable(
            f"{ca_bundle}: no certificate authorities can be read from it: {reason} "
            f"(see {' and '.join(CA_BUNDLE_VARIABLES)})"
        ) from None


def fault_of(error: Exception) -> tuple[Fault, str]:
    """Return what an exception of a request says of the host, with the detail there is."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, FaultError):
            return cause.fault, cause.detail
    for kind, fault in FAULTS:
        if any(isinstance(cause, kind) for cause in causes):
            is_certificate = fault is Fault.CERTIFICATE
            return fault, certificates.name(_verify_code(error)) if is_certificate else ""
    return Fault.GARBLED, f"{Fault.GARBLED} ({type(causes[-1]).__name__})"


def _verify_code(error: Exception) -> int:
    """Return OpenSSL's code of what is wrong with a certificate; 0 if it is something else."""
    codes = (
        cause.verify_code
        for cause in _causes(error)
        if isinstance(cause, ssl.SSLCertVerificationError)
    )
    return next(codes, 0)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it was made from, the outermost first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
