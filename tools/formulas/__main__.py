"""Runs the command line."""

import sys

from ..program import run
from .cli import main

sys.exit(run(main))
