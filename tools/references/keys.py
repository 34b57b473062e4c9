"""Citation keys: authorYEARword, such as ``he2015delving``."""

import re
import unicodedata
from collections.abc import Container, Sequence
from urllib.parse import urlsplit

KEY = re.compile(r"[a-z][a-z0-9]*")
LONGEST_WORD = 24
"""Letters of a title's word: what is longer is none, but some code in an address."""

# Words that say nothing of a work when they stand first.
STOP_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "do",
        "does",
        "for",
        "from",
        "how",
        "in",
        "is",
        "it",
    }
    | {"of", "on", "or", "the", "to", "via", "what", "when", "why", "with", "your"}
)
# Sites whose pages belong to the first part of the path or of the host, not to the site.
HOSTS_BY_PATH = frozenset({"github.com", "gitlab.com", "medium.com"})
HOSTS_BY_LABEL = frozenset({"github.io", "gitlab.io", "blogspot.com", "wordpress.com"})
# Second-level labels that belong to the suffix, as in `ac.uk`.
SUFFIX_LABELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


def citation_key(
    *,
    title: str,
    url: str,
    authors: Sequence[str] = (),
    year: int | None = None,
    taken: Container[str] = (),
) -> str:
    """Return a key that is not taken: first author or site, year if known, first telling word.

    Lower-case ASCII; a second work with the same key gets ``b``, a third ``c``, and so on.
    """
    who = _ascii(authors[0].split(",")[0]) if authors else ""
    who = who or _ascii(_site(url)) or "anonymous"
    word = _first_word(title)
    stem = who + str(year or "") + ("" if word == who else word[:LONGEST_WORD])
    if not stem[0].isalpha():
        stem = "x" + stem
    number = 1
    key = stem
    while key in taken:
        number += 1
        key = stem + (chr(ord("a") + number - 1) if number <= 26 else f"x{number}")
    return key


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    return re.sub(r"[^a-z0-9]", "", letters.encode("ascii", "ignore").decode().lower())


def _first_word(title: str) -> str:
    words = [word for word in map(_ascii, re.split(r"[\s\-\u2013\u2014:/]+", title)) if word]
    return next((word for word in words if word not in STOP_WORDS), words[0] if words else "")


def _site(url: str) -> str:
    """Return the name a reader gives to a site: owner, user or the host's own label."""
    parts = urlsplit(url)
    labels = str(parts.hostname or "").split(".")
    host = ".".join(labels[-2:])
    owner = parts.path.strip("/").split("/")[0].lstrip("@")
    if host in HOSTS_BY_PATH and owner:
        return owner
    if host in HOSTS_BY_LABEL and len(labels) > 2:
        return labels[-3]
    end = -2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SUFFIX_LABELS else -1
    return (labels[:end] or labels)[-1]
