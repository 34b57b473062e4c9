"""Places of the web: which rule about a place fits an address."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Generic

from .evidence import Label, Weights

Found = tuple[str, Weights[Label]]
"""A place that fits an address, and what it speaks for."""


class Places(Generic[Label]):
    """Rules about places, ready to look an address up.

    A place is a host, which covers its subdomains, with a path or without: ``*`` stands for one
    segment or a part of one, ``**`` for anything.
    """

    def __init__(self, places: Mapping[str, Weights[Label]]) -> None:
        """Sort the places by host; those whose host has a ``*`` stand under that."""
        self._weights = places
        self._at: dict[str, list[str]] = {}
        for place in sorted(places, key=_specificity, reverse=True):
            host = place.partition("/")[0]
            self._at.setdefault("*" if "*" in host else host, []).append(place)

    def find(self, host: str, path: str) -> Found[Label] | None:
        """Returns the most telling place that fits and what it says; None when none fits."""
        address = f"{host}/{path}".rstrip("/")
        labels = host.split(".")
        fitting = [
            next((place for place in self._at[at] if _pattern(place).fullmatch(address)), None)
            for at in ("*", *(".".join(labels[start:]) for start in range(len(labels))))
            if at in self._at
        ]
        place = max(filter(None, fitting), key=_specificity, default=None)
        return None if place is None else (place, self._weights[place])


def place_of(text: str) -> str:
    """Returns a place as it must be written.

    Raises:
        ValueError: when it is written in another way, with what is wrong.
    """
    if "://" in text:
        raise ValueError("must begin with the host, without http://")
    if text != text.lower():
        raise ValueError("must be in small letters, as addresses are when they are looked up")
    if re.search(r"\s", text) or not text.removesuffix("/**").strip("*"):
        raise ValueError("is no place: it must be a host, as in example.org, or host and path")
    return text


def _specificity(place: str) -> tuple[int, int]:
    """Count the letters a place spells out, then the wildcards it does without."""
    return len(place.replace("*", "")), -place.count("*")


@cache
def _pattern(place: str) -> re.Pattern[str]:
    """Compile a place: a host covers its subdomains, and without a path all its pages.

    What is below a folder is the folder, too: ``blog/**`` covers the index of the blog. Few places
    are ever in question, so they are compiled one by one when they are.
    """
    host, slash, path = place.partition("/")
    wild = {"**": ".*", "*": "[^/]*"}
    parts = [
        "".join(wild.get(piece, re.escape(piece)) for piece in re.split(r"(\*\*|\*)", text))
        for text in (host, path)
    ]
    tail = f"/{parts[1]}" if slash else "(/.*)?"
    if path.endswith("/**"):
        tail = tail.removesuffix("/.*") + "(/.*)?"
    return re.compile(rf"(.+\.)?{parts[0]}{tail}")
