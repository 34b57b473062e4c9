"""Where links come from: a reader per format, chosen by suffix; each link with file and line."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from ..occurrence import Occurrence
from .found import Found, Unreadable

STDIN = "-"

PLAIN = "plain"

READERS: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "hypertext",
    ".htm": "hypertext",
    ".bib": "bibtex",
    ".yml": "reference_list",
    ".yaml": "reference_list",
    ".txt": PLAIN,
}
"""The modules that read files, by suffix. Each brings a parser: only what is used is imported."""


class SourceError(Exception):
    """A source that cannot be read; the text is one ``file:line: message``, without full stop."""


def read(source: str) -> list[Occurrence]:
    """Return the links of a source, in its order.

    Links that name no scheme (``#part``, ``page.md``, ``//host``) lead into the site that holds
    them and are left to its own build; those with a scheme are returned, whichever it is, but for
    ``data:``, which leads nowhere: it is the image itself.

    Raises:
        SourceError: when the file is of an unknown kind, cannot be opened, decoded or parsed.
    """
    name, data = _open(source)
    module = PLAIN if source == STDIN else READERS[Path(source).suffix.lower()]
    links: Callable[[str], Iterator[Found]] = import_module(f".{module}", __package__).links
    try:
        text = _one_line_end(data.decode("utf-8-sig"))
        return [
            Occurrence(file=name, line=found.line, url=found.url)
            for found in links(text)
            if _leads_away(found.url)
        ]
    except UnicodeDecodeError as error:
        line = _one_line_end(data[: error.start].decode("latin-1")).count("\n") + 1
        raise SourceError(f"{name}:{line}: is not UTF-8 text") from None
    except Unreadable as error:
        raise SourceError(f"{name}:{error.line}: {error.message}") from None


def _open(source: str) -> tuple[str, bytes]:
    if source == STDIN:
        return STDIN, sys.stdin.buffer.read()
    path = Path(source)
    relative = os.path.relpath(path)
    name = source if relative.startswith(os.pardir) else relative
    if path.suffix.lower() not in READERS:
        known = ", ".join(READERS)
        raise SourceError(f"{name}: links are read from {known}, or - for standard input")
    try:
        return name, path.read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None


def _one_line_end(text: str) -> str:
    """Return a text whose lines end as they do here, wherever it was written."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _leads_away(url: str) -> bool:
    scheme, colon, _ = url.partition(":")
    rest = scheme.replace("+", "").replace("-", "").replace(".", "")
    has_scheme = bool(colon) and scheme[:1].isalpha() and scheme.isascii() and rest.isalnum()
    return has_scheme and scheme.lower() != "data"
