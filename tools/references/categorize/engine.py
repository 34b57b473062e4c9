"""Weighs the evidence of a title and an address: kind, topics, confidence and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Generic

from ..model import Kind, Topic
from . import kinds, lexicon, names, sites, urls
from .tables import Label, Weights, by_text
from .words import Match, Phrases, title_traits, words

TEMPERATURE = 0.8
"""Scales the odds so that confidence matches the accuracy measured on labelled links."""
LOW_CONFIDENCE = 0.35
"""At most this when title or address is missing: half of the evidence was never there."""
SECONDARY = 0.35
"""A further topic has at least this share of the main topic's evidence."""
AGAIN = 0.5
"""What each further piece of evidence for the same counts: words about one thing come together."""
BELOW_HOME = 0.3
"""What is left of a host's weight below its home page, for the kinds of ``sites.ONLY_AT_HOME``."""
TITLE, ADDRESS, HOST = 1.0, 0.7, 0.8
"""How much a word counts where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What the rules say of one link."""

    kind: Kind
    topics: tuple[Topic, ...]
    """One to three; the first is the main one."""
    confidence: float
    """Between 0 and 1: how likely kind and main topic are both right."""
    why: str
    """The evidence, the weightiest first, or what was missing."""

    @property
    def topic(self) -> Topic:
        """The main topic."""
        return self.topics[0]


@dataclass(frozen=True, slots=True)
class Evidence(Generic[Label]):
    """Something seen, in words, and what it speaks for."""

    reason: str
    weights: Mapping[Label, float]


@cache
def _title_kinds() -> Phrases[Kind]:
    return Phrases(by_text(kinds.TITLE))


@cache
def _address_kinds() -> Phrases[Kind]:
    return Phrases(by_text(kinds.ADDRESS))


@cache
def _named_kinds() -> Phrases[Kind]:
    return Phrases(by_text(names.KINDS))


@cache
def _topics() -> Phrases[Topic]:
    return Phrases(by_text(lexicon.TERMS, names.TOPICS))


class Places(Generic[Label]):
    """A table of sites, ready to look an address up."""

    def __init__(self, table: Mapping[str, Weights[Label]]) -> None:
        """Compile the places, the ones that say most first."""
        self._places = [
            (place, _spelt_out(place), _place_pattern(place), weights)
            for place, weights in sorted(
                table.items(), key=lambda item: _specificity(item[0]), reverse=True
            )
        ]

    def find(self, link: urls.Link) -> Evidence[Label] | None:
        """Returns what the most telling place that fits says; None when none fits."""
        address = f"{link.host}/{link.path}".rstrip("/")
        for place, letters, pattern, weights in self._places:
            if letters in address and pattern.fullmatch(address):
                if "/" in place or "home page" in link.traits:
                    return Evidence(f"site {place}", weights)
                return Evidence(f"site {place}", _below_home(weights))
        return None


def _below_home(weights: Weights[Label]) -> Weights[Label]:
    """Return what a host says of a page that is not its home page."""
    return {
        label: weight * (BELOW_HOME if label in sites.ONLY_AT_HOME else 1.0)
        for label, weight in weights.items()
    }


def _spelt_out(place: str) -> str:
    """Return the longest part of a place without wildcards: a quick first test."""
    return max(place.removesuffix("/**").split("*"), key=len)


def _specificity(place: str) -> tuple[int, int]:
    """Count the letters a place spells out, then the wildcards it does without."""
    return len(place.replace("*", "")), -place.count("*")


def _place_pattern(place: str) -> re.Pattern[str]:
    """Compile a place: a host covers its subdomains, and without a path all its pages.

    What is below a folder is the folder, too: ``blog/**`` covers the index of the blog.
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


@cache
def _kind_places() -> Places[Kind]:
    return Places(by_text(sites.KINDS))


@cache
def _topic_places() -> Places[Topic]:
    return Places(by_text(sites.TOPICS))


def categorize(title: str | None, url: str | None) -> Category:
    """Returns the kind, the one to three topics (main one first), the confidence in both and why.

    Never fails: a title or address that is missing or makes no sense lowers the confidence and
    is named in ``why``.
    """
    title = (title or "").strip()
    link, complaints = _read(title, url)
    title_words = words(title)
    kind_odds, kind_reasons = _weigh(_kind_evidence(title, title_words, link), kinds.PRIOR)
    kind = max(kind_odds, key=lambda k: kind_odds[k])
    evidence = _topic_evidence(title_words, link)
    prior = {topic: lexicon.PRIOR[kind].get(topic, 0.0) for topic in lexicon.SPECIFIC_FIRST}
    topic_odds, topic_reasons = _weigh(evidence, prior)
    main = max(topic_odds, key=lambda t: topic_odds[t])
    confidence = _share(kind_odds, kind) * _share(topic_odds, main)
    if complaints:
        confidence = min(confidence, LOW_CONFIDENCE)
    return Category(
        kind=kind,
        topics=(main, *_secondary(topic_odds, prior, main)),
        confidence=round(confidence, 3),
        why="; ".join([*complaints, *_explain(kind, kind_reasons), *_explain(main, topic_reasons)]),
    )


def _read(title: str, url: str | None) -> tuple[urls.Link, list[str]]:
    """Return the parts of the address, empty ones when there is none, and what is wrong."""
    complaints = [] if title else ["no title"]
    try:
        link = urls.parse(url or "")
    except ValueError:
        link = urls.parse("")
    if not link.host:
        complaints.append("no web address" if url else "no address")
    return link, complaints


def _kind_evidence(title: str, title_words: list[str], link: urls.Link) -> list[Evidence[Kind]]:
    """List what speaks for a kind."""
    place = _kind_places().find(link)
    return [
        *([place] if place else []),
        *(
            Evidence(trait, kinds.TRAITS[trait])
            for trait in (*link.traits, *title_traits(title, title_words))
        ),
        *_distinct(
            (_title_kinds().find(title_words), TITLE, "title"),
            (_address_kinds().find(link.path_words), ADDRESS, "address"),
            (_address_kinds().find(link.host_words), HOST, "host"),
        ),
        *_name_evidence(title_words),
    ]


def _name_evidence(title_words: Sequence[str]) -> list[Evidence[Kind]]:
    """List the names in a title: the more of it a name makes up, the more it tells the kind."""
    return [
        Evidence(
            f"name '{match.phrase}'",
            {
                kind: weight * len(match.phrase.split()) / len(title_words)
                for kind, weight in match.weights.items()
            },
        )
        for match in _named_kinds().find(title_words)
    ]


def _topic_evidence(title_words: Sequence[str], link: urls.Link) -> list[Evidence[Topic]]:
    """List what speaks for a topic."""
    place = _topic_places().find(link)
    return [
        *_distinct(
            (_topics().find(title_words), TITLE, "title"),
            (_topics().find(link.path_words), ADDRESS, "address"),
            (_topics().find(link.host_words), HOST, "host"),
        ),
        *([place] if place else []),
    ]


def _distinct(*found: tuple[list[Match[Label]], float, str]) -> list[Evidence[Label]]:
    """Turn matches into evidence, each phrase once, where it counts most."""
    seen: set[str] = set()
    evidence: list[Evidence[Label]] = []
    for matches, factor, where in found:
        for match in matches:
            if match.phrase.lower() not in seen:
                seen.add(match.phrase.lower())
                weights = {label: factor * weight for label, weight in match.weights.items()}
                evidence.append(Evidence(f"'{match.phrase}' in {where}", weights))
    return evidence


def _weigh(
    evidence: Iterable[Evidence[Label]], prior: Mapping[Label, float]
) -> tuple[dict[Label, float], list[Evidence[Label]]]:
    """Return the log-odds of every label, and the evidence as a list."""
    seen = list(evidence)
    odds = dict(prior)
    for label in odds:
        weights = sorted((item.weights.get(label, 0.0) for item in seen), reverse=True)
        odds[label] += sum(
            weight * AGAIN**rank if weight > 0 else weight for rank, weight in enumerate(weights)
        )
    return odds, seen


def _share(odds: Mapping[Label, float], label: Label) -> float:
    """Return the probability of a label: a softmax of the log-odds."""
    highest = max(odds.values())
    powers = {key: exp((value - highest) / TEMPERATURE) for key, value in odds.items()}
    return powers[label] / sum(powers.values())


def _secondary(
    odds: Mapping[Topic, float], prior: Mapping[Topic, float], main: Topic
) -> list[Topic]:
    """Return up to two further topics that have evidence of their own, the weightier first."""
    seen = {topic: odds[topic] - prior[topic] for topic in odds if topic is not main}
    enough = max(1.0, SECONDARY * (odds[main] - prior[main]))
    ranked = sorted(seen, key=lambda topic: -seen[topic])
    return [topic for topic in ranked if seen[topic] >= enough][:2]


def _explain(label: Label, evidence: Sequence[Evidence[Label]]) -> list[str]:
    """Say the two weightiest reasons for a label, or that there is none."""
    reasons = sorted(
        (item for item in evidence if item.weights.get(label, 0.0) > 0),
        key=lambda item: -item.weights[label],
    )
    if not reasons:
        return [f"nothing says {label}"]
    return [f"{label}: " + ", ".join(item.reason for item in reasons[:2])]
