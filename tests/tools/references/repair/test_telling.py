"""Repairs as Markdown."""

import io
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.tools.references.repair.samples import LIST, dead, moved, observed, proposed
from tools.references.check.formats import escape
from tools.references.check.memory import state
from tools.references.cli import main
from tools.references.repair.applying import applied
from tools.references.repair.telling import difference, told
from tools.references.store import parse

A = "https://two.example/a"


def page(markdown: str) -> BeautifulSoup:
    """Return Markdown as GitHub shows it."""
    return BeautifulSoup(MarkdownIt("gfm-like").render(markdown), "html.parser")


def telling(known, text: str = LIST) -> str:
    """Return what is told of a list."""
    plans, held = proposed(known, text)
    listing = parse(Path("list.yml"), text)
    new, taken, dropped = applied(listing, plans)
    diff = difference(listing.path, text, new)
    return "".join(f"{line}\n" for line in told(taken, [*held, *dropped], diff, hint=""))


KNOWN = {
    "https://one.example/": dead(),
    A: moved("https://else.example/b"),
    "https://two.example/code": moved("http://two.example/code"),
    "https://three.example/#part": moved("https://three.example/#part"),
}


def test_everything_is_told_that_a_review_needs() -> None:
    """Counts, and for each entry its place, both addresses, why, and what to look at."""
    content = page(telling(KNOWN))
    headline = "1 work to repair: 1 new address. 3 links to be looked at."
    assert content.strong.text == headline
    assert [h2.text for h2 in content.select("h2")] == [
        "Repairs: 1",
        "Held back: 3",
        "The lines that change",
    ]
    changed, *held = [
        [" ".join(li.find_all(string=True, recursive=False)).strip() or li.text, li]
        for li in content.select("h2 + ul > li")
    ]
    assert [code.text for code in changed[1].find_all("code", recursive=False)] == [
        "Second",
        "two2002moved",
        "list.yml:14",
    ]
    assert [li.text for li in changed[1].select("li")] == [
        f"url: {A} → https://else.example/b",
        "301 Moved Permanently, asked on 2026-11-23; another host: see that it is the same work",
    ]
    assert [[li.text for li in one[1].select("li")] for one in held] == [
        [
            "https://one.example/",
            "404 Not Found, asked on 2026-11-23, dead in 3 runs since 2026-11-02; "
            "no snapshot is known",
        ],
        [
            "https://two.example/code → http://two.example/code",
            "301 Moved Permanently, asked on 2026-11-23; "
            "the new address is http, the old one https",
        ],
        [
            "https://three.example/#part → https://three.example/#part",
            "301 Moved Permanently, asked on 2026-11-23; it is the same address",
        ],
    ]
    code = content.select_one("pre > code.language-diff")
    assert code is not None
    assert "-  url: 'https://two.example/a'  # quoted\n" in code.text
    assert "+  url: 'https://else.example/b'  # quoted\n" in code.text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_difference_is_a_patch(newline: str) -> None:
    """Few lines around what changes, though most lines of a list are like others."""
    entry = "- id: a\n  url: {}\n  kind: paper\n  topics: [vision]\n\n"
    lines = [entry.format(f"https://{n}.example/") for n in range(300)]
    before = "".join(lines).replace("\n", newline)
    lines[150] = lines[150].replace("150", "new")
    lines[299] = lines[299].rstrip("\n") + "\n  archive: x\n\n"
    after = "".join(lines).replace("\n", newline)
    assert difference(Path("a/list.yml"), before, after) == (
        "```diff\n--- a/a/list.yml\n+++ b/a/list.yml\n"
        "@@ -749,7 +749,7 @@\n   topics: [vision]\n \n - id: a\n"
        "-  url: https://150.example/\n+  url: https://new.example/\n"
        "   kind: paper\n   topics: [vision]\n \n"
        "@@ -1497,4 +1497,5 @@\n   url: https://299.example/\n   kind: paper\n"
        "   topics: [vision]\n+  archive: x\n \n"
        "```"
    )
    assert difference(Path("list.yml"), before, before) == ""
    assert "\n+++ b/nowhere/list.yml\n" in difference(Path("/nowhere/list.yml"), before, after)


def test_no_content_ends_the_fence() -> None:
    """Whatever stands in a list, all of the diff is code, and nothing after it is."""
    before = "~~~\n</code></pre><script>\n````\n\x1b[2J\u202e\n"
    diff = difference(Path("list.yml"), before, before + "`````\n")
    content = page(f"{diff}\nafter\n")
    [code] = content.select("pre > code")
    assert code.text.splitlines()[-1] == "+`````"
    assert [element.name for element in content.find_all()] == ["pre", "code", "p"]
    assert content.p.text == "after"
    assert diff.replace("\n", "").isprintable()


ODD = (
    *("`", "```\n", "|", "\\", "<script>", "</ul>", "[x](javascript:a)", "\n- x", "\n```\n"),
    *("@owner", "#1", "https://b.example/", "*", "_", "$x$", "&lt;", "\x1b[2J", "\u202e", "\ud800"),
)
texts = st.lists(st.sampled_from(ODD) | st.text(max_size=3), min_size=1, max_size=8).map("".join)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@example(reason="a", new_url="https://doi.org/10.1000/`<b>@owner</b>`[x](https://b.example/)`")
@given(
    reason=texts,
    new_url=texts
    | texts.map("https://b.example/".__add__)
    | texts.map("https://doi.org/10.1000/".__add__),
)
def test_nothing_that_a_server_wrote_does_anything(tmp_path_factory, reason, new_url):
    """In a pull request: no link but the addresses, no tag, mention, item or section more."""
    folder = tmp_path_factory.mktemp("repair")
    (folder / "list.yml").write_text(LIST, encoding="utf-8")
    result, _ = moved(new_url)
    state.save(folder / "state.json", observed({A: (replace(result, reason=reason), None)}))
    words = ["repair", "--list", str(folder / "list.yml"), "--state", str(folder / "state.json")]
    with redirect_stdout(io.StringIO()) as output:
        assert main(words) == 0
    markdown = output.getvalue()
    assert markdown.replace("\n", "").isprintable()
    content = page(markdown)
    assert len(content.select("h2")) in {1, 2}
    assert len(content.select("li")) == 3
    links = {a["href"] for a in content.select("a")}
    assert len(links - {A}) <= 1
    assert all(link.startswith(("http://", "https://")) for link in links)
    for code in content.select("code, a"):
        code.clear()
    names = {tag.name for tag in content.find_all()}
    assert names <= {"h1", "h2", "p", "strong", "ul", "li", "a", "code", "pre"}
    assert "owner" not in content.text
    assert escape.printable(content.text.replace("\n", "")) == content.text.replace("\n", "")
