r"""Links of a BibTeX or BibLaTeX file: where the styles lead a reader to.

That is the fields ``url`` and ``doi``, ``eprint`` if it is of arXiv, each ``\url`` or ``\href`` in
any field, and any field that is nothing but an address. One within a sentence is text. What stands
behind a ``%`` is a comment, as for BibLaTeX and for people.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Entry, Field, ParsingFailedBlock, String

from ..site_rules import ARXIV_ID, DOI, arxiv_url, doi_url
from .found import Found, Unreadable

COMMENT = "%"

ENCLOSING = ("{", '"')
"""What a value begins with, if it is neither a number nor the name of a string."""

# An address as TeX sets it, with braces one deep.
MARKED = re.compile(r"\\(?:url|href)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")

ARCHIVE_FIELDS = ("eprinttype", "archiveprefix")
ARXIV = "arxiv"
ARXIV_VERSION = re.compile(rf"(?:{ARXIV_ID})(?:v\d+)?")
PREFIX = re.compile(r"(?:doi|arxiv):\s*|(?:dx\.)?doi\.org/", re.IGNORECASE)
IN_A_PATH = str.maketrans({"#": "%23", "?": "%3F"})

WEB = "http"
WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
BETWEEN = re.compile(r"[,;]?\s+(?=https?://)", re.IGNORECASE)
"""Where one field holds several addresses, as some programs write them."""

LONGEST = 10_000
"""From where on a value grows no more: strings made of strings would double without bound."""

ESCAPES = (
    *((rf"\{c}", c) for c in "_%&#$"),
    (r"{\textasciitilde}", "~"),
    (r"\textasciitilde{}", "~"),
    (r"\textasciitilde", "~"),
    (r"\~{}", "~"),
    (r"{$\sim$}", "~"),
    (r"$\sim$", "~"),
)
r"""How addresses are written for LaTeX. A bare ``~`` stands for itself, as in ``\url``."""

# The parser logs what it cannot read in words of its own; ours name file and line.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


class _CommaMissing(Exception):  # noqa: N818 -- it says what the text is
    """The next field begins within a value."""


def links(text: str) -> Iterator[Found]:
    """Yield the links of a bibliography, each on its own line.

    Raises:
        Unreadable: at the first block that is not BibTeX.
    """
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    strings: dict[str, str] = {}
    # Values are put together here: the library knows no `#`, and forgets where they stand.
    for block in parse_string(text, parse_stack=[]).blocks:
        if lines[block.start_line or 0].lstrip().startswith(COMMENT):
            continue
        sound = _in_spite(block) if isinstance(block, ParsingFailedBlock) else block
        try:
            if isinstance(sound, String):
                strings[sound.key.lower()] = _evaluated(sound.value, strings)
            elif isinstance(sound, Entry):
                archive = _archive(sound, strings)
                for field in sound.fields:
                    begins = text.index(field.value, starts[field.start_line or 0])
                    for url, offset in _addresses(field, strings, archive):
                        yield Found(url, bisect_right(starts, begins + offset))
        except _CommaMissing:
            line = (block.start_line or 0) + 1
            raise Unreadable(line, "is not BibTeX: a comma is missing between fields") from None


def _in_spite(failed: ParsingFailedBlock) -> Block:
    """Return the block that was refused because a key or a field stands twice.

    That is the bibliography's fault, not its links'.
    """
    if failed.ignore_error_block is None:
        raise Unreadable((failed.start_line or 0) + 1, "is not BibTeX")
    return failed.ignore_error_block


def _archive(entry: Entry, strings: Mapping[str, str]) -> str:
    """Return the name of the archive of the entry's ``eprint``, or nothing."""
    named = [f for f in entry.fields if _name(f) in ARCHIVE_FIELDS]
    return _evaluated(named[0].value, strings).lower() if named else ""


def _addresses(field: Field, strings: Mapping[str, str], archive: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses of a field, each with its place in the field's value."""
    name, value = _name(field), str(field.value)
    if name.startswith(COMMENT):
        return
    text = _decoded(_evaluated(value, strings))
    marked = [(_decoded(found[1]), found.start(1)) for found in MARKED.finditer(value)]
    yield from marked
    if not marked:
        place = len(value) - len(value.lstrip('{" \n'))
        for url in filter(None, BETWEEN.split(_address(name, text, archive))):
            yield "".join(url.split()), place  # white space, TeX drops it from addresses
            place = max(place, value.find(WEB, place + 1))


def _address(name: str, value: str, archive: str) -> str:
    """Return where a field of this name leads to, or nothing."""
    if name == "url" or all(WEB_ADDRESS.match(word) for word in value.split()):
        return value
    identifier = PREFIX.sub("", value, count=1)
    if name == "doi":
        is_one = re.fullmatch(DOI, identifier)
        return doi_url(identifier.translate(IN_A_PATH)) if is_one else ""
    is_arxiv = name == "eprint" and ARXIV in (archive, value[: len(ARXIV)].lower())
    return arxiv_url(identifier) if is_arxiv and ARXIV_VERSION.fullmatch(identifier) else ""


def _name(field: Field) -> str:
    """Return the field's name; the library takes comments before it for a part of it."""
    return str(field.key).rpartition("\n")[2].strip().lower()


def _evaluated(value: str, strings: Mapping[str, str]) -> str:
    """Return the text of a value such as ``base # "path"``."""
    text = ""
    for part in map(str.strip, _parts(value)):
        is_enclosed = part[:1] in ENCLOSING
        if len(text) < LONGEST:
            text += part[1:-1] if is_enclosed else strings.get(part.lower(), part)
    return text


def _parts(value: str) -> Iterator[str]:
    """Yield what stands between the ``#`` of a value, without comments.

    In braces or quotes either character stands for itself.

    Raises:
        _CommaMissing: where the next field begins within a value.
    """
    part, depth, is_quoted, is_comment = "", 0, False, False
    for character in value:
        is_plain = not depth and not is_quoted
        is_comment = character != "\n" if is_comment else is_plain and character == COMMENT
        if is_comment:
            continue
        if is_plain and character == "=":
            raise _CommaMissing
        if is_plain and character == "#":
            yield part
            part = ""
            continue
        part += character
        if character in "{}":
            depth += 1 if character == "{" else -1
        elif character == '"' and not depth:
            is_quoted = not is_quoted
    yield part


def _decoded(value: str) -> str:
    for escape, character in ESCAPES:
        value = value.replace(escape, character)
    return value.strip()
