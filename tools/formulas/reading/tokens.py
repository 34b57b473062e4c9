r"""TeX -> tokens.

Spaces, sizes and whatever else only sets the formula is left out here: ``\,``, ``\quad``,
``\displaystyle``, ``\limits``, ``\tag{..}``, ``\label{..}``. `\left`, `\right` and ``\bigl`` become
part of the bracket that they are in front of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..errors import FormulaError

LONGEST_NUMBER = 40


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    LETTER = "letter"
    COMMAND = "command"
    ENVIRONMENT = "environment"
    SYMBOL = "symbol"
    END = "end"


class Side(StrEnum):
    r"""What a bracket's size says of it."""

    ANY = ""
    LEFT = r"\left"
    RIGHT = r"\right"
    OPENING = r"\bigl"
    CLOSING = r"\bigr"


@dataclass(frozen=True, slots=True)
class Token:
    r"""A number, a letter, a command with its backslash, ``\begin{..}``, or a symbol."""

    kind: Kind
    text: str
    """Empty at the end."""
    start: int
    end: int
    side: Side = Side.ANY
    apart: bool = False
    r"""Whether a ``\quad`` stands before it."""


# In the order in which they are tried. Letters and digits are those of ASCII only.
TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n~]+|\\[ \t\r\n])
    |(?P<aside>\\(?:label|tag\*?)\s*\{[^{}]*\})
    |(?P<break>\\\\(?:\[\s*-?[0-9.]+\s*(?:pt|em|ex|mu|mm|cm|in|px)\s*\])?)
    |(?P<environment>\\(?:begin|end)\s*\{\s*[A-Za-z]+\*?\s*\})
    |(?P<command>\\(?:operatorname\*|[A-Za-z]+|[^A-Za-z]))
    |(?P<scientific>[0-9.]+[eE][-+]?[0-9])
    |(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    |(?P<letter>[A-Za-z])
    |(?P<symbol>:=|[-+*/=<>^_&{}()\[\]|,.;'])
    """,
    re.VERBOSE,
)

WIDE = (r"\quad", r"\qquad")

# Commands that set the formula and mean nothing.
SETTING = frozenset(
    (
        *(r"\,", r"\;", r"\:", r"\>", r"\!", r"\thinspace", *WIDE),
        *(r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\limits", r"\nolimits"),
        *(r"\notag", r"\nonumber"),
    )
)

PUNCTUATION = (".", ",", ";")
"""It means nothing at the end of a formula, of a line and of a word."""

FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")

SIZES = {r"\left": Side.LEFT, r"\right": Side.RIGHT} | {
    f"\\{size}{suffix}": side
    for size in ("big", "Big", "bigg", "Bigg")
    for suffix, side in (("", Side.ANY), ("l", Side.OPENING), ("r", Side.CLOSING))
}

# Other spellings of the same bracket.
SAME_BRACKET = {
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\vert": "|",
    r"\Vert": r"\|",
}

BRACKETS = frozenset(
    (
        *("(", ")", "[", "]", r"\{", r"\}", "|", r"\|", r"\lvert", r"\rvert", r"\lVert", r"\rVert"),
        *(r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", *SAME_BRACKET),
    )
)


def tokenize(tex: str) -> list[Token]:
    r"""Return the tokens of a formula, an END last.

    Args:
        tex: what stands between the dollar signs.

    Raises:
        FormulaError: for a character that cannot stand in a formula, and for a size such as
            ``\left`` without a bracket after it.
    """
    tokens: list[Token] = []
    size: Token | None = None
    apart = False
    position = 0
    while position < len(tex):
        match = TOKEN.match(tex, position)
        if match is None:
            raise FormulaError(_unreadable(tex[position]), position)
        token = _token(match)
        position = match.end()
        if token is None:
            apart = apart or match.group() in WIDE
            continue
        if token.text.isdigit() and _follows_fraction(tokens):
            token = replace(token, text=token.text[0], end=token.start + 1)
            position = token.end
        if token.text in SIZES:
            if size is not None:
                raise FormulaError(f"`{size.text}` needs a bracket after it", size.start)
            size = token
            continue
        if size is not None:
            token = _sized(size, token)
            size = None
        tokens.append(replace(token, apart=apart) if apart else token)
        apart = False
    if size is not None:
        raise FormulaError(f"`{size.text}` needs a bracket after it", size.start)
    tokens.append(Token(Kind.END, "", len(tex), len(tex)))
    return tokens


def _token(match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None for what only sets the formula."""
    text, kind = match.group(), match.lastgroup
    if kind in ("space", "aside") or text in SETTING:
        return None
    if kind == "break":
        return Token(Kind.COMMAND, r"\\", *match.span())
    if kind == "environment":
        return Token(Kind.ENVIRONMENT, "".join(text.split()), *match.span())
    if kind == "scientific":
        raise FormulaError(f"`{text}`: write powers of ten as `10^{{-5}}`", match.start())
    if kind == "number" and len(text) > LONGEST_NUMBER:
        raise FormulaError(f"a number of more than {LONGEST_NUMBER} digits", match.start())
    if kind == "number" and text[0] == "0" and text[1:2].isdigit():
        raise FormulaError(f"`{text}` begins with 0; digits are not grouped", match.start())
    return Token(Kind(str(kind)), SAME_BRACKET.get(text, text), *match.span())


def _follows_fraction(tokens: Sequence[Token]) -> bool:
    r"""Return whether a number is one of the two arguments of ``\frac12``, each one digit."""
    before = [token.text for token in tokens[-2:]]
    return before[-1:] != [] and (
        before[-1] in FRACTIONS or (before[0] in FRACTIONS and before[-1].isdigit())
    )


def _sized(size: Token, bracket: Token) -> Token:
    """Return a bracket together with the size in front of it."""
    if bracket.text not in BRACKETS:
        raise FormulaError(f"`{size.text}` needs a bracket after it", size.start)
    return replace(bracket, start=size.start, side=SIZES[size.text])


def _unreadable(character: str) -> str:
    """Return what is said of a character that begins no token."""
    if character == "\\":
        return "a backslash at the end"
    if not character.isascii():
        return f"{character!r} is not TeX: write its command, such as `\\alpha` or `-`"
    return f"{character!r} cannot stand in a formula"
