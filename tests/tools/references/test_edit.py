"""Adding to a list's text."""

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.references.strategies import always_alike
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


def test_appending_to_an_indented_list(reference: Callable[..., Reference]) -> None:
    """The new entry stands below the others, whose dashes may be indented."""
    text = HEAD + "  - {id: a, title: A, url: https://a.org/, kind: book, topics: [general]}\n"
    new = reference(aliases=("http://arxiv.org/abs/1502.01852",))
    result = revised(parse(LIST, text), [*references(text), new])
    assert result.startswith(text + "\n  - id: he2015delving\n    title: ")
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


def test_mixed_line_ends_are_kept() -> None:
    """Lines that end otherwise than most stay as they are; what is new ends as in a CRLF file."""
    text = (HEAD + ENTRY).replace("\n", "\r\n") + "    # a comment\n"
    [old] = references(text)
    result = revised(parse(LIST, text), [replace(old, aliases=("http://one.org/",))])
    head = (HEAD + ENTRY).replace("\n", "\r\n")
    new = "    aliases:\r\n      - http://one.org/\r\n"
    assert result == head + new + "    # a comment\n"


def test_flow_list_grows_between_its_brackets() -> None:
    """An item joins the others on their line, quoted if a bracket asks for it."""
    text = ENTRY + "    aliases: [ http://one.org/ ]  # former\n"
    [old] = references(text)
    new = replace(old, aliases=(*old.aliases, "http://two.org/", "http://three.org/a,b"))
    added = "http://two.org/, 'http://three.org/a,b'"
    assert revised(parse(LIST, text), [new]) == text.replace("one.org/ ]", f"one.org/, {added} ]")


@pytest.mark.parametrize(
    ("text", "fields", "message"),
    [
        ("[]\n", {}, "list.yml:1: must be a block list"),
        (
            "# a\n- {id: one, title: One, url: 'https://one.org/', kind: book, topics: [vision]}\n",
            {"archive": "https://a.org/"},
            "list.yml:2: archive: must be a block entry",
        ),
        (
            ENTRY.replace("url: ", "url: &x ") + "    related: [{rel: code, url: *x}]\n",
            {"url": "https://new.org/"},
            "list.yml:3: an anchor",
        ),
        (
            ENTRY + "    aliases: &x\n    - &y http://one.org/\n",
            {"archive": "https://a.org/"},
            "list.yml:7: an anchor",
        ),
        (
            "- unverified: [title]\n" + ENTRY.replace("-   ", "  ", 1).replace("\n    ", "\n  "),
            {"unverified": ()},
            "list.yml:1: unverified: must stand on a line of its own",
        ),
        (
            ENTRY + "    unverified: [title]\n",
            {"unverified": ("kind",)},
            "list.yml:7: unverified: must keep an item",
        ),
        (
            ENTRY + "    unverified: [\n    # by hand\n    title]\n",
            {"unverified": ()},
            "list.yml:7: a comment between brackets",
        ),
        (
            ENTRY + "    unverified: [title,\n    # of the owner's\n    url, kind ]\n",
            {"unverified": ("url", "kind")},
            "list.yml:7: a comment between brackets",
        ),
        (ENTRY, {"year": 2001, "title": "Another"}, ""),
    ],
)
def test_what_is_not_safe_is_refused_with_its_line(
    text: str, fields: dict[str, Any], message: str, reference: Callable[..., Reference]
) -> None:
    """What cannot be changed without touching other things is told, not rewritten."""
    old = references(text)
    new = [replace(item, **fields) for item in old] or [reference()]
    if not message:  # the control: the same entry in an ordinary form is changed
        assert references(revised(parse(LIST, text), new)) == new
        return
    with pytest.raises(ListError, match=re.escape(message)):
        revised(parse(LIST, text), new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://one.org/", "https://new.org/"),
        ("'https://one.org/'  # here", "'https://new.org/'  # here"),
        ('"https://one.org/"', '"https://new.org/"'),
        ("!!str https://one.org/", "https://new.org/"),
        *(
            (
                f"{sign}\n      https://one.org/\n\n    # a",
                f"{sign}\n      https://new.org/\n\n    # a",
            )
            for sign in (">-", "|  # why", ">2+  # why\n")
        ),
    ],
)
def test_value_is_replaced_in_its_quotes(old: str, new: str) -> None:
    """An address gives way to another, in its form, and nothing beside it changes."""
    text = HEAD + ENTRY.replace("https://one.org/", old) + ALIASES
    [before] = references(text)
    after = replace(before, url="https://new.org/")
    assert revised(parse(LIST, text), [after]) == text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n    - rel: code\n      url: {}\n", "https://b.org/x,y"),
        (" [{{rel: code, url: {}}}]\n", "'https://b.org/x,y'"),
        ("\n    - {{ url: {}, rel: code }}   # it\n", "'https://b.org/x,y'"),
    ],
)
def test_related_address_is_replaced(old: str, new: str) -> None:
    """A related link keeps its form, whichever that is; in brackets a comma is quoted."""
    written = ENTRY + "    related:" + old
    text = written.format("https://a.org/")
    [before] = references(text)
    related = (replace(CODE, url="https://b.org/x,y"),)
    result = revised(parse(LIST, text), [replace(before, related=related)])
    assert result.replace("'", "") == written.format(new).replace("'", "")
    assert references(result)[0].related == related


def test_address_between_braces_is_quoted_where_it_must_be() -> None:
    """A comma would end it there."""
    text = (
        "- {id: one, title: One, url: https://one.org/, kind: book, topics: [vision],\n"
        "   aliases: [http://one.org/]}  # short\n"
    )
    [old] = references(text)
    new = replace(old, url="https://new.org/a,b", aliases=(*old.aliases, "https://one.org/"))
    expected = text.replace("https://one.org/", "'https://new.org/a,b'")
    expected = expected.replace("one.org/]", "one.org/, https://one.org/]")
    assert revised(parse(LIST, text), [new]) == expected


def test_new_field_follows_folded_text() -> None:
    """Below a folded note, not within it, and above the comment on what comes next."""
    note = "    note: >-\n      Read it twice.\n"
    rest = "\n    # not sure\n    unverified: [title]\n"
    text = ENTRY + note + rest
    [old] = references(text)
    result = revised(parse(LIST, text), [replace(old, archive="https://a.org/1")])
    assert result == ENTRY + note + "    archive: https://a.org/1\n" + rest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    unverified: [archive]\n", ""),
        ("    unverified: # these\n      # doubtful\n    - archive\n", "      # doubtful\n"),
        ("    unverified: [archive, url]\n", "    unverified: [url]\n"),
        ("    unverified: [ url ,\n      archive ]\n", "    unverified: [ url ]\n"),
        ("    unverified: [url, archive, kind]\n", "    unverified: [url, kind]\n"),
        (
            "    unverified:\n    - url\n    # by hand\n    -   archive  # built\n",
            "    unverified:\n    - url\n    # by hand\n",
        ),
        (
            "    unverified:\n    - archive\n    # by hand\n    - url\n",
            "    unverified:\n    # by hand\n    - url\n",
        ),
    ],
)
def test_item_is_removed(old: str, new: str) -> None:
    """Its line goes, or its place between commas; with the last item goes the field."""
    archive = "    archive: https://a.org/\n"
    end = "\n# the end\n"
    text = ENTRY + archive + old + end
    [before] = references(text)
    kept = tuple(name for name in before.unverified if name != "archive")
    after = replace(before, unverified=kept, archive="https://b.org/")
    expected = ENTRY + archive.replace("a.org", "b.org") + new + end
    assert revised(parse(LIST, text), [after]) == expected


def test_field_is_removed_with_all_its_items() -> None:
    """And with nothing else."""
    text = ENTRY + "    unverified:\n      - title\n      # doubtful\n      - url\n\n# the end\n"
    [old] = references(text)
    result = revised(parse(LIST, text), [replace(old, unverified=())])
    assert result == ENTRY + "      # doubtful\n\n# the end\n"


def test_last_line_without_newline_may_go_or_be_followed() -> None:
    """Whatever happens at the end of a file that does not end its last line, no line is joined."""
    text = ENTRY + "    archive: https://a.org/\n    unverified: [archive]"
    [old] = references(text)
    assert revised(parse(LIST, text), [replace(old, unverified=())]) == text[: text.rindex("    ")]
    text = ENTRY.rstrip()
    [old] = references(text)
    new = replace(old, archive="https://a.org/", unverified=("archive",))
    assert revised(parse(LIST, text), [new]) == (
        text + "\n    archive: https://a.org/\n    unverified:\n      - archive\n"
    )


# Values, and how each may be written; the field's name and its margin come before.
SCALARS = ["{}", "'{}'", '"{}"', ">-\n{margin}   {}", "{}  # c", "'{}'   # c"]
LISTS = [
    "\n{margin}- {}",
    "\n{margin}  # c\n{margin}  -   {}",
    "\n{margin}  - '{}'   # c",
    " [{}]",
    " [ {} ,\n{margin}   '{}' ]  # c",
]
TOUCHED = re.compile("https?:|url:|aliases|archive|unverified|authors|title$")


@st.composite
def awkward_lists(draw: st.DrawFn) -> str:
    """Draw a list of two to four entries, formatted as no program would, full of comments."""
    return "".join(draw(awkward_entries(number)) for number in range(draw(st.integers(2, 4))))


@st.composite
def awkward_entries(draw: st.DrawFn, number: int) -> str:
    """Draw an entry with the fields that a repair may touch, and some that it may not."""
    margin = " " * draw(st.sampled_from([2, 4]))

    def scalar(value: str) -> str:
        return " " + draw(st.sampled_from(SCALARS)).format(value, margin=margin)

    def items(*values: str) -> str:
        form = draw(st.sampled_from(LISTS))
        if form.count("{}") > 1:
            return form.format(values[0], values[-1], margin=margin)
        return form.format(values[0], margin=margin)

    fields = [
        f"id: e{number}",
        "title:" + scalar(f"The title of number {number}"),
        "url:" + scalar(f"https://e{number}.org/"),
        "kind: book",
        "topics: [vision]",
        "authors:" + items(f"A {number}", "B"),
    ]
    if draw(st.booleans()):
        fields.append("note:" + scalar("Why read it"))
    if draw(st.booleans()):
        link = draw(st.sampled_from(["{{rel: code, url: {}}}", "rel: code\n{margin}  url: {}"]))
        link = link.format(f"https://r{number}.org/", margin=margin)
        fields.append(f"related:\n{margin}- {link}")
    if draw(st.booleans()):
        fields.append("aliases:" + items(f"http://a{number}.org/", f"http://b{number}.org/"))
    archived = draw(st.booleans())
    if archived:
        fields.append("archive:" + scalar(f"https://s{number}.org/"))
    if draw(st.booleans()):
        names = ["archive", "authors"] if archived else ["authors", "title"]
        fields.append("unverified:" + items(*draw(st.permutations(names))))
    between = st.sampled_from(["", "", f"{margin}# c\n", "\n", "# c\n\n"])
    lines = "".join(f"{margin}{field}\n{draw(between)}" for field in fields)
    return "-" + lines.replace(" ", "", 1) + draw(st.sampled_from(["", "\n", "# c\n"]))


def repaired(work: Reference, *, kind: str) -> Reference:
    """Return an entry as a repair would leave it."""
    unverified = tuple(name for name in work.unverified if name != "archive")
    match kind:
        case "url":
            return replace(work, url="https://n.org/?a=1,2", aliases=(*work.aliases, work.url))
        case "related" if work.related:
            related = (replace(CODE, url="https://n.org/#: x"),)
            return replace(work, related=related, aliases=(*work.aliases, work.related[0].url))
        case "built":
            return replace(work, archive="https://n.org/", unverified=(*unverified, "archive"))
    return replace(work, archive="https://n.org/1", unverified=unverified)


@always_alike
@given(
    text=awkward_lists(),
    kind=st.sampled_from(["url", "related", "built", "found"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    is_ended=st.booleans(),
)
def test_change_touches_lines_of_its_entry_only(
    text: str, kind: str, newline: str, is_ended: bool
) -> None:
    """Whatever the formatting: the rest is the same to the byte, and what was wanted reads back."""
    text = (text if is_ended else text.rstrip("\n")).replace("\n", newline)
    listing = parse(LIST, text)
    before = listing.references()
    after = [before[0], repaired(before[1], kind=kind), *before[2:]]
    result = revised(listing, after)
    assert references(result) == after
    entries = [re.split("(?m)^- ", whole) for whole in (text, result)]
    [(old, new)] = [pair for pair in zip(*entries, strict=True) if pair[0] != pair[1]]
    kept = [line for line in old.splitlines() if "# c" in line and "archive" not in line]
    assert new.count("# c") >= len(kept)
    assert result.count("\n") == result.count(newline)
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    touched = [line for line in lines if line.startswith(("- ", "+ "))]
    assert all(TOUCHED.search(line) for line in touched)


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


def test_no_text_is_folded(reference: Callable[..., Reference]) -> None:
    """However long it is: one line of a diff is one field."""
    note = "Read it twice. " * 20 + "Then again."
    assert f"\n  note: {note}\n" in rendered(reference(note=note))
