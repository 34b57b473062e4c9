"""Propose repairs of the list from what `check` found: new addresses, and snapshots of the dead."""

import argparse
import sys
from functools import cache

from ... import files
from .. import store, watched
from ..check.fetch.environment import Environment, EnvironmentUnusable
from ..check.memory import state
from ..check.memory.state import StateError
from ..repair import telling
from ..repair.applying import applied
from ..repair.asking import Asker
from ..repair.proposals import Find, proposals
from ..repair.wayback import Wayback
from ..schema import Fault
from ..store import ListError
from .options import add_list_option, add_state_option

EPILOG = """\
A link that moved for good gets its new address, and the old one joins `aliases`. A dead one gets an
`archive`: the snapshot nearest to the year of the work, or, if the Wayback Machine does not answer,
an address built for that year, which is `unverified` until a later run finds the snapshot. What is
not safe is told and left. Exit status: 0; 2 when the list or the state cannot be read or written.
"""

SOUND = "no link moved for good, and no dead one lacks a snapshot"
UNCHECKED = "no link of the list was checked yet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whether to write, the list and the state."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--write", action="store_true", help="change the list as proposed: those lines, no others"
    )
    add_state_option(parser)
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Tell what is to be changed, and change it if that is wanted; return the exit status."""
    try:
        _repair(args)
    except (StateError, EnvironmentUnusable) as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    return 0


def _repair(args: argparse.Namespace) -> None:
    listing = store.read(args.list)
    places = watched.places(listing)
    observed = state.load(args.state)
    if args.write and (obstacle := files.obstacle(args.list)):
        raise ListError(args.list, [Fault(0, obstacle)])
    links = list(watched.links(places, observed))
    plans, held = proposals(links, listing.references(), observed, _finder())
    text, taken, dropped = applied(listing, plans)
    if not (plans or held):
        print(f"Nothing to repair: {SOUND if links else UNCHECKED}.")
        return
    diff = telling.difference(args.list, listing.text, text)
    hint = "" if args.write else telling.NOT_WRITTEN
    lines = telling.told(taken, [*held, *dropped], diff, hint=hint)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()  # nothing is changed that could not be shown
    if args.write and taken:
        if store.read(args.list).text != listing.text:
            raise ListError(args.list, [Fault(0, "was changed meanwhile; repair again")])
        store.write(args.list, text)


def _finder() -> Find:
    """Return what finds snapshots; the environment is not read before there is one to be found."""

    @cache
    def archive() -> Wayback:
        return Wayback(Asker(Environment.read()))

    return lambda addresses, year: archive().nearest(addresses, year)
