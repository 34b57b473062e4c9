"""An address taken apart: host, path, and the traits of its shape that tell what stands there."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from .words import normalize, words

_COURSE_NUMBER = re.compile(
    r"(cs|cse|ee|eecs|ece|stat|math|comp|compm|ics|csc|cis|stats|cmpt|eleg|engr)[ -]?\d{2,4}[a-z]?"
    r"([-_](spring|fall|autumn|winter|summer).*)?"
    r"|6[.-]?s\d{3}|(6|18)[.-]\d{2,3}|1[0-8][-_]?\d{3}[a-z_]*(sp|f|s)?\d*"
)
_DATED = re.compile(r"/(19|20)\d\d([/-]\d{1,2}){1,2}\b")
_PERSONAL_SITES = (".github.io", ".wordpress.com", ".tumblr.com", ".blogspot.com")
_HOME_FILES = {
    "index.html",
    "index.htm",
    "index.php",
    "home",
    "home.html",
    "en",
    "main_page",
    "stable",
    "latest",
    "syllabus.html",
    "schedule.html",
}
_IDENTIFIER = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w-]{9,}|[0-9a-f]{16,}")


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
    traits: tuple[str, ...]
    """Names of ``kinds.TRAITS`` that hold of it."""


def parse(url: str) -> Link:
    """Returns the parts of an address; one without a scheme is read as if it had one.

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
        traits=tuple(_traits(host, [s.lower() for s in segments], raw_path.lower())),
    )


def is_course_number(text: str) -> bool:
    """Tells whether a text is what universities call a class: cs231n, 6.S094, stat110."""
    return _COURSE_NUMBER.fullmatch(text.lower()) is not None


def _is_identifier(piece: str) -> bool:
    """Tell an opaque key, as of a video, from a slug made of words."""
    return bool(_IDENTIFIER.fullmatch(piece)) and "-" not in piece.strip("-")


def _traits(host: str, segments: list[str], path: str) -> list[str]:
    """List the names of the traits, in the order of the table that weighs them."""
    pages = [segment for segment in segments if segment not in _HOME_FILES]
    numbered = [is_course_number(label) for label in host.split(".")[:1] + pages]
    extension = path.rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
    personal = host.endswith(_PERSONAL_SITES)
    project = host.endswith(".github.io") and len(pages) == 1 and pages[0].count("-") < 3
    project = project and not extension
    holds = {
        "home page": bool(host) and not pages,
        "home page of a person's or project's site": personal and not pages,
        "page of a person's or project's site": personal and bool(pages) and not project,
        "project page": project,
        "named a book": bool(pages) and bool(re.search(r"book(\.\w+)?$", pages[-1])),
        "PDF": extension in {"pdf", "ps", "epdf"} or (bool(pages) and pages[0] == "pdf"),
        "archive file": extension in {"zip", "gz", "tgz", "csv", "tar", "mat", "parquet"},
        "video file": extension in {"mp4", "webm", "mov"},
        "dated path": bool(_DATED.search(f"/{path}")),
        "course number": any(numbered) and (numbered[-1] or not pages),
        "page below a course number": any(numbered) and not (numbered[-1] or not pages),
        "personal directory": any(segment.startswith("~") for segment in segments),
        ".gov, .edu or .ac host": bool(re.search(r"\.(edu|gov|ac\.\w+|edu\.\w+)$", host)),
        "slug of a sentence": bool(pages) and pages[-1].count("-") >= 3,
        "no path to a page": bool(host) and len(pages) == 1 and not extension,
    }
    return [name for name, is_so in holds.items() if is_so]
