"""What property tests draw: texts of every format with links planted in known places; addresses.

A text is made of blocks, and a block of lines, so that the line of each link is known by how the
text was made, not by reading it. Planted beside the links are addresses that no reader may find.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st

Links = list[tuple[int, str]]

always_alike = settings(max_examples=200, deadline=None, derandomize=True, database=None)
"""No clock, no chance, no memory: the same examples in every run."""

TAILS = [
    "",
    "a_b_c",
    "a_(b)",
    "a(b(c))d",
    "?a=1&b=2",
    "?a=1&copy=2",
    "a%20b",
    "#part",
    "é/ü",
    "~m/*x",
]

# How Markdown writes a link within a line. `{url}` is the link; `{ref}` the label of a definition.
FORMS = [
    "[text]({url})",
    "[*text* `code`]({url} 'title')",
    "[brackets [in] text]({url})",
    r"[an escaped \] bracket]({url})",
    '[text](<{url}> "title")',
    "[text]({url}){{ .button }}",
    "(see [text]({url}))",
    "~~**[text]({url})**~~",
    "![image]({url})",
    "[text][{ref}]",
    "[{ref}][]",
    "[{ref}]",
    "![image][{ref}]",
    "<{url}>",
    "bare {url} address",
    '<a class="x" href="{url}">text</a>',
    "<img src='{url}'>",
    "[![image]({url})](page.md)",
    "[[{ref}]]",
    r"$x_1$ [text]({url}) \(x_2\)",
    "$HOME [text][{ref}] $PATH",
    "\u89c1{url}\uff0c\u6587\u5b57",
    "\u201c{url}\u201d",
    "&lt;{url}&gt;",
]
WRAPPED_FORMS = [
    "[text of\ntwo lines]({url})",
    '[text]({url}\n"title")',
    "[text](\n{url})",
    '<a\nhref="{url}">text</a>',
    "[text of\ntwo lines][{ref}]",
]
DECOYS = [
    "`{url}`",
    "`` `[text]({url}) ``",
    "<code>{url}</code>",
    "<!-- [text]({url}) -->",
    "`code\n{url}`",
    "<!-- a comment\n{url} -->",
    '<a title="{url}">text</a>',
    "[text](page.md '{url}')",
]
DEFINITIONS = ["[{ref}]: {url}", "[{ref}]: <{url}> 'title'", "[{ref}]:\n    {url}\n    'title'"]

# How Markdown puts blocks into one another: what the first line begins with, and the others.
CONTAINERS = {
    "quote": ("> ", "> "),
    "bullet": ("- ", "  "),
    "wide bullet": ("*   ", "    "),
    "number": ("10. ", "    "),
    "note": ('!!! note "A title"\n    ', "    "),
    "folded": ("??? success\n    ", "    "),
    "unfolded": ("???+ tip\n\n\n    ", "    "),
    "tab": ('=== "A tab"\n\n    ', "    "),
    "footnote": ("[^{number}]: ", "    "),
    "definition": ("Term\n:   ", "    "),
}


@dataclass
class Block:
    """Lines of a text, and the links in them: where they stand, counted from 0, and what."""

    lines: list[str]
    links: Links

    def inside(self, first: str, other: str) -> "Block":
        """Return the block in another one, given what its first line and others begin with."""
        *before, first = first.split("\n")
        head, *tail = self.lines
        lines = [*before, first + head, *((other + line).rstrip() for line in tail)]
        return Block(lines, [(line + len(before), url) for line, url in self.links])


def joined(blocks: list[Block], gaps: list[int]) -> Block:
    """Return blocks in a row, with so many blank lines after each."""
    whole = Block([], [])
    for block, gap in zip(blocks, gaps, strict=True):
        whole.links += [(line + len(whole.lines), url) for line, url in block.links]
        whole.lines += block.lines + [""] * gap
    return whole


class Writer:
    """Draws the blocks of one text, each address once."""

    def __init__(self, draw: Callable) -> None:
        """Take what hypothesis gives to draw with."""
        self.draw = draw
        self.numbers = count(1)
        self.definitions: list[str] = []

    def chosen(self, *among):
        """Return one of some values."""
        return self.draw(st.sampled_from(among))

    def address(self, host: str = "link.example") -> str:
        """Return an address that stands nowhere else in the text."""
        return f"https://{host}/{next(self.numbers)}/{self.chosen(*TAILS)}"

    def decoy(self) -> str:
        """Return an address that no reader may find."""
        return self.address("not.a.link")

    def filled(self, form: str, url: str) -> str:
        """Return a link in a form, its definition being kept for the end of the text."""
        ref = f"ref {next(self.numbers)}"
        if "{ref}" in form:
            self.definitions.append(self.chosen(*DEFINITIONS).format(ref=ref, url=url))
        return form.format(url=url, ref=ref)

    def text(self, *, wrapped: bool = True) -> Block:
        """Return running text with links and decoys, of one line unless it may be wrapped."""
        lines, links = ["Words"], []
        for _ in range(self.draw(st.integers(0, 3))):
            is_link = self.draw(st.booleans())
            forms = (FORMS + WRAPPED_FORMS) if is_link else DECOYS
            form = self.chosen(*(f for f in forms if wrapped or "\n" not in f))
            url = self.address() if is_link else self.decoy()
            if is_link:
                links.append((len(lines) - 1, url))
            head, *tail = self.filled(form, url).split("\n")
            lines[-1] += f" {head}"
            lines += tail
            if wrapped and self.draw(st.booleans()):
                lines.append("and")
        return Block(lines, links)

    def heading(self) -> Block:
        """Return a heading of either form."""
        text = self.text(wrapped=False)
        if self.draw(st.booleans()):
            return text.inside("## ", "")
        return Block([*text.lines, "---"], text.links)

    def table(self) -> Block:
        """Return a table with running text in its cells."""
        rows = [self.text(wrapped=False) for _ in range(self.draw(st.integers(1, 3)))]
        rows = [row.inside("| cell | ", "") for row in rows]
        body = joined(rows, [0] * len(rows))
        return body.inside("| a | b |\n| --- | --- |\n", "")

    def code(self) -> Block:
        """Return code, fenced or indented; the latter behind text, lest it belong to a list."""
        link = f"[text]({self.decoy()})"
        fence = self.chosen("```", "~~~~", "```python", "")
        if not fence:
            return Block(["Code:", "", f"    {link}", "", f"    {self.decoy()}"], [])
        return Block([fence, link, "", self.decoy(), fence.rstrip("python")], [])

    def html(self) -> Block:
        """Return a block of raw HTML."""
        url = self.address()
        lines = ["<div>", f"<!-- <a href='{self.decoy()}'>", "-->", f"<a href='{url}'>", "</div>"]
        return Block(lines, [(3, url)])

    def html_with_markdown(self) -> Block:
        """Return a block of HTML that says that it holds Markdown."""
        text = self.text()
        tag = self.chosen('<div class="grid" markdown>', "<figure markdown='span'>")
        inside = text.inside(f"{tag}\n", "")
        return Block([*inside.lines, "</div>"], inside.links)

    def comment(self) -> Block:
        """Return a comment with blank lines in it."""
        return Block(["<!--", self.decoy(), "", f"[text]({self.decoy()})", "-->"], [])

    def formula(self) -> Block:
        """Return a formula that looks like a link."""
        return Block(["$$", r"\label{eq:x}", "P[x](y:z) + f_1 [g](h)", "$$"], [])

    def block(self, depth: int = 2) -> Block:
        """Return a block of any kind, others being nested in it to some depth."""
        kinds = [self.text, self.heading, self.table, self.code, self.html, self.comment]
        kinds += [self.html_with_markdown, self.formula]
        if depth and self.draw(st.booleans()):
            first, other = CONTAINERS[self.chosen(*CONTAINERS)]
            first = first.format(number=next(self.numbers))
            return self.blocks(depth - 1, begin=[self.text()]).inside(first, other)
        return self.chosen(*kinds)()

    def blocks(self, depth: int = 2, begin: list[Block] | None = None) -> Block:
        """Return blocks in a row."""
        blocks = (begin or []) + [self.block(depth) for _ in range(self.draw(st.integers(1, 4)))]
        return joined(blocks, [self.draw(st.integers(1, 3)) for _ in blocks])


@st.composite
def markdown_texts(draw) -> tuple[str, Links]:
    """Draw a Markdown text; return it with line and address of each of its links."""
    writer = Writer(draw)
    front = writer.chosen([], ["---", f"title: {writer.decoy()}", "---"])
    body = writer.blocks()
    lines = [*front, *body.lines, "", *writer.definitions, "", f"[unused]: {writer.decoy()}"]
    links = [(len(front) + line + 1, url) for line, url in body.links]
    return writer.chosen("\n", "\r\n", "\r").join("\n".join(lines).split("\n")), links


# How the other formats write links: LINK is one, REST one without its scheme, DECOY none, KEY a
# name that stands nowhere else. A link counts on its own line, or on that of a HERE before it.
HTML_FORMS = [
    '<a href="LINK">text</a>',
    "<A HREF = LINK >text</A>",
    "HERE<a\n  class='x'\n  href='\n LINK '>text</a>",
    "HERE<img alt='DECOY\n<b c' src=LINK>",
    "HERE<picture><source srcset='LINK, LINK 1x 2h,LINK 2x,\n LINK'></picture>",
    "<video poster=LINK></video><iframe src=LINK></iframe><object data=LINK></object>",
    '<svg><a xlink:href="LINK"/></svg>',
    "<table><td><a href=LINK href=DECOY>text",
    "<p title=DECOY>DECOY",
    "a < b <!-- <a href=DECOY>\n\n<a href=DECOY> -->",
    "<script src=DECOY>\n'<a href=DECOY>'</script>",
    "<style>a { background: url(DECOY) }</style>",
    "<textarea><a href=DECOY></textarea>",
    "<link rel=canonical href=DECOY><a name=x href>no address</a>",
]
BIBTEX_FORMS = [
    "@misc{KEY, url = {LINK}}",
    '@misc{KEY,\n  title = {A\n title},\n  URL = "LINK",\n}',
    "@misc(KEY, url =\n  {\n    LINK\n  })",
    "@online{KEY, note = {At \\url{LINK}, and\n in \\href {LINK}{text}}}",
    "@misc{KEY, howpublished = {\\url{LINK}}, url = {LINK}}",
    '@string{KEYname = {https:} # "//"}\n@misc{KEY, url = KEYNAME # {REST}}',
    "@misc{KEY, year = 2000 % DECOY\n, url = {LINK} % DECOY\n}",
    "@misc{KEY,\n  % url = {DECOY},\n  % note = {\\url{DECOY}},\n  url = {LINK}}",
    "@misc{KEY,\n  % a comment\n  url = {LINK}}",
    "@misc{KEY, url = {LINK}, url = {LINK}}",
    "@misc{key, url = {LINK}}",
    "@misc{KEY, note = {See DECOY}, abstract = {DECOY says so}}",
    '@misc{KEY,\n  howpublished = {LINK},\n  ee = "LINK"}',
    "@misc{KEY, url = {LINK\n    LINK; LINK}}",
    "@comment{@misc{KEY, url = {DECOY}}}",
    "% @misc{KEY,\n%   url = {DECOY}}",
    "  %@misc{KEY, url = {DECOY}}",
    "Text: DECOY",
]
LIST_FORMS = [
    "- {id: KEY, title: A, url: 'LINK', kind: paper, topics: [training]}",
    "- id: KEY\n  url: LINK\n  title: A\n  kind: tool\n  topics: [general] # DECOY",
    "- id: KEY\n  title: A\n  kind: tool\n  topics:\n    - general\n  url: LINK",
    "- id: KEY\n  note: see DECOY\n  title: A\n  url: LINK\n  kind: paper\n  topics: [training]\n"
    '  related:\n    - {rel: code, url: LINK}\n    - rel: pdf\n      url: "LINK"\n'
    "  aliases:\n    - DECOY\n  archive: DECOY",
    "# DECOY",
]
PLAIN_FORMS = ["LINK", "  LINK\t", ""]

# What means something to a reader, to be thrown together in any order.
MARKDOWN_SCRAPS = [
    *"[]()<>!`*_~$\\:|#>{}^=?&\n\r\t ",
    "\n\n",
    "\n    ",
    "```",
    "$$",
    "](",
    "- ",
    "1. ",
]
MARKDOWN_SCRAPS += [
    "\n|-|-|\n",
    "---\n",
    "[^1]",
    "\n[^1]: ",
    "\n[a]: ",
    "\n:   ",
    "!!! x",
    '=== "x"',
]
MARKDOWN_SCRAPS += [
    "<!--",
    "-->",
    "<a href=",
    "<div markdown>",
    "</div>",
    "<script>",
    "&amp;",
    "&#0;",
]
MARKDOWN_SCRAPS += [
    "https://a.b/",
    "www.a.b",
    "mailto:a@b.c",
    "://",
    "word",
    "\0",
    "\ufeff",
    "\u2028",
]
BIBTEX_SCRAPS = [
    *'{}()"#,=%\n ',
    "@misc{",
    "@string{",
    "@comment{",
    "@preamble{",
    "a",
    "url",
    "doi",
]
BIBTEX_SCRAPS += ["eprint", "archiveprefix", "arXiv", "\\url{", "https://a.b/", "10.1000/182"]
LIST_SCRAPS = [
    *"-[]{}\"'*|>!?%@#:\n\t ",
    "- ",
    "  ",
    "---\n",
    "<<: ",
    "id: a\n",
    "url: ",
    "https://a.b/",
]
LIST_SCRAPS += ["title: A\n", "kind: tool\n", "topics: [general]\n", "related:\n", "\0", "\u2028"]


def thrown_together(scraps: list[str]) -> st.SearchStrategy[str]:
    """Draw any text at all, or one of scraps."""
    return st.text() | st.lists(st.sampled_from(scraps), max_size=30).map("".join)


@st.composite
def texts_of(draw, forms: list[str], *escapes: Callable[[str], str]) -> tuple[str, Links]:
    """Draw a text of forms, in which addresses may be escaped; return it with its links."""
    writer = Writer(draw)
    text, links = "", []
    for number, form in enumerate(draw(st.lists(st.sampled_from(forms), max_size=8))):
        line = 0
        for part in re.split("(HERE|LINK|REST|DECOY|KEY)", form + "\n"):
            if part == "HERE":
                line = text.count("\n") + 1
            elif part in ("LINK", "REST"):
                url = writer.address()
                links.append((line or text.count("\n") + 1, url))
                text += writer.chosen(str, *escapes)(url if part == "LINK" else url[8:])
            elif part == "DECOY":
                text += writer.decoy()
            else:
                text += f"key{number}" if part == "KEY" else part
    return text, links


# What addresses are made of: the sites with rules of their own, and what these look at.
HOSTS = [
    "example.org",
    "sub.example.co.uk",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "b\u00fccher.example",
]
HOSTS += ["arxiv.org", "export.arxiv.org", "doi.org", "dx.doi.org", "youtu.be", "m.youtube.com"]
HOSTS += ["www.youtube.com", "www.youtube-nocookie.com", "github.com", "en.m.wikipedia.org"]
HOSTS += ["aclanthology.org", "aclweb.org", "openreview.net", "proceedings.mlr.press"]
HOSTS += ["papers.nips.cc", "proceedings.neurips.cc", "a.github.io", "technologyreview.com"]
SEGMENTS = ["a", "B", "abs", "pdf", "1502.01852", "1502.01852v2.pdf", "cs", "0112017v1", "10.1038"]
SEGMENTS += ["nature14236", "embed", "watch", "0FW99AQmMc8", "videoseries", "b.git", "c.git.git"]
SEGMENTS += ["anthology", "P", "P15", "P15-2116", "2020.acl-main.1.pdf", "v9", "glorot10a.pdf"]
SEGMENTS += ["paper", "1740-x.pdf", "file", "c399-Paper.pdf", "forum", "", "..", "%7Eme", "a%2Fb"]
SEGMENTS += ["%zz", "a%20b", "(x)", "\u00e9", "@c", "a:b", ";p", "index.html", "x.pdf.pdf"]
PARAMETERS = ["a=1", "b=2", "A=1", "c", "", "=", "q=a+b", "q=%20", "q=a%26b", "v=0FW99AQmMc8", "v="]
PARAMETERS += ["t=9", "id=Xyz", "utm_source=x", "UTM_x=1", "fbclid=1", "si=x", "set=6", "list=PL1"]
FRAGMENTS = ["", "#", "#a", "#S3.T1", "#/route?x=1", "#a%20b", "#a#b", "#:~:text=x"]


def addresses(hosts: list[str] = HOSTS) -> st.SearchStrategy[str]:
    """Draw an address of the web, as odd as people write them."""
    path = st.lists(st.sampled_from(SEGMENTS), max_size=4).map(
        lambda all_: "".join("/" + s for s in all_)
    )
    query = st.lists(st.sampled_from(PARAMETERS), max_size=3).map(
        lambda all_: "?" * bool(all_) + "&".join(all_)
    )
    return st.tuples(
        st.sampled_from(["http://", "https://", "HTTPS://", "http://me:pw@"]),
        st.sampled_from(hosts),
        st.sampled_from(["", "", ":80", ":443", ":8080", "."]),
        path,
        st.sampled_from(["", "/"]),
        query,
        st.sampled_from(FRAGMENTS),
    ).map("".join)


def addresses_or_not() -> st.SearchStrategy[str]:
    """Draw an address, a name that stands for one, or text that is none."""
    begins = st.sampled_from(["", "http://", "https://[", "doi:", "arxiv:", "https://doi.org/"])
    return addresses() | st.text() | st.tuples(begins, st.text()).map("".join)
