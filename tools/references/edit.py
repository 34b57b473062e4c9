"""Changing the list's text: what is new is spliced in, and the rest stays byte for byte.

The YAML parser says where an entry's parts end; nothing is written out again that already stands in
the file, so comments, quotes and blank lines survive. The result is read back before it is used.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from textwrap import indent
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    ScalarString,
    SingleQuotedScalarString,
)

from .model import Reference, Related
from .schema import FIELDS, Entry, Fault, line_of, pairs
from .store import ListError, ReferenceList, parse

QUOTED: Mapping[str, type[ScalarString]] = {
    "'": SingleQuotedScalarString,
    '"': DoubleQuotedScalarString,
}
"""What keeps a value in the quotes that it stands in."""

BLOCK = frozenset({">", "|"})
"""What a value stands below as it is, without any quotes."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Text to put in place of a part of the old text, which is counted in characters."""

    at: int
    end: int
    text: str = ""


def revised(listing: ReferenceList, references: Sequence[Reference]) -> str:
    """Return the list's text, changed so that it holds these references.

    The first ones must be those of the list, at most with other addresses or snapshots, with fields
    that they did not have, with more items in a field, or fewer; the others are appended.

    Raises:
        ListError: when the file is written in a way that cannot be changed so, or has faults.
    """
    old = listing.references()
    splices = [
        splice
        for entry, before, after in zip(listing.entries, old, references, strict=False)
        if before != after
        for splice in _Changes(listing, entry).splices(before, after)
    ]
    newline = "\r\n" if "\r\n" in listing.text else "\n"
    text, done = "", 0
    for splice in sorted(splices, key=attrgetter("at")):
        text += listing.text[done : splice.at]
        if splice.at == len(listing.text):  # only whole lines are put there
            text = _ended(text, newline)
        text += splice.text.replace("\n", newline)
        done = splice.end
    text += listing.text[done:]
    margin = _margin(listing)
    for reference in references[len(old) :]:
        text = _ended(text, newline) + (newline if text else "")
        text += indent(rendered(reference), margin).replace("\n", newline)
    if not _reads_back(text, references):
        sentence = "must be a block list, one `- id: ...` an entry, to be changed by a program"
        raise ListError(listing.path, [Fault(1, sentence)])
    return text


def _margin(listing: ReferenceList) -> str:
    """Return what stands before the dash of an entry, nothing in a list without any."""
    if not listing.entries:
        return ""
    begin = listing.entries[-1].node.start_mark.index
    line = listing.text[listing.text.rfind("\n", 0, begin) + 1 : begin]
    return line[: len(line) - len(line.lstrip())]


def _reads_back(text: str, references: Sequence[Reference]) -> bool:
    try:
        return parse(Path(), text).references() == list(references)
    except ListError:
        return False


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def rendered(reference: Reference) -> str:
    """Return a reference as an item of a YAML list, fields in the order of ``schema``."""
    fields = {name: _plain(name, getattr(reference, name)) for name in FIELDS}
    text = _dumped({name: value for name, value in fields.items() if value})
    return "- " + indent(text, "  ").removeprefix("  ")


class _Changes:
    """What has to be spliced into an entry."""

    def __init__(self, listing: ReferenceList, entry: Entry) -> None:
        self._path = listing.path
        self._text = listing.text
        self._entry = entry
        self._is_flow = _is_flow(entry.node)

    def splices(self, before: Reference, after: Reference) -> Iterator[Splice]:
        """Yield the splices, those of one place in the order of the fields.

        Raises:
            ListError: when it is written in a way that is not to be changed.
        """
        for node in _nodes(self._entry.node):
            if node.anchor:  # what stands there stands elsewhere, too
                self._refuse(node, "an anchor (`&`) or its alias (`*`) is changed by hand only")
        for name in FIELDS:
            old, new = getattr(before, name), getattr(after, name)
            if old == new:
                continue
            if name not in self._entry.nodes:
                yield self._new_field(name, new)
            elif not new:
                yield from self._without_field(name)
            elif name == "related":
                yield from self._other_addresses(old, new)
                yield from self._more_items(name, new[len(old) :])
            elif isinstance(new, tuple):
                yield from self._fewer_items(name, [item not in new for item in old])
                yield from self._more_items(name, [item for item in new if item not in old])
            else:
                yield self._other_value(self._entry.nodes[name], new, flow=self._is_flow)

    def _new_field(self, name: str, value: Any) -> Splice:
        """Return a field that the entry has not had, below those that come before it."""
        if self._is_flow:
            sentence = f"{name}: must be a block entry, one field a line, to be added to"
            self._refuse(self._entry.node, sentence)
        order = list(FIELDS)
        earlier = order[: order.index(name)]
        end = max(self._end(node) for field, node in self._entry.nodes.items() if field in earlier)
        text = _dumped({name: _plain(name, value)})
        return self._lines_below(end, text, " " * self._entry.node.start_mark.column)

    def _without_field(self, name: str) -> Iterator[Splice]:
        """Yield the cuts that leave nothing of a field but the comments on lines of their own."""
        key, node = next(pair for pair in self._entry.node.value if pair[0].value == name)
        begin = key.start_mark.index
        if self._text[self._line_start(begin) : begin].strip():
            self._refuse(key, f"{name}: must stand on a line of its own to be removed")
        if isinstance(node, CollectionNode) and not node.flow_style:
            yield self._cut_lines(begin, begin)
            for item in node.value:
                yield self._cut_lines(item.start_mark.index, self._end(item))
        else:
            self._refuse_comment(node, begin, self._end(node))
            yield self._cut_lines(begin, self._end(node))

    def _other_addresses(self, old: Sequence[Related], new: Sequence[Related]) -> Iterator[Splice]:
        """Yield the addresses of related links that are other ones than before."""
        node = self._entry.nodes["related"]
        for item, before, after in zip(node.value, old, new, strict=False):
            if before != after:
                url = dict(pairs(item))["url"]
                yield self._other_value(url, after.url, flow=_is_flow(item))

    def _other_value(self, node: Node, value: str, *, flow: bool) -> Splice:
        """Return a value in place of another, in the same quotes or below the same ``>-``."""
        style = str(node.style) if isinstance(node, ScalarNode) else ""
        if style in BLOCK:  # beside it there may be a comment
            below, end = self._line_end(node.start_mark.index), self._end(node)
            content = self._text[below:end].lstrip()
            return Splice(end - len(content), end, value)
        text = QUOTED[style](value) if style in QUOTED else value
        scalar = _in_brackets([text]) if flow else _dumped({"is": text}).partition(" ")[2].rstrip()
        return Splice(node.start_mark.index, self._end(node), scalar)

    def _fewer_items(self, name: str, gone: Sequence[bool]) -> Iterator[Splice]:
        """Yield the cuts that leave a list without some of its items."""
        node = self._entry.nodes[name]
        items = node.value
        kept = [item for item, is_gone in zip(items, gone, strict=True) if not is_gone]
        for i, item in enumerate(items):
            if not gone[i]:
                continue
            if not kept:
                self._refuse(node, f"{name}: must keep an item, or be left out")
            elif not _is_flow(node):
                yield self._cut_lines(item.start_mark.index, self._end(item))
            else:
                is_last = item.start_mark.index > kept[-1].start_mark.index
                begin = self._end(items[i - 1]) if is_last else item.start_mark.index
                end = self._end(item) if is_last else items[i + 1].start_mark.index
                self._refuse_comment(node, begin, end)
                yield Splice(begin, end)

    def _more_items(self, name: str, new: Sequence[Any]) -> Iterator[Splice]:
        """Yield the items that come after those that a list has."""
        if not new:
            return
        node = self._entry.nodes[name]
        end = self._end(node.value[-1])
        if _is_flow(node):
            yield Splice(end, end, f", {_in_brackets(_plain(name, new))}")
            return
        first = node.value[0].start_mark.index
        line = self._text[self._line_start(first) : first]
        margin = line[: len(line) - len(line.lstrip())]
        items = _dumped({name: _plain(name, new)}).partition("\n")[2]
        yield self._lines_below(end, items.replace("\n  ", "\n").removeprefix("  "), margin)

    def _lines_below(self, place: int, text: str, margin: str) -> Splice:
        """Return lines to stand below the line of a place."""
        at = self._line_end(place)
        return Splice(at, at, indent(text, margin))

    def _cut_lines(self, first: int, last: int) -> Splice:
        """Return the cut of all lines from that of one place to that of another."""
        return Splice(self._line_start(first), self._line_end(last))

    def _line_start(self, place: int) -> int:
        return self._text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        return self._text.find("\n", place) + 1 or len(self._text)

    def _end(self, node: Node) -> int:
        """Return where a node's last scalar ends; a block's own end is where the next begins."""
        if not isinstance(node, CollectionNode):
            begin = int(node.start_mark.index)
            return begin + len(self._text[begin : node.end_mark.index].rstrip())
        if node.flow_style:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(node, MappingNode) else last)

    def _refuse_comment(self, node: Node, begin: int, end: int) -> None:
        """Refuse to cut what there may be a comment in: it may be on what stays."""
        if "#" in self._text[begin:end]:
            self._refuse(node, "a comment between brackets (`#`) is left for you to move")

    def _refuse(self, node: Node, sentence: str) -> NoReturn:
        raise ListError(self._path, [Fault(line_of(node), sentence)])


def _is_flow(node: Node) -> bool:
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def _nodes(node: Node) -> Iterator[Node]:
    """Yield a node and all that it holds; a sound entry does not hold itself."""
    yield node
    if isinstance(node, CollectionNode):
        for item in node.value:
            for part in item if isinstance(node, MappingNode) else (item,):
                yield from _nodes(part)


def _plain(name: str, value: Any) -> Any:  # whatever a field may hold
    """Return a field's value in the types YAML writes."""
    if name == "topics":
        flow = CommentedSeq(map(str, value))
        flow.fa.set_flow_style()
        return flow
    if name == "related":
        return [{key: str(part) for key, part in asdict(item).items()} for item in value]
    if isinstance(value, (tuple, list)):
        return list(map(str, value))
    return value if value is None or isinstance(value, int) else str(value)


def _in_brackets(items: Sequence[Any]) -> str:
    """Return items as they stand in a flow list, between its brackets."""
    flow = CommentedSeq(items)
    flow.fa.set_flow_style()
    return _dumped(flow).strip()[1:-1]


def _dumped(value: Any) -> str:
    yaml = YAML()
    yaml.width = 10_000  # no text is folded
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue()
