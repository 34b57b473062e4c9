"""Text from servers and sources made harmless: data, never instructions to what shows it."""

import itertools
from urllib.parse import quote

ADDRESS = "/?#[]@!$&'()*+,;=:%~-._"
"""The ASCII punctuation of addresses."""

LINKED = ("http://", "https://")
"""What a report may be clicked into: nothing that runs, calls or mails."""


def printable(text: str) -> str:
    r"""Return text without anything that moves a cursor, colours, rings or turns writing round.

    What cannot be printed is shown as its escape, ``\x1b``.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def markdown(text: str) -> str:
    r"""Return text as a Markdown code span, where there is no link, mention, tag or emphasis.

    In a table, too, where a ``|`` needs a backslash; one that has a backslash already is shown as
    ``\x5c|``, since programs disagree about two.
    """
    shown = printable(text).replace("\\|", "\\x5c|").replace("|", "\\|")
    if not shown:
        return ""
    runs = [len(list(run)) for tick, run in itertools.groupby(shown) if tick == "`"]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if {shown[0], shown[-1]} & {"`", " "} else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def markdown_address(url: str) -> str:
    """Return an address as a link if it is one of the web, else as a code span; in a table, too."""
    if not url.lower().startswith(LINKED):
        return markdown(url)
    return f"<{quote(printable(url), safe=ADDRESS)}>"
