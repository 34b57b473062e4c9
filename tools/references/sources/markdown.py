"""Links of a Markdown text, in every form CommonMark knows, bare addresses and raw HTML included.

Links are found by a CommonMark tokenizer, so nothing comes from code, comments or unused
definitions. The tokenizer knows lines only of blocks; the rules below also note where in the block
each inline construct begins and ends, so that a link in a paragraph of many lines has its own line.
"""

from collections.abc import Callable, Iterator
from functools import partial

from linkify_it import LinkifyIt  # type: ignore[import-untyped]  # the package has no types
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    html_inline,
    image,
    link,
    linkify,
    newline,
)
from markdown_it.token import Token

from . import hypertext
from .found import Found

InlineRule = Callable[[StateInline, bool], bool]

PLACED_RULES: dict[str, InlineRule] = {
    "newline": newline,
    "linkify": linkify,
    "backticks": backtick,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
}
"""The inline rules whose match may be a link or hold a line break; no other match does either."""

FENCE = "---"


def links(text: str) -> Iterator[Found]:
    """Yield the links of a text, each on the line where it begins.

    A reference link stands where it is used. Images count: the page shows them.
    """
    line = 0
    for token in _parser().parse(_without_front_matter(text)):
        line = token.map[0] + 1 if token.map else line
        if token.type == "inline":
            yield from _inline_links(token, line)
        elif token.type == "html_block":
            yield from hypertext.links(token.content, first_line=line)


def _inline_links(inline: Token, first_line: int) -> Iterator[Found]:
    line, code_depth = first_line, 0
    for token in inline.children or ():
        line = first_line + token.meta.get("begins", line - first_line)
        if token.type == "link_open" and not (token.markup == "linkify" and code_depth):
            url = str(token.attrs["href"])
            yield Found(_entities_decoded(url) if token.info == "auto" else url, line)
        elif token.type == "image":
            yield Found(str(token.attrs["src"]), line)
        elif token.type == "html_inline":
            yield from hypertext.links(token.content, first_line=line)
            tag = token.content.lower()
            code_depth += tag.startswith("<code") - tag.startswith("</code")
        line = first_line + token.meta.get("ends", line - first_line)


def _entities_decoded(url: str) -> str:
    """Return an address that stands by itself as a browser sees it: the tokenizer leaves it raw."""
    return unescapeAll(url.replace("\\", r"\\"))  # entities only: here a backslash is a backslash


def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like")
    # An address is what says so: with a scheme. `keras.io` and `README.md` are words.
    parser.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    # The link as the source has it: neither percent-encoded nor dropped for its scheme.
    parser.normalizeLink = _as_it_is  # type: ignore[method-assign]  # the documented way to set it
    parser.validateLink = _any  # type: ignore[method-assign]  # the same
    for name, rule in PLACED_RULES.items():
        parser.inline.ruler.at(name, partial(_placed, rule))
    return parser


def _as_it_is(url: str) -> str:
    return url


def _any(url: str) -> bool:
    return True


def _placed(rule: InlineRule, state: StateInline, silent: bool) -> bool:
    """Apply a rule; note on its tokens which lines of the block its match begins and ends on."""
    start, known = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    made = state.tokens[known:]
    if made and made[0].type == "text":  # what stood before the match, pushed along with it
        made = made[1:]
    if made:
        made[0].meta["begins"] = state.src.count("\n", 0, start)
        made[-1].meta["ends"] = state.src.count("\n", 0, state.pos)
    return True


def _without_front_matter(text: str) -> str:
    """Return the text with the YAML before it blanked, so that lines keep their numbers."""
    lines = text.split("\n")
    if lines[0].rstrip() == FENCE:
        for end, line in enumerate(lines[1:], start=1):
            if line.rstrip() == FENCE:
                return "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    return text
