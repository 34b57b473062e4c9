"""Adding to a list's text."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tools.references.edit import rendered, revised
from tools.references.model import Reference, Related, Relation
from tools.references.store import ListError, parse

LIST = Path("list.yml")
CODE = Related(rel=Relation.CODE, url="https://github.com/a/b")
HEAD = "# The list.\n\n"
# Formatted as no program would: all of it must survive.
ENTRY = """\
-   id: one     # a key
    title:   "One: a title"
    url: https://one.org/
    kind:  book

    topics: [ general ]   # one topic
"""
ALIASES = """\
    # seen in the wild
    aliases:   # former
    - http://one.org/   # http
"""


def references(text: str) -> list[Reference]:
    """Return what a text holds."""
    return parse(LIST, text).references()


def test_appending_keeps_every_byte(reference: Callable[..., Reference]) -> None:
    """What was there is there, comments and odd spacing included, and the new entry follows."""
    text = HEAD + ENTRY + ALIASES
    new = reference()
    result = revised(parse(LIST, text), [*references(text), new])
    assert result.startswith(text + "\n- id: he2015delving\n")
    assert references(result)[1:] == [new]


@pytest.mark.parametrize(
    ("text", "start"), [("", "- id: "), ("# a\n", "# a\n\n- id: "), ("# a", "# a\n\n- id: ")]
)
def test_appending_to_an_empty_list(
    text: str, start: str, reference: Callable[..., Reference]
) -> None:
    """An empty file or a lone comment takes a first entry."""
    assert revised(parse(LIST, text), [reference()]).startswith(start)


def test_alias_is_inserted_after_the_last(reference: Callable[..., Reference]) -> None:
    """An existing block list grows by a line in its own margin."""
    text = HEAD + ENTRY + ALIASES + "\n# the end\n"
    [old] = references(text)
    new = replace(old, aliases=(*old.aliases, "http://www.one.org/#x"))
    result = revised(parse(LIST, text), [new])
    assert result == HEAD + ENTRY + ALIASES + "    - http://www.one.org/#x\n\n# the end\n"


def test_new_lists_are_inserted_in_the_order_of_fields() -> None:
    """An entry without them gains `related` and `aliases` at their places, before later fields."""
    text = HEAD + ENTRY + "    unverified: [title]\n"
    [old] = references(text)
    new = replace(old, related=(CODE,), aliases=("http://one.org/",))
    assert revised(parse(LIST, text), [new]) == (
        HEAD
        + ENTRY
        + "    related:\n      - rel: code\n        url: https://github.com/a/b\n"
        + "    aliases:\n      - http://one.org/\n"
        + "    unverified: [title]\n"
    )


def test_several_entries_grow_at_once(reference: Callable[..., Reference]) -> None:
    """Each entry gains its own lines at its own place, and a new one follows."""
    second = ENTRY.replace("one", "two").replace("One", "Two")
    text = HEAD + ENTRY + second
    old = references(text)
    new = [replace(item, aliases=(f"http://{item.id}.org/",)) for item in old]
    assert revised(parse(LIST, text), [*new, reference()]) == (
        HEAD
        + ENTRY
        + "    aliases:\n      - http://one.org/\n"
        + second
        + "    aliases:\n      - http://two.org/\n"
        + "\n"
        + rendered(reference())
    )


def test_related_link_is_inserted_after_the_last() -> None:
    """A second related link joins the first as a mapping of its own."""
    text = ENTRY + "    related:\n      - rel: pdf\n        url: https://one.org/1.pdf\n"
    [old] = references(text)
    new = replace(old, related=(*old.related, CODE))
    result = revised(parse(LIST, text), [new])
    assert result == text + "      - rel: code\n        url: https://github.com/a/b\n"


def test_last_line_without_newline() -> None:
    """A file that does not end its last line is added to correctly."""
    text = (ENTRY + ALIASES).rstrip()
    [old] = references(text)
    new = replace(old, aliases=(*old.aliases, "http://two.org/"))
    assert references(revised(parse(LIST, text), [new])) == [new]


def test_windows_line_ends_are_kept(reference: Callable[..., Reference]) -> None:
    """A file with CRLF stays one."""
    text = (HEAD + ENTRY).replace("\n", "\r\n")
    result = revised(parse(LIST, text), [*references(text), reference()])
    assert result.startswith(text)
    assert result.count("\n") == result.count("\r\n")


def test_flow_style_is_refused_with_its_line(reference: Callable[..., Reference]) -> None:
    """What cannot be added to safely is told, not rewritten."""
    text = ENTRY + "    aliases: [http://one.org/]\n"
    [old] = references(text)
    new = replace(old, aliases=(*old.aliases, "http://two.org/"))
    with pytest.raises(ListError, match=r"list\.yml:7: aliases: must be a block list"):
        revised(parse(LIST, text), [new])
    with pytest.raises(ListError, match=r"list\.yml:1: "):
        revised(parse(LIST, "[]\n"), [reference()])


def test_rendered_entry_reads_back(reference: Callable[..., Reference]) -> None:
    """Whatever YAML finds special in a value is quoted."""
    odd = reference(
        title="yes: #1 - 'quoted' [x] é",
        note="@home: 100% {true}",
        year=2015,
        authors=("TB, Dhruva", "null", "1.5"),
        related=(CODE,),
        aliases=("http://a.org/?x=1&y=(2)#z", "https://a.org/" + "long/" * 40),
    )
    assert references(rendered(odd)) == [odd]
