"""Home pages, and links to other pages that are thrown back to one: pure functions of addresses."""

from collections.abc import Sequence
from urllib.parse import unquote

from ...site_rules import TRACKING, TRACKING_PREFIXES
from ..outcome import Hop
from .quirks import has_project_sites, is_shortener, parts_of

HOME_NAMES = frozenset({"default", "home", "index"})
HOME_ENDINGS = frozenset(
    {
        *("", "asp", "aspx", "cfm", "cgi", "do", "htm", "html", "jsp", "php", "php3", "phtml"),
        *("pl", "shtml", "xhtml"),
    }
)
"""What a host's first page may be called, and how that may end."""

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

LANGUAGES = frozenset(_CODES.split())
"""The codes of ISO 639-1. Other short names, ``ai`` or ``tv``, are pages like any other."""


ERROR_KEYS = frozenset({"404", "aspxerrorpath", "err", "error", "error404", "notfound"})
"""Keys of a query that say that something went wrong, if not what."""

NO_PAGES = ERROR_KEYS | TRACKING
"""Keys that name no page."""


def is_home(url: str) -> bool:
    """Return whether the path of an address is that of a first page, be it of one language."""
    segments = [segment for segment in parts_of(url).path.lower().split("/") if segment]
    if segments and _is_home_page(segments[-1]):
        del segments[-1]
    if segments and is_language(segments[0]):
        del segments[0]
    return not segments


def is_bare_home(url: str) -> bool:
    """Return whether an address is a first page and nothing more.

    A query or a fragment tells pages apart, too: ``/?p=12`` and ``/#/guide`` are pages below it.
    But one that only counts visitors, or says that something was not found, does not.
    """
    if not is_home(url):
        return False
    parts = parts_of(url)
    names = [pair.partition("=")[0].lower() for pair in parts.query.split("&") if pair]
    says_nothing = all(name in NO_PAGES or name.startswith(TRACKING_PREFIXES) for name in names)
    return says_nothing and not parts.fragment


def thrown_home(hops: Sequence[Hop]) -> bool:
    """Return whether a link to a page led to the first page of some host.

    The page is gone if that is a bare one; with a query it may be the page under a new address.
    """
    if len(hops) < 2:
        return False
    # A short address says nothing of the page that it stands for; the next one does.
    pages = [hop.url for hop in hops if not is_shortener(hop.url)]
    if not pages or is_home(pages[0]) or not is_home(pages[-1]) or hops[-1].fragment:
        return False
    return not _has_own_host(pages[0], pages[-1])


def _is_home_page(segment: str) -> bool:
    name, _, ending = segment.partition(".")
    return name in HOME_NAMES and ending in HOME_ENDINGS


def is_language(segment: str) -> bool:
    """Return whether a path's part is a language, perhaps with script or region: ``zh-Hant-TW``.

    Some put the region first: ``us-en``.
    """
    language, *rest = segment.replace("_", "-").split("-")
    if len(rest) == 1 and rest[0] in LANGUAGES and _is_region(language):
        return True
    return language in LANGUAGES and (
        not rest
        or (len(rest) == 1 and (_is_script(rest[0]) or _is_region(rest[0])))
        or (len(rest) == 2 and _is_script(rest[0]) and _is_region(rest[1]))
    )


def _is_script(subtag: str) -> bool:
    return len(subtag) == 4 and subtag.isascii() and subtag.isalpha()


def _is_region(subtag: str) -> bool:
    """Return whether it is a country, or a region by its number, as in ``es-419``."""
    letters = len(subtag) == 2 and subtag.isalpha()
    return subtag.isascii() and (letters or (len(subtag) == 3 and subtag.isdigit()))


def _has_own_host(start: str, end: str) -> bool:
    """Return whether what a link names has a host of its own now: its first page is what was meant.

    Its address is in the link (``/blog`` leads to ``blog.e.example``, ``/url?q=https://e.example``
    there), or the link was to the folder of a project or a person, and leads away from that site.
    """
    parts, host = parts_of(start), parts_of(end).hostname or ""
    old, new = (parts.hostname or "").split("."), host.split(".")
    if host.removeprefix("www.") in unquote(f"{parts.path}?{parts.query}").lower():
        return old != new
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    if len(segments) > 1 and _is_home_page(segments[-1]):
        del segments[-1]
    if segments[-1].lstrip("@~") in set(new[:-1]).difference(old):
        return True
    is_project = has_project_sites(start) and old != new
    is_person = segments[0].startswith("~") and old[-2:] != new[-2:]
    return len(segments) == 1 and (is_project or is_person)
