"""An address taken apart: host, path, and the words they are made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from .words import normalize, words

_IDENTIFIER = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w-]{9,}|[0-9a-f]{16,}")

_READABLE = re.compile(r"[a-z]{5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address: what it names, and the words it is made of."""

    host: str
    """Lower case, without ``www.``; empty when there is none."""
    path: str
    """Decoded, lower case, without slashes at its ends."""
    host_words: tuple[str, ...]
    path_words: tuple[str, ...]
    """Of the path, the query's values and the fragment, in their own case."""
    segments: tuple[str, ...]
    """The parts of the path between its slashes."""
    page_name: str
    """The last segment, without its extension."""
    site_name: str
    """What the owner of the host chose: ``captum`` of captum.ai; empty when there is none."""
    extension: str
    """Of the last segment, without the dot; empty when there is none."""


def parse(url: str, personal_sites: Sequence[str] = ()) -> Link:
    """Returns the parts of an address; one without a scheme is read as if it had one.

    The owner of a host of ``personal_sites``, as ``.github.io``, is who stands before that.

    Raises:
        ValueError: when it is no address, as in ``http://[``.
    """
    url = normalize(url.strip())
    parts = urlsplit(url if "://" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):
        host = ""
    raw_path = unquote(parts.path).strip("/")
    segments = [segment for segment in raw_path.split("/") if segment]
    _, dot, extension = raw_path.rpartition("/")[2].rpartition(".")
    values = [value for _, value in parse_qsl(parts.query)]
    readable = [
        piece
        for piece in (*segments, *values, unquote(parts.fragment))
        if not _is_identifier(piece)
    ]
    return Link(
        host=host,
        path=raw_path.lower(),
        host_words=tuple(words(" ".join(host.split(".")[:-1]))),
        path_words=tuple(word for piece in readable for word in words(piece)),
        segments=tuple(segment.lower() for segment in segments),
        page_name=(segments[-1].rsplit(".", 1)[0] if segments else ""),
        site_name=_site_name(host, personal_sites),
        extension=extension.lower() if dot else "",
    )


def is_address(text: str) -> bool:
    """Tells whether a text is an address rather than words: with a scheme, or host and path."""
    return re.match(r"(https?://\S+|([\w-]+\.)+[a-z]{2,}/\S*)$", text.strip()) is not None


def _site_name(host: str, personal_sites: Sequence[str]) -> str:
    """Return what the owner of a host chose."""
    if not host:
        return ""
    for suffix in personal_sites:
        host = host.removesuffix(suffix)
    labels = host.split(".")
    return labels[-2] if len(labels) > 1 else labels[0]


def _is_identifier(piece: str) -> bool:
    """Tell an opaque key, as of a video, from a slug or name made of words."""
    made_of_words = "-" in piece.strip("-") or _READABLE.search(piece)
    return bool(_IDENTIFIER.fullmatch(piece)) and not made_of_words
