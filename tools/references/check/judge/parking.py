"""Domains that are for sale or parked: nothing is left but their names.

They are known by where redirects ended, by whose scripts and frames a page takes, and by what it
says of its own domain. What it says of a domain at large may be a story or a lesson.
"""

from collections.abc import Mapping, Sequence

from ..fetch.page import Page
from .evidence import Evidence
from .homes import is_bare_home
from .phrases import PARKING_TITLES, PARKINGS, SALE_TITLES, SALES
from .wording import by_host, contains, fold, host_of, joined

FOR_SALE = "the domain is for sale"
PARKED = "parked domain"

PARKED_WORDS = 250
"""What a parked page shows at most, with its related searches."""
NOTICE_WORDS = 100
"""The same where only a sentence in its text says so: longer pages have notices besides."""
TINY_WORDS = 8
"""What a page shows at most that only sends its reader on."""

PARKERS: Mapping[str, str] = {
    "sedoparking.com": "Sedo",
    "parkingcrew.net": "ParkingCrew",
    "bodis.com": "Bodis",
    "bodiscdn.com": "Bodis",
    "parklogic.com": "ParkLogic",
    "parkingpage.namecheap.com": "Namecheap",
    "above.com": "Above.com",
}
"""Hosts whence parked domains take their scripts and frames."""

PARKING_PATHS: tuple[tuple[str, str], ...] = (("wsimg.com/parking-lander/", "GoDaddy"),)

PARKING_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("LANDER_SYSTEM", "GoDaddy"),
    ('location.href="/lander"', "GoDaddy"),
    ("location.href = '/lander'", "GoDaddy"),
    ('location.replace("/lander")', "GoDaddy"),
    ('window.park = "ey', "Bodis"),
)
"""Parts of the scripts that stand in such pages."""

MARKETS: Mapping[str, str] = {
    "sedo.com": "Sedo",
    "dan.com": "Dan.com",
    "undeveloped.com": "Undeveloped",
    "afternic.com": "Afternic",
    "hugedomains.com": "HugeDomains",
    "buydomains.com": "BuyDomains",
    "domainmarket.com": "DomainMarket",
    "brandbucket.com": "BrandBucket",
    "perfectdomain.com": "PerfectDomain",
    "expireddomains.com": "ExpiredDomains",
    "forsale.godaddy.com": "GoDaddy",
}
"""Hosts that sell domains, to which theirs are redirected."""

MARKET_TITLES = frozenset(fold(name) for market in MARKETS.items() for name in market)
OFFERS = frozenset({"is for sale", "for sale", "is available for purchase", "buy now"})
"""What a market that shows itself under the domain's own name is titled, and says."""

SALE_VERBS = frozenset({"is for sale", "may be for sale"})
PARKING_VERBS = frozenset({"is parked", "is parked free", "has expired"})
"""What is said after the name of a domain."""

SALE_SUBJECTS = SALE_TITLES | {"for sale"}
PARKING_SUBJECTS = PARKING_TITLES | {"parked"}
"""What is said beside it."""

ALONE = SALE_SUBJECTS | PARKING_SUBJECTS | SALE_VERBS | PARKING_VERBS
"""What a title says besides the name of a domain that is all it is about."""

SIGNS = SALES | PARKINGS | ALONE | OFFERS
"""Without any of these nothing is said of a domain."""

NO_NAMES = frozenset({"", "home", "welcome"})
"""Titles that name no page."""


def parked(evidence: Evidence) -> str | None:
    """Return why nothing but the domain is left of a page with a status of success, or None."""
    host, end_host = host_of(evidence.meant), evidence.hosts[-1]
    for names, reason in ((MARKETS, FOR_SALE), (PARKERS, PARKED)):
        seller = by_host(names, end_host)
        if seller and not _is_of(host, seller):
            return f"{reason} ({seller})"
    page = evidence.page
    if page is None or page.words > PARKED_WORDS:
        return None
    seller = _parker(page, host)
    if seller:
        return f"{PARKED} ({seller})"
    return _says_so(page, evidence, [host, end_host])


def _parker(page: Page, host: str) -> str:
    for source in page.sources:
        seller = by_host(PARKERS, host_of(source)) if "//" in source else None
        if seller and not _is_of(host, seller):
            return seller
        for path, seller in PARKING_PATHS:
            if path in source:
                return seller
    for script, seller in PARKING_SCRIPTS:
        if script in page.script and page.words <= TINY_WORDS:
            return seller
    return ""


def _is_of(host: str, seller: str) -> bool:
    """Return whether a host is one of the seller's own."""
    return seller in {by_host(MARKETS, host), by_host(PARKERS, host)}


def _says_so(page: Page, evidence: Evidence, hosts: Sequence[str]) -> str | None:
    """Return what a page says of its own domain, if it speaks of nothing else."""
    is_notice = page.words <= NOTICE_WORDS
    text = evidence.text if is_notice else ""
    if not contains(joined(evidence.named, text), SIGNS):
        return None
    titles, shown = evidence.titles, evidence.labels
    is_market = bool(titles) and MARKET_TITLES.issuperset(titles)
    if is_market and contains(text, OFFERS) and not any(by_host(MARKETS, host) for host in hosts):
        return FOR_SALE
    names = [*hosts, *(_domains(page) if is_notice else ())]
    named = {fold(host.removeprefix("www.")) for host in names if host}
    at_root = is_bare_home(evidence.meant)
    for reason, phrases, subjects, verbs in (
        (FOR_SALE, SALES, SALE_SUBJECTS, SALE_VERBS),
        (PARKED, PARKINGS, PARKING_SUBJECTS, PARKING_VERBS),
    ):
        own = frozenset(
            f"{begin}{name} {verb}"
            for begin in ("", "the domain ", "the domain name ")
            for name in named
            for verb in verbs
        )
        if not own.isdisjoint(shown):
            return reason
        says = not phrases.isdisjoint(shown)
        # A title with anything else in it is that of a page about the matter.
        if {*titles} <= phrases | subjects | own | named | NO_NAMES:
            titled = not (named.isdisjoint(titles) or subjects.isdisjoint(shown))
            says = says or titled or contains(text, phrases | own)
        elif not at_root:
            says = False
        if says:
            return reason
    return None


def _domains(page: Page) -> list[str]:
    """Return the name of the domain in the title or else the heading, if it says nothing besides.

    A parked domain may be shown under another name than its own.
    """
    words = (page.title or page.heading).lower().split()
    name = words[0].strip(".,:;!()\"'") if words else ""
    *labels, last = name.split(".")
    is_name = labels and all(map(str.isalnum, labels)) and last.isalpha() and len(last) > 1
    rest = fold(" ".join(words[1:]))
    return [name] if is_name and (not rest or rest in ALONE) else []
