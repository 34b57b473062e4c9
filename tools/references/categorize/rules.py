"""All rules, read from the files of ``rules/`` and checked.

Who wants to add or mend a rule edits those files; each says how at its top.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ..model import Kind, Topic
from .evidence import Label, Weights
from .grammar import Grammar
from .places import place_of
from .rule_file import RuleFile
from .traits import TRAITS, Shapes
from .words import key_of

FOLDER = Path(__file__).with_name("rules")
GROUPS = ("models", "datasets", "libraries", "organizations", "books")
"""The groups of names in ``names.toml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How evidence is weighed against other evidence; ``weights.toml`` says what each does."""

    title: float
    address: float
    host: float
    again: float
    below_home: float
    modifier: float
    purpose: float
    means: float
    one_phrase: float
    sure_place: float
    secondary: float
    temperature: float
    unsure: float
    close: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the files say: phrases, places and traits, with what each speaks for."""

    balance: Balance
    grammar: Grammar
    kind_prior: Weights[Kind]
    title_kinds: Mapping[str, Weights[Kind]]
    noun_kinds: Mapping[str, Weights[Kind]]
    kind_endings: Mapping[str, Weights[Kind]]
    address_kinds: Mapping[str, Weights[Kind]]
    named_kinds: Mapping[str, Weights[Kind]]
    kind_places: Mapping[str, Weights[Kind]]
    only_at_home: frozenset[Kind]
    one_subject: frozenset[Kind]
    traits: Mapping[str, Weights[Kind]]
    shapes: Shapes
    topic_prior: Mapping[str, Weights[Topic]]
    topic_words: Mapping[str, Weights[Topic]]
    topic_places: Mapping[str, Weights[Topic]]
    specific_first: tuple[Topic, ...]
    acronyms: tuple[str, ...]


def our_rules() -> Rules:
    """Returns our rules.

    Raises:
        RulesError: when a file has a fault.
    """
    return load(FOLDER)


def load(folder: Path) -> Rules:
    """Returns the rules of a folder.

    Raises:
        RulesError: when a file has a fault; all faults of the first such file are told.
    """
    with RuleFile(folder / "weights.toml") as file:
        strengths = file.numbers("strength")
        balance = file.numbers("balance", _fields(Balance))
    with RuleFile(folder / "grammar.toml") as file:
        grammar = Grammar(**{name: file.listed(name) for name in _fields(Grammar)})
    with RuleFile(folder / "kinds.toml", strengths) as file:
        kind_prior = file.prior("prior", Kind)
        title_kinds = file.phrases("title", Kind, key_of)
        noun_kinds = file.phrases("noun", Kind, key_of)
        kind_endings = file.phrases("ending", Kind, str)
        address_kinds = file.phrases("address", Kind, key_of)
    with RuleFile(folder / "topics.toml", strengths) as file:
        specific_first = file.order("specific_first", Topic)
        topic_prior = file.weighed("prior", list(Kind), Topic)
        topic_words = file.phrases("words", Topic, key_of)
    with RuleFile(folder / "places.toml", strengths) as file:
        only_at_home = frozenset(file.labels("only_at_home", Kind))
        one_subject = frozenset(file.labels("one_subject", Kind))
        kind_places = file.phrases("kind", Kind, place_of)
        topic_places = file.phrases("topic", Topic, place_of)
    with RuleFile(folder / "traits.toml", strengths) as file:
        traits = file.weighed("traits", TRAITS, Kind)
        shapes = file.texts("shapes", _fields(Shapes))
    with RuleFile(folder / "names.toml", strengths) as file:
        kinds = file.weighed("kind", GROUPS, Kind)
        of_one_topic = file.numbers("of_one_topic", GROUPS)
        of_the_field = file.numbers("of_the_field", GROUPS)
        names = file.groups("names", GROUPS, Topic, key_of)
        acronyms = file.listed("acronyms")
    named_kinds: dict[str, Weights[Kind]] = {}
    for group, by_topic in names.items():
        for topic, texts in by_topic.items():
            weight = (of_the_field if topic is Topic.GENERAL else of_one_topic)[group]
            for text in texts:
                _add(named_kinds, text, kinds[group])
                _add(topic_words, text, {topic: weight})
    return Rules(
        balance=Balance(**balance),
        grammar=grammar,
        kind_prior=kind_prior,
        title_kinds=title_kinds,
        noun_kinds=noun_kinds,
        kind_endings=kind_endings,
        address_kinds=address_kinds,
        named_kinds=named_kinds,
        kind_places=kind_places,
        only_at_home=only_at_home,
        one_subject=one_subject,
        traits=traits,
        shapes=Shapes(**shapes),
        topic_prior=topic_prior,
        topic_words=topic_words,
        topic_places=topic_places,
        specific_first=specific_first,
        acronyms=acronyms,
    )


def _add(index: dict[str, Weights[Label]], text: str, weights: Weights[Label]) -> None:
    """Let a text speak for more labels; for the same label the larger weight counts."""
    known = index.setdefault(text, {})
    for label, weight in weights.items():
        known[label] = max(weight, known.get(label, weight))


def _fields(of: type[Balance | Grammar | Shapes]) -> tuple[str, ...]:
    """Return the names that a section must have to become such a record."""
    return tuple(field.name for field in fields(of))
