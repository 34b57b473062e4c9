"""Check the list without network: every fault in one run, as path:line: message."""

import argparse

from .. import store
from ..validate import faults
from .options import add_list_option


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which list to check."""
    parser.epilog = "Exit status: 0 when the list is sound, 1 when it has faults."
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print every fault; return 1 when there is any."""
    try:
        listing = store.read(args.list)
        error = store.ListError(args.list, faults(listing))
    except store.ListError as unreadable:
        error = unreadable
    if error.messages:
        print(error)
        return 1
    print(f"{len(listing.entries)} references, no fault.")
    return 0
