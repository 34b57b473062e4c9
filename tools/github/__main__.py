"""``python -m tools.github``: tell GitHub of something, once, however often it is run."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import issue, pull_request
from .programs import GitHubError
from .text import read

EPILOG = """\
It works through `gh`, which must be signed in, and `git`. What is told already is not told again:
run twice, it leaves one issue and one pull request. Exit status: 0; 2 when something could not be
done, after one sentence.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    args = _parser().parse_args(argv)
    try:
        print(args.run(args))
    except GitHubError as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.github", description=__doc__, epilog=EPILOG
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    summary = "Open the one issue of a title, bring it up to date, or close it."
    rolling = commands.add_parser("issue", help=summary, description=summary)
    rolling.add_argument("--title", required=True, help="the title, by which it is known")
    rolling.add_argument(
        "--label", default="report", help="its label, which is made if need be (default: report)"
    )
    what = rolling.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help="its text, in Markdown")
    what.add_argument("--close", action="store_true", help="there is nothing to do: close it")
    rolling.set_defaults(run=_issue)

    summary = "Open the one pull request of a branch with some files, or bring it up to date."
    proposal = commands.add_parser("pull-request", help=summary, description=summary)
    proposal.add_argument("--branch", required=True, help="its branch, which is made anew")
    proposal.add_argument("--title", required=True, help="the title, also of the commit")
    proposal.add_argument(
        "--body", required=True, type=Path, metavar="FILE", help="its text, in Markdown"
    )
    proposal.add_argument("paths", nargs="+", metavar="PATH", help="a file to commit as it is now")
    proposal.set_defaults(run=_pull_request)
    return parser


def _issue(args: argparse.Namespace) -> str:
    if args.close:
        return issue.close(args.title, args.label)
    return issue.update(args.title, args.label, read(args.file))


def _pull_request(args: argparse.Namespace) -> str:
    return pull_request.propose(args.branch, args.title, read(args.body), args.paths)


if __name__ == "__main__":
    sys.exit(main())
