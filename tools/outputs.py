"""Captures what every snippet prints, and the results of every page, in the file beside it.

The pages show a snippet's output, ``.out``, under the code, and a page's results, ``.json``, within
the text. The tests compare each file with a fresh run, so no output and no such number on the site
can differ from what its code computes. Run it as ``python -m tools.outputs``.
"""

import argparse
import math
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from . import files

ROOT = Path(__file__).resolve().parents[1]
SNIPPETS = ROOT / "snippets"
RESULTS = ROOT / "tools" / "results"

TIME_LIMIT = 20.0
"""Seconds after which a program counts as hanging; a good one needs less than two."""

RELATIVE_TOLERANCE = 1e-9
"""How far two printed numbers may be apart and still count as the same.

Platforms differ in the order of additions and in the last bit of exp and tanh. A training loop
amplifies that: two spellings of the streetlights network differ by 6e-11 of its last error. A
mistake moves a number by far more. There is no allowance for the last printed digit: noise this
small flips a rounded digit only when the exact value lies on a tie, and "one unit of the last
digit" would let ``0.`` pass for ``1.``.
"""

ROUNDING_RESIDUE = 1e-15
"""Two numbers below this are both what remains of a difference that is zero on paper."""

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w.])", re.IGNORECASE)
"""A number that stands alone: the 1 of ``w1`` and the parts of ``2.4.6`` are text."""


class OutputError(Exception):
    """A program that could not be run to its end; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A snippet, or the module of a page's results."""

    path: Path
    output: Path
    """The file that keeps what it prints."""
    command: tuple[str, ...]
    """What Python is given to run it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line on which two outputs disagree; a side that has no such line holds None."""

    line: int
    expected: str | None
    actual: str | None

    def __str__(self) -> str:
        """Return the two sides as a sentence."""
        return f"line {self.line}: expected {self.expected!r}, got {self.actual!r}"


def compare(
    expected: str,
    actual: str,
    *,
    rel_tol: float = RELATIVE_TOLERANCE,
    abs_tol: float = 0.0,
) -> list[Difference]:
    """Return the lines on which two outputs differ, in order; an empty list when none does.

    Text must be equal up to the width of white space, since NumPy pads its columns to the widest
    number. Numbers must agree within the fraction ``rel_tol`` of the larger one or within
    ``abs_tol``, unless both are rounding residue.
    """
    pairs = zip_longest(expected.splitlines(), actual.splitlines())
    return [
        Difference(line=number, expected=old, actual=new)
        for number, (old, new) in enumerate(pairs, start=1)
        if old is None or new is None or not _same_line(old, new, rel_tol, abs_tol)
    ]


def _same_line(expected: str, actual: str, rel_tol: float, abs_tol: float) -> bool:
    if _text(expected) != _text(actual):
        return False
    # Equal texts have equally many numbers between them.
    pairs = zip(NUMBER.findall(expected), NUMBER.findall(actual), strict=True)
    return all(_same_number(float(old), float(new), rel_tol, abs_tol) for old, new in pairs)


def _same_number(expected: float, actual: float, rel_tol: float, abs_tol: float) -> bool:
    if max(abs(expected), abs(actual)) <= ROUNDING_RESIDUE:
        return True
    return math.isclose(expected, actual, rel_tol=rel_tol, abs_tol=abs_tol)


def _text(line: str) -> list[str]:
    """Return the text before, between and after the numbers of a line, its white space evened."""
    return [" ".join(text.split()) for text in NUMBER.split(line)]


def programs(snippets: Path = SNIPPETS, results: Path = RESULTS) -> dict[str, Program]:
    """Return what there is to be captured, by name.

    Names are ``softmax``, ``exercises/descent`` for the solution of an exercise, and
    ``results/perceptron`` for the results of a page.
    """
    found = {}
    for path in sorted(snippets.rglob("*.py")):
        name = path.relative_to(snippets).with_suffix("").as_posix()
        found[name] = Program(path=path, output=path.with_suffix(".out"), command=(str(path),))
    for path in sorted(results.glob("[!_]*.py")):
        found[f"results/{path.stem}"] = Program(
            path=path,
            output=path.with_suffix(".json"),
            command=("-m", "tools.results", path.stem),
        )
    return found


def run(program: Program) -> str:
    """Return what a program prints when it is run from the root with warnings as errors.

    Raises:
        OutputError: It failed, or did not end within the time limit.
    """
    command = [sys.executable, "-X", "utf8", "-W", "error", *program.command]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        message = f"{_shown(program.path)} did not end within {TIME_LIMIT:g} seconds"
        raise OutputError(message) from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise OutputError(f"{_shown(program.path)} failed: {lines[-1]}")
    return done.stdout


def capture(program: Program) -> bool:
    """Write a program's output beside it, and return whether the file had to change.

    Raises:
        OutputError: It could not be run to its end, or its output not be written; the old output
            stays as it was.
    """
    printed = run(program)
    try:
        if program.output.exists() and program.output.read_bytes() == printed.encode():
            return False
        files.replace(program.output, printed)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{_shown(program.output)} cannot be written: {reason}") from None
    return True


def orphans(snippets: Path = SNIPPETS, results: Path = RESULTS) -> list[Path]:
    """Return the captured outputs whose program is gone."""
    outputs = [*sorted(snippets.rglob("*.out")), *sorted(results.glob("*.json"))]
    return [output for output in outputs if not output.with_suffix(".py").exists()]


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def main(
    arguments: Sequence[str] | None = None, snippets: Path = SNIPPETS, results: Path = RESULTS
) -> int:
    """Capture the named outputs, or all; return 1 if a program failed or an output is orphaned."""
    parser = argparse.ArgumentParser(prog="python -m tools.outputs", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a snippet, such as softmax, or a page's results, such as results/perceptron",
    )
    names = parser.parse_args(arguments).names

    known = programs(snippets, results)
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no such program: {', '.join(unknown)} (there are {', '.join(known)})")

    faults = []
    for name in names or known:
        try:
            if capture(known[name]):
                print(f"captured {_shown(known[name].output)}")
        except OutputError as error:
            faults.append(str(error))
    if not names:
        faults += [
            f"{_shown(output)} belongs to no program: delete it"
            for output in orphans(snippets, results)
        ]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
