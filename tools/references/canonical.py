"""Addresses: the one form to write, and the key that tells whether two of them are one work.

Pure text work, nothing is requested. ``canonical`` only makes changes that are known to keep the
page; ``identity_key`` goes further, and is for comparing, never for writing.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from .site_rules import (
    ARXIV_ID,
    HTTPS_SITES,
    SITE_RULES,
    TRACKING,
    TRACKING_BY_SITE,
    TRACKING_PREFIXES,
    Parts,
    arxiv_url,
    doi_in,
    doi_url,
    site_in,
)

DEFAULT_PORTS = {"http": 80, "https": 443}
NOT_IN_A_HOST = re.compile(r'[\s%<>"\\^`{|}]')  # the characters that no domain name may hold
RESOLVERS = {"doi": doi_url, "arxiv": arxiv_url}


@lru_cache(maxsize=4096)  # whoever reads a list asks for each address several times
def canonical(url: str) -> str:
    """Return the form in which an address is written in the list.

    Host in lower case, no default port, no tracking or empty parameters, no empty fragment,
    ``https`` where the site is known to serve it, and one form for the sites that have many (arXiv,
    DOI, YouTube, ...). Path, other parameters and fragment keep their bytes: parentheses, percent
    escapes, order. A canonical address is its own canonical form.

    Raises:
        ValueError: when it is no ``http``, ``https``, ``doi:`` or ``arxiv:`` address with a host.
    """
    form = _rewritten(_expanded(url.strip()))
    while (again := _rewritten(form)) != form:  # what one rule writes, another may know better
        form = again
    return form


def canonical_or_empty(url: str) -> str:
    """Return the canonical form of what may be no address, and nothing for what is none."""
    try:
        return canonical(url)
    except ValueError:
        return ""


def web_address(url: str) -> Parts:
    """Return the parts of an address that a browser can open over ``http`` or ``https``.

    Raises:
        ValueError: when it has another scheme, no host, an impossible port, or characters that no
            address holds.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(f"`{url}` is not an address") from None
    host = parts.hostname or ""
    labels = host.removesuffix(".").split(".")
    if parts.scheme not in DEFAULT_PORTS or not all(labels) or port == 0:
        raise ValueError(f"`{url}` is not an http or https address")
    if not url.isprintable() or NOT_IN_A_HOST.search(host):
        raise ValueError(f"`{url}` is not an address")
    return parts


def identity_key(url: str) -> str:
    """Return a key that is equal for the addresses of one page, however they are spelled.

    Blind to the scheme, to ``www.``, to a trailing slash or ``index.html``, to the order of
    parameters and to needless percent escapes: no site tells two works apart by these. A page of a
    publisher counts as the DOI that it shows. The fragment counts: two sections of one page are two
    references.

    Raises:
        ValueError: as ``canonical``.
    """
    plain = _plainly_spelled(urlsplit(canonical(url)))
    parts = urlsplit(canonical(plain.geturl()))  # a site's rule may know the plain spelling only
    if (doi := doi_in(parts)) and not parts.fragment:
        parts = _plainly_spelled(urlsplit(doi_url(doi)))
    netloc = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/")
    if netloc == "doi.org":
        path = path.lower()  # DOI names are case-insensitive
    elif netloc == "github.com":
        owner_and_name = re.match(r"/[^/]+/[^/]+", path)  # so are these two
        end = owner_and_name.end() if owner_and_name else 0
        path = path[:end].lower() + path[end:]
    query = "&".join(sorted(filter(None, parts.query.split("&"))))
    return parts._replace(scheme="", netloc=netloc, path=path, query=query).geturl()[2:]


def arxiv_id(url: str) -> str | None:
    """Return the arXiv identifier in an address of any form, without version, or None."""
    found = re.fullmatch(rf"https://arxiv\.org/abs/({ARXIV_ID})", canonical_or_empty(url))
    return found[1] if found else None


def doi_of(url: str) -> str | None:
    """Return the DOI in the address of a resolver or a publisher, or None."""
    return doi_in(urlsplit(canonical_or_empty(url)))


def _expanded(url: str) -> str:
    """Return the address that a ``doi:`` or ``arxiv:`` name stands for, or the address itself."""
    scheme, _, rest = url.partition(":")
    resolver = RESOLVERS.get(scheme.lower())
    return resolver(rest.strip()) if resolver else url


def _rewritten(url: str) -> str:
    """Return the address after one pass of all rules."""
    parts = web_address(url)
    host = str(parts.hostname).removesuffix(".")
    # Another port is another server: nothing is known of it.
    usual_port = parts.port is None or parts.port in DEFAULT_PORTS.values()
    scheme = "https" if usual_port and site_in(host, HTTPS_SITES) else parts.scheme
    parts = parts._replace(
        scheme=scheme,
        netloc=_netloc(parts, host),
        path=parts.path or "/",
        query=_without_tracking(host, parts.query),
    )
    for site, rule in SITE_RULES.items():
        if site_in(host, {site}):
            parts = rule(parts)
    return parts.geturl()


def _netloc(parts: Parts, host: str) -> str:
    """Return user, host and port, without the port that the scheme has anyway."""
    user, at, _ = parts.netloc.rpartition("@")
    bracketed = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return user + at + bracketed + port


def tracks(host: str, parameter: str) -> bool:
    """Return whether a parameter only tells a site where a reader came from."""
    name = parameter.partition("=")[0].lower()
    by_site = any(name in TRACKING_BY_SITE[s] for s in TRACKING_BY_SITE if site_in(host, {s}))
    return name.startswith(TRACKING_PREFIXES) or name in TRACKING or by_site


def _without_tracking(host: str, query: str) -> str:
    """Return a query without the parameters that track, and without empty ones."""
    return "&".join(part for part in query.split("&") if part and not tracks(host, part))


def _plainly_spelled(parts: Parts) -> Parts:
    """Return an address without what makes no difference in path, parameters and fragment."""
    return parts._replace(
        path=re.sub(r"/index\.html?$", "", _plain_escapes(parts.path).rstrip("/")).rstrip("/"),
        query=_plain_escapes(parts.query),
        fragment=_plain_escapes(parts.fragment),
    )


def _plain_escapes(text: str) -> str:
    """Return text with every escape that is not needed undone, and every other in one spelling."""

    def plain(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return (
            character if re.match(r"[\w.~!$'()*,:;@-]", character, re.ASCII) else escape[0].upper()
        )

    return re.sub("%([0-9A-Fa-f]{2})", plain, quote(text, safe="/?#[]@!$&'()*+,;=:%~|"))
