"""The list on disk: reading it, and replacing it in one step."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from .. import files
from .model import REFERENCES, Reference
from .schema import Entry, Fault, line_of, named, read_entry

COLON = "mapping values are not allowed here"
"""What the parser says of the commonest slip, a title with a colon, without saying what to do."""


class ListError(Exception):
    """The list cannot be used as it stands; the text is one ``path:line: message`` per fault."""

    def __init__(self, path: Path, faults: Iterable[Fault]) -> None:
        """Take the faults in the order they are to be told."""
        self.faults = tuple(faults)
        self.messages = tuple(
            f"{place(path, fault.line)}: {fault.message}" for fault in self.faults
        )
        super().__init__("\n".join(self.messages))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """A list as read: its text, and what could be made of each entry."""

    path: Path
    text: str
    entries: tuple[Entry, ...]

    @property
    def faults(self) -> list[Fault]:
        """The faults of structure, by line."""
        return sorted(fault for entry in self.entries for fault in entry.faults)

    def references(self) -> list[Reference]:
        """Return the references, in the order of the file.

        Raises:
            ListError: when any entry has a fault of structure.
        """
        if self.faults:
            raise ListError(self.path, self.faults)
        return [entry.reference() for entry in self.entries]


def place(path: Path, line: int) -> str:
    """Return ``path:line``, for line 0 only the path; relative below the working directory."""
    absolute = path.absolute()
    name = absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path
    return f"{name}:{line}" if line else str(name)


def load(path: Path = REFERENCES) -> list[Reference]:
    """Return the references of a list, in the order of the file, each with its ``line``.

    Raises:
        ListError: when the file cannot be read or an entry is not built as ``schema`` says.
    """
    return read(path).references()


def read(path: Path = REFERENCES) -> ReferenceList:
    """Return a list whose entries may have faults.

    Raises:
        ListError: when the file is missing, is not UTF-8 or YAML, or holds no list.
    """
    try:
        text = path.read_bytes().decode()  # no newline is translated
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ListError(path, [Fault(0, f"cannot be read: {reason}")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ListError(path, [Fault(line, "is not UTF-8 text")]) from None
    return parse(path, text)


def parse(path: Path, text: str) -> ReferenceList:
    """Return the list that a text is, ``path`` being what to call it in messages.

    Raises:
        ListError: when the text is not YAML or holds no list.
    """
    try:
        node = _composed(text)
    except MarkedYAMLError as error:
        raise ListError(path, [_syntax_fault(error)]) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        sentence = f"is not YAML: {error.reason}, {named(chr(error.character))}"
        raise ListError(path, [Fault(line, sentence)]) from None
    except (ValueError, OverflowError):
        sentence = "is not YAML: found an escape of a character that there is not"
        raise ListError(path, [Fault(_last_line_read(text), sentence)]) from None
    except YAMLError as error:
        raise ListError(path, [Fault(1, f"is not YAML: {error}")]) from None
    except RecursionError:
        raise ListError(path, [Fault(1, "is nested too deeply")]) from None
    if node is None:
        return ReferenceList(path=path, text=text, entries=())
    if not isinstance(node, SequenceNode):
        raise ListError(path, [Fault(line_of(node), "must be a YAML list of entries")])
    return ReferenceList(path=path, text=text, entries=tuple(map(read_entry, node.value)))


def _yaml() -> YAML:
    """Return the parser that puts no marks of its own into what it reads."""
    return YAML(typ="safe", pure=True)


def _composed(text: str) -> Node | None:
    """Return the nodes of a text, None for one without any."""
    yaml = _yaml()
    yaml.composer.warn_double_anchors = False  # that is YAML: an alias means the anchor above it
    node: Node | None = yaml.compose(text)
    return node


def _syntax_fault(error: MarkedYAMLError) -> Fault:
    """Return what the parser objects to, and where what it was reading began."""
    line, begun = map(_line_at, (error.problem_mark, error.context_mark))
    sentence = str(error.problem)
    if sentence.startswith("but "):
        sentence = f"{error.context}, {sentence}"
    elif error.context and begun not in (0, line):
        sentence += f" {error.context} that begins on line {begun}"
    if sentence == COLON:
        sentence += "; a text that holds `: ` stands in quotes, and all fields are indented alike"
    return Fault(line or begun or 1, f"is not YAML: {sentence}")


def _last_line_read(text: str) -> int:
    """Return the line of the last token before the one that cannot be read at all."""
    line = 1
    with suppress(ValueError, OverflowError):
        for token in _yaml().scan(text):
            line = _line_at(token.end_mark)
    return line


def _line_at(mark: StreamMark | None) -> int:
    """Return the line of a mark, counted from 1; 0 for none."""
    return int(mark.line) + 1 if mark else 0


def write(path: Path, text: str) -> None:
    """Replace a file with a text, wholly or not at all, as ``files.replace`` does.

    Raises:
        ListError: when it cannot be written; the file is as it was then.
    """
    try:
        files.replace(path, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ListError(path, [Fault(0, f"cannot be written: {reason}")]) from None
