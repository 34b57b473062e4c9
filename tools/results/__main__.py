"""``python -m tools.results PAGE`` computes the results of a page and prints them as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence

from . import compute


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the results of one page, at full precision."""
    parser = argparse.ArgumentParser(prog="python -m tools.results", description=__doc__)
    parser.add_argument("page", metavar="PAGE", help="a page's name, such as gradient_descent")
    print(json.dumps(compute(parser.parse_args(arguments).page), indent=2, allow_nan=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
