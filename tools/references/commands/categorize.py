"""Tell the kind and topics of links from their titles and addresses, without network."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import store
from ..categorize import Category, categorize
from ..model import REFERENCES, Reference

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The output line of one input line, and what was wrong with the input, if anything."""

    category: Category
    fault: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to categorize."""
    parser.add_argument(
        "source",
        nargs="?",
        default=str(REFERENCES),
        metavar="SOURCE",
        help='a list, compared with the rules; or "-": JSON lines {"title", "url"} in, JSON lines '
        "{kind, topic, topics, confidence, why} out, one for each (default: our own list)",
    )
    parser.epilog = (
        "Exit status: 0; 2 when the list cannot be read, or when a line was no JSON object: it "
        "is named, and answered all the same, so that the lines of input and output correspond."
    )


def run(args: argparse.Namespace) -> int:
    """Categorize and print; return 2 when some input could not be read."""
    if args.source == STDIN:
        return _stream()
    for line in _table(store.load(Path(args.source))):
        print(line)
    return 0


def _stream() -> int:
    """Answer each line of the standard input as it comes."""
    status = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        answer = answer_line(line)
        if answer.fault:
            print(f"{STDIN}:{number}: {answer.fault}", file=sys.stderr)
            status = 2
        print(json.dumps(_record(answer.category)), flush=True)
    return status


def answer_line(line: bytes) -> Answer:
    """Returns the answer to a line; one that is no JSON object is answered with confidence 0."""
    try:
        link = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _refuse("not a line of JSON")
    if not isinstance(link, dict):
        return _refuse("not a JSON object with title and url")
    return Answer(category=categorize(_text(link.get("title")), _text(link.get("url"))))


def _refuse(fault: str) -> Answer:
    """Return what stands for a line that says nothing."""
    nothing = categorize(None, None)
    return Answer(
        category=Category(kind=nothing.kind, topics=nothing.topics, confidence=0.0, why=fault),
        fault=f"{fault}.",
    )


def _text(value: object) -> str | None:
    """Return a field if it is text; null, numbers and lists count as missing."""
    return value if isinstance(value, str) else None


def _record(category: Category) -> dict[str, object]:
    """Return the fields of an output line, in their order."""
    return {
        "kind": category.kind,
        "topic": category.topic,
        "topics": category.topics,
        "confidence": category.confidence,
        "why": category.why,
    }


def _table(references: Iterable[Reference]) -> Iterator[str]:
    """Yield what the list and the rules say of each reference, then how often they agree."""
    rows = [(reference, categorize(reference.title, reference.url)) for reference in references]
    width = max((len(reference.id) for reference, _ in rows), default=2)
    yield f"{'id':<{width}}  {'list':<28}  {'rules':<28}  confidence  differs in"
    for reference, rules in rows:
        differs = [
            name
            for name, same in (
                ("kind", reference.kind is rules.kind),
                ("topic", reference.topic is rules.topic),
            )
            if not same
        ]
        listed, ruled = (f"{item.kind}/{item.topic}" for item in (reference, rules))
        row = f"{reference.id:<{width}}  {listed:<28}  {ruled:<28}  {rules.confidence:10.2f}"
        yield f"{row}  {', '.join(differs)}".rstrip()
    kinds = sum(reference.kind is rules.kind for reference, rules in rows)
    topics = sum(reference.topic is rules.topic for reference, rules in rows)
    yield f"{len(rows)} references: the kind agrees in {kinds}, the main topic in {topics}."
