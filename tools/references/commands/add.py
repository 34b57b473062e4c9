"""Add Markdown bullets or bare addresses to the list; a work already listed is refused by name."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import store
from ..bullets import Work, works
from ..check.verdict import counted
from ..edit import revised
from ..importer import Outcome, incorporate
from ..model import Reference
from ..schema import shown, visible
from ..site_rules import ARXIV_ID, DOI
from .options import add_list_option

# An address as a browser shows it; a name with a dot and no path might be a file.
WITHOUT_SCHEME = re.compile(r"www\.\S+|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*")
# What names a work by itself, by the scheme of the address that it makes.
BARE_NAMES = {
    "doi": re.compile(rf"(?i:doi:?)?\s*({DOI})"),
    "arxiv": re.compile(rf"(?i:arxiv:?)?\s*((?:{ARXIV_ID})(?:v\d+)?)"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to add, and to which list."""
    parser.epilog = (
        "Exit status: 0 when an entry was added, 1 when every work was listed already or refused, "
        "2 when there was nothing to read."
    )
    parser.add_argument(
        "text",
        nargs="*",
        metavar="TEXT",
        help="a Markdown bullet, an address with or without words, a DOI or an arXiv number",
    )
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE.md", help="a Markdown file with bullets"
    )
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Add the works of the texts and the file, and say what became of each."""
    try:
        found, without_link = _found(args)
    except OSError as error:
        return _usage(f"{args.source} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _usage(f"{args.source} is not UTF-8 text.")
    if not found:
        return _usage(
            "no link to add: give an address (https://...), a DOI, an arXiv number, a Markdown "
            "bullet, or a file with --from."
        )
    # The first works of a new list make its file.
    listing = store.read(args.list) if args.list.exists() else store.parse(args.list, "")
    references, outcomes = incorporate(listing.references(), [work for _, work in found])
    store.write(args.list, revised(listing, references))
    entries = {entry.id: entry for entry in store.load(args.list)}
    for (where, _), outcome in zip(found, outcomes, strict=True):
        print(f"{where}: {_sentence(outcome, entries, args.list)}")
    for text in without_link:
        print(f"{text}: refused: there is no link in it")
    added = [entries[outcome.id] for outcome in outcomes if outcome.id and outcome.added]
    others = len(outcomes) + len(without_link) - len(added)
    if added:
        print(_by_hand(added))
    print(f"{len(added)} added, {others} not; the list has {counted(len(entries), 'work')}.")
    return 0 if added else 1


def _found(args: argparse.Namespace) -> tuple[list[tuple[str, Work]], list[str]]:
    """Return the works to add, each with where it was found, and what has no link in it."""
    found, without_link = [], []
    for text in args.text:
        inside = _works_of(text.strip())
        found += [(visible(work.url), work) for work in inside]
        without_link += [] if inside else [shown(text)]
    if args.source:
        inside = works(args.source.read_text(encoding="utf-8-sig"))
        found += [(store.place(args.source, work.line), work) for work in inside]
        without_link += [] if inside else [str(args.source)]
    return found, without_link


def _works_of(text: str) -> list[Work]:
    """Return the works of one text: words beside an address are its title, as in a bullet."""
    for scheme, name in BARE_NAMES.items():
        if named := name.fullmatch(text):
            return [Work(title="", url=f"{scheme}:{named[1]}", line=1)]
    if WITHOUT_SCHEME.fullmatch(text):
        text = f"https://{text}"
    return works(text) or works(f"- {text}")


def _sentence(outcome: Outcome, entries: Mapping[str, Reference], path: Path) -> str:
    if outcome.id is None:
        return f"refused: {visible(outcome.refusal)}"
    refused = "".join(f"; refused a link: {visible(reason)}" for reason in outcome.refused_links)
    why = f"\n    {outcome.category.why}" if outcome.category else ""
    return _taken(outcome, entries[outcome.id], path) + refused + why


def _taken(outcome: Outcome, entry: Reference, path: Path) -> str:
    name = f"{entry.id} ({store.place(path, entry.line)})"
    if outcome.category:
        kind, topics = entry.kind, " and ".join(entry.topics)
        doubt = f"confidence {outcome.category.confidence:.2f}"
        return f"added as {name}: {entry.title} [{kind}; {topics}; {doubt}]"
    gained = f"; it gained {', '.join(outcome.gained)}" if outcome.gained else ""
    return f"already listed as {name}, found by its {outcome.listed_by}{gained}"


def _by_hand(added: Sequence[Reference]) -> str:
    """Return what is left to do for the new entries."""
    untitled = ", ".join(entry.id for entry in added if "title" in entry.unverified)
    mend = f" mend the titles made from an address ({untitled});" if untitled else ""
    return (
        f"By hand, where you know them: authors, year, venue, and a note of one line;{mend} then "
        "run `python -m tools.references validate`."
    )


def _usage(sentence: str) -> int:
    print(f"error: {sentence}", file=sys.stderr)
    return 2
