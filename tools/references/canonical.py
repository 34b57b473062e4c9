"""Addresses: the one form to write, and the key that tells whether two of them are one work.

Pure text work, nothing is requested. ``canonical`` only makes changes that are known to keep the
page; ``identity_key`` goes further, and is for comparing, never for writing.
"""

import re
from urllib.parse import quote, urlsplit

from .sites import (
    ARXIV_ID,
    DOI,
    HTTPS_SITES,
    SITE_RULES,
    TRACKING,
    TRACKING_BY_SITE,
    TRACKING_PREFIXES,
    Parts,
    arxiv_url,
    doi_url,
    site_in,
)

DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Return the form in which an address is written in the list.

    Host in lower case, no default port, no tracking parameters, no empty query or fragment,
    ``https`` where the site is known to serve it, and one form for the sites that have many (arXiv,
    DOI, YouTube, ...). Path, other parameters and fragment keep their bytes: parentheses, percent
    escapes, order. A canonical address is its own canonical form.

    Raises:
        ValueError: when it is no ``http``, ``https``, ``doi:`` or ``arxiv:`` address with a host.
    """
    parts = _split(url.strip())
    host, scheme = str(parts.hostname), parts.scheme
    if site_in(host, HTTPS_SITES):
        scheme = "https"
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


def identity_key(url: str) -> str:
    """Return a key that is equal for the addresses of one page, however they are spelled.

    Blind to the scheme, to ``www.``, to a trailing slash or ``index.html``, to the order of
    parameters and to needless percent escapes: no site tells two works apart by these. The fragment
    counts: two sections of one page are two references.

    Raises:
        ValueError: as ``canonical``.
    """
    parts = urlsplit(canonical(url))
    netloc = parts.netloc.removeprefix("www.")
    path = re.sub(r"/index\.html?$", "/", _plain_escapes(parts.path)).rstrip("/")
    if netloc == "doi.org":
        path = path.lower()  # DOI names are case-insensitive
    elif netloc == "github.com":
        owner_and_name = re.match(r"/[^/]+/[^/]+", path)  # so are these two
        end = owner_and_name.end() if owner_and_name else 0
        path = path[:end].lower() + path[end:]
    query = "&".join(sorted(filter(None, _plain_escapes(parts.query).split("&"))))
    fragment = _plain_escapes(parts.fragment)
    return netloc + path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def arxiv_id(url: str) -> str | None:
    """Return the arXiv identifier in an address of any form, without version, or None."""
    found = re.fullmatch(rf"https://arxiv\.org/abs/({ARXIV_ID})", _canonical_or_empty(url))
    return found[1] if found else None


def doi_of(url: str) -> str | None:
    """Return the DOI in a resolver's address, or None."""
    found = re.fullmatch(rf"https://doi\.org/({DOI})", _canonical_or_empty(url))
    return found[1] if found else None


def _canonical_or_empty(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:
        return ""


def _split(url: str) -> Parts:
    scheme, _, rest = url.partition(":")
    if scheme.lower() == "doi":
        url = doi_url(rest.strip())
    elif scheme.lower() == "arxiv":
        url = arxiv_url(rest.strip())
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError(f"`{url}` is not an address") from None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not port_is_sound:
        raise ValueError(f"`{url}` is not an http or https address")
    return parts


def _netloc(parts: Parts, host: str) -> str:
    user, at, _ = parts.netloc.rpartition("@")
    bracketed = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return user + at + bracketed + port


def _without_tracking(host: str, query: str) -> str:
    def tracks(parameter: str) -> bool:
        name = parameter.partition("=")[0].lower()
        by_site = any(name in TRACKING_BY_SITE[s] for s in TRACKING_BY_SITE if site_in(host, {s}))
        return name.startswith(TRACKING_PREFIXES) or name in TRACKING or by_site

    return "&".join(parameter for parameter in query.split("&") if not tracks(parameter))


def _plain_escapes(text: str) -> str:
    """Return text with every escape that is not needed undone, and every other in one spelling."""

    def plain(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return (
            character if re.match(r"[\w.~!$'()*,:;@-]", character, re.ASCII) else escape[0].upper()
        )

    return re.sub("%([0-9A-Fa-f]{2})", plain, quote(text, safe="/?#[]@!$&'()*+,;=:%~|"))
