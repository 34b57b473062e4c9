"""Measures the link checker beside others, on a web of our own; exit status 0 whatever comes out.

A run of everything takes some minutes, and writes the record and its tables beside the code.
"""

import argparse
import signal
import sys
from collections.abc import Sequence

from .. import files
from . import links, record, table
from .peers import WrongError
from .server import ServerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables; return 0, 1 if something could not be measured, 130 if stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("bench", choices=["links"], help="what is measured")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first seed (1)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="one list of each work and no cluster; nothing is written",
    )
    parser.add_argument("--only", choices=links.WORKS, help="one work; nothing is written")
    args = parser.parse_args(arguments)
    names = [args.only] if args.only else list(links.WORKS)
    if args.quick and not args.only:
        names.remove("cluster-50000")
    try:
        measured = links.measured(names, args.seed, quick=args.quick)
    except (WrongError, ServerError) as error:
        print(f"\n{error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; nothing is written.", file=sys.stderr)
        return 128 + signal.SIGINT
    tables = {path: render(measured) for path, render in links.TABLES.items()}
    if not (args.quick or args.only):
        files.replace(links.RECORD, record.dump(measured))
        for path, text in tables.items():
            files.replace(path, text)
    print("\n".join([table.costs(measured), *tables.values()]), end="")
    return 0


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):  # whatever ends it ends what it has started
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    sys.exit(main())
