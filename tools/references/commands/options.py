"""Options that several commands share."""

import argparse
from pathlib import Path

from ..model import REFERENCES


def add_list_option(parser: argparse.ArgumentParser) -> None:
    """Declare ``--list``: the list to work on."""
    parser.add_argument(
        "--list",
        type=Path,
        default=REFERENCES,
        metavar="FILE",
        help="the list (default: docs/references/references.yml)",
    )
