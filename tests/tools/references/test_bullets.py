"""Works from Markdown."""

import pytest

from tools.references.bullets import Link, Work, works


def found(markdown: str) -> list[tuple[str, str]]:
    """Return title and address of each work."""
    return [(work.title, work.url) for work in works(markdown)]


def test_bullet_is_a_work_with_its_further_links() -> None:
    """The first link is the work, the others belong to it, wherever the bullet wraps."""
    markdown = "# Reading\n\n- see [A *bold* `code`](https://a.org/ü(1).pdf) and\n  [its code](https://c.org)\n"
    assert works(markdown) == [
        Work(
            title="A bold code",
            url="https://a.org/ü(1).pdf",
            others=(Link("its code", "https://c.org"),),
            line=3,
        )
    ]


def test_nested_bullets_are_works_of_their_own() -> None:
    """Each level of a list counts, in the order of the text."""
    markdown = (
        "- [One](https://one.org)\n  1. [Two](https://two.org)\n- [Three](https://three.org)\n"
    )
    assert [(work.title, work.line) for work in works(markdown)] == [
        ("One", 1),
        ("Two", 2),
        ("Three", 3),
    ]


@pytest.mark.parametrize(
    ("markdown", "work"),
    [
        ("https://a.org/b", ("", "https://a.org/b")),
        ("<https://a.org/b>", ("", "https://a.org/b")),
        ("> https://a.org/b", ("", "https://a.org/b")),
        ("[T](https://a.org/b)", ("T", "https://a.org/b")),
        ("- Attention, 2017: https://a.org/b.", ("Attention, 2017", "https://a.org/b")),
        ("- Attention [[PDF](https://a.org/b)]", ("Attention", "https://a.org/b")),
        ("- [T][1]\n\n[1]: https://a.org/b", ("T", "https://a.org/b")),
        ("- [![alt](https://a.org/i.png)](https://a.org/b)", ("alt", "https://a.org/b")),
        ("- https://en.wikipedia.org/wiki/A_(b)", ("", "https://en.wikipedia.org/wiki/A_(b)")),
        ("- [T](https://a.org/?a=1&amp;b=2)", ("T", "https://a.org/?a=1&b=2")),
        ("- [T](https://a.org/a%20b)", ("T", "https://a.org/a%20b")),
        ("- https://a.org/?a=1&amp;b=2", ("", "https://a.org/?a=1&b=2")),
        ("- <b>Attention</b>: [here](https://a.org/b)", ("Attention", "https://a.org/b")),
        ("- [~~T~~](https://a.org/b)", ("T", "https://a.org/b")),
        ("- [How $x$ pays](https://a.org/b)", ("How $x$ pays", "https://a.org/b")),
        ("!!! note\n\n    - [T](https://a.org/b)", ("T", "https://a.org/b")),
        ("---\nurl: https://b.org\n---\n[T](https://a.org/b)", ("T", "https://a.org/b")),
    ],
)
def test_forms_of_a_link(markdown: str, work: tuple[str, str]) -> None:
    """However Markdown writes a link, its title and verbatim address are found."""
    assert found(markdown) == [work]


def test_lines_of_bare_addresses_are_works() -> None:
    """A plain list of addresses needs no bullets."""
    assert works("https://a.org/1\nhttps://a.org/2\n") == [
        Work(title="", url="https://a.org/1", line=1),
        Work(title="", url="https://a.org/2", line=2),
    ]


def test_row_of_a_table_is_one_work() -> None:
    """Cells that hold nothing but links belong together."""
    table = "| a | b |\n| - | - |\n| [T](https://a.org) | [code](https://b.org) |\n"
    others = (Link("code", "https://b.org"),)
    assert works(table) == [Work(title="T", url="https://a.org", others=others, line=3)]


@pytest.mark.parametrize(
    "markdown",
    [
        "Running text with [a link](https://a.org) in it.",
        "# [Heading](https://a.org)",
        "```\nhttps://a.org\n```",
        "    https://a.org",
        "- `https://a.org`",
        "- plain README.md of keon.io by me@a.org",
        "<!-- https://a.org -->",
        "- text <!-- [x](https://a.org) -->",
        "- ![image](https://a.org/a.png)",
        "- [contents](#part) [file](notes.md) [mail](mailto:me@a.org)",
        "",
    ],
)
def test_what_is_no_work(markdown: str) -> None:
    """Prose, headings, code, comments, images and relative links are not entries."""
    assert works(markdown) == []
