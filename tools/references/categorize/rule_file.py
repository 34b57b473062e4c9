"""One file of rules: TOML, read with all that is wrong in it told by line."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Self, TypeVar

from ..schema import Fault
from ..store import ListError
from .evidence import Label, Weights

Table = dict[str, Any]
Value = TypeVar("Value")


class RulesError(ListError):
    """The rules cannot be used as they stand; told, and ended with, as the faults of a list."""


class RuleFile:
    """The sections of a file, each read by what it holds; faults are gathered until the end.

    What is faulty is left out of what a section gives, so that one run finds every fault.
    """

    def __init__(self, path: Path, strengths: Mapping[str, float] | None = None) -> None:
        """Read the file; ``strengths`` are the words that stand for weights in it.

        Raises:
            RulesError: when it is missing, or is not TOML.
        """
        self._path = path
        self._strengths = strengths or {}
        self._faults: list[Fault] = []
        try:
            text = path.read_text(encoding="utf-8")
            self._tables: Table = tomllib.loads(text)
        except OSError as error:
            raise RulesError(path, [Fault(0, f"cannot be read: {error.strerror}")]) from None
        except UnicodeDecodeError:
            raise RulesError(path, [Fault(0, "is not UTF-8 text")]) from None
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            number = int(line[1]) if line else len(text.splitlines())
            raise RulesError(path, [Fault(number, f"is not TOML: {error}")]) from None
        self._lines = text.splitlines()
        self._unread = set(self._tables)

    def __enter__(self) -> Self:
        """Begin the reading."""
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """End the reading.

        Raises:
            RulesError: when anything was wrong, or a section was left that nothing reads.
        """
        if failed:
            return
        for name in self._unread:
            self._fault(f'"{name}" is no section of this file', "", name)
        if self._faults:
            raise RulesError(self._path, sorted(set(self._faults)))

    def numbers(self, section: str, names: Sequence[str] | None = None) -> dict[str, float]:
        """Return a section of ``name = weight``; of just these names, if any are given."""
        return self._named(section, names, self._weight)

    def texts(self, section: str, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return a section of ``name = [texts]`` that has just these names."""
        return self._named(section, names, self._texts)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a list of texts that stands before the first section."""
        if name not in self._tables:
            self._fault(f'"{name}" is missing', "")
            return ()
        self._unread.discard(name)
        return self._texts(self._tables[name], "", name)

    def order(self, name: str, vocabulary: type[Label]) -> tuple[Label, ...]:
        """Return a list, before the first section, of all words of a vocabulary, each once."""
        labels = self.labels(name, vocabulary)
        for label in vocabulary:
            if labels.count(label) != 1:
                often = "twice" if label in labels else "not"
                self._fault(f'"{name}" must list each word once, but lists "{label}" {often}', "")
        return labels

    def labels(self, name: str, vocabulary: type[Label]) -> tuple[Label, ...]:
        """Return a list of words of a vocabulary that stands before the first section."""
        found = [self._label(word, vocabulary, "") for word in self.listed(name)]
        return tuple(label for label in found if label)

    def prior(self, section: str, vocabulary: type[Label]) -> Weights[Label]:
        """Return a section that gives each word of a vocabulary a weight."""
        by_name = self._named(section, list(vocabulary), self._weight)
        return {label: by_name[label] for label in vocabulary if label in by_name}

    def weighed(
        self, section: str, names: Sequence[str], vocabulary: type[Label]
    ) -> dict[str, Weights[Label]]:
        """Return a section of ``name = { label = weight }`` that has just these names."""

        def read(row: object, within: str, name: str) -> Weights[Label]:
            return self._weights(self._table(row, within, name), vocabulary, within)

        return self._named(section, names, read)

    def phrases(
        self, section: str, vocabulary: type[Label], spelling: Callable[[str], object]
    ) -> dict[str, Weights[Label]]:
        """Return what each text of ``[section.label]`` tables speaks for.

        Such a table is made of ``strength = [texts]``. A text may stand under several labels and
        then speaks for each, but under one label only once; ``spelling`` tells what is the same.
        """
        found: dict[str, Weights[Label]] = {}
        for name, rows in self._section(section).items():
            within = f"{section}.{name}"
            label = self._label(name, vocabulary, within)
            seen: dict[object, str] = {}
            for word, texts in self._table(rows, section, name).items():
                weight = self._weight(word, within, name)
                for text in self._unlike(texts, within, word, seen, spelling):
                    if label and weight is not None:
                        found.setdefault(text, {})[label] = weight
        return found

    def groups(
        self,
        section: str,
        names: Sequence[str],
        vocabulary: type[Label],
        spelling: Callable[[str], object],
    ) -> dict[str, dict[Label, list[str]]]:
        """Return the texts of ``[section.name]`` tables, just these, of ``label = [texts]``."""

        def read(rows: object, within: str, group: str) -> dict[Label, list[str]]:
            within = f"{within}.{group}"
            found: dict[Label, list[str]] = {}
            for name, texts in self._table(rows, section, group).items():
                label = self._label(name, vocabulary, within)
                distinct = list(self._unlike(texts, within, name, {}, spelling))
                if label:
                    found[label] = distinct
            return found

        return self._named(section, names, read)

    def _named(
        self,
        section: str,
        names: Sequence[str] | None,
        read: Callable[[object, str, str], Value | None],
    ) -> dict[str, Value]:
        """Return what ``read`` makes of each value of a section that has just these names."""
        table = self._section(section)
        if names is not None:
            for name in names:
                if name not in table:
                    self._fault(f'"{name}" is missing in [{section}]', section)
        found: dict[str, Value] = {}
        for name, value in table.items():
            if names is not None and name not in names:
                self._fault(f'"{name}" is not known here; known: {_joined(names)}', section, name)
            elif (made := read(value, section, name)) is not None:
                found[name] = made
        return found

    def _section(self, section: str) -> Table:
        """Return a section, an empty one when it is missing."""
        self._unread.discard(section)
        if section not in self._tables:
            self._fault(f"the section [{section}] is missing", "")
        return self._table(self._tables.get(section, {}), "", section)

    def _table(self, value: object, section: str, name: str) -> Table:
        """Return what should be a table, an empty one when it is none."""
        if isinstance(value, dict):
            return value
        self._fault(f'"{name}" must be a table', section, name)
        return {}

    def _label(self, word: str, vocabulary: type[Label], section: str) -> Label | None:
        """Return the word of the vocabulary that is named."""
        if word in list(vocabulary):
            return vocabulary(word)
        what = vocabulary.__name__.lower()
        self._fault(f'"{word}" is no {what}; known: {_joined(vocabulary)}', section, word)
        return None

    def _weights(self, row: Table, vocabulary: type[Label], section: str) -> Weights[Label]:
        """Return a table of ``label = weight``."""
        weights: Weights[Label] = {}
        for word, value in row.items():
            label = self._label(word, vocabulary, section)
            weight = self._weight(value, section, word)
            if label and weight is not None:
                weights[label] = weight
        return weights

    def _weight(self, value: object, section: str, name: str) -> float | None:
        """Return a weight, which is a number or the word for one."""
        if not isinstance(value, str):
            return self._number(value, section, name)
        if value not in self._strengths:
            known = _joined(self._strengths)
            self._fault(f'"{value}" is no weight; known: {known}', section, value)
        return self._strengths.get(value)

    def _number(self, value: object, section: str, name: str) -> float | None:
        """Return what should be a number."""
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return float(value)
        self._fault(f'"{name}" must be a number', section, name)
        return None

    def _texts(self, value: object, section: str, name: str) -> tuple[str, ...]:
        """Return what should be a list of texts."""
        if not isinstance(value, list):
            self._fault(f'"{name}" must be a list, as in {name} = ["text"]', section, name)
            return ()
        for item in value:
            if not isinstance(item, str):
                self._fault(f'"{name}" lists {item}, which is no text', section, name)
        return tuple(item for item in value if isinstance(item, str))

    def _unlike(
        self,
        value: object,
        section: str,
        name: str,
        seen: dict[object, str],
        spelling: Callable[[str], object],
    ) -> Iterator[str]:
        """Yield the texts that are not the same as an earlier one; remember them in ``seen``."""
        for text in self._texts(value, section, name):
            try:
                key = spelling(text)
            except ValueError as error:
                self._fault(f'"{text}" {error}', section, text)
                continue
            if key in seen:
                same = (
                    "stands" if seen[key] == text else f'is the same as "{seen[key]}", and stands'
                )
                self._fault(f'"{text}" {same} in [{section}] already', section, text)
            else:
                seen[key] = text
                yield text

    def _fault(self, message: str, section: str, text: str = "") -> None:
        """Remember what is wrong, with the line of its text.

        Of several lines that have the text, the last one is meant, as of a phrase that stands
        there again; when the same is wrong more often, the ones before it.
        """
        before = sum(fault.message == message for fault in self._faults)
        lines = self._lines_of(section, text)
        self._faults.append(Fault(lines[max(0, len(lines) - 1 - before)], message))

    def _lines_of(self, section: str, text: str) -> list[int]:
        """Return where a text stands in a section, else where the section begins, else 0."""
        found: list[int] = []
        start = 0
        inside = not section
        word = re.compile(rf'(?<![^\s"\[.{{,]){re.escape(text)}(?![^\s"\]=.,])')
        for number, line in enumerate(self._lines, start=1):
            bare = line.strip()
            if section and bare.startswith("[") and bare.endswith("]"):
                inside = bare[1:-1] == section or bare[1:-1].startswith(f"{section}.")
                start = number if inside and not start else start
            if inside and text and not bare.startswith("#") and word.search(line):
                found.append(number)
        return found or [start]


def _joined(names: Iterable[str]) -> str:
    """Return the words one may write."""
    return ", ".join(names)
