"""Text from servers and sources made harmless: data, never instructions to what shows it."""

import itertools
import json
from urllib.parse import quote, unquote, urlsplit

ADDRESS = "/?#@!&'()*+,;=:%~-._"
"""The ASCII punctuation of addresses that is left as it is. Brackets and dollar signs are escaped:
out of those some programs make a link or a formula even between angle brackets."""

LINKED = ("http://", "https://")
"""What a report may be clicked into: nothing that runs, calls or mails."""

LONGEST = 1000
"""How many characters of one text a report shows. A redirect may be 64 kB long, which is all that
GitHub takes for an issue."""

REFERENCED = frozenset({"issues", "pull", "discussions", "commit"})
"""Pages of a GitHub repository on which a mere link from an issue leaves a public trace: a server
that redirects there must not have us write on somebody's wall."""

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def printable(text: str) -> str:
    r"""Return text without anything that moves a cursor, colours, rings or turns writing round.

    What cannot be printed is shown as its escape, ``\x1b``.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(text: str) -> str:
    """Return printable text of a length that can be read."""
    whole = printable(text)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def json_text(document: object) -> str:
    r"""Return a document as one line of JSON that any file can hold and any terminal can show.

    Letters of all scripts stand for themselves; what cannot be printed is escaped, ``\u001b``.
    """
    line = _encoded(document)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def code_span(text: str) -> str:
    """Return text as a Markdown code span, where there is no link, mention, tag or emphasis."""
    inside = printable(text)
    if not inside:
        return ""
    runs = [len(list(run)) for tick, run in itertools.groupby(inside) if tick == "`"]
    fence = "`" * (max(runs, default=0) + 1)
    # A space is taken off either side where both have one, unless there is nothing else.
    spaced = {inside[0], inside[-1]} & {"`", " "} and not inside.isspace()
    pad = " " if spaced else ""
    return f"{fence}{pad}{inside}{pad}{fence}"


def cell(text: str) -> str:
    r"""Return text as a code span for a table, where a ``|`` needs a backslash.

    One that has a backslash already is shown as ``\x5c|``, since programs disagree about two.
    """
    return code_span(printable(text).replace("\\|", "\\x5c|")).replace("|", "\\|")


def address(url: str) -> str:
    """Return an address as a Markdown link, in a table, too; as a code span if it is to be none."""
    # Whatever it is, no more is left than ASCII without bars, ticks and backslashes.
    quoted = quote(url, safe=ADDRESS, errors="backslashreplace")
    # Some programs show a link without its escapes: what they stand for is to be printable, too.
    if not _is_linked(url) or len(quoted) > LONGEST or not unquote(quoted).isprintable():
        return code_span(shown(quoted))
    return f"<{_without_entities(quoted)}>"


def _is_linked(url: str) -> bool:
    """Return whether a click on an address is welcome: to the web, without leaving a trace."""
    if not url.lower().startswith(LINKED):
        return False
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return False
    if not host or ":" in host:  # an IPv6 address, whose brackets would be lost
        return False
    return host != "github.com" or REFERENCED.isdisjoint(parts.path.lower().split("/")[3:4])


def _without_entities(quoted: str) -> str:
    """Return an address without entities: programs disagree on whether one in brackets is read."""
    first, *others = quoted.split("&")
    for i, text in enumerate(others):
        name = text.partition(";")[0]
        if name.startswith("#") or name.isalnum():
            others[i] = text.replace(";", "%3B", 1)
    return "&".join([first, *others])
