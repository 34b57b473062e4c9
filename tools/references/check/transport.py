"""One request at a time over ``requests``: honestly labelled, streamed, limited, faults named."""

import http.client
import os
import ssl
import threading
import urllib.request
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.exceptions import InvalidURL, RequestException
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from .addresses import Resolver
from .chain import Chain, host_and_port
from .guard import Attempt, GuardedAdapter, tls_context
from .outcome import Fault, FaultError, Outcome

BODY_BYTES = 64 * 1024
"""How much of a page is read: a small body to its end, so that the connection can be used again."""

KEPT_HOSTS = 64
"""To how many hosts connections are kept open: those asked last, lest the system's limit be hit."""

PROJECT_ADDRESS = "no public address yet"
"""Where somebody who finds us in a server's log can read who we are."""

HEADERS: CaseInsensitiveDict[str] = CaseInsensitiveDict(
    {
        "User-Agent": f"deep-learning-notes-link-checker/0.1 ({PROJECT_ADDRESS})",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
)
"""Who we are, told honestly, and what a browser asks for: servers answer 406 or worse to less."""

CA_BUNDLE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")

CERTIFICATE_FAULTS: Mapping[int, str] = {
    9: "certificate not valid yet",
    10: "certificate expired",
    18: "certificate signed by itself",
    19: "certificate signed by an unknown authority",
    20: "certificate signed by an unknown authority",
    21: "certificate signed by an unknown authority",
    23: "certificate revoked",
    62: "certificate is for another host",
    64: "certificate is for another host",
}
"""OpenSSL's X509_V_ERR codes."""

FAULTS: tuple[tuple[type[BaseException], Fault], ...] = (
    (urllib3.exceptions.ProxyError, Fault.PROXY),
    (TimeoutError, Fault.TIMEOUT),
    (urllib3.exceptions.TimeoutError, Fault.TIMEOUT),
    (http.client.RemoteDisconnected, Fault.RESET),
    (http.client.IncompleteRead, Fault.RESET),
    (ssl.SSLEOFError, Fault.RESET),
    (ssl.SSLZeroReturnError, Fault.RESET),
    (ConnectionError, Fault.RESET),  # reset, aborted, broken pipe
    (ssl.SSLError, Fault.TLS),
    (InvalidURL, Fault.MALFORMED),
)
"""What an exception says of the host: the first entry that fits any of its causes. Whatever is not
here came of an answer that no library could make sense of."""


class EnvironmentUnusable(Exception):  # noqa: N818 -- reads as the sentence it becomes
    """The environment names a proxy or a CA bundle that is of no use; the text says which."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of the user's environment that matter to requests."""

    proxies: Mapping[str, str]
    """By scheme; ``all`` for any other, ``no`` for the hosts that are asked directly."""
    ca_bundle: str

    @classmethod
    def read(cls) -> "Environment":
        """Return the present environment's: read once, not for every request.

        Raises:
            EnvironmentUnusable: when it names a SOCKS or another proxy that is not spoken here.
        """
        proxies = urllib.request.getproxies_environment()
        for scheme, proxy in proxies.items():
            kind = urlsplit(proxy).scheme if "://" in proxy else "http"
            if scheme in {"http", "https", "all"} and kind not in {"http", "https"}:
                raise EnvironmentUnusable(
                    f"the proxy {kind}://... of {scheme}_proxy is not supported"
                )
        bundles = (os.environ.get(name) for name in CA_BUNDLE_VARIABLES)
        return cls(proxies, next(filter(None, bundles), DEFAULT_CA_BUNDLE_PATH))

    def proxy(self, url: str) -> dict[str, str]:
        """Return the proxy for an address by its scheme, as requests wants it; empty for none."""
        parts = urlsplit(url)
        proxy = self.proxies.get(parts.scheme) or self.proxies.get("all")
        host = parts.netloc.rpartition("@")[2]
        bypassed = urllib.request.proxy_bypass_environment  # type: ignore[attr-defined]  # no stub
        return {} if not proxy or bypassed(host, self.proxies) else {parts.scheme: proxy}


class Transport:
    """Makes requests, each on the adapter of its host; safe to use from many threads."""

    def __init__(self, environment: Environment, *, allow_private: bool, per_host: int) -> None:
        """Take the settings; nothing is opened yet.

        Args:
            environment: proxies and certificate authorities.
            allow_private: whether hosts of the local network may be asked.
            per_host: how many connections to a host are kept open.

        Raises:
            EnvironmentUnusable: when the bundle of certificate authorities cannot be read.
        """
        self._environment = environment
        self._resolver = Resolver(allow_private=allow_private)
        self._context = _trusting(environment.ca_bundle)
        self._per_host = per_host
        self._adapters: OrderedDict[str, GuardedAdapter] = OrderedDict()
        self._lock = threading.Lock()
        self.requests = 0
        """How many were begun."""

    def step(self, chain: Chain, timeout_s: float) -> Outcome | None:
        """Make the chain's next request; return its outcome, or None if it goes on with another.

        Never raises for anything a server or the network does.

        Args:
            chain: whose ``url`` is asked; the answer is recorded in it.
            timeout_s: what the whole chain may take, less ``chain.elapsed_s`` of earlier steps.
        """
        before_s = chain.elapsed_s
        with Attempt(timeout_s - before_s, self._resolver) as attempt:
            try:
                response = self._ask(chain, attempt)
                chain.elapsed_s = before_s + attempt.elapsed_s
                return chain.answer(response)
            except Exception as error:  # servers send anything; what it means is read off the error
                chain.elapsed_s = before_s + attempt.elapsed_s
                return chain.outcome(*fault_of(error))

    def close(self) -> None:
        """Close all connections that are not in use."""
        for adapter in self._adapters.values():
            adapter.close()

    def _ask(self, chain: Chain, attempt: Attempt) -> requests.Response:
        proxies = self._environment.proxy(chain.url)
        host, port = host_and_port(chain.url)
        if proxies:
            self._check_for_proxy(host, port, attempt)
        response = self._send(chain.request(HEADERS), proxies, self._adapter(host), attempt)
        # The status line has said what there is to know: a body that breaks off does not unsay it.
        with suppress(Exception):
            response.raw.read(BODY_BYTES, decode_content=False)
        response.raw.close()  # the connection too, unless the body was read to its end
        return response

    def _send(
        self,
        request: requests.PreparedRequest,
        proxies: Mapping[str, str],
        adapter: GuardedAdapter,
        attempt: Attempt,
    ) -> requests.Response:
        """Return the response, its body not read yet.

        A server may close a connection that was kept open in the moment it is used again. That says
        nothing of the page, so the next one is taken, and after the last kept one a new one.
        """
        while True:
            try:
                return adapter.send(
                    request, stream=True, timeout=attempt.seconds_left(), proxies=proxies
                )
            except RequestException as error:
                if attempt.connected or fault_of(error)[0] is not Fault.RESET:
                    raise

    def _check_for_proxy(self, host: str, port: int, attempt: Attempt) -> None:
        """Refuse a private host before the proxy is asked for it.

        A name that is unknown here has no address to refuse: behind some proxies none is known.
        """
        try:
            self._resolver.resolve(host, port, attempt.seconds_left_to_connect())
        except FaultError as error:
            if error.fault is Fault.PRIVATE:
                raise

    def _adapter(self, host: str) -> GuardedAdapter:
        with self._lock:
            self.requests += 1
            adapter = self._adapters.pop(host, None) or GuardedAdapter(
                self._context, self._per_host
            )
            self._adapters[host] = adapter  # now the last of them
            oldest = (
                self._adapters.popitem(last=False) if len(self._adapters) > KEPT_HOSTS else None
            )
        if oldest is not None:
            oldest[1].close()
        return adapter


def _trusting(ca_bundle: str) -> ssl.SSLContext:
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
        if isinstance(cause, ssl.SSLCertVerificationError):
            unknown = f"certificate fault {cause.verify_code}"
            return Fault.CERTIFICATE, CERTIFICATE_FAULTS.get(cause.verify_code, unknown)
    for kind, fault in FAULTS:
        if any(isinstance(cause, kind) for cause in causes):
            return fault, ""
    return Fault.GARBLED, f"{Fault.GARBLED} ({type(causes[-1]).__name__})"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it was made from, the outermost first.

    The libraries wrap each other's errors in arguments and attributes as well as by ``raise from``.
    """
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            linked = (getattr(cause, "reason", None), cause.__cause__, cause.__context__)
            waiting.extend(e for e in (*cause.args, *linked) if isinstance(e, BaseException))
