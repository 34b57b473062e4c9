"""Soft death: pages that are gone, and domains that are for sale, under a status of success.

A page that is wrongly called dead is worse than one that is missed. Certain is only what says so
as a whole, in its title or heading, and shows nothing else; whatever merely hints at it is
doubtful, and a random path of the same host then tells whether it says so of everything.
"""

from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from ..fetch.page import Page
from .evidence import Evidence
from .homes import ERROR_KEYS, is_bare_home, is_language
from .parking import parked
from .phrases import (
    ADDRESSED,
    BARE_SAYINGS,
    EXCUSES,
    FILLERS,
    HINTS,
    NUMBERS,
    PARKING_TITLES,
    PARKINGS,
    SALE_TITLES,
    SALES,
    SAYINGS,
)
from .wording import contains, fold, joined, parts, without

NOT_FOUND = "says that the page is not found"

LENGTHY_WORDS = 250
"""What a page that is not found shows at most, with advice and menus not marked as such."""
EVIDENT_WORDS = {1: 30, 2: 100, 3: LENGTHY_WORDS}
"""What it shows at most when one, two or all of title, heading and text say so."""
TINY_WORDS = 5
"""Too little for a page that is only called so."""

GONE_SEGMENTS = frozenset(
    {
        *("not-found", "not_found", "notfound", "page-not-found", "page_not_found"),
        *("pagenotfound", "error404", "error-404", "error_404", "404error", "404-error"),
        *("404-not-found", "404notfound", "http404", "seite-nicht-gefunden", "page-introuvable"),
        *("pagina-no-encontrada", "pagina-non-trovata", "pagina-niet-gevonden"),
    }
)
"""Ends of paths that only say that nothing is there; without their endings."""

ERROR_SEGMENTS = frozenset({"error", "errors", "err", "errorpage", "error-page", "oops"})
"""Parts of a path that say that something went wrong, if not what."""

ALL_SAYINGS = SAYINGS | BARE_SAYINGS
SAYING_WORDS = FILLERS.union(" ".join(ALL_SAYINGS).split())
"""All words of those: a text with any other says something else, too."""

TITLE_HINTS = HINTS | SALE_TITLES | PARKING_TITLES
TEXT_HINTS = ADDRESSED | SALES | PARKINGS
"""What makes a short page doubtful, in its title or heading and anywhere in it."""

SAME_SLACK = 4
"""So many words of difference are an address and a date, on a page that has several times more."""


def soft_death(evidence: Evidence) -> str | None:
    """Return why a page with a status of success is certainly gone, or None."""
    if not evidence.hops:
        return None
    sold = parked(evidence)
    if sold:
        return sold
    gone = _led_to_not_found(evidence) or (evidence.page and _not_found(evidence.page, evidence))
    return NOT_FOUND if gone else None


def is_doubtful(evidence: Evidence) -> bool:
    """Return whether something hints that a page with a status of success is gone.

    A host's first page is not doubted: shown for everything, it is still the one that was meant.
    Nor is one with an excuse: repairs and refusals are shown for everything as well.
    """
    return bool(evidence.hops) and _is_hinted(evidence) and not is_bare_home(evidence.meant)


def _is_hinted(evidence: Evidence) -> bool:
    if len(evidence.hops) > 1 and _led_to_error(evidence.end):
        return True
    page = evidence.page
    if page is None:
        return False
    if any(map(_kind, evidence.labels)):
        return True
    if page.words > LENGTHY_WORDS:
        return False
    shown, text = evidence.named, evidence.text
    hinted = contains(shown, TITLE_HINTS) or contains(text, TEXT_HINTS)
    return hinted and not contains(joined(shown, text), EXCUSES)


def same_page(page: Page, other: Page) -> bool:
    """Return whether two pages are the same but for an address in them, numbers and dates.

    Pages that only scripts will fill are no evidence: one shell holds all the pages of a site.
    """
    if _is_empty(page) or _is_empty(other):
        return False
    if (_words(page.title), _words(page.heading)) != (_words(other.title), _words(other.heading)):
        return False
    words, others = (_words(shown.title, shown.heading, shown.text) for shown in (page, other))
    total = words.total() + others.total()
    different = ((words - others) + (others - words)).total()
    return total > 0 and different <= min(SAME_SLACK, total // 6)


def _is_empty(page: Page) -> bool:
    return page.is_shell and not page.heading


def _words(*texts: str) -> Counter[str]:
    """Return how often each word stands in texts, addresses and numbers aside."""
    kept = (word for word in " ".join(texts).split() if "/" not in word)
    words = fold(" ".join(kept)).split()
    return Counter(word for word in words if not any(map(str.isdigit, word)))


def _not_found(page: Page, evidence: Evidence) -> bool:
    titled = _said(evidence.title, *evidence.titles)
    headed = _said(evidence.heading, *evidence.headings)
    if not (page.title or page.heading) and page.words <= TINY_WORDS:
        headed = _said(evidence.text, *parts(page.text))  # the plain words of a server or framework
    said = titled | headed
    if not said or _is_about_it(evidence) or _names_an_item(evidence.titles):
        return False
    text = evidence.text
    addressed = contains(text, ADDRESSED) or ("page" not in said and contains(text, SAYINGS))
    # A title alone may be left over from another page, or stand until scripts write the page.
    if not (headed or addressed) and (_is_empty(page) or not _agrees(evidence)):
        return False
    names_the_page = addressed or "page" in said
    # There, "404 Not Found" may be a lesson on the status, a picture of it, or a work of art.
    if not names_the_page and _is_for_everything(evidence.meant):
        return False
    if names_the_page or "status" in said or {"bare", "number"} <= said:
        return page.words <= EVIDENT_WORDS[bool(titled) + bool(headed) + addressed]
    return page.words <= TINY_WORDS


def _said(*labels: str) -> frozenset[str]:
    """Return in which ways a title or heading says that there is nothing."""
    return frozenset(filter(None, map(_kind, labels)))


def _kind(text: str) -> str:
    """Return what a folded text as a whole says not to be there; empty if it says no such thing.

    Returns:
        ``page`` if it names the page, ``status`` for the status in full (404 Not Found), ``bare``
        for its words and ``number`` for its number alone, which other things are called, too.
    """
    words = text.split()
    if not SAYING_WORDS.issuperset(words):
        return ""
    numbered = not NUMBERS.isdisjoint(words)
    rest = without(FILLERS, text)
    if rest in SAYINGS:
        return "page"
    if rest in BARE_SAYINGS:
        return "status" if numbered else "bare"
    return "number" if numbered and not rest else ""


def _agrees(evidence: Evidence) -> bool:
    """Return whether the heading does not speak of something else than the title."""
    heading = evidence.heading
    if not without(FILLERS, heading) or contains(heading, HINTS):
        return True
    names = [part for part in evidence.titles if not _kind(part)]
    names += map(fold, evidence.hosts)
    return any(heading in name or name in heading for name in names)


def _names_an_item(titles: list[str]) -> bool:
    """Return whether a title is that of an issue, a topic or a film that is called so.

    It is given in its parts.

    Their catalogues give them numbers or years, or name themselves and their parts as well.
    """
    shown = set(titles)
    besides = [part for part in shown if not _kind(part)]
    numbered = any(
        part.isdigit() or contains(part, ALL_SAYINGS)
        for part in besides
        if any(map(str.isdigit, without(FILLERS, part).split()))
    )
    return numbered or 1 < len(besides) < len(shown)


def _is_about_it(evidence: Evidence) -> bool:
    """Return whether an address on the way says so: such a page is about pages not found.

    Unless it is the very page that a host shows for those.
    """
    return any(_says_so(hop.url) and not _is_for_everything(hop.url) for hop in evidence.hops)


def _says_so(url: str) -> bool:
    split = urlsplit(url)
    names = [fold(unquote(segment).partition(".")[0]) for segment in split.path.split("/")]
    names += [fold(value) for _, value in parse_qsl(split.query)]
    return any(map(_kind, names)) or contains(" / ".join(names), SAYINGS)


def _is_for_everything(url: str) -> bool:
    """Return whether an address is a host's first page or the one for what is not found."""
    return is_bare_home(url) or _is_not_found(url)


def _led_to_not_found(evidence: Evidence) -> bool:
    start, end = evidence.meant, evidence.end
    return start != end and _is_not_found(end) and not _says_so(start)


def _is_not_found(url: str) -> bool:
    """Return whether an address is that of a host's page for what is not found.

    Deeper in a path, or after a number, the same words are more often the title of a post, and a
    number is more often that of a page than that of an error.
    """
    *before, last = [part for part in urlsplit(url).path.lower().split("/") if part] or [""]
    name, dot, _ = last.partition(".")
    if name != "404" and name not in GONE_SEGMENTS:
        return False
    if all(part in ERROR_SEGMENTS or is_language(part) for part in before):
        return True
    return bool(dot) and not any(map(str.isdigit, before))


def _led_to_error(url: str) -> bool:
    split = urlsplit(url)
    segments = {segment.partition(".")[0] for segment in split.path.lower().split("/")}
    keys = {pair.partition("=")[0] for pair in split.query.lower().split("&")}
    return bool(segments & (ERROR_SEGMENTS | GONE_SEGMENTS) or keys & ERROR_KEYS)
