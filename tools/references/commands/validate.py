"""Check the list without network: every fault in one run, as path:line: message."""

import argparse

from .. import store
from ..check.verdict import counted
from ..remarks import remarks, told
from ..validate import faults
from .options import add_list_option


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which list to check."""
    parser.epilog = (
        "Remarks follow the faults: entries without a note, cited on no page, or categorized "
        "otherwise by the rules. Exit status: 0 when the list is sound, whatever is remarked, 1 "
        "when it has faults."
    )
    parser.add_argument(
        "--remarks", action="store_true", help="tell every remark, however many are alike"
    )
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print every fault, then the remarks; return 1 when there is any fault."""
    try:
        listing = store.read(args.list)
    except store.ListError as unreadable:
        print(unreadable)
        return 1
    wrong = store.ListError(args.list, faults(listing)).messages
    found = remarks(listing)
    lines = told(args.list, found, each=args.remarks)
    for line in (*wrong, *lines):
        print(line)
    counts = [counted(len(listing.entries), "reference")]
    counts.append(counted(len(wrong), "fault") if wrong else "no fault")
    if found:
        counts.append(counted(len(found), "remark"))
    more = "; --remarks tells each of them" if len(lines) < len(found) else ""
    print(f"{', '.join(counts)}{more}.")
    return 1 if wrong else 0
