"""``python -m tools.references``: one sub-command per module of ``commands``."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from .store import ListError

COMMANDS = ("validate", "categorize", "add", "check", "export")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; 2 when the list cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.references", description="The reference list and what keeps it true."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        command = import_module(f".commands.{name}", __package__)
        summary = str(command.__doc__).splitlines()[0]
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except ListError as error:
        print(error, file=sys.stderr)
        return 2
