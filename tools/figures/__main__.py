"""Draws every figure of the site, or the named ones, into ``docs/assets/figures``."""

import argparse
import sys
from collections.abc import Sequence

from .catalogue import DIRECTORY, DRAWINGS


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the SVG files whose content changed and name them; return 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.figures", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"a figure: {', '.join(sorted(DRAWINGS))}"
    )
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in DRAWINGS]:
        parser.error(f"no such figure: {', '.join(unknown)} (there are {', '.join(DRAWINGS)})")

    for name in names or DRAWINGS:
        path = DIRECTORY / f"{name}.svg"
        drawn = DRAWINGS[name].svg()
        if not path.exists() or path.read_text(encoding="utf-8") != drawn:
            path.write_text(drawn, encoding="utf-8", newline="\n")
            print(f"drew {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
