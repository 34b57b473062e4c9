"""Which page is being built, so that a warning about it can name file and line.

Python-Markdown does not tell its extensions; under MkDocs a hook sets `current` before each page.
"""

import logging
import re
from contextvars import ContextVar
from dataclasses import dataclass
from xml.etree.ElementTree import Element

# A child of MkDocs' logger: its warnings fail a strict build and leave `mkdocs serve` alive.
log = logging.getLogger("mkdocs.notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page as it stands on disk, front matter included."""

    path: str
    text: str

    def line_of(self, words: str) -> int:
        """Return the line on which `words` first stand, counted from 1; 1 if they do not.

        The first line of `words` is looked for, since on the page the others may be indented.
        """
        first = re.escape(words.partition("\n")[0])
        found = re.search(rf"{first}(?!\w)" if first[-1:].isalnum() else first, self.text)
        return self.text.count("\n", 0, found.start() if found else 0) + 1


current: ContextVar[Source | None] = ContextVar("current", default=None)


def warn(message: str, words: str) -> None:
    """Log `message` with the file and line on which `words` stand in the page being built."""
    source = current.get()
    place = f"{source.path}:{source.line_of(words)}: " if source else ""
    log.warning("%s%s", place, message)


def mark_unknown(words: str) -> Element:
    """Return the element that shows a reader that `words` on the page lead nowhere."""
    mark = Element("strong", {"class": "unknown"})
    mark.text = f"{words}?"
    return mark
