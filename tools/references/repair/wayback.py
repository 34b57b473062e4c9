"""Snapshots of dead pages: which one the Wayback Machine has nearest to a year.

Its availability API is known for bad days. It answers nothing, or 429 as a page of HTML; it says
that there is no snapshot where there is one, above all of an address that begins with ``https:``.
So an address is asked for in more than one form, whatever is no sound answer counts as none at all,
and after two in a row nothing more is asked.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urlencode, urlsplit

API = "https://archive.org/wayback/available"
HOST = "web.archive.org"
SNAPSHOTS = f"https://{HOST}/web/"

FIRST_YEAR = 1996
"""There are no snapshots of earlier years, and no need to ask for one of a book of 1969."""

INTERVAL_S = 2.5
"""Between the end of a question and the next. How many it takes is told nowhere; of CDX, beside it,
clients report 24 a minute, once 60, and an hour's ban for more."""

MOST_FORMS = 4
"""In how many forms, former addresses included, a page is asked for."""

MOST_FAILURES = 2
"""After how many questions without a sound answer no more are asked."""

OK, TOO_MANY_REQUESTS = 200, 429

TIMESTAMP, LENGTH = "%Y%m%d%H%M%S", 14
"""How the archive writes a moment, and in how many digits."""

Answer = tuple[int, bytes]
"""Status code and body."""


class Unanswered(Exception):  # noqa: N818 -- that nobody answers is no error of anybody's
    """The archive did not say whether there is a snapshot; the text is how that is told."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was."""

    url: str
    """Over ``https``."""
    taken: datetime
    """In UTC."""


class Wayback:
    """The archive, asked one question at a time."""

    def __init__(
        self,
        ask: Callable[[str], Answer],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take what asks an address; it raises ``Unanswered`` where nobody answers."""
        self._ask = ask
        self._clock = clock
        self._sleep = sleep
        self._next_at: float | None = None
        self._failures = 0
        self._last = ""

    def nearest(self, addresses: Sequence[str], year: int) -> Snapshot | None:
        """Return the snapshot nearest to the middle of a year; None if there is none.

        Args:
            addresses: of the page: the present one, and former ones to try after that.
            year: which one.

        Raises:
            Unanswered: when the archive does not say.
        """
        fragment = urldefrag(addresses[0]).fragment
        for form in islice(_forms(addresses), MOST_FORMS):
            snapshot = self._answer(question(form, year))
            if snapshot is not None and fragment and "#" not in snapshot.url:
                return Snapshot(f"{snapshot.url}#{fragment}", snapshot.taken)
            if snapshot is not None:
                return snapshot
        return None

    def _answer(self, url: str) -> Snapshot | None:
        if self._failures >= MOST_FAILURES:
            raise Unanswered(self._last)
        if self._next_at is not None:
            self._sleep(max(0.0, self._next_at - self._clock()))
        try:
            status, body = self._ask(url)
            if status == TOO_MANY_REQUESTS:  # who says so means it
                self._failures = MOST_FAILURES
            if status != OK:
                raise Unanswered(f"status {status}")
            snapshot = read(body)
        except Unanswered as error:
            self._failures += 1
            self._last = str(error)
            raise
        finally:
            self._next_at = self._clock() + INTERVAL_S
        self._failures = 0
        return snapshot


def question(address: str, year: int) -> str:
    """Return what to ask for the snapshot of an address that is nearest to the middle of a year."""
    return f"{API}?{urlencode({'url': address, 'timestamp': f'{max(year, FIRST_YEAR)}0701'})}"


def built(url: str, year: int) -> str:
    """Return an address at which the archive shows the snapshot nearest to a year, if any."""
    return f"{SNAPSHOTS}{max(year, FIRST_YEAR)}/{url}"


def is_snapshot(url: str) -> bool:
    """Return whether an address is one of the archive's, found or built."""
    return url.startswith(SNAPSHOTS)


def read(body: bytes) -> Snapshot | None:
    """Return the snapshot that an answer names, or None if it says that there is none.

    Raises:
        Unanswered: when it says neither.
    """
    try:
        snapshots = json.loads(body)["archived_snapshots"]
        if snapshots == {}:
            return None
        closest = snapshots["closest"]
        available, status = closest["available"], str(closest["status"])
        return _snapshot(closest) if available is True and status == str(OK) else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unanswered("the answer makes no sense") from None


def _snapshot(closest: dict[str, Any]) -> Snapshot:
    """Return the snapshot that an answer describes.

    Raises:
        ValueError: when it is none; an error of another kind that ``read`` expects.
    """
    url, timestamp = closest["url"], closest["timestamp"]
    parts = urlsplit(url)
    _, folder, named, page = parts.path.split("/", 3)
    is_web = parts.scheme in {"http", "https"} and url.isprintable() and " " not in url
    is_there = (parts.hostname, parts.port or 80, folder) == (HOST, 80, "web") and page
    flag = named.removeprefix(timestamp)
    is_then = len(timestamp) == LENGTH and flag != named and (not flag or flag.endswith("_"))
    if not (is_web and is_there and is_then):
        raise ValueError
    taken = datetime.strptime(timestamp, TIMESTAMP).replace(tzinfo=UTC)
    return Snapshot(f"https://{HOST}/{url.split('/', 3)[3]}", taken)


def _forms(addresses: Sequence[str]) -> Iterator[str]:
    """Yield what to ask for: the first address as it is, then each without scheme and fragment."""
    yield urldefrag(addresses[0]).url
    bare = (urldefrag(address).url.partition("://")[2] for address in addresses)
    yield from dict.fromkeys(bare)
