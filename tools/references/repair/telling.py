"""Repairs as Markdown: for a terminal, and for the body of a pull request."""

import difflib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..check.formats.escape import address, code_span, printable, shown
from ..check.verdict import counted
from ..model import Reference
from ..store import place
from .proposals import Change, Held, Plan

CONTEXT = 3
"""How many lines are shown before and after those that change."""

NOT_WRITTEN = "Nothing is changed yet; `--write` does it."


def told(plans: Sequence[Plan], held: Sequence[Held], diff: str, *, hint: str) -> Iterator[str]:
    """Yield the lines of all of it.

    Args:
        plans: what is changed.
        held: what is not.
        diff: of the whole file, as ``difference`` has it.
        hint: what is to be said beside, if anything.
    """
    yield from ("# Repairs of the reference list", "", f"**{_headline(plans, held)}**")
    if hint and plans:
        yield from ("", hint)
    if plans:
        yield from ("", f"## Repairs: {len(plans)}", "")
        for plan in plans:
            yield from _item(plan)
    if held:
        yield from ("", f"## Held back: {len(held)}", "")
        for one in held:
            yield from _held_item(one)
    if diff:
        yield from ("", "## The lines that change", "", diff)


def difference(path: Path, before: str, after: str) -> str:
    """Return the unified diff of two texts of a file, in a fence that nothing in it can end."""
    if before == after:
        return ""
    name = place(path, 0).lstrip("/")
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    hunks = (line.removesuffix("\r") for line in _hunks(old, new))
    lines = [f"--- a/{name}", f"+++ b/{name}", *map(printable, hunks)]
    ticks = [len(list(run)) for c, run in itertools.groupby("\n".join(lines)) if c == "`"]
    fence = "`" * max(3, max(ticks, default=0) + 1)
    return "\n".join([f"{fence}diff", *lines, fence])


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the lines that differ, as ``diff -u`` does.

    The library's own function takes lines that are frequent, such as ``kind: paper``, for junk, and
    shows them as removed and added again.
    """
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        _, first, _, first_new, _ = group[0]
        _, _, last, _, last_new = group[-1]
        lines, lines_new = f"{first + 1},{last - first}", f"{first_new + 1},{last_new - first_new}"
        yield f"@@ -{lines} +{lines_new} @@"
        for kind, begin, end, begin_new, end_new in group:
            if kind == "equal":
                yield from (f" {line}" for line in old[begin:end])
            else:
                yield from (f"-{line}" for line in old[begin:end])
                yield from (f"+{line}" for line in new[begin_new:end_new])


def _headline(plans: Sequence[Plan], held: Sequence[Held]) -> str:
    """Return the counts as a sentence or two."""
    kinds = Counter(_kind(change) for plan in plans for change in plan.changes)
    changes = ", ".join(f"{n} {kind if n == 1 else plural}" for (kind, plural), n in kinds.items())
    facts = (
        f"{counted(len(plans), 'work')} to repair: {changes}." if plans else "Nothing to repair."
    )
    waiting = f" {counted(len(held), 'link')} to be looked at." if held else ""
    return facts + waiting


def _kind(change: Change) -> tuple[str, str]:
    """Return what a change is called when it is counted, alone and among others."""
    if change.field != "archive":
        return "new address", "new addresses"
    kind = "unverified snapshot" if change.is_built else "snapshot"
    return kind, f"{kind}s"


def _item(plan: Plan) -> Iterator[str]:
    """Yield the lines of all that is changed in a work."""
    yield f"- {_work(plan.before)}, {code_span(str(plan.changes[0].place))}"
    for change in plan.changes:
        old = f"{address(change.old)} → " if change.old else ""
        yield f"    - {code_span(change.field)}: {old}{address(change.new)}"
        facts = ", ".join([code_span(shown(change.link.result.reason)), *change.link.history()])
        yield f"    - {'; '.join([facts, *change.notes])}"


def _held_item(held: Held) -> Iterator[str]:
    result = held.link.result
    yield f"- {_work(held.place.work)}, {code_span(str(held.place))}"
    new = f" → {address(held.new)}" if held.new else ""
    yield f"    - {address(result.url)}{new}"
    facts = ", ".join([code_span(shown(result.reason)), *held.link.history()])
    yield f"    - {facts}; {code_span(shown(held.why))}"


def _work(work: Reference) -> str:
    return f"{code_span(shown(work.title))} ({code_span(work.id)})"
