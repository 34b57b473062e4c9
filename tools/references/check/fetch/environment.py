"""What the user's environment says about requests: proxies, whom to trust, who we are."""

import os
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_auth_from_url
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from .chain import host_and_port

CA_BUNDLE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
SITE_VARIABLE = "SITE_URL"
"""Where the site is published; mkdocs.yml reads the same."""

NO_ADDRESS = "no public address yet"
"""Where somebody who finds us in a server's log can read who we are, before there is a site."""

PROXY_SCHEMES = ("http://", "https://")


class EnvironmentUnusable(Exception):  # noqa: N818 -- reads as the sentence it becomes
    """The environment names a proxy or a CA bundle that is of no use; the text says which."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of the user's environment that matter to requests."""

    proxies: Mapping[str, str]
    """By scheme; ``all`` for any other, ``no`` for the hosts that are asked directly."""
    ca_bundle: str
    site: str = NO_ADDRESS
    """What to say of who we are: ``+`` and an address, or that there is none."""

    @property
    def agent(self) -> str:
        """The User-Agent, told honestly: who finds us in a log can read what we are."""
        return f"deep-learning-notes-link-checker/0.1 ({self.site})"

    @classmethod
    def read(cls) -> "Environment":
        """Return the present environment's: read once, not for every request.

        Raises:
            EnvironmentUnusable: when it names a SOCKS or another proxy that is not spoken here.
        """
        proxies = urllib.request.getproxies_environment()
        for scheme in sorted(proxies.keys() & {"http", "https", "all"}):
            _require_usable(f"{scheme}_proxy", proxies[scheme])
        bundles = (os.environ.get(name) for name in CA_BUNDLE_VARIABLES)
        return cls(
            proxies,
            next(filter(None, bundles), DEFAULT_CA_BUNDLE_PATH),
            _site(os.environ.get(SITE_VARIABLE, "")),
        )

    def proxy(self, url: str) -> str:
        """Return the address of the proxy for an address, by its scheme; empty for none."""
        proxy = self.proxies.get(url.partition(":")[0]) or self.proxies.get("all", "")
        if proxy and is_direct(self.proxies.get("no", ""), *host_and_port(url)):
            return ""
        return proxy


def is_direct(no_proxy: str, host: str, port: int) -> bool:
    """Return whether a host is to be asked past the proxy.

    Args:
        no_proxy: entries between commas: ``*`` for all hosts; a name, for itself and all names
            under it, with or without a dot or ``*.`` before it; an IP address or a block of them
            (``10.0.0.0/8``). A name or an address may have a port.
        host: as ``host_and_port`` has it.
        port: of the host.
    """
    entries = (entry.strip().lower() for entry in no_proxy.split(","))
    return any(entry == "*" or _fits(entry, host.lower(), port) for entry in entries if entry)


def _fits(entry: str, host: str, port: int) -> bool:
    try:
        network = ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass
    else:
        return _is_in(host, network)
    try:
        parts = urlsplit(f"//{entry}")
        name, only_port = (parts.hostname or "").removeprefix("*").strip("."), parts.port
    except ValueError:
        return False
    return only_port in {None, port} and bool(name) and f".{host}".endswith(f".{name}")


def _is_in(host: str, network: object) -> bool:
    try:
        return ip_address(host) in network  # type: ignore[operator]
    except ValueError:
        return False


def _require_usable(variable: str, proxy: str) -> None:
    """Find out before anything is asked that a proxy cannot be; its login is not to be shown.

    Raises:
        EnvironmentUnusable: then.
    """
    address = proxy if "://" in proxy else f"http://{proxy}"
    if not address.lower().startswith(PROXY_SCHEMES):
        raise EnvironmentUnusable(f"the proxy of {variable} is neither http:// nor https://")
    try:
        usable = bool(parse_url(address).host)
        "".join(get_auth_from_url(address)).encode("latin-1")  # as it will be sent
    except (LocationParseError, ValueError):
        usable = False
    if not usable:
        raise EnvironmentUnusable(f"the proxy of {variable} has no valid address")


def _site(address: str) -> str:
    """Return what the User-Agent says of an address; nothing that could end the header."""
    is_clean = address.isascii() and address.isprintable() and not set(address) & set(' ()"')
    is_web = address.startswith(("http://", "https://"))
    return f"+{address}" if is_web and is_clean else NO_ADDRESS
