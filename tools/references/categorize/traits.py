"""Traits of a link: what the shape of its address and of its title tells, whatever the words.

When a trait holds stands here; what it then speaks for stands in ``rules/traits.toml``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .urls import Link

SENTENCE = 7
"""A title of so many words tells something; names of tools and laboratories are shorter."""

_MIT_NUMBER = r"6[.-]?s\d{3}|(6|18)[.-]\d{2,3}|1[0-8][-_]?\d{3}[a-z_]*(sp|f|s)?\d*"
_TERM = r"([-_](spring|fall|autumn|winter|summer).*)?"
_CLASS_IN_TITLE = re.compile(
    r"\b[A-Z]{2,4}[ -]?(?!(19|20)\d\d)\d{3,4}[A-Za-z]?\b"  # CS 231n, but no year
    r"|\b6\.S?\d{3}\b|\b(1[0156]|36)-[3-9]\d\d\b"  # as MIT and CMU number them
)
_SEMESTER_IN_TITLE = re.compile(
    r"\b(fall|spring|autumn|winter|summer) (term |semester )?(19|20)\d\d\b", re.IGNORECASE
)
_DATED = re.compile(r"/(19|20)\d\d([/-]\d{1,2}){1,2}\b")
_SEMESTER = re.compile(
    r"(?<![a-z])(fall|spring|autumn|winter|summer)[-_]?((19|20)?\d\d)(?!\d)|(fa|sp)(20)?[12]\d(?!\d)"
)
_UNIVERSITY = re.compile(r"\.(edu|gov|ac\.\w+|edu\.\w+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What to look for in an address; ``rules/traits.toml`` says what each list is."""

    departments: tuple[str, ...]
    home_pages: tuple[str, ...]
    personal_sites: tuple[str, ...]
    paper_files: tuple[str, ...]
    dataset_files: tuple[str, ...]
    video_files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A link as the traits look at it."""

    title: str
    title_words: list[str]
    link: Link
    shapes: Shapes
    pages: list[str]
    """The segments of the path that do not just name a home page."""
    numbered: list[bool]
    """Which of the host's first label and the pages are numbers of classes."""

    @property
    def at_home(self) -> bool:
        """Whether it is the home page of a host."""
        return bool(self.link.host) and not self.pages

    @property
    def last(self) -> str:
        """The last page; empty when there is none."""
        return self.pages[-1] if self.pages else ""

    @property
    def personal(self) -> bool:
        """Whether the host gives sites to persons and projects."""
        return self.link.host.endswith(self.shapes.personal_sites)

    @property
    def project(self) -> bool:
        """Whether it is ``owner.github.io/project``."""
        short = len(self.pages) == 1 and self.last.count("-") < 3 and not self.link.extension
        return self.link.host.endswith(".github.io") and short


def _class_page(view: View) -> bool:
    """Tell whether the address ends with the number of a class."""
    return any(view.numbered) and (view.numbered[-1] or not view.pages)


_HOLDS: dict[str, Callable[[View], bool]] = {
    "home page": lambda v: v.at_home,
    "home page of a person's or project's site": lambda v: v.personal and not v.pages,
    "page of a person's or project's site": (
        lambda v: v.personal and bool(v.pages) and not v.project
    ),
    "project page": lambda v: v.project,
    "PDF": lambda v: v.link.extension in v.shapes.paper_files or v.pages[:1] == ["pdf"],
    "archive file": lambda v: v.link.extension in v.shapes.dataset_files,
    "video file": lambda v: v.link.extension in v.shapes.video_files,
    "dated path": lambda v: bool(_DATED.search(f"/{v.link.path}")),
    "course number": _class_page,
    "page below a course number": lambda v: any(v.numbered) and not _class_page(v),
    "semester in address": lambda v: bool(_SEMESTER.search(v.link.path)),
    "home page of an .org": lambda v: v.at_home and v.link.host.endswith(".org"),
    "home page of an .io, .app or .dev": (
        lambda v: v.at_home and v.link.host.endswith((".io", ".app", ".dev")) and not v.personal
    ),
    "home page at a university": lambda v: v.at_home and bool(_UNIVERSITY.search(v.link.host)),
    "personal directory": lambda v: any(part.startswith("~") for part in v.link.segments),
    ".gov, .edu or .ac host": lambda v: bool(_UNIVERSITY.search(v.link.host)),
    "slug of a sentence": lambda v: v.last.count("-") >= 3,
    "no path to a page": (
        lambda v: bool(v.link.host) and len(v.pages) == 1 and not v.link.extension
    ),
    "class number in title": lambda v: bool(_CLASS_IN_TITLE.search(v.title)),
    "semester in title": lambda v: bool(_SEMESTER_IN_TITLE.search(v.title)),
    "one-word title": lambda v: len(v.title_words) == 1,
    "title of a sentence": lambda v: len(v.title_words) >= SENTENCE,
}

TRAITS = tuple(_HOLDS)


def traits(title: str, title_words: list[str], link: Link, shapes: Shapes) -> list[str]:
    """Returns the names of the traits that hold, in the order of ``TRAITS``."""
    pages = [
        segment
        for segment in link.segments
        if segment not in shapes.home_pages and not _SEMESTER.fullmatch(segment)
    ]
    labels = [link.host.split(".")[0], *pages]
    numbers = _class_numbers(shapes.departments)
    university = bool(_UNIVERSITY.search(link.host))  # elsewhere 13617 is any page, 6.10 a version
    view = View(
        title=title,
        title_words=title_words,
        link=link,
        shapes=shapes,
        pages=pages,
        numbered=[
            bool(numbers.fullmatch(label)) and (university or re.search("[a-z]", label) is not None)
            for label in labels
        ],
    )
    return [name for name, holds in _HOLDS.items() if holds(view)]


@cache
def _class_numbers(departments: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of what universities call a class: cs231n, 6.S094, stat110."""
    names = "|".join(map(re.escape, departments))
    return re.compile(rf"({names})[ -]?\d{{2,4}}[a-z]?{_TERM}|{_MIT_NUMBER}", re.IGNORECASE)
