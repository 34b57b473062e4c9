"""Changing the list's text: what is new is spliced in, and the rest stays byte for byte.

The YAML parser says where an entry's parts end; nothing is written out again that already stands in
the file, so comments, quotes and blank lines survive. The result is read back before it is used.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from textwrap import indent
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node

from .model import Reference
from .schema import FIELDS, Entry, Fault, line_of
from .store import ListError, ReferenceList, parse

GROWING = ("related", "aliases")  # the fields an addition may extend


@dataclass(frozen=True, slots=True)
class Splice:
    """Text to put in at a place of the old text, counted in characters."""

    at: int
    text: str


def revised(listing: ReferenceList, references: Sequence[Reference]) -> str:
    """Return the list's text, changed so that it holds these references.

    The first ones must be those of the list, at most with more ``related`` and ``aliases``; the
    others are appended.

    Raises:
        ListError: when the file is written in a way that cannot be added to, or has faults.
    """
    old = listing.references()
    splices = [
        splice
        for entry, before, after in zip(listing.entries, old, references, strict=False)
        for splice in _extensions(listing, entry, before, after)
    ]
    pieces, done = [], 0
    for splice in sorted(splices, key=attrgetter("at")):
        pieces += [listing.text[done : splice.at], splice.text]
        done = splice.at
    text = "".join([*pieces, listing.text[done:]])
    for reference in references[len(old) :]:
        text = _ended(text) + ("\n" if text else "") + rendered(reference)
    if "\r\n" in listing.text:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    if not _reads_back(text, references):
        sentence = "must be a block list, one `- id: ...` an entry, to be added to"
        raise ListError(listing.path, [Fault(1, sentence)])
    return text


def _reads_back(text: str, references: Sequence[Reference]) -> bool:
    try:
        return parse(Path(), text).references() == list(references)
    except ListError:
        return False


def rendered(reference: Reference) -> str:
    """Return a reference as an item of a YAML list, fields in the order of ``schema``."""
    fields = {name: _plain(name, getattr(reference, name)) for name in FIELDS}
    text = _dumped({name: value for name, value in fields.items() if value})
    return "- " + indent(text, "  ").removeprefix("  ")


def _extensions(
    listing: ReferenceList, entry: Entry, before: Reference, after: Reference
) -> Iterator[Splice]:
    for name in GROWING:
        new = getattr(after, name)[len(getattr(before, name)) :]
        if not new:
            continue
        text = _dumped({name: _plain(name, new)})
        if name in entry.nodes:
            node = entry.nodes[name]
            if not isinstance(node, CollectionNode) or node.flow_style:
                sentence = f"{name}: must be a block list, one item a line, to be added to"
                raise ListError(listing.path, [Fault(line_of(node), sentence)])
            items = text.partition("\n")[2]
            first = int(node.value[0].start_mark.index)
            line = listing.text[listing.text.rfind("\n", 0, first) + 1 : first]
            margin = line[: len(line) - len(line.lstrip())]
            text = indent(items.replace("\n  ", "\n").removeprefix("  "), margin)
            end = _end(node)
        else:
            order = list(FIELDS)
            earlier = order[: order.index(name)]
            column = entry.node.start_mark.column
            text = indent(text, " " * column)
            end = max(_end(node) for field, node in entry.nodes.items() if field in earlier)
        line_end = listing.text.find("\n", end)
        at = line_end + 1 if line_end >= 0 else len(listing.text)
        yield Splice(at, text if line_end >= 0 else "\n" + text)


def _end(node: Node) -> int:
    """Return where the last scalar of a node ends; a block's own end is where the next begins."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, MappingNode) else last)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _plain(name: str, value: Any) -> Any:  # whatever a field may hold
    """Return a field's value in the types YAML writes."""
    if name == "topics":
        flow = CommentedSeq(map(str, value))
        flow.fa.set_flow_style()
        return flow
    if name == "related":
        return [{key: str(part) for key, part in asdict(item).items()} for item in value]
    if isinstance(value, tuple):
        return list(map(str, value))
    return value if value is None or isinstance(value, int) else str(value)


def _dumped(fields: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 10_000  # an address is never folded
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(fields, stream)
    return stream.getvalue()
