"""``python -m tools.references``: one sub-command per module of ``commands``."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from .store import ListError

# The modules and what they do. Only the one that is asked for is imported: `validate` needs no
# network library, and each command starts as fast as it can.
COMMANDS = {
    "validate": "Check the list without network: every fault in one run, as path:line: message.",
    "categorize": "Tell the kind and topics of links from their titles and addresses, "
    "without network.",
    "add": "Add Markdown bullets or bare addresses to the list; "
    "a work already listed is refused by name.",
    "check": "Ask every link of the list, or of other files, and tell what became of it.",
    "merge": "Bring a state up to date with those of other machines or parts.",
    "repair": "Propose repairs of the list from what `check` found: new addresses, "
    "and snapshots of the dead.",
    "report": "Tell the present state of the list's links as Markdown, for an issue or a page.",
    "export": "Write the list for Zotero, pandoc, spreadsheets or people.",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; 2 when the list cannot be read or written."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="python -m tools.references", description="The reference list and what keeps it true."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name in words:
            command = import_module(f".commands.{name}", __package__)
            command.add_arguments(subparser)
            subparser.set_defaults(run=command.run)
    args = parser.parse_args(words)
    try:
        return int(args.run(args))
    except ListError as error:
        print(error, file=sys.stderr)
        return 2
