"""Python-Markdown extension: puts the reference list into the page that has its markers.

The page is written by hand. ``<!-- reference-topics -->`` becomes a table of its topics, and
``<!-- reference-list vision -->`` the entries whose main topic is vision.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from ..formulas.pages import MKDOCS_YML
from ..references.citing import Citation
from ..references.model import LINK_STATUS, REFERENCES, Kind, Reference, Topic
from .cited_on import DOCS, cited_on
from .entries import append_element, append_text, load_entries
from .link_status import read_status
from .markers import Marker, find
from .reference_entry import Known, append_entry
from .reference_form import search_form
from .reference_index import ranks
from .source import current, warn

TOPICS, LIST = "reference-topics", "reference-list"
READING_ORDER = (
    Kind.BOOK,
    Kind.COURSE,
    Kind.TUTORIAL,
    Kind.VIDEO,
    Kind.ENCYCLOPEDIA,
    Kind.PAPER,
    Kind.DATASET,
    Kind.CODE,
    Kind.TOOL,
    Kind.NEWS,
    Kind.ORGANIZATION,
)
"""In which order to read a topic: what teaches it, what it rests on, what to work with."""


class ReferenceListTreeprocessor(Treeprocessor):
    """Replaces the markers, and wraps each topic from its heading on, to be hidden as one."""

    def __init__(self, md: Markdown, config: Path, references: Path, status: Path) -> None:
        """Take the paths of ``mkdocs.yml``, the list, and what was observed of its links."""
        super().__init__(md)
        self.config = config
        self.references = references
        self.status = status

    def run(self, root: Element) -> None:
        """Change the page in place; a page without a marker stays as it is."""
        tables = list(find(root, self.md, TOPICS))
        lists = list(find(root, self.md, LIST))
        if not tables and not lists:
            return
        entries = sorted(load_entries(self.references).values(), key=reading_order)
        by_topic = {
            topic: [entry for entry in entries if entry.topic == topic]
            for topic in Counter(entry.topic for entry in entries)
        }
        known = Known(
            status=read_status(self.status),
            cited=cited_elsewhere(self.config),
            ranks=ranks(entries),
        )
        for marker in tables[1:]:
            marker.refuse("the topics and the search stand on this page already")
        for marker in tables[:1]:
            table = topic_table(by_topic)
            table.append(search_form(entries, known))
            marker.replace(table)
        if not tables:
            warn(f"the page has no search: add <!-- {TOPICS} -->", lists[0].raw)
        for marker, topic in checked(lists, by_topic):
            # Without its role a list that shows no bullets is none to some screen readers.
            items = Element("ul", {"class": "reference-list", "role": "list"})
            for entry in by_topic.get(topic, ()):
                append_entry(items, entry, known)
            marker.replace(items)
            wrap_topic(marker.parent, items, topic)


def checked(lists: Sequence[Marker], topics: Iterable[Topic]) -> list[tuple[Marker, Topic]]:
    """Return the markers of known topics, the first of each; warn of what is wrong with others.

    Args:
        lists: the markers of a page.
        topics: those that have entries, for each of which there must be a marker.
    """
    found: dict[str, Marker] = {}
    for marker in lists:
        if marker.words not in list(Topic):
            marker.refuse(f"no topic is called {marker.words!r}: write one of {', '.join(Topic)}")
        elif marker.words in found:
            marker.refuse(f"the list of {marker.words} stands on this page already")
        else:
            found[marker.words] = marker
    for topic in Topic:
        if topic in topics and topic not in found:
            warn(f"the page does not show {topic}: add <!-- {LIST} {topic} -->", f"<!-- {TOPICS}")
    return [(marker, Topic(words)) for words, marker in found.items()]


def cited_elsewhere(config: Path) -> Mapping[str, Sequence[Citation]]:
    """Return where each work is cited, but for the page that is being built: it shows them all."""
    source = current.get()
    here = Path(source.path) if source else None
    return {
        key: [citation for citation in citations if Path(DOCS, citation.page) != here]
        for key, citations in cited_on(config).items()
    }


def reading_order(entry: Reference) -> tuple[int, float, str]:
    """Return the key that sorts by kind, then year, the unknown ones last, then title."""
    return READING_ORDER.index(entry.kind), entry.year or float("inf"), entry.title.casefold()


def topic_table(by_topic: Mapping[Topic, Sequence[Reference]]) -> Element:
    """Return links to the topics, in their order, each with the number of its entries.

    Its id goes over to the form that takes its place.
    """
    table = Element("nav", {"class": TOPICS, "id": "search", "aria-label": "Topics"})
    items = SubElement(table, "ul")
    for topic in Topic:
        if topic in by_topic:
            item = SubElement(items, "li")
            append_element(item, "a", topic.capitalize(), href=f"#{topic}")
            append_text(item, " ")
            append_element(item, "span", str(len(by_topic[topic])), class_="count")
    return table


def wrap_topic(parent: Element, items: Element, topic: Topic) -> None:
    """Put a list and all that stands above it, up to its heading, into a section of their own."""
    siblings = list(parent)
    end = siblings.index(items)
    begin = max((n for n in range(end) if siblings[n].tag in ("h1", "h2", "section")), default=-1)
    if begin < 0 or siblings[begin].tag != "h2":
        begin = end
    section = Element("section", {"class": "reference-topic", "data-topic": topic})
    for sibling in siblings[begin : end + 1]:
        parent.remove(sibling)
        section.append(sibling)
    parent.insert(begin, section)


class ReferenceListExtension(Extension):
    """The list; options: `config`, `references`, and `status`, what was observed of its links."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {
            "config": [MKDOCS_YML, "the mkdocs.yml whose nav gives the order of pages"],
            "references": [REFERENCES, "the reference list"],
            "status": [LINK_STATUS, "what the link check observed"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after all text was read (20), before the contents are (5)."""
        options = {name: Path(self.getConfig(name)) for name in self.config}
        md.treeprocessors.register(ReferenceListTreeprocessor(md, **options), "reference_list", 12)


def makeExtension(**kwargs: Any) -> ReferenceListExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ReferenceListExtension(**kwargs)
