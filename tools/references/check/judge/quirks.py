"""Hosts that must be asked, read or judged in a way of their own: one table, each row with its why.

Data rather than cleverness: a host that is not here is asked for the very address of the link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from ...canonical import canonical
from ..verdict import Verdict
from .wording import by_host

USUAL_PORTS = frozenset({None, 80, 443})
"""Another port is another server: nothing is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """One row: some sites, and what is to be done otherwise with links to them."""

    hosts: frozenset[str]
    """Sub-domains included."""
    why: str
    instead: Callable[[SplitResult], str | None] | None = None
    """The address that tells of a link, where the link's own does not; None to ask for its own."""
    by: str = ""
    """How a person is told that another address was asked."""
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    """What status codes of that other address mean, where it is not the usual."""
    resolver: bool = False
    """Whether its redirect to another host is its whole answer."""
    shortener: bool = False
    """Whether its addresses stand for any page, first pages of sites included."""
    project_sites: bool = False
    """Whether the first part of a path is a site of its own, which may get its own host."""
    shows_anchors: Callable[[SplitResult], bool] | None = None
    """Which of its pages have their anchors in the HTML; scripts write them into the others."""


def _youtube(parts: SplitResult) -> str | None:
    # The mobile site and that for music show the same videos.
    netloc = "youtu.be" if parts.hostname == "youtu.be" else "www.youtube.com"
    try:
        page = urlsplit(canonical(parts._replace(netloc=netloc).geturl()))
    except ValueError:
        return None
    video = parse_qs(page.query).get("v", [""])[0] if page.path == "/watch" else ""
    watch = f"https://www.youtube.com/watch?v={video}"
    return _oembed("https://www.youtube.com/oembed?format=json&url=", watch) if video else None


def _vimeo(parts: SplitResult) -> str | None:
    match parts.path.strip("/").split("/"):
        case ["video", video] if parts.hostname == "player.vimeo.com":
            # Of an unlisted video: without this part of its address it is not found.
            key = parse_qs(parts.query).get("h", [""])[0]
        case [video] | ["channels", _, video] | ["groups", _, "videos", video]:
            key = ""
        case [video, key]:
            pass
        case _:
            return None
    page = f"https://vimeo.com/{video}" + (f"/{key}" if key else "")
    return _oembed("https://vimeo.com/api/oembed.json?url=", page) if video.isdigit() else None


def _oembed(endpoint: str, page: str) -> str:
    return endpoint + quote(page, safe="")


def _notebook(parts: SplitResult) -> str | None:
    match parts.path.strip("/").split("/"):
        case ["github", owner, repository, "blob", *path] if path:
            return f"https://github.com/{owner}/{repository}/blob/{'/'.join(path)}"
        case ["gist", owner, gist, *_]:
            return f"https://gist.github.com/{owner}/{gist}"
        case _:
            return None


def _is_repository_or_wiki(parts: SplitResult) -> bool:
    _, *rest = parts.path.strip("/").split("/")
    # Tabs of the page below the list of files, which have names of their own.
    is_tab = parts.fragment == "readme" or parts.fragment.endswith("-ov-file")
    return not is_tab and (len(rest) == 1 or rest[1:2] == ["wiki"])


def _none(parts: SplitResult) -> bool:
    return False


TABLE: tuple[Quirk, ...] = (
    Quirk(
        hosts=frozenset({"doi.org", "hdl.handle.net"}),
        why="Publishers wall programs off, while the resolver looks up each single name and says "
        "404 of one that it does not know. Resolvers that only pass a name on by its beginning "
        "(n2t.net, purl.org, identifiers.org) prove nothing by it, and are not here.",
        resolver=True,
    ),
    Quirk(
        hosts=frozenset({"youtube.com", "youtube-nocookie.com", "youtu.be"}),
        why="The page of a removed video answers 200. The oEmbed address says 404 of it, 400 of "
        "what names no video, 403 of a private one, and 401 of one that is not to be embedded.",
        instead=_youtube,
        by="by the site's oEmbed address",
        verdicts={400: Verdict.DEAD},
    ),
    Quirk(
        hosts=frozenset({"vimeo.com"}),
        why="The pages are walled off for whole networks, the oEmbed address is not: it says 404 "
        "where there is no video, and 403 of one that is not to be embedded.",
        instead=_vimeo,
        by="by the site's oEmbed address",
    ),
    Quirk(
        hosts=frozenset({"colab.research.google.com"}),
        why="A script loads the notebook, and says only to a reader that there is none. Those on "
        "GitHub have an address there.",
        instead=_notebook,
        by="by the notebook's address on GitHub",
        shows_anchors=_none,
    ),
    Quirk(
        hosts=frozenset({"github.com"}),
        why="Files and folders come as data in a script, and discussions bit by bit; only the "
        "pages of repositories and their wikis have their text in the HTML.",
        shows_anchors=_is_repository_or_wiki,
    ),
    Quirk(
        hosts=frozenset(
            {
                "bitbucket.org",
                "docs.google.com",
                "gitlab.com",
                "kaggle.com",
                "notion.site",
                "notion.so",
            }
        ),
        why="Scripts load the text that the anchors are in.",
        shows_anchors=_none,
    ),
    Quirk(
        hosts=frozenset({"github.io"}),
        why="A project that gets a domain of its own is redirected from user.github.io/project to "
        "the domain's first page.",
        project_sites=True,
    ),
    Quirk(
        hosts=frozenset(
            {
                *("aka.ms", "amzn.to", "bit.do", "bit.ly", "buff.ly", "cutt.ly", "dlvr.it"),
                *("fb.me", "g.co", "git.io", "goo.gl", "goo.gle", "ift.tt", "is.gd", "j.mp"),
                *("lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "t.co", "t.ly", "tiny.cc"),
                *("tinyurl.com", "trib.al", "v.gd", "wp.me"),
                *("purl.org", "w3id.org"),
            }
        ),
        why="Shorteners of addresses, and names that are to outlast them.",
        shortener=True,
    ),
)

_BY_HOST = {host: quirk for quirk in TABLE for host in quirk.hosts}


def parts_of(url: str) -> SplitResult:
    """Return the parts of an address; of one that has none, empty ones."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # malformed ones are found only now
    except ValueError:
        return urlsplit("")
    return parts


@lru_cache(maxsize=1024)  # asked several times for each link
def quirk_of(url: str) -> Quirk | None:
    """Return the row of an address's host or of the site that it is a sub-domain of, if any."""
    return _row(parts_of(url).hostname or "")


def asked(url: str) -> str:
    """Return the address to request for a link: its own, unless another tells more of it."""
    quirk = quirk_of(url)
    if quirk is None or quirk.instead is None:
        return url
    parts = parts_of(url)
    usual = parts.scheme in {"http", "https"} and parts.port in USUAL_PORTS
    return (usual and quirk.instead(parts)) or url


def is_resolver(host: str) -> bool:
    """Return whether a host's redirect to another one is its whole answer."""
    row = _row(host.lower())
    return row is not None and row.resolver


def is_shortener(url: str) -> bool:
    """Return whether an address is a short one, which stands for any other."""
    row = quirk_of(url)
    return row is not None and row.shortener


def has_project_sites(url: str) -> bool:
    """Return whether the first part of this host's paths is a site of its own."""
    row = quirk_of(url)
    return row is not None and row.project_sites


def shows_anchors(url: str) -> bool:
    """Return whether a page is known or supposed to have its anchors in its HTML."""
    row = quirk_of(url)
    return row is None or row.shows_anchors is None or row.shows_anchors(parts_of(url))


def _row(host: str) -> Quirk | None:
    return by_host(_BY_HOST, host.removesuffix("."))
