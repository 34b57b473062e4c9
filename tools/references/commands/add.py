"""Add Markdown bullets or bare addresses to the list; a work already listed is refused by name."""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from .. import store
from ..bullets import Work, works
from ..edit import revised
from ..importer import Outcome, incorporate
from ..model import Reference
from .options import add_list_option

# An address as a browser shows it; a name with a dot and no path might be a file.
WITHOUT_SCHEME = re.compile(r"www\.\S+|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*")


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
        help="a Markdown bullet, or an address with or without words",
    )
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE.md", help="a Markdown file with bullets"
    )
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Add the works of the texts and the file, and say what became of each."""
    try:
        found = _found(args)
    except OSError as error:
        return _usage(f"{args.source} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _usage(f"{args.source} is not UTF-8 text.")
    if not found:
        return _usage("no link to add: give an address, a Markdown bullet, or a file with --from.")
    # The first works of a new list make its file.
    listing = store.read(args.list) if args.list.exists() else store.parse(args.list, "")
    references, outcomes = incorporate(listing.references(), [work for _, work in found])
    store.write(args.list, revised(listing, references))
    entries = {entry.id: entry for entry in store.load(args.list)}
    for (where, _), outcome in zip(found, outcomes, strict=True):
        print(f"{where}: {_sentence(outcome, entries, args.list)}")
    added = sum(outcome.added for outcome in outcomes)
    print(f"{added} added, {len(outcomes) - added} not; the list has {len(entries)} works.")
    return 0 if added else 1


def _found(args: argparse.Namespace) -> list[tuple[str, Work]]:
    """Return the works to add, each with where it was found."""
    found = []
    for text in args.text:  # words beside an address are its title, as they are in a bullet
        if WITHOUT_SCHEME.fullmatch(text):
            text = f"https://{text}"
        found += [(work.url, work) for work in works(text) or works(f"- {text}")]
    if args.source:
        markdown = args.source.read_text(encoding="utf-8")
        found += [(store.place(args.source, work.line), work) for work in works(markdown)]
    return found


def _sentence(outcome: Outcome, entries: Mapping[str, Reference], path: Path) -> str:
    if outcome.id is None:
        return f"refused: {outcome.refusal}"
    refused = "".join(f"; refused a link: {reason}" for reason in outcome.refused_links)
    return _taken(outcome, entries[outcome.id], path) + refused


def _taken(outcome: Outcome, entry: Reference, path: Path) -> str:
    name = f"{entry.id} ({store.place(path, entry.line)})"
    if outcome.category:
        kind, topics = entry.kind, " and ".join(entry.topics)
        doubt = f"confidence {outcome.category.confidence:.2f}"
        return f"added as {name}: {entry.title} [{kind}; {topics}; {doubt}]"
    gained = f"; it gained {', '.join(outcome.gained)}" if outcome.gained else ""
    return f"already listed as {name}, found by its {outcome.listed_by}{gained}"


def _usage(sentence: str) -> int:
    print(f"error: {sentence}", file=sys.stderr)
    return 2
