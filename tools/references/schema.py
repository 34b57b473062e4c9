"""The shape of an entry: which fields it may have, of which type, and how each is read from YAML.

Owns what every reader of the list relies on: a field's type and vocabulary, text that can be seen,
addresses that a browser opens over ``http`` or ``https``. What a sound value must further obey
(canonical address, unique key, plausible year) is in ``validate``. Values are read from YAML nodes,
not from constructed objects, as a node knows its line and still has the text as it was written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .canonical import web_address
from .model import Kind, Reference, Related, Relation, Topic

YAML_TAG = "tag:yaml.org,2002:"
# Unicode categories: controls, format, private, surrogates, unassigned, line and paragraph ends.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with the list, and where."""

    line: int
    message: str


class FieldType(Protocol):
    """How one type of field is told from others and read."""

    def faults(self, node: Node) -> Iterator[Fault]:
        """Yield what keeps the node from being of this type."""

    def value(self, node: Node) -> Any:  # each type has its own value; Entry.reference joins them
        """Return the value of a node without faults."""


def line_of(node: Node) -> int:
    """Return the line a node begins on, counted from 1."""
    return int(node.start_mark.line) + 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value with one YAML tag, such as ``str``."""

    tag: str
    wanted: str
    pattern: str = r"(?s).*"
    convert: Callable[[str], Any] = str

    def faults(self, node: Node) -> Iterator[Fault]:
        """Yield a fault for an empty, mistyped or many-lined value, or unseen characters."""
        if not isinstance(node, ScalarNode):
            yield Fault(line_of(node), f"must be {self.wanted}")
        elif node.tag == YAML_TAG + "null" or not node.value.strip():
            yield Fault(line_of(node), "is empty; leave out what is not known")
        elif node.tag != YAML_TAG + self.tag or not re.fullmatch(self.pattern, node.value):
            yield Fault(line_of(node), f"must be {self.wanted}, not `{shown(node.value)}`")
        elif "\n" in node.value.strip():
            yield Fault(line_of(node), "must be a single line")
        elif unseen := next(filter(_is_unseen, node.value.strip()), None):
            yield Fault(line_of(node), f"holds a character that cannot be seen, {named(unseen)}")

    def value(self, node: Node) -> Any:  # the type is convert's
        """Return the converted text."""
        return self.convert(node.value.strip())


def _is_unseen(character: str) -> bool:
    """Return whether a character is a control, a mark of format or direction, or none at all."""
    return unicodedata.category(character) in UNSEEN


def named(character: str) -> str:
    """Return a character by number and, if it has one, by name."""
    code = f"U+{ord(character):04X}"
    return " ".join(filter(None, (code, unicodedata.name(character, ""))))


def visible(text: str) -> str:
    """Return a text with escapes for what cannot be seen, or would not stay on its line."""
    return "".join(repr(letter)[1:-1] if _is_unseen(letter) else letter for letter in text)


def shown(text: str) -> str:
    """Return whatever stands in a file as a message can quote it: short, and on one line."""
    seen = visible(text)
    return seen if len(seen) <= SHOWN_LENGTH else f"{seen[: SHOWN_LENGTH - 3]}..."


def suggestion(word: str, words: Iterable[str]) -> str:
    """Return a question to end a sentence with, if a word is nearly one of some others."""
    near = get_close_matches(word, words, n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


TEXT = Scalar("str", "text (in quotes if it looks like a number)")
INTEGER = Scalar("int", "a whole number", pattern=r"\d{1,9}", convert=int)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a closed vocabulary."""

    vocabulary: type[StrEnum]

    def faults(self, node: Node) -> Iterator[Fault]:
        """Yield a fault for anything but a word of the vocabulary."""
        shape = list(TEXT.faults(node))
        yield from shape
        if not shape and node.value not in list(self.vocabulary):
            words = list(self.vocabulary)
            sentence = f"`{shown(node.value)}` is not one of {', '.join(words)}"
            yield Fault(line_of(node), sentence + suggestion(node.value, words))

    def value(self, node: Node) -> StrEnum:
        """Return the member the word stands for."""
        return self.vocabulary(node.value)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A YAML list whose items are all of one type."""

    item: FieldType

    def faults(self, node: Node) -> Iterator[Fault]:
        """Yield a fault for what is not a list, or those of all items."""
        if not isinstance(node, SequenceNode):
            yield Fault(line_of(node), "must be a list")
        elif not node.value:
            yield Fault(line_of(node), "is empty; leave out what is not known")
        else:
            for item in node.value:
                yield from self.item.faults(item)

    def value(self, node: Node) -> tuple[Any, ...]:
        """Return the items' values."""
        return tuple(self.item.value(item) for item in node.value)


@dataclass(frozen=True, slots=True)
class Record:
    """A YAML mapping with fixed fields, all of them required."""

    fields: Mapping[str, FieldType]
    make: Callable[..., Any]

    def faults(self, node: Node) -> Iterator[Fault]:
        """Yield the faults of the mapping and of its fields."""
        if isinstance(node, MappingNode):
            yield from mapping_faults(node, self.fields, required=self.fields)
        else:
            yield Fault(line_of(node), f"must have the fields {', '.join(self.fields)}")

    def value(self, node: Node) -> Any:  # the type is that of `make`
        """Return what ``make`` makes of the fields."""
        return self.make(**{name: self.fields[name].value(value) for name, value in pairs(node)})


# In the order they are written in; the fields of `Reference`, less `line`.
FIELDS: dict[str, FieldType] = {
    "id": TEXT,
    "title": TEXT,
    "url": TEXT,
    "kind": Word(Kind),
    "topics": ListOf(Word(Topic)),
    "authors": ListOf(TEXT),
    "year": INTEGER,
    "venue": TEXT,
    "doi": TEXT,
    "arxiv": TEXT,
    "note": TEXT,
    "related": ListOf(Record({"rel": Word(Relation), "url": TEXT}, Related)),
    "aliases": ListOf(TEXT),
    "archive": TEXT,
    "unverified": ListOf(TEXT),
}
REQUIRED = ("id", "title", "url", "kind", "topics")
ADDRESSES = ("url", "related", "aliases", "archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it stands in the file: what could be read of it, and what could not."""

    line: int
    node: Node
    written: tuple[str, ...] = ()
    """The names of all fields, sound or not, in the order of the file."""
    values: dict[str, Any] = field(default_factory=dict)
    """The sound fields, in the order of the file."""
    nodes: dict[str, Node] = field(default_factory=dict)
    """The nodes of these values."""
    faults: tuple[Fault, ...] = ()

    def texts(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield line and text of a sound field or each item; a related link is its address."""
        if name not in self.nodes:
            return
        node, value = self.nodes[name], self.values[name]
        if not isinstance(node, SequenceNode):
            yield line_of(node), str(value)
            return
        for item_node, item in zip(node.value, value, strict=True):
            yield line_of(item_node), item.url if isinstance(item, Related) else str(item)

    def links(self) -> Iterator[tuple[str, Node]]:
        """Yield the address of an entry without faults, and those of its related links.

        Each is a node, with ``url`` or ``related`` for the field that it stands in.
        """
        related = self.nodes["related"].value if "related" in self.nodes else []
        for name, node in (("url", self.node), *(("related", item) for item in related)):
            yield name, dict(pairs(node))["url"]

    def reference(self) -> Reference:
        """Return the reference of an entry without faults."""
        return Reference(**self.values, line=self.line)


def pairs(node: Node) -> list[tuple[str, Node]]:
    """Return the keys and values of a mapping, as text and node, in order."""
    return [(str(key.value), value) for key, value in node.value]


def mapping_faults(
    node: MappingNode, fields: Mapping[str, FieldType], required: Iterable[str]
) -> Iterator[Fault]:
    """Yield a fault for each field that is unknown, repeated, of a wrong type or missing."""
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if not isinstance(key, ScalarNode):
            yield Fault(line_of(key), "the name of a field must be a word")
        elif name in seen:
            yield Fault(line_of(key), f"{shown(name)}: stands twice in this entry")
        elif name not in fields:
            sentence = f"{shown(name)}: no such field (there are {', '.join(fields)})"
            yield Fault(line_of(key), sentence + suggestion(name, fields))
        else:
            for fault in fields[name].faults(value):
                yield Fault(fault.line, f"{name}: {fault.message}")
        seen.add(name)
    for name in required:
        if name not in seen:
            yield Fault(line_of(node), f"{name}: is missing")


def address_faults(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each address that no page may link to; its field can still be read."""
    for name in ADDRESSES:
        for line, url in entry.texts(name):
            try:
                web_address(url)
            except ValueError as error:
                yield Fault(line, f"{name}: {error}")


def read_entry(node: Node) -> Entry:
    """Return what can be read of one entry, with every fault of its structure."""
    line = line_of(node)
    if not isinstance(node, MappingNode):
        return Entry(line=line, node=node, faults=(Fault(line, "must be an entry with fields"),))
    sound = [
        (name, value)
        for name, value in pairs(node)
        if name in FIELDS and not any(FIELDS[name].faults(value))
    ]
    entry = Entry(
        line=line,
        node=node,
        written=tuple(name for name, _ in pairs(node)),
        values={name: FIELDS[name].value(value) for name, value in sound},
        nodes=dict(sound),
    )
    faults = (*mapping_faults(node, FIELDS, REQUIRED), *address_faults(entry))
    return replace(entry, faults=faults)
