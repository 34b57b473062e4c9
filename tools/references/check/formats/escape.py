"""Text from servers and sources made harmless: data, never instructions to what shows it."""

from urllib.parse import quote

ADDRESS = "/?#[]@!$&'()*+,;=:%~-._"
"""The ASCII punctuation of addresses."""

MARKUP = "\\`*_{}[]<>()#+-.!|~&$@:"


def printable(text: str) -> str:
    r"""Return text without anything that moves a cursor, colours, rings or turns writing round.

    What cannot be printed is shown as its escape, ``\x1b``.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def markdown(text: str) -> str:
    """Return text that Markdown and HTML show as it is: no link, mention, tag or emphasis."""
    return "".join("\\" + c if c in MARKUP else c for c in printable(text))


def markdown_address(url: str) -> str:
    """Return an address as an autolink, whatever stands in it; in a table, too."""
    return f"<{quote(printable(url), safe=ADDRESS)}>"
