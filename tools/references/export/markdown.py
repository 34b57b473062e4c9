"""Markdown, a list by topic that ``add --from`` reads back to the same works."""

import re
from collections.abc import Sequence

from ..model import Reference, Topic
from .publication import family_and_given


def export(references: Sequence[Reference]) -> str:
    """Return the references as bullets under their main topics."""
    sections = ["# References\n"]
    for topic in Topic:
        bullets = [_bullet(reference) for reference in references if reference.topic is topic]
        if bullets:
            sections.append(f"## {topic.capitalize()}\n\n" + "".join(bullets))
    return "\n".join(sections)


def _bullet(reference: Reference) -> str:
    links = [_link(reference.title, reference.url)]
    links += [_link(related.rel, related.url) for related in reference.related]
    facts = [_names(reference.authors), reference.venue, str(reference.year or "")]
    said = ", ".join(_escaped(fact) for fact in facts if fact)
    bullet = f"- {' · '.join(links)}" + (f" ({said})" if said else "")
    return f"{bullet}. {_escaped(reference.note)}\n" if reference.note else f"{bullet}\n"


def _link(text: str, url: str) -> str:
    return f"[{_escaped(text)}](<{url}>)"


def _names(authors: Sequence[str]) -> str:
    """Return the names as read aloud: given before family."""
    people = [family_and_given(author) or (author, "") for author in authors]
    return ", ".join(f"{given} {family}".strip() for family, given in people)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
