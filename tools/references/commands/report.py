"""Tell the present state of the list's links as Markdown, for an issue or a page."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from ...github.annotations import Annotation, Level, commands
from .. import store, watched
from ..check.formats.escape import address, code_span, shown
from ..check.memory import state
from ..check.memory.standing import Standing
from ..check.verdict import Verdict, counted
from ..watched import Link
from .options import add_list_option, add_state_option

EPILOG = """\
Nothing is asked: this tells what the runs of `check` noted. Exit status: 0 whatever there is to
tell, for a report is no failure; 2 when the list or the state cannot be read. With --exit-code, 1
when something is certain and calls for work: a link that is confirmed to be dead, or unreachable,
and whose work has no archived copy that is verified, or a part of a page that is gone. A link that
moved, is blocked, or may be better in the next run never counts.
"""

CERTAIN = frozenset({Standing.DEAD, Standing.UNREACHABLE, Standing.ANCHOR})
"""What somebody has to mend, whatever the next runs tell."""

ARCHIVED = "gone, but archived"
"""Under which words a link is counted that is gone and for which there is a copy: it is mended."""

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

LEVELS: Mapping[Standing, Level] = dict.fromkeys(CERTAIN, Level.WARNING) | dict.fromkeys(
    (Standing.MOVED, Standing.UNCONFIRMED), Level.NOTICE
)
"""Which links GitHub shows at their lines, and how loudly."""

ADVICE: Mapping[str, str] = {
    "dead": "Look for the work; if it is nowhere, leave `url` and set `archive` to a snapshot.",
    "unreachable": "Open it in a browser; if that fails, too, treat it as dead.",
    "anchor gone": "The page is there without the part named after `#`: mend that name.",
    "moved": "If it shows the same work, take over the new address; an old `url` joins `aliases`.",
    "blocked": "If it opens in a browser, all is well: only programs are turned away.",
    "to be confirmed": "Nothing to do: the next runs will tell.",
    ARCHIVED: "Nothing to do: readers are led to the copy.",
}
"""What to do about links, by the words they are counted under; those without are only counted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the list, the state, and how to tell it."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="markdown",
        help="markdown, or github: annotations of the list's lines, for a step of a workflow "
        "(default: markdown)",
    )
    parser.add_argument(
        "--exit-code",
        action="store_true",
        help="end with 1 when something is certain and calls for work",
    )
    add_state_option(parser)
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print the report; return 2, after one sentence, if the state cannot be read."""
    places = watched.places(store.read(args.list))
    try:
        # One that is damaged is left as it is: whoever only reads sets nothing aside.
        observed = state.load(args.state)
    except state.StateError as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    links = list(watched.links(places, observed))
    report = FORMATS[args.format](links, len(places) - len(links))
    sys.stdout.write("".join(f"{line}\n" for line in report))
    return int(args.exit_code and any(map(_calls_for_work, links)))


def _is_archived(link: Link) -> bool:
    """Return whether a link is gone, and each entry it is the address of has a copy of it.

    An address that was built for a copy, and that nobody has seen, is none yet.
    """
    is_gone = link.standing in {Standing.DEAD, Standing.UNREACHABLE}
    return is_gone and all(
        place.field == "url" and place.work.archive and "archive" not in place.work.unverified
        for place in link.places
    )


def _calls_for_work(link: Link) -> bool:
    """Return whether somebody has to mend a link, for certain."""
    return link.standing in CERTAIN and not _is_archived(link)


def _label(link: Link) -> str:
    """Return the words that a link is counted under."""
    return ARCHIVED if _is_archived(link) else LABELS[link.standing]


def _report(links: Sequence[Link], never: int) -> Iterator[str]:
    """Yield the lines of the report, ``never`` being how many links were never checked."""
    if not links:
        yield "No link of the list was checked yet."
        return
    counts = Counter(map(_label, links))
    yield "# Links of the reference list"
    yield ""
    yield f"**{_headline(counts['dead'], counts['unreachable'])}**"
    yield ""
    yield _summary(links, never)
    for label, advice in ADVICE.items():
        told = [link for link in links if _label(link) == label]
        if told:
            yield from ("", f"## {label.capitalize()}: {len(told)}", "", advice, "")
        for link in told:
            yield from _item(link)


def _headline(dead: int, unreachable: int) -> str:
    """Return the one sentence about what is certain."""
    facts = [(n, word) for n, word in ((dead, "dead"), (unreachable, "unreachable")) if n]
    if not facts:
        return "No link is known to be dead or unreachable."
    told = [f"{counted(n, 'link')} {'is' if n == 1 else 'are'} {word}" for n, word in facts]
    return f"{' and '.join(told)}."


def _summary(links: Sequence[Link], never: int) -> str:
    """Return the counts of all links, and of when they are."""
    counts = Counter(map(_label, links))
    labels = dict.fromkeys([*LABELS.values(), ARCHIVED])
    told = [f"{counts[label]} {label}" for label in labels if counts[label]]
    if never:
        told.append(f"{never} never checked")
    asked = max((link.result.checked_at for link in links if link.result.checked_at), default=None)
    when = f" The last was asked on {asked.date()}." if asked else ""
    return f"{counted(len(links) + never, 'link')}: {', '.join(told)}.{when}"


def _item(link: Link) -> Iterator[str]:
    """Yield a link as an item of a list: what it belongs to, its address, and what is wrong."""
    result = link.result
    works = (
        f"{code_span(shown(place.work.title))} ({code_span(place.work.id)}), "
        f"{code_span(str(place))}"
        for place in link.places
    )
    yield f"- {'; '.join(works)}"
    now = f" → {address(result.new_url)}" if result.new_url else ""
    yield f"    - {address(result.url)}{now}"
    facts = [code_span(shown(result.reason)), *link.history()]
    yield f"    - {', '.join(filter(None, facts))}"
    for place in link.places:
        is_gone = _is_archived(link) or result.verdict is Verdict.DEAD
        if is_gone and place.field == "url" and place.work.archive:
            is_unverified = "archive" in place.work.unverified
            copy = "archived copy, unverified" if is_unverified else "archived copy"
            yield f"    - {copy}: {address(place.work.archive)}"


def _annotations(links: Sequence[Link], never: int) -> Iterator[str]:
    """Yield the workflow commands that show GitHub the links at their lines, the worst first."""
    told = [link for link in links if link.standing in LEVELS and not _is_archived(link)]
    order = list(Standing)
    yield from commands(
        [_annotation(link) for link in sorted(told, key=lambda link: order.index(link.standing))]
    )


def _annotation(link: Link) -> Annotation:
    result = link.result
    now = f" → {shown(result.new_url)}" if result.new_url else ""
    facts = ", ".join(filter(None, (shown(result.reason), *link.history())))
    return Annotation(
        level=LEVELS[link.standing],
        file=link.places[0].file,
        line=link.places[0].line,
        title=f"Link: {_label(link)}",
        message=f"{shown(result.url)}{now}: {facts}",
    )


FORMATS: Mapping[str, Callable[[Sequence[Link], int], Iterator[str]]] = {
    "markdown": _report,
    "github": _annotations,
}
"""What writes the lines of each format, given the links that were checked and how many never."""
