"""The Markdown that is read here: CommonMark, and what GitHub and our own pages add to it.

GitHub adds tables and bare addresses; both add footnotes and front matter; Python-Markdown adds
admonitions, folded blocks, tabs, definition lists and Markdown inside HTML. Where they disagree,
what either shows as a link is one. Formulas are read as text: a rule for dollars would lose the
links that stand between two prices.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

INTERRUPTED = ["paragraph", "reference", "blockquote"]
"""The blocks that end where one of HTML or of ours begins."""

CONTAINER = re.compile(
    r'(?:!!!|\?\?\?\+?) ?[\w-]+(?: +[\w-]+)*(?: +".*")?\s*$'
    r'|\?\?\?\+? ?".*"\s*$'
    r'|===[+!]* +".*"\s*$'
)
"""The whole first line of an admonition, a folded block or a tab: other lines are prose."""

INDENT = 4
"""By how many columns their content is indented."""

FENCE = "---"
FENCES_BELOW = (FENCE, "...")
KEY = re.compile(r"""["']?[\w.-]+["']?\s*:(?:\s|$)""")
"""What front matter stands between, and what it begins with: other text stands between rules."""

DEEPEST = 50
"""How many levels of blocks, or of brackets in an address, are followed.

A list in a list is two. Deeper ones are not read; the tokenizer's own limit is 20.
"""

HTTP = "http://"
WWW = "www."
SCHEMES = (HTTP, "https://", "ftp://", "mailto:")
LONGEST_NAME = len("mailto")
NEEDED = {WWW: ".", "mailto:": "@"}
"""What must follow the beginning, lest a mere word be an address."""
BEFORE_WWW = "*_~("
"""What it may follow besides white space, as on GitHub."""

BRACKETS = {"(": ")", "[": "]", "{": "}"}
AFTER_ADDRESSES = re.compile(
    r"""[\s<>"`()\[\]{}«»‹›“”„、。，：；！？（）〈〉《》「」『』【】\u200b]"""  # noqa: RUF001 -- so they are
    r"|&(?:lt|gt|quot|nbsp|#39);"
)
"""What ends an address, but for pairs of ASCII brackets.

GitHub's address runs on until white space or ``<``, which Chinese and quotations do not put there;
it leads nowhere then, and the one that was meant may be alive.
"""
NOT_AT_THE_END = "?!.,:;*_~'|\\…–—\N{RIGHT SINGLE QUOTATION MARK}"  # noqa: RUF001 -- two dashes


def parser() -> MarkdownIt:
    """Return a tokenizer that leaves every address as the text has it."""
    made = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    made.core.ruler.after("normalize", "front_matter", front_matter)
    made.block.ruler.before("fence", "container", container, {"alt": [*INTERRUPTED, "list"]})
    made.block.ruler.at("html_block", raw_html, {"alt": INTERRUPTED})
    made.inline.ruler.before("escape", "bare_address", bare_address)
    made.inline.add_terminator_char(WWW[0])
    # Neither percent-encoded nor dropped for its scheme; the documented way to say so.
    made.normalizeLink = _as_it_is  # type: ignore[method-assign]  # see above
    made.validateLink = _any  # type: ignore[method-assign]  # see above
    return made


def address(link: Token) -> str:
    """Return where a ``link_open`` leads to; of one that stands by itself, entities are decoded."""
    href = str(link.attrs["href"])
    # The tokenizer has left it raw. Here a backslash is a backslash.
    return unescapeAll(href.replace("\\", r"\\")) if link.info == "auto" else href


def front_matter(state: StateCore) -> None:
    """Blank the YAML that a text begins with, so that lines keep their numbers."""
    fence, *lines = state.src.split("\n")
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if fence.rstrip() != FENCE or not KEY.match(first):
        return
    for number, line in enumerate(lines):
        if line.rstrip() in FENCES_BELOW:
            state.src = "\n" * (number + 2) + "\n".join(lines[number + 1 :])
            return


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``!!! note "Title"``, ``??? note`` or ``=== "Tab"``, and the indented lines below.

    As in Python-Markdown, and not in the plugin that knows admonitions, any number of blank lines
    may stand between these. The title may hold links, too.
    """
    opening = _line(state, start)
    if state.is_code_block(start) or not CONTAINER.match(opening):
        return False
    if silent:
        return True
    indent = state.sCount[start] + INDENT
    after = start + 1
    for line in range(start + 1, end):
        if not state.isEmpty(line):
            if state.sCount[line] < indent:
                break
            after = line + 1

    state.push("container_open", "div", 1)
    title = state.push("inline", "", 0)
    title.content, title.map, title.children = opening, [start, start + 1], []
    outside = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "container", after, indent
    state.md.block.tokenize(state, start + 1, after)
    state.parentType, state.lineMax, state.blkIndent = outside
    state.push("container_close", "div", -1)
    state.line = after
    return True


def raw_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of HTML, unless its tag says that it holds Markdown: then it is a paragraph."""
    words = _line(state, start).partition(">")[0].replace("=", " ").split()
    holds_markdown = "markdown" in words and '"0"' not in words
    return not holds_markdown and html_block(state, start, end, silent)


def bare_address(state: StateInline, silent: bool) -> bool:
    """Read an address that stands by itself, if it says that it is one.

    That is by a scheme or by ``www.``: ``keras.io`` and ``README.md`` are words. Nothing is read
    ahead, where the end of a link's text is looked for: an address may run into it.
    """
    prefix = "" if silent or state.linkLevel else _prefix(state)
    begins = state.pos - max(prefix.find(":"), 0)  # the scheme's name has been taken for a word
    after = begins + len(prefix)
    if not prefix or not state.src[after : after + 1].isalnum():
        return False
    url = state.src[begins : _end_of_address(state.src, begins, state.posMax)]
    if NEEDED.get(prefix, "") not in url[len(prefix) :]:
        return False

    state.pending = state.pending[: len(state.pending) - (state.pos - begins)]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": HTTP + url if prefix == WWW else url}
    opening.markup, opening.info = "linkify", "auto"
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos = begins + len(url)
    return True


def _prefix(state: StateInline) -> str:
    """Return what an address begins with that has its ``www.`` or its colon here, or nothing."""
    here = state.src[state.pos]
    if here == WWW[0] and state.src.startswith(WWW, state.pos):
        before = state.src[state.pos - 1] if state.pos else " "
        return WWW if before.isspace() or before in BEFORE_WWW else ""
    if here == ":":
        read = state.pending[-LONGEST_NAME - 1 :].lower()
        for scheme in SCHEMES:
            name = scheme.partition(":")[0]
            if read.endswith(name) and state.src.startswith(scheme[len(name) :], state.pos):
                before = read[: -len(name)][-1:]
                return "" if before.isascii() and before.isalpha() else scheme
    return ""


def _end_of_address(text: str, begins: int, limit: int) -> int:
    """Return where an address ends: at white space or an unpaired bracket, without punctuation."""
    unclosed: list[int] = []
    end = limit
    for found in AFTER_ADDRESSES.finditer(text, begins, limit):
        if found[0] in BRACKETS and len(unclosed) < DEEPEST:
            unclosed.append(found.start())
        elif unclosed and BRACKETS[text[unclosed[-1]]] == found[0]:
            unclosed.pop()
        else:
            end = found.start()
            break
    end = unclosed[0] if unclosed else end
    return begins + len(text[begins:end].rstrip(NOT_AT_THE_END))


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _as_it_is(url: str) -> str:
    return url


def _any(url: str) -> bool:
    return True
