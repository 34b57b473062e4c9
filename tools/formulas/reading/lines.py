r"""The lines of ``aligned`` and its like: which of them go on with a claim, which begin one."""

from collections.abc import Sequence

from ..errors import FormulaError
from .brackets import RELATIONS
from .tokens import PUNCTUATION, Kind, Side, Token

LINES = ("aligned", "align", "align*", "split", "gathered", "gather", "gather*", "multline*")
WHOLE = ("equation", "equation*", *LINES)
"""Environments that may stand around a whole formula."""

ARROWS = (r"\leftarrow", r"\gets")
SIGNS = ("+", "-", r"\cdot", r"\times", r"\odot")
ALIGNED = frozenset((*RELATIONS, *ARROWS, *SIGNS, r"\\"))
"""What an ``&`` stands beside."""
DEEPEST = 2
"""Environments around each other, as ``aligned`` in ``equation``."""


def claims(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens of each claim, an END last, without environments and alignment marks.

    Args:
        tokens: of the whole formula, an END last.

    Raises:
        FormulaError: for a stray ``&``, an environment that is not closed, or nothing at all.
    """
    content, lines = list(tokens[:-1]), False
    _strip(content)
    for _ in range(DEEPEST):
        if not content or not content[0].text.startswith(r"\begin{"):
            break
        name = content[0].text.removeprefix(r"\begin{").removesuffix("}")
        if name not in WHOLE or content[-1].text != rf"\end{{{name}}}":
            break
        lines = lines or name in LINES
        content = content[1:-1]
        _strip(content)
    found = _split(content) if lines else [content]
    if not any(found):
        raise FormulaError("there is no formula", 0)
    return [[*claim, _end(claim)] for claim in found if claim]


def _end(claim: Sequence[Token]) -> Token:
    return Token(Kind.END, "", claim[-1].end, claim[-1].end)


def _strip(content: list[Token]) -> None:
    """Drop the punctuation at the end of a line."""
    while content and content[-1].text in PUNCTUATION:
        content.pop()


def _split(content: Sequence[Token]) -> list[list[Token]]:
    """Return the claims of an environment."""
    found: list[list[Token]] = [[]]
    environments = enclosed = 0
    for index, token in enumerate(content):
        environments += token.text.startswith(r"\begin{") - token.text.startswith(r"\end{")
        enclosed += (token.side is Side.LEFT) - (token.side is Side.RIGHT)
        if environments or token.text not in ("&", r"\\"):
            found[-1].append(token)
            continue
        if enclosed > 0:
            raise FormulaError(r"a line breaks between `\left` and `\right`", token.start)
        if token.text == "&":
            _check_mark(content, index)
            continue
        _strip(found[-1])
        if found[-1] and not _goes_on(found[-1], content, index + 1):
            found.append([])
    _strip(found[-1])
    return found


def _check_mark(content: Sequence[Token], index: int) -> None:
    """Refuse an ``&`` that separates columns rather than aligns lines."""
    around = content[max(index - 1, 0)], content[min(index + 1, len(content) - 1)]
    if index and not any(token.text in ALIGNED for token in around):
        raise FormulaError("stray `&`: it stands before a relation", content[index].start)


def _goes_on(claim: Sequence[Token], content: Sequence[Token], start: int) -> bool:
    """Return whether the line that begins at index `start` goes on with the claim before it."""
    if claim[-1].text in (*RELATIONS, *ARROWS, *SIGNS):
        return True
    first = start
    while first < len(content) and content[first].text == "&":
        first += 1
    if first == len(content):
        return True
    token = content[first]
    if token.text == "-" and first == start:
        raise FormulaError("a line begins with `-`: put `&` in front if it goes on", token.start)
    return token.text in (*RELATIONS, *SIGNS)
