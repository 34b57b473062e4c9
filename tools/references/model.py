"""What a reference is: the fields of an entry and the words its closed vocabularies allow."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCES = ROOT / "docs" / "references" / "references.yml"
LINK_STATUS = ROOT / "docs" / "references" / "link-status.json"


class Kind(StrEnum):
    """What sort of thing a reference is."""

    PAPER = "paper"
    BOOK = "book"
    COURSE = "course"
    TUTORIAL = "tutorial"  # post, guide, lecture notes, cheat sheet
    ENCYCLOPEDIA = "encyclopedia"
    DATASET = "dataset"
    CODE = "code"  # repositories
    TOOL = "tool"  # frameworks, apps, demos, services
    VIDEO = "video"
    NEWS = "news"  # press
    ORGANIZATION = "organization"  # labs, conferences, companies, newsletters


class Topic(StrEnum):
    """What a reference is about; the order is that of the reference page."""

    GENERAL = "general"  # whole-field books, courses, labs
    MATHEMATICS = "mathematics"  # and statistics
    FUNDAMENTALS = "fundamentals"  # perceptron, activations, losses, backpropagation
    TRAINING = "training"  # optimization, initialization, normalization, regularization, transfer
    VISION = "vision"
    SEQUENCES = "sequences"  # RNN, LSTM, attention, time series
    LANGUAGE = "language"
    SPEECH = "speech"  # audio, music
    GENERATIVE = "generative"
    REINFORCEMENT = "reinforcement"  # games, robot control
    INTERPRETABILITY = "interpretability"  # visualizing, adversarial, fairness
    APPLICATIONS = "applications"  # medicine, driving, finance, products


class Relation(StrEnum):
    """How a second link belongs to the work of its entry."""

    CODE = "code"
    PROJECT = "project"
    COURSE = "course"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A second link of the same work: its code, project page, course or PDF."""

    rel: Relation
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One work of the list. A field that is not known is absent: None, or an empty tuple."""

    id: str
    """Citation key, authorYEARword: lower-case ASCII letters and digits."""
    title: str
    url: str
    """Canonical address."""
    kind: Kind
    topics: tuple[Topic, ...]
    """One to three; the first is the main one."""
    authors: tuple[str, ...] = ()
    """Each as "Family, Given" or, for a body, its name."""
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    note: str | None = None
    """One line: why read it."""
    related: tuple[Related, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other addresses of the same work, verbatim."""
    archive: str | None = None
    """A snapshot."""
    unverified: tuple[str, ...] = ()
    """Names of fields that were set from memory."""
    line: int = field(default=0, compare=False)
    """Where the entry begins in its file, counted from 1."""

    @property
    def topic(self) -> Topic:
        """The main topic."""
        return self.topics[0]
