"""Links of a Markdown text, in every form that shows one, bare addresses and raw HTML included.

Links are found by a tokenizer, so nothing comes from code, comments or unused definitions. The
tokenizer knows lines only of blocks; the rules below also note where in its block a link begins, so
that each in a paragraph of many lines has its own line.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from .. import commonmark
from . import hypertext
from .found import Found

InlineRule = Callable[[StateInline, bool], bool]

PLACED_RULES: dict[str, InlineRule] = {
    "bare_address": commonmark.bare_address,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
}
"""The inline rules whose match may be a link."""

BESIDES = [
    *("newline", "emphasis", "strikethrough"),
    *("balance_pairs", "fragments_join", "text_join"),
]
"""Rules that find no link and hide none; those that join tokens would lose where one begins."""


def links(text: str) -> Iterator[Found]:
    """Yield the links of a text, each on the line where it begins.

    A reference link stands where it is used. Images count: the page shows them.
    """
    parser, environment = _parser(), dict[str, Any]()
    line = 0
    for token in parser.parse(text, environment):
        line = token.map[0] + 1 if token.map else line
        if token.type == "inline":
            # Block after block, for memory: a list of links would be kept in thousands of tokens.
            pieces = parser.inline.parse(token.content, parser, environment, [])
            yield from _inline_links(token.content, pieces, line)
        elif token.type == "html_block":
            yield from hypertext.links(token.content, first_line=line)


def _inline_links(content: str, pieces: Iterable[Token], line: int) -> Iterator[Found]:
    position = code_depth = 0
    for token in pieces:
        begins = token.meta.get("begins", position)
        line += content.count("\n", position, begins)
        position = begins
        if token.type == "link_open" and not (token.markup == "linkify" and code_depth):
            yield Found(commonmark.address(token), line)
        elif token.type == "image":
            yield Found(str(token.attrs["src"]), line)
        elif token.type == "html_inline":
            yield from hypertext.links(token.content, first_line=line)
            tag = token.content.lower()
            code_depth += tag.startswith("<code") - tag.startswith("</code")


@cache
def _parser() -> MarkdownIt:
    parser = commonmark.parser().disable(["inline", *BESIDES])
    for name, rule in PLACED_RULES.items():
        parser.inline.ruler.at(name, partial(_placed, rule))
    return parser


def _placed(rule: InlineRule, state: StateInline, silent: bool) -> bool:
    """Apply a rule; note on what it makes first where in the block its match begins."""
    begins, known = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    for token in state.tokens[known : known + 1]:
        token.meta["begins"] = begins
    return True
