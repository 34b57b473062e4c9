"""Links of plain text, standard input most of all: one address per line, or else Markdown."""

from collections.abc import Iterator

from .found import Found


def links(text: str) -> Iterator[Found]:
    """Yield the addresses of a text.

    Where every line is a single address, each is taken to the last character; in anything else they
    are found as Markdown has them, where an address ends before closing punctuation.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)]
    addresses = [Found(line, number) for number, line in lines if line]
    if all(_is_address(found.url) for found in addresses):
        yield from addresses
    else:
        from . import markdown  # its parser takes as long to import as some thousand addresses

        yield from markdown.links(text)


def _is_address(line: str) -> bool:
    return line.lower().startswith(("http://", "https://")) and len(line.split()) == 1
