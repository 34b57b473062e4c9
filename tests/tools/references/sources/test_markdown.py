"""Markdown beyond CommonMark, and the limits of what is a link."""

from pathlib import Path

import markdown as python_markdown
import pytest
from bs4 import BeautifulSoup

from tools.references.sources import markdown

A, B = "https://a.example/", "https://b.example/"

EACH = [*((1, f"{A}{letter}") for letter in "abcd"), (2, B)]
ENTITIES = [(1, f"{A}a"), (1, f"{A}b"), (1, f"{A}?c&d")]

EXTENSIONS = [
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.arithmatex", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
]
"""Those of the site that make links visible or hide what looks like one."""


def places(text: str) -> list[tuple[int, str]]:
    """Return line and address of each link of a text."""
    return [(found.line, found.url) for found in markdown.links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Containers: their content is no code, whatever stands between.
        (f"!!! note\n    a\n\n\n\n    [b]({A})\n", [(6, A)]),
        (f'!!! note "See [a]({A})"\n    b\n', [(1, A)]),
        (f"a\n!!! note\n    b\n\n    [c]({A})\n", [(5, A)]),
        (f'- a\n\n    === "T"\n\n        b\n\n        [c]({A})\n', [(7, A)]),
        (f'1. a\n\n    ??? success "S"\n        b\n\n        [c]({A})\n', [(6, A)]),
        (f"!!! note\n    a\n\n        [code]({A})\n", []),
        (f"!!! note\n    a\n{A}\n", [(3, A)]),
        (f"!!! note\n    ```\n    [code]({A})\n    ```\n[a]({B})", [(5, B)]),
        (f"!!!\n\n    [code]({A})\n", []),
        (f'??? "S"\n\n    [a]({A})\n', [(3, A)]),
        (f'!!! note inline end "T"\n\n    [a]({A})\n', [(3, A)]),
        (f'===! "T"\n\n    [a]({A})\n', [(3, A)]),
        # What merely begins like one is prose, and what stands below it is code.
        (f"!!! Note: look\n\n    [code]({A})\n", []),
        (f"!!! wow, a\n\n    [code]({A})\n", []),
        (f"??? Why so?\n\n    [code]({A})\n", []),
        (f'=== "T" and so on\n\n    [code]({A})\n', []),
        (f"a {A}\n===\n\n    [code]({B})\n", [(1, A)]),
        # Footnotes and definition lists.
        (f"a[^1]\n\n[^1]: [b]({A})\n\n    <{B}>\n", [(3, A), (5, B)]),
        (f"a[^1]\n\n[^1]: {A}\n", [(3, A)]),
        (f"Term\n:   a\n\n    [b]({A})\n", [(4, A)]),
        # Front matter ends with dashes or dots, and is none if nothing ends it.
        (f"---\ntitle: {A}\n...\n{B}", [(4, B)]),
        (f"---\n{A}\n", [(2, A)]),
        (f"-----\n\n[a]({A})\n\n---\n", [(3, A)]),
        (f"---\n# A comment\n\n'key': {A}\n---\n{B}", [(6, B)]),
        # Other text between two lines of dashes is no front matter.
        (f"---\n\n[a]({A})\n\n---\n", [(3, A)]),
        (f"---\n# Title\n{A}\n\nb: {B}\n\n---\n", [(3, A), (5, B)]),
        (f"--- a\n\n[a]({A})\n\n---\n", [(3, A)]),
        # HTML around Markdown.
        (f"<div>\n[a]({A})\n</div>", []),
        (f"a\n<div>\n[b]({A})\n</div>", []),
        (f"<figure markdown='span'>\n  ![a]({A}){{ width=300 }}\n</figure>", [(2, A)]),
        (f'<figure class="x" markdown="0">\n[a]({A})\n</figure>', []),
        # Comments: a block's may have blank lines, one in running text may not.
        (f"<!-- a\n\n[b]({A})\n\n-->\n\n[c]({B})", [(7, B)]),
        (f"a <!-- b\n[c]({A}) --> [d]({B})", [(2, B)]),
        (f"a <!-- b\n\n[c]({A}) --> d", [(3, A)]),
        # Dollars mean nothing: between them may be a formula, or what costs so much.
        (f"US$5 [a]({A}) AU$ 6", [(1, A)]),
        (f"$HOME [a][r] $PATH$\n\n[r]: {A}", [(1, A)]),
        (f"a$$$ [a][r] b$$$\n\n[r]: {A}", [(1, A)]),
        (r"a \[f(x)](y:z)", []),
        # Bare addresses.
        (
            "www.a.example/x_(y). www.b.example",
            [(1, "http://www.a.example/x_(y)"), (1, "http://www.b.example")],
        ),
        ("x/www.a.example", []),
        (f"({A}x), **{B}**: keras.io README.md //c.example", [(1, f"{A}x"), (1, B)]),
        (f"HTTPS://a.example x{A}", [(1, "HTTPS://a.example")]),
        ("www.word (mailto:word)", []),
        ("https:// http://... http://{host}/a https://$HOST/ https://<name>/ http://*", []),
        (f"{A}a\\_b <{A}a\\_b>", [(1, f"{A}a\\_b")] * 2),
        (f"{A}{'(' * 60}x{')' * 60}", [(1, A)]),
        (f'{{"a":"{A}","b":[{B}]}}', [(1, A), (1, B)]),
        (f"{A}a_(b_(c)) {A}d(e f", [(1, f"{A}a_(b_(c))"), (1, f"{A}d")]),
        (f"[at www.a.example]({B})", [(1, B)]),
        (f"[see {A}]({B}) <a href='{B}'>{A}</a>", [(1, B), (1, B)]),
        (
            f"\u89c1{A}a\u3002\u53c8\u89c1\uff1a{A}b\uff0c\uff08{B}\uff09\u201c{B}c\u201d\u548c\u300a{B}d\u300b",
            [(1, f"{A}a"), (1, f"{A}b"), (1, B), (1, f"{B}c"), (1, f"{B}d")],
        ),
        (
            f"{A}\u82f9\u679c_(\u6c34\u679c) {A}Cauchy\u2013Schwarz",
            [(1, f"{A}\u82f9\u679c_(\u6c34\u679c)"), (1, f"{A}Cauchy\u2013Schwarz")],
        ),
        (f"\u00ab{A}a\u00bb {A}b\u2026 {A}c\u200b {A}d\\\n{B}| b", EACH),
        (f"&lt;{A}a&gt; &quot;{A}b&quot;&gt; {A}?c&amp;d&#39;", ENTITIES),
        (f"1{A}a 'git+{A}b' x{A}c", [(1, f"{A}a"), (1, f"{A}b")]),
        (f"{A}{'x' * 9000}_(y) {B}", [(1, f"{A}{'x' * 9000}_(y)"), (1, B)]),
        # Addresses with odd characters, in the forms that allow them.
        (
            f"[a]({A}(b(c))d) [e](<{A}f g>) [h]({A}%20\\_&amp;)",
            [(1, f"{A}(b(c))d"), (1, f"{A}f g"), (1, f"{A}%20_&")],
        ),
        (f"<{A}?a=1&amp;b=2> {A}?a=1&amp;b=2", [(1, f"{A}?a=1&b=2")] * 2),
        # What an escape or an entity stands for before it is no part of another line.
        (f"a\n\\[b] {A}\n", [(2, A)]),
        (f"a\n&amp; b {A}\n", [(2, A)]),
        (f"a\n\\*b* [c]({A})\n", [(2, A)]),
        # What merely looks like a link, or is none of the text's.
        (f'[[wiki]] [@key] {{{{ jinja }}}} --8<-- "file"\n\n[a]: {A}', []),
        (f"\\[a]\\({A})", [(1, A)]),
        (f"[a]\n\n[a]: {A}\n[A]: {B}", [(1, A)]),
        ("a\0b [c](https://a.example/\0)", [(1, "https://a.example/\N{REPLACEMENT CHARACTER}")]),
    ],
)
def test_links_are_those_a_reader_sees(text, expected):
    """What GitHub or Python-Markdown shows as a link is one, on its line; code never is."""
    assert places(text) == expected


def test_link_on_a_very_long_line_or_in_a_very_long_paragraph_has_its_line():
    """Neither ten thousand links on one line nor as many lines of one paragraph confuse lines."""
    text = f"[a]({A}) " * 10_000 + "\n\n" + f"a {B}\n" * 10_000
    assert places(text) == [(1, A)] * 10_000 + [(line, B) for line in range(3, 10_003)]


def test_lists_are_read_as_deep_as_people_nest_them():
    """Twenty levels, which is more than CommonMark's usual parser follows."""
    text = "".join("  " * level + f"- {A}{level}\n" for level in range(20))
    assert places(text) == [(level + 1, f"{A}{level}") for level in range(20)]


@pytest.mark.parametrize("opening", ["!!! a\n", "??? a\n", '=== "a"\n'])
def test_no_nesting_is_too_deep(opening):
    """A thousand blocks in one another neither fail the reader nor hide what follows."""
    text = "".join("    " * level + opening for level in range(1000)) + f"\n{A}\n"
    assert A in [url for _, url in places(text)]


@pytest.mark.parametrize("scrap", ["https://a.b/(", "https://a.b/[", "(https://a.b/"])
def test_brackets_that_never_close_end_an_address(scrap):
    """Neither fails the reader, nor takes time that grows with the square of the length."""
    assert places(scrap * 2000) == [(1, "https://a.b/")] * 2000


def test_pages_of_the_site_give_the_links_they_show(root: Path):
    """On each page the reader finds what Python-Markdown makes links of, relative ones too."""
    pages = sorted((root / "docs").rglob("*.md"))
    converter = python_markdown.Markdown(extensions=EXTENSIONS)
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        shown = BeautifulSoup(converter.reset().convert(text), "html.parser")
        expected = [tag["href"] for tag in shown.select("a[href]")]
        expected += [tag["src"] for tag in shown.select("img[src]")]
        assert sorted(url for _, url in places(text)) == sorted(expected), page
