"""What every part of the parser reads with: a place among the tokens, and where braces close."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from ..errors import FormulaError
from ..syntax import Node
from .tokens import Kind, Side, Token

DEEPEST = 50
"""Factors within each other: in brackets, scripts and arguments."""

# Refused wherever they stand, with what to do instead.
REFUSED: Mapping[str, str] = {
    "&": "stray `&`",
    r"\\": r"stray `\\`: only `aligned` and `cases` have lines",
    r"\dots": r"`\dots` leaves to the reader what is to be computed",
    r"\ldots": r"`\ldots` leaves to the reader what is to be computed",
    r"\cdots": r"`\cdots` leaves to the reader what is to be computed",
    r"\circ": r"`\circ` composes functions, as in `(f \circ g)(x)`; of arrays, write `\odot`",
    r"\top": r"`\top` stands raised, as in `W^\top`",
    r"\infty": r"`\infty` stands only under a norm",
    r"\propto": r"`\propto` says too little to be computed",
    r"\pm": r"`\pm` is two formulas in one",
    "'": "a prime stands only on a function",
    "*": r"`*` is no product: write `\cdot`, or nothing",
    ",": "a list is no value",
}

PAIRS: Mapping[str, str] = {
    "(": ")",
    "[": "]",
    r"\{": r"\}",
    "|": "|",
    r"\|": r"\|",
    r"\lvert": r"\rvert",
    r"\lVert": r"\rVert",
    r"\lfloor": r"\rfloor",
    r"\lceil": r"\rceil",
}
"""Brackets, opening and closing."""

NOT_CLOSED: Mapping[str, str] = {
    "|": "`|` is not closed by `|`, and what is given beside it, as in `P(a|b)`, is no value",
}
"""What is said of an opening bracket without a closing one, where that needs more words."""

# Commands that have a place somewhere, if not here.
KNOWN = frozenset(
    (
        *(r"\cdot", r"\times", r"\odot", r"\frac", r"\sqrt", r"\sum", r"\prod", r"\partial"),
        *(r"\nabla", r"\arg", r"\rvert", r"\rVert", r"\rfloor", r"\rceil", r"\leftarrow"),
        *(r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq", r"\lt", r"\gt", r"\approx"),
        *(r"\equiv", r"\triangleq", r"\intercal", r"\prime", r"\text"),
    )
)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Names:
    """What a formula is read with: the parse depends on which keys are given."""

    values: Collection[str] = frozenset()
    functions: Collection[str] = frozenset()
    dependent: Collection[str] = frozenset()

    def known(self) -> frozenset[str]:
        """Return all keys, with ``E`` and ``w`` for ``dE/dw``, and ``E`` for ``grad E``."""
        keys = {*self.values, *self.functions, *self.dependent}
        for key in self.values:
            if key.startswith("d") and "/d" in key:
                keys.update(key.removeprefix("d").split("/d", 1))
            elif key.startswith("grad "):
                keys.add(key.removeprefix("grad "))
        return frozenset(keys)


@dataclass(frozen=True, slots=True)
class Part:
    """An argument in braces, or of one token: the tokens from `first` up to `last`."""

    first: int
    last: int
    span: tuple[int, int]
    """Without the braces."""
    end: int
    """With them."""


class Reader:
    """A place among the tokens of one claim; the parts of the parser build on it."""

    def __init__(self, tokens: Sequence[Token], names: Names) -> None:
        """Begin at the first token; the last is an END.

        Raises:
            FormulaError: where braces do not pair.
        """
        self.names = names
        self.known = names.known()
        self._tokens = tokens
        self._index = 0
        self._limit = len(tokens) - 1
        self._depth = 0
        self._closing = _closing_braces(tokens)

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.ahead(0)

    @property
    def previous(self) -> Token:
        """The token that was read last."""
        return self._tokens[self._index - 1]

    @property
    def previous_end(self) -> int:
        """The offset at which it ends."""
        return self.previous.end

    def ahead(self, count: int) -> Token:
        """Return the token `count` after the next one; an END where the argument is over."""
        index = self._index + count
        if index < self._limit:
            return self._tokens[index]
        place = self._tokens[self._limit].start
        return Token(Kind.END, "", place, place)

    def ended(self) -> bool:
        """Return whether nothing is left of the argument, or of the claim."""
        return self.token.kind is Kind.END

    def at(self, *texts: str) -> bool:
        """Return whether the next token is one of `texts`."""
        return self.token.text in texts

    def take(self) -> Token:
        """Return the next token and go on to the one after."""
        token = self.token
        if token.kind is Kind.END:
            raise FormulaError("something is missing here", token.start)
        self._index += 1
        return token

    def accept(self, *texts: str) -> Token | None:
        """Take the next token if it is one of `texts`."""
        return self.take() if self.at(*texts) else None

    def since(self, start: int) -> tuple[int, int]:
        """Return the span from an offset to the end of what was read last."""
        return start, self.previous_end

    def braces(self) -> Part:
        """Take braces and what is in them.

        Raises:
            FormulaError: when they are empty.
        """
        opening, first, last = self.token, self._index + 1, self._closing[self._index]
        if first == last:
            raise FormulaError("empty braces", opening.start)
        self._index = last + 1
        span = self._tokens[first].start, self._tokens[last - 1].end
        return Part(first, last, span, self._tokens[last].end)

    def part(self, wanted: str) -> Part:
        """Take an argument: braces, or a single letter or digit.

        Raises:
            FormulaError: when something else stands there, with what is wanted.
        """
        if self.at("{"):
            return self.braces()
        token = self.take()
        simple = token.kind in (Kind.LETTER, Kind.NUMBER) or token.text[1:].isalpha()
        if not simple or (token.kind is Kind.NUMBER and len(token.text) > 1):
            raise FormulaError(f"{wanted} needs braces here", token.start)
        return Part(self._index - 1, self._index, (token.start, token.end), token.end)

    def tokens_of(self, part: Part) -> Sequence[Token]:
        """Return the tokens of an argument."""
        return self._tokens[part.first : part.last]

    def within(self, part: Part, read: Callable[[], T]) -> T:
        """Read an argument that was taken before; all of it must be used."""
        before = self._index, self._limit
        self._index, self._limit = part.first, part.last
        try:
            result = read()
            if not self.ended():
                raise self.unexpected()
        finally:
            self._index, self._limit = before
        return result

    def attempt(self, read: Callable[[], T | None]) -> T | None:
        """Read something, or go back to where it began when it turns out to be None."""
        before = self._index
        result = read()
        if result is None:
            self._index = before
        return result

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Count one level deeper.

        Raises:
            FormulaError: when that is too deep.
        """
        if self._depth == DEEPEST:
            raise FormulaError("too deeply nested", self.token.start)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def close(self, opening: Token) -> None:
        """Take the bracket that closes `opening`.

        Raises:
            FormulaError: when something else stands there.
        """
        closing = PAIRS[opening.text]
        message = f"`{opening.text}` is not closed by `{closing}`"
        if not self.at(closing):
            if self.ended() or self.token.text in PAIRS.values():
                raise FormulaError(NOT_CLOSED.get(opening.text, message), opening.start)
            raise self.unexpected()
        if (opening.side is Side.LEFT) != (self.token.side is Side.RIGHT):
            raise FormulaError(r"`\left` and `\right` do not pair", opening.start)
        self.take()

    # What the parts of the parser read of each other.

    def sum(self) -> Node:
        """Read terms with plus and minus between them."""
        raise NotImplementedError

    def term(self) -> Node:
        """Read one term: factors and the signs between them."""
        raise NotImplementedError

    def factor(self) -> Node:
        """Read one factor with its scripts."""
        raise NotImplementedError

    def unexpected(self) -> FormulaError:
        """Return what is said of the next token where nothing can be done with it."""
        token = self.token
        if token.kind is Kind.END:
            return FormulaError("the formula breaks off", token.start)
        return FormulaError(REFUSED.get(token.text, _unexpected(token)), token.start)


def _unexpected(token: Token) -> str:
    if token.text.startswith((r"\begin", r"\end")):
        return f"`{token.text}` cannot stand here, or is not known"
    if token.kind is Kind.COMMAND and token.text[1:].isalpha() and token.text not in KNOWN:
        return f"unknown command `{token.text}`"
    return f"`{token.text}` cannot stand here"


def _closing_braces(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where each opening brace closes, by index."""
    pairs: dict[int, int] = {}
    open_braces: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            open_braces.append(index)
        elif token.text == "}":
            if not open_braces:
                raise FormulaError("`}` without its `{`", token.start)
            pairs[open_braces.pop()] = index
    if open_braces:
        raise FormulaError("`{` without its `}`", tokens[open_braces[-1]].start)
    return pairs
