"""``python -m tools.formulas``: lists the formulas of the site, checks them, evaluates others."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .binding import BindingError

if TYPE_CHECKING:
    from .pages import Formula

UNUSABLE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 1 for a fault, 2 for what cannot be read."""
    args = _parser().parse_args(argv)
    try:
        return int(args.run(args))
    except BindingError as error:
        print(error, file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.formulas", description="The formulas of the site, checked."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    summary = "Tell of every display formula its page, its function and how it is checked."
    listing = commands.add_parser("list", help=summary, description=summary)
    listing.set_defaults(run=_list)
    summary = "Check formulas against their bindings; exit 1 with the first input that differs."
    check = commands.add_parser("check", help=summary, description=summary)
    check.add_argument("labels", nargs="*", metavar="LABEL", help="such as eq:softmax; else all")
    check.add_argument(
        "--mutants", action="store_true", help="try every mutant too, and print the table"
    )
    check.set_defaults(run=_check)
    summary = "Evaluate formulas: a JSON object a line in, its value or an error a line out."
    evaluation = commands.add_parser("eval", help=summary, description=summary)
    evaluation.add_argument("--json", metavar="FILE", required=True, help="- is standard input")
    evaluation.set_defaults(run=_eval)
    return parser


# Each command imports what it needs: `eval` is called by other programs, and need not wait for
# Markdown and the pages.


def _list(args: argparse.Namespace) -> int:
    """Print a line for every display formula."""
    from .bindings import all_bindings
    from .pages import site_formulas
    from .table import listing

    site = site_formulas()
    for line in listing(site.formulas, all_bindings()):
        print(line)
    for problem in site.problems:
        print(problem, file=sys.stderr)
    return 0


def _check(args: argparse.Namespace) -> int:
    """Check formulas, and print what is wrong or that nothing is."""
    from .bindings import all_bindings
    from .checking import check, try_mutants, unmatched
    from .pages import site_formulas
    from .table import tried

    site, bindings = site_formulas(), all_bindings()
    formulas = _chosen(args.labels, site.by_label())
    if formulas is None:
        return UNUSABLE
    faults = [] if args.labels else [str(problem) for problem in site.problems]
    faults += unmatched(formulas, bindings, whole=not args.labels)
    outcomes = [
        check(formula, bindings[formula.label]) for formula in formulas if formula.label in bindings
    ]
    faults += [outcome.fault for outcome in outcomes if outcome.fault]
    if args.mutants:
        results = [(outcome, try_mutants(outcome)) for outcome in outcomes if not outcome.fault]
        for line in tried(results):
            print(line)
        faults += [fault for _, trial in results for fault in trial.faults]
    for fault in faults:
        print(fault)
    if faults:
        return 1
    if not args.mutants:
        draws = sum(len(outcome.cases) for outcome in outcomes)
        hold = "1 formula holds" if len(formulas) == 1 else f"{len(formulas)} formulas hold"
        print(f"{hold}, on {draws} draws.")
    return 0


def _chosen(labels: Sequence[str], by_label: "dict[str, Formula]") -> "list[Formula] | None":
    """Return the formulas of the labels, or all; None, with a sentence, if one is unknown."""
    unknown = [label for label in labels if label not in by_label]
    if unknown:
        print(f"There is no formula {', '.join(unknown)} on the site.", file=sys.stderr)
        return None
    return [by_label[label] for label in dict.fromkeys(labels or by_label)]


def _eval(args: argparse.Namespace) -> int:
    """Answer every line of a file."""
    if args.json == "-":
        return _answer_all(sys.stdin.buffer)
    try:
        file = open(args.json, "rb")  # noqa: SIM115 -- only what opening it raises is about it
    except OSError as error:
        print(f"{args.json}: cannot be read: {error.strerror}.", file=sys.stderr)
        return UNUSABLE
    with file:
        return _answer_all(file)


def _answer_all(lines: Iterable[bytes]) -> int:
    """Print the answer to every line at once, for who waits for it before the next."""
    from .json_lines import answers

    for answer in answers(lines):
        print(answer, flush=True)
    return 0
