"""Options that several commands share."""

import argparse
from pathlib import Path

from ..model import LINK_STATUS, REFERENCES


def add_list_option(parser: argparse.ArgumentParser) -> None:
    """Declare ``--list``: the list to work on."""
    parser.add_argument(
        "--list",
        type=Path,
        default=REFERENCES,
        metavar="FILE",
        help="the list (default: docs/references/references.yml)",
    )


def add_state_option(parser: argparse.ArgumentParser) -> None:
    """Declare ``--state``: what was observed of the list's links, to be read only."""
    parser.add_argument(
        "--state",
        type=Path,
        default=LINK_STATUS,
        metavar="FILE",
        help="what the runs observed (default: docs/references/link-status.json)",
    )
