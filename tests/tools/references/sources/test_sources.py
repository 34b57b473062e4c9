"""The links that are read from each kind of source, and what is said of a source that is none."""

import io
from pathlib import Path

import pytest

from tools.references import sources

DATA = Path(__file__).parents[3] / "data" / "links"

MARKDOWN = [
    (4, "https://link.example/heading"),
    (6, "https://link.example/bare_(1)"),
    (6, "https://link.example/inline"),
    (7, "https://link.example/auto?a=1&b=2"),
    (9, "mailto:other@link.example"),
    (9, "https://link.example/angle brackets"),
    (10, "https://link.example/image.png"),
    (11, "https://link.example/full"),
    (11, "https://link.example/collapsed"),
    (11, "https://link.example/shortcut"),
    (11, "https://link.example/a_b©=c"),
    (12, "https://link.example/raw?a=1&b=2"),
    (13, "mailto:somebody@link.example"),
    (14, "https://link.example/around-a-badge"),
    (14, "https://link.example/badge.svg"),
    (24, "https://link.example/cell"),
    (24, "https://link.example/cell-2"),
    (28, "https://link.example/quoted"),
    (38, "https://link.example/block"),
    (43, "ftp://link.example/file"),
]
HTML = [
    (6, "https://link.example/?a=1&b=2&copy=3"),
    (7, "https://link.example/spaces"),
    (10, "https://link.example/image.png"),
    (12, "https://link.example/frame"),
]
BIBTEX = [
    (5, "https://link.example/a_b%20c/~d~e"),
    (6, "https://doi.org/10.1000/182"),
    (9, "https://link.example/two"),
    (10, "https://doi.org/10.1000/183"),
]
LIST = [
    (4, "https://link.example/one"),
    (9, "https://link.example/code"),
    (11, "https://link.example/one.pdf"),
    (18, "https://link.example/two"),
]


def places(source: Path | str) -> list[tuple[int, str]]:
    """Return line and address of each link of a source."""
    return [(place.line, place.url) for place in sources.read(str(source))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("links.md", MARKDOWN), ("links.html", HTML), ("links.bib", BIBTEX), ("list.yml", LIST)],
)
def test_every_link_is_found_on_its_line(name, expected):
    """Each format gives all of its links and nothing else, decoded, each on its own line."""
    assert places(DATA / name) == expected


def test_places_name_the_file_as_seen_from_here(monkeypatch):
    """A file below the working directory is named relative to it, one elsewhere as it was given."""
    monkeypatch.chdir(DATA)
    assert {place.file for place in sources.read(str(DATA / "links.md"))} == {"links.md"}
    monkeypatch.chdir(DATA.parents[2] / "tools")
    assert {p.file for p in sources.read(str(DATA / "links.md"))} == {str(DATA / "links.md")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "https://e.example/a_*b*.\n\nHTTP://f.example/(x\n",
            [(1, "https://e.example/a_*b*."), (3, "HTTP://f.example/(x")],
        ),
        (
            "https://e.example/1 https://e.example/2,\nhttps://e.example/3\n",
            [(1, "https://e.example/1"), (1, "https://e.example/2"), (2, "https://e.example/3")],
        ),
        (
            "See [one](https://e.example/1)\nand https://e.example/2.\n",
            [(1, "https://e.example/1"), (2, "https://e.example/2")],
        ),
        ("", []),
    ],
    ids=["addresses", "several a line", "markdown", "nothing"],
)
def test_standard_input_is_addresses_or_markdown(monkeypatch, text, expected):
    """Lines that are addresses are taken to the letter; any other text is read as Markdown."""
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert places("-") == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("list.xyz", b"", r"list.xyz: links are read from .*\.md.*, or - for standard input"),
        ("no/such.md", None, r"such.md: cannot be read: No such file or directory"),
        ("latin.md", b"one\ntwo \xe9\n", r"latin.md:2: is not UTF-8 text"),
        (
            "open.bib",
            b"@misc{a,\n  url = {https://e.example/}\n@misc{b}\n",
            r"open.bib:1: is not BibTeX",
        ),
        ("open.yml", b"- id: a\n- [\n", r"open.yml:3: is not YAML"),
        ("deep.yml", b"- " * 2000, r"deep.yml:1: is nested too deeply"),
        ("field.yml", b"- id: a\n  title: A\n  url: [1]\n", r"field.yml:\d: "),
    ],
)
def test_unreadable_source_is_told_with_its_line(tmp_path, name, content, message):
    """A source that is missing, undecodable, broken or of no known kind is one sentence."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(sources.SourceError, match=message):
        sources.read(str(tmp_path / name))


def test_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    """A file from another system has its links on the same lines."""
    path = tmp_path / "windows.md"
    path.write_bytes(
        b"\xef\xbb\xbf---\r\nurl: http://x.y\r\n---\r\n\r\na\r\n[b](https://e.example/)\r\n"
    )
    assert places(path) == [(6, "https://e.example/")]


def test_lines_may_end_as_on_an_old_system(tmp_path):
    """Lone carriage returns end lines too, in every format and in what is told of a broken file."""
    (tmp_path / "old.txt").write_bytes(b"https://e.example/1\rhttps://e.example/2\r")
    (tmp_path / "old.html").write_bytes(b"<p>\r<a href=https://e.example/>")
    (tmp_path / "latin.md").write_bytes(b"one\r\ntwo\rthree \xe9\r")
    assert places(tmp_path / "old.txt") == [(1, "https://e.example/1"), (2, "https://e.example/2")]
    assert places(tmp_path / "old.html") == [(2, "https://e.example/")]
    with pytest.raises(sources.SourceError, match=r"latin.md:3: is not UTF-8 text"):
        places(tmp_path / "latin.md")


def test_image_within_its_own_address_is_no_link(tmp_path):
    """What `data:` holds lies before the reader already."""
    path = tmp_path / "page.html"
    path.write_text("<img src='DATA:image/gif;base64,R0lGODlhAQABAAAAACw='><a href='tel:1'>")
    assert places(path) == [(1, "tel:1")]
