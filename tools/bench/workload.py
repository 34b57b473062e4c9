"""The lists of links that are checked."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from .server import Weather

HOSTS = 40

MEDIAN_S = 0.15
HANG_SHARE = 0.02
"""As the web is: half of the answers take longer than 150 ms, and two links in a hundred hang."""

PER_HOST = 10
STARTS_PER_S = 20.0


@dataclass(frozen=True, slots=True)
class Link:
    """An address at one of the loopback hosts."""

    host: str
    target: str

    def url(self, port: int) -> str:
        """Return the address as a list has it."""
        return f"http://{self.host}:{port}{self.target}"


def links(count: int, seed: int) -> list[Link]:
    """Return different links in a mixed order: a third on one host, the rest spread unevenly."""
    chance = random.Random(seed)
    numbers = chance.sample(range(2**16, 2**24 - 1), HOSTS)
    fullest, *others = [_address(number) for number in numbers]
    third = count // 3
    shares = [1 / rank for rank in range(1, HOSTS)]  # as popularity goes, after Zipf
    hosts = [fullest] * third + chance.choices(others, shares, k=count - third)
    chance.shuffle(hosts)
    return [
        Link(host, f"/{chance.choice(PARTS)}/{chance.choice(PARTS)}-{number}.html")
        for number, host in enumerate(hosts)
    ]


PARTS = ("papers", "blog", "notes", "2015", "2019", "courses", "docs", "people", "talks", "code")


def _address(number: int) -> str:
    """Return an address of 127.0.0.0/8."""
    return ".".join(map(str, (127, *number.to_bytes(3, "big"))))


def weather(wanted: Sequence[Link], seed: int) -> Weather:
    """Return weather in which the links answer late, and a few of them never."""
    hanging = random.Random(seed).sample(wanted, round(len(wanted) * HANG_SHARE))
    addresses = tuple(link.host + link.target for link in hanging)
    return Weather(seed=seed, median_s=MEDIAN_S, hanging=addresses)


def markdown(wanted: Sequence[Link], port: int) -> str:
    """Return the list as a Markdown file, which all checkers read."""
    lines = (f"- [Work {i}]({link.url(port)})" for i, link in enumerate(wanted, start=1))
    return "\n".join(["# Links", "", *lines, ""])


def bound_s(wanted: Sequence[Link], weather: Weather, timeout_s: float) -> float:
    """Return what no polite checker can beat, though it knew in advance how long each link takes.

    A host gives an answer in as long as it takes to start all of its links, and to wait for them
    ten at a time; a link that hangs takes a time-out.
    """
    delays: dict[str, list[float]] = {}
    for link in wanted:
        delay = weather.delay(link.host, link.target)
        taken = timeout_s if delay is None else min(delay, timeout_s)
        delays.setdefault(link.host, []).append(taken)
    return max(
        max((len(each) - 1) / STARTS_PER_S, sum(each) / PER_HOST, max(each))
        for each in delays.values()
    )
