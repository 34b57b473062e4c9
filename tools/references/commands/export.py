"""Write the list for Zotero, pandoc, spreadsheets or people."""

import argparse
import sys
from pathlib import Path

from .. import store
from ..export import FORMATS
from .options import add_list_option


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the format and where to write it."""
    parser.add_argument("--format", choices=FORMATS, required=True, help="the format to write")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to (default: standard output)"
    )
    add_list_option(parser)


def run(args: argparse.Namespace) -> int:
    """Write the list in one format."""
    text = FORMATS[args.format](store.load(args.list))
    if args.output is None:
        sys.stdout.write(text)
    else:
        store.write(args.output, text)
    return 0
