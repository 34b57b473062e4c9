"""Weighs the evidence of a title and an address: kind, topics, confidence and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from ..model import Kind, Topic
from . import urls
from .evidence import Evidence, Label, Verdict, Weights
from .grammar import Role
from .places import Found, Places
from .rules import Rules, our_rules
from .traits import traits
from .words import Match, Phrases, clauses, words


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


def categorize(title: str | None, url: str | None) -> Category:
    """Returns the kind, the one to three topics (main one first), the confidence in both and why.

    Never fails: a title or address that is missing or makes no sense lowers the confidence and
    is named in ``why``.
    """
    return _ours().categorize(title, url)


@cache
def _ours() -> "Categorizer":
    """Return what reads our rules when the first link is categorized, and once."""
    return Categorizer(our_rules())


class Categorizer:
    """Rules ready to weigh what a link shows."""

    def __init__(self, rules: Rules) -> None:
        """Compile the rules."""
        self._rules = rules
        self._balance = rules.balance
        self._title_kinds = Phrases(rules.title_kinds, rules.acronyms)
        self._noun_kinds = Phrases(rules.noun_kinds, rules.acronyms)
        self._address_kinds = Phrases(rules.address_kinds, rules.acronyms)
        self._named_kinds = Phrases(rules.named_kinds, rules.acronyms)
        self._topics = Phrases(rules.topic_words, rules.acronyms)
        self._kind_places = Places(rules.kind_places)
        self._topic_places = Places(rules.topic_places)

    def categorize(self, title: str | None, url: str | None) -> Category:
        """Returns what these rules say of a link."""
        title = (title or "").strip()
        link, complaints = self._read(title, url)
        if urls.is_address(title):
            title = ""  # it says nothing that the address itself does not
        said = clauses(title)
        place = self._kind_places.find(link.host, link.path)
        kind = self._kind(title, said, link, place)
        topic = self._topic(title, said, link, kind.label, shared=self._is_shared(place))
        confidence = kind.confidence * topic.confidence
        if complaints:
            confidence = min(confidence, self._balance.unsure)
        close = self._balance.close
        return Category(
            kind=kind.label,
            topics=(topic.label, *self._secondary(topic)),
            confidence=round(confidence, 3),
            why="; ".join([*complaints, kind.why(close), topic.why(close)]),
        )

    def _read(self, title: str, url: str | None) -> tuple[urls.Link, list[str]]:
        """Return the parts of the address, empty ones when there is none, and what is wrong."""
        complaints = [] if title else ["no title"]
        try:
            link = urls.parse(url or "", self._rules.shapes.personal_sites)
        except ValueError:
            link = urls.parse("")
        if not link.host:
            complaints.append("no web address" if url else "no address")
        return link, complaints

    def _kind(
        self, title: str, said: list[list[str]], link: urls.Link, found: Found[Kind] | None
    ) -> Verdict[Kind]:
        """Weigh what speaks for a kind."""
        title_words = words(title)
        shown = traits(title, title_words, link, self._rules.shapes)
        place = self._place_of_kind(found, at_home="home page" in shown)
        balance = self._balance
        things: dict[bool, list[Match[Kind]]] = {True: [], False: []}
        for clause in said:
            for noun in self._noun_kinds.find(clause):
                things[self._rules.grammar.names_the_thing(noun)].append(noun)
        read = [
            *_once(
                ("title", balance.title, self._title_kinds.find(title_words)),
                ("title", balance.title, things[True]),
                ("title", balance.modifier, things[False]),
                ("address", balance.address, self._address_kinds.find(link.path_words)),
                ("host", balance.host, self._address_kinds.find(link.host_words)),
            ),
            *self._endings("host", link.site_name),
            *self._endings("address", "".join(words(link.page_name)[-1:]).lower()),
            *self._names(title_words),
        ]
        evidence = [
            *([place] if place else []),
            *(Evidence(trait, self._rules.traits[trait]) for trait in shown),
            *self._capped(read, place),
        ]
        return self._weigh(self._rules.kind_prior, evidence)

    def _topic(
        self, title: str, said: list[list[str]], link: urls.Link, kind: Kind, *, shared: bool
    ) -> Verdict[Topic]:
        """Weigh what speaks for a topic; a ``shared`` host has a name that says nothing of it."""
        expected = self._rules.topic_prior[kind]
        prior = {topic: expected.get(topic, 0.0) for topic in self._rules.specific_first}
        roles: dict[Role, list[Match[Topic]]] = {role: [] for role in Role}
        for clause in said:
            for phrase in self._topics.find(clause):
                roles[self._rules.grammar.role(phrase)].append(phrase)
        balance = self._balance
        place = self._topic_places.find(link.host, link.path)
        host_words, site_name = ((), "") if shared else (link.host_words, link.site_name)
        evidence = [
            *_once(
                ("title", balance.title, [*roles[Role.SUBJECT], *self._topics.find_name(title)]),
                ("title", balance.title * balance.purpose, roles[Role.PURPOSE]),
                ("title", balance.title * balance.means, roles[Role.MEANS]),
                ("address", balance.address, self._topics.find(link.path_words, inside=True)),
                ("address", balance.address, self._topics.find_name(link.page_name)),
                ("host", balance.host, self._topics.find(host_words, inside=True)),
                ("host", balance.host, self._topics.find_name(site_name)),
            ),
            *([_place_evidence(*place)] if place else []),
        ]
        return self._weigh(prior, evidence)

    def _is_shared(self, found: Found[Kind] | None) -> bool:
        """Tell whether a known host has pages on all subjects: cnn.com is not about CNNs."""
        if found is None:
            return False
        place, weights = found
        host, _, path = place.partition("/")
        return "*" not in host and bool(path or not weights.keys() & self._rules.one_subject)

    def _place_of_kind(self, found: Found[Kind] | None, *, at_home: bool) -> Evidence[Kind] | None:
        """Return what the place says; of some kinds a host says less below its home page."""
        if found is None:
            return None
        place, weights = found
        if "/" not in place and not at_home:
            less = self._balance.below_home
            weights = {
                kind: weight * (less if kind in self._rules.only_at_home else 1.0)
                for kind, weight in weights.items()
            }
        return _place_evidence(place, weights)

    def _capped(
        self, read: Iterable[Evidence[Kind]], place: Evidence[Kind] | None
    ) -> Iterator[Evidence[Kind]]:
        """Yield what was read, no phrase alone weighing more than a place that is sure."""
        surest = max(place.weights.values()) if place else 0.0
        sure = surest >= self._balance.sure_place
        limit = self._balance.one_phrase * surest if sure else inf
        for item in read:
            weights = {kind: min(weight, limit) for kind, weight in item.weights.items()}
            yield Evidence(item.reason, weights)

    def _endings(self, where: str, name: str) -> Iterator[Evidence[Kind]]:
        """Yield what the end of a name tells, the longest that is known: ``udlbook``.

        A name that is itself a word of addresses has been read as such.
        """
        for start in range(len(name)):
            if weights := self._rules.kind_endings.get(name[start:]):
                if start or not self._address_kinds.find([name]):
                    yield Evidence(f"'{name[start:]}' ends {where}", weights)
                return

    def _names(self, title_words: Sequence[str]) -> Iterator[Evidence[Kind]]:
        """Yield the names in a title: the more of it a name makes up, the more it tells.

        Numbers and versions are part of the name: LAION-5B, SQuAD 2.0.
        """
        for match in self._named_kinds.find(title_words):
            length = len(match.phrase.split())
            others = [word for word in (*match.before, *match.after) if word.isalpha()]
            share = length / (length + len(others))
            yield Evidence(f"name '{match.phrase}'", _scaled(match.weights, share))

    def _weigh(
        self, prior: Mapping[Label, float], evidence: Iterable[Evidence[Label]]
    ) -> Verdict[Label]:
        """Add up."""
        return Verdict(
            prior, evidence, again=self._balance.again, temperature=self._balance.temperature
        )

    def _secondary(self, topic: Verdict[Topic]) -> list[Topic]:
        """Return up to two further topics that have evidence of their own, the weightier first."""
        enough = max(1.0, self._balance.secondary * topic.gains[topic.label])
        others = [other for other in topic.gains if other is not topic.label]
        ranked = sorted(others, key=lambda other: -topic.gains[other])
        return [other for other in ranked if topic.gains[other] >= enough][:2]


def _once(*found: tuple[str, float, list[Match[Label]]]) -> Iterator[Evidence[Label]]:
    """Yield the phrases found, each only where it was found first, by its place and factor."""
    seen: set[str] = set()
    for where, factor, matches in found:
        for match in matches:
            if (key := match.phrase.replace(" ", "").lower()) not in seen:
                seen.add(key)
                yield Evidence(f"'{match.phrase}' in {where}", _scaled(match.weights, factor))


def _place_evidence(place: str, weights: Weights[Label]) -> Evidence[Label]:
    """Return what a place says, under its name."""
    return Evidence(f"{'path' if '/' in place else 'host'} {place}", weights)


def _scaled(weights: Weights[Label], factor: float) -> Weights[Label]:
    """Return weights that count by a factor."""
    return {label: factor * weight for label, weight in weights.items()}
