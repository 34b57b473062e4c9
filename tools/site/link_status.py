"""Where a reference's link stands, as a reader is told: in the list and in a citation's note.

What was never checked says so: no date or verdict is made up.
"""

from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from ..references.check.memory import state
from ..references.check.memory.standing import Standing, standing
from ..references.model import Reference
from .entries import append_element, append_link, append_text
from .source import log

NOT_CHECKED = "not checked yet"
GOOD, OPEN, BAD, UNKNOWN = "good", "open", "bad", "unknown"
JUDGEMENTS: dict[str, str] = {
    Standing.ALIVE: GOOD,
    Standing.MOVED: GOOD,
    Standing.BLOCKED: OPEN,
    Standing.UNCONFIRMED: OPEN,
    Standing.TRANSIENT: OPEN,
    Standing.EXCLUDED: OPEN,
    Standing.DEAD: BAD,
    Standing.UNREACHABLE: BAD,
    Standing.ANCHOR: BAD,
    NOT_CHECKED: UNKNOWN,
}
"""What each verdict comes to: the work is there, nothing is proved, it is not, nobody has asked.

The order is that in which they are counted and explained."""
SET_OFF = (GOOD, BAD)
"""What is certain, and so stands out."""


def read_status(path: Path) -> state.State:
    """Return what was observed of each address; empty when nothing was, or is readable.

    The file is read again, and a warning told, only when it has changed.
    """
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _read(path: Path, _time: int) -> state.State:
    try:
        return state.load(path)
    except state.StateError as error:
        log.warning("%s", error)
        return state.State({})


def verdict(entry: Reference, status: state.State) -> str:
    """Return where an entry's link stands, in words."""
    observed = status.links.get(entry.url)
    return standing(observed, status.failing.get(entry.url)) if observed else NOT_CHECKED


def append_status(line: Element, entry: Reference, status: state.State) -> None:
    """Append where an entry's link stands and since which date, or that it was never checked."""
    words = verdict(entry, status)
    judgement = JUDGEMENTS[words]
    look = f"verdict verdict-{judgement}" if judgement in SET_OFF else "verdict"
    append_element(line, "span", words, class_=look)
    observed = status.links.get(entry.url)
    if observed is None:
        return
    if observed.checked_at:
        date = observed.checked_at.date().isoformat()
        append_text(line, ", checked ")
        append_element(line, "time", date, datetime=date)
    if observed.new_url:
        append_fact_link(line, "new address", observed.new_url, entry.title)


def append_fact_link(line: Element, words: str, url: str, title: str) -> None:
    """Append a short link that says to a screen reader which work it belongs to."""
    append_text(line, " · ")
    append_link(line, words, url, aria_label=f"{words}: {title}")
