"""Tell the present state of the list's links as Markdown, for an issue or a page."""

import argparse
import bisect
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import store
from ..check.formats.escape import address, code_span, shown
from ..check.memory import state
from ..check.memory.history import Failing
from ..check.memory.standing import Standing, standing
from ..check.verdict import LinkResult, Verdict, counted
from ..model import LINK_STATUS, Reference
from ..sources import reference_list
from .options import add_list_option

EPILOG = """\
Nothing is asked: this tells what the runs of `check` noted. Exit status: 0 whatever there is to
tell, for a report is no failure; 2 when the list or the state cannot be read.
"""

LABELS: Mapping[Standing, str] = {
    Standing.DEAD: "dead",
    Standing.UNREACHABLE: "unreachable",
    Standing.ANCHOR: "anchor gone",
    Standing.MOVED: "moved",
    Standing.BLOCKED: "blocked",
    Standing.UNCONFIRMED: "to be confirmed",
    Standing.TRANSIENT: "to be confirmed",
    Standing.EXCLUDED: "excluded",
    Standing.ALIVE: "alive",
}
"""Under which words a link is counted, in this order."""

ADVICE: Mapping[str, str] = {
    "dead": "Look for the work; if it is nowhere, leave `url` and set `archive` to a snapshot.",
    "unreachable": "Open it in a browser; if that fails, too, treat it as dead.",
    "anchor gone": "The page is there without the part named after `#`: mend that name.",
    "moved": "If it shows the same work, take over the new address; an old `url` joins `aliases`.",
    "blocked": "If it opens in a browser, all is well: only programs are turned away.",
    "to be confirmed": "Nothing to do: the next runs will tell.",
}
"""What to do about links, by the words they are counted under; those without are only counted."""

ROOM = 60_000
"""How many characters the links may take: of an issue with more than 65,536 in all, GitHub takes
nothing."""

Place = tuple[str, Reference]
"""Where a link stands, ``file:line``, and the entry it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the list with what is known of it."""

    places: Sequence[Place]
    """All of them, in the order of the list."""
    result: LinkResult
    failing: Failing | None
    standing: Standing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the list and the state."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--state",
        type=Path,
        default=LINK_STATUS,
        metavar="FILE",
        help="what the runs observed (default: docs/references/link-status.json)",
    )
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print the report; return 2, after one sentence, if the state cannot be read."""
    places = _places(args.list)
    try:
        # One that is damaged is left as it is: whoever only reads sets nothing aside.
        observed = state.load(args.state)
    except state.StateError as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    links = list(_links(places, observed))
    report = _report(links, never=len(places) - len(links))
    sys.stdout.write("".join(f"{line}\n" for line in report))
    return 0


def _places(path: Path) -> dict[str, list[Place]]:
    """Return each link of a list, in its order, with the lines and entries it stands in.

    Raises:
        ListError: when the list cannot be read.
    """
    listing = store.read(path)
    works = listing.references()
    begins = [work.line for work in works]
    places: dict[str, list[Place]] = {}
    for found in reference_list.links(listing.text):
        work = works[bisect.bisect_right(begins, found.line) - 1]
        places.setdefault(found.url, []).append((store.place(path, found.line), work))
    return places


def _links(places: Mapping[str, Sequence[Place]], observed: state.State) -> Iterator[Link]:
    """Yield the links that were checked, in the order of the list."""
    for url, found in places.items():
        result = observed.links.get(url)
        if result is not None:
            row = observed.failing.get(url)
            known = standing(result, row)
            yield Link(places=found, result=result, failing=row, standing=known)


def _report(links: Sequence[Link], never: int) -> Iterator[str]:
    """Yield the lines of the report, ``never`` being how many links were never checked."""
    if not links:
        yield "No link of the list was checked yet."
        return
    counts = Counter(link.standing for link in links)
    yield "# Links of the reference list"
    yield ""
    yield f"**{_headline(counts[Standing.DEAD], counts[Standing.UNREACHABLE])}**"
    yield ""
    yield _summary(links, never)
    room = ROOM
    for label, advice in ADVICE.items():
        told = [link for link in links if LABELS[link.standing] == label]
        if told:
            yield from ("", f"## {label.capitalize()}: {len(told)}", "", advice, "")
        for done, link in enumerate(told):
            item = "\n".join(_item(link))
            room -= len(item) + 1
            if room < 0:
                yield f"- {len(told) - done} more, for which an issue has no room"
                break
            yield item


def _headline(dead: int, unreachable: int) -> str:
    """Return the one sentence about what is certain."""
    facts = [(n, word) for n, word in ((dead, "dead"), (unreachable, "unreachable")) if n]
    if not facts:
        return "No link is known to be dead or unreachable."
    told = [f"{counted(n, 'link')} {'is' if n == 1 else 'are'} {word}" for n, word in facts]
    return f"{' and '.join(told)}."


def _summary(links: Sequence[Link], never: int) -> str:
    """Return the counts of all links, and of when they are."""
    counts = Counter(LABELS[link.standing] for link in links)
    told = [f"{counts[label]} {label}" for label in dict.fromkeys(LABELS.values()) if counts[label]]
    if never:
        told.append(f"{never} never checked")
    asked = max((link.result.checked_at for link in links if link.result.checked_at), default=None)
    when = f" The last was asked on {asked.date()}." if asked else ""
    return f"{counted(len(links) + never, 'link')}: {', '.join(told)}.{when}"


def _item(link: Link) -> Iterator[str]:
    """Yield a link as an item of a list: what it belongs to, its address, and what is wrong."""
    result = link.result
    works = (
        f"{code_span(shown(work.title))} ({code_span(work.id)}), {code_span(place)}"
        for place, work in link.places
    )
    yield f"- {'; '.join(works)}"
    now = f" → {address(result.new_url)}" if result.new_url else ""
    yield f"    - {address(result.url)}{now}"
    facts = [code_span(shown(result.reason))]
    if result.checked_at:
        facts.append(f"asked on {result.checked_at.date()}")
    if link.failing:
        facts.append(_row(link.failing, result.verdict))
    yield f"    - {', '.join(filter(None, facts))}"
    for _, work in link.places:
        if work.archive and work.url == result.url and result.verdict is Verdict.DEAD:
            yield f"    - archived copy: {address(work.archive)}"


def _row(failing: Failing, verdict: Verdict) -> str:
    """Return for how long a link has been failing: as long as it has been dead, if it is."""
    if verdict is Verdict.DEAD and failing.dead_since:
        return f"dead in {counted(failing.dead_runs, 'run')} since {failing.dead_since.date()}"
    return f"failed in {counted(failing.runs, 'run')} since {failing.since.date()}"
