r"""What is raised and lowered: labels, indices, transposes, powers and primes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node
from .naming import LETTERS, NameReader, Word
from .reader import Part
from .tokens import Kind, Token

CONSTANTS = ("e", "pi")
"""What is a number though it is not given."""
TRANSPOSED = frozenset((r"\top", r"\intercal"))
UPRIGHT_T = frozenset((r"\mathsf", r"\mathrm", r"\text", r"\textrm"))

UNINDEXED = syntax.Number, syntax.Root, syntax.Fenced, syntax.Iverson
"""What no index hangs on without brackets."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """What hangs on a factor, before it is known what it means."""

    lowered: Part | None = None
    raised: Part | None = None
    raised_first: bool = False
    primes: int = 0
    start: int = 0
    """Of the first of them."""

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.lowered or self.raised or self.primes)


class ScriptReader(NameReader):
    """Reads scripts, and makes of them and their base what they mean."""

    target = False
    """Whether the first side of a claim is read, as far as that can name what is defined."""

    def plainly(self, read: Callable[[], Node]) -> Node:
        """Read what cannot be the name of what a claim defines."""
        before, self.target = self.target, False
        try:
            return read()
        finally:
            self.target = before

    def scripts(self) -> Scripts:
        """Take what is raised and lowered here, and primes.

        Raises:
            FormulaError: for two of a kind.
        """
        found = Scripts(start=self.token.start)
        while self.at("_", "^", "'"):
            token = self.take()
            if token.text == "'":
                if found.raised is not None:
                    raise FormulaError("a prime after something raised", token.start)
                found = replace(found, primes=found.primes + 1)
            elif token.text == "_":
                if found.lowered is not None:
                    raise FormulaError("double subscript", token.start)
                found = replace(found, lowered=self._script(token))
            else:
                found = self._raise(found, token)
        return found

    def _raise(self, found: Scripts, token: Token) -> Scripts:
        """Return the scripts with what stands after the ``^`` that was just taken."""
        if found.raised is not None or found.primes:
            raise FormulaError("double superscript", token.start)
        part = self._script(token)
        texts = [piece.text for piece in self.tokens_of(part)]
        if texts == [r"\prime"] * len(texts):
            return replace(found, primes=len(texts))
        return replace(found, raised=part, raised_first=found.lowered is None)

    def _script(self, sign: Token) -> Part:
        """Take what a ``_`` or ``^`` is followed by."""
        if self.at("{"):
            return self.braces()
        token, first = self.token, self._index
        if token.kind is Kind.NUMBER and len(token.text) > 1:
            message = f"`{sign.text}{token.text}` raises or lowers one digit only: use braces"
            raise FormulaError(message, token.start)
        if self.at_name():
            self.word()
        elif token.kind is Kind.NUMBER or token.text in (*TRANSPOSED, r"\prime", "*", r"\infty"):
            self.take()
        else:
            raise FormulaError(f"`{sign.text}` needs a letter, a digit or braces", token.start)
        span = self.since(token.start)
        return Part(first, self._index, span, span[1])

    def labelled(self, word: Word, scripts: Scripts) -> tuple[syntax.Name, Scripts]:
        """Return the name with the labels that belong to it, and the scripts that are left.

        Raises:
            FormulaError: when each of two labels makes a name that is given, but not both.
        """
        start, low, high = word.span[0], scripts.lowered, scripts.raised
        lows = [f"{word.key}_{label}" for label in self._labels(low)]
        highs = [f"^{label}" for label in self._labels(high)]
        for both_key in (f"{low_key}{label}" for low_key in lows for label in highs):
            if low and high and both_key in self.known:
                span = start, max(low.end, high.end)
                return syntax.Name(key=both_key, span=span), Scripts(primes=scripts.primes)
        given_low = next((key for key in lows if key in self.known), "")
        given_high = next((label for label in highs if f"{word.key}{label}" in self.known), "")
        if given_low and given_high:
            message = f"`{given_low}` and `{word.key}{given_high}` are given, but not both in one"
            raise FormulaError(message, start)
        low_key = given_low or (lows[0] if low and self._is_new(word, low) else "")
        high_label = given_high or (highs[0] if high and self._is_new_high(word, high) else "")
        if not (low_key or high_label):
            return syntax.Name(key=word.key, span=word.span), scripts
        ends = [part.end for part, used in ((low, low_key), (high, high_label)) if part and used]
        name = syntax.Name(key=f"{low_key or word.key}{high_label}", span=(start, max(ends)))
        left = replace(
            scripts, lowered=None if low_key else low, raised=None if high_label else high
        )
        return name, left

    def _labels(self, part: Part | None) -> list[str]:
        """Return what a script is as a label: ``data``, or as it is written, ``{t-1}``."""
        if part is None:
            return []
        written = "".join(token.text for token in self.tokens_of(part))
        words = "".join(word.key for word in self._words(part))
        plain = written if written == "*" else words
        return [plain, f"{{{written}}}"] if plain else [f"{{{written}}}"]

    def _words(self, part: Part) -> list[Word]:
        """Return the names and numbers that a script consists of; none if of anything else."""
        return self.within(part, self._words_only)

    def _is_new(self, word: Word, part: Part) -> bool:
        """Return whether a lowered name can only be a label though it is not given.

        A word can. On what a claim defines, so can a Greek letter, which is hardly an index, and
        anything on a function. An index that is not given is no label: it is rather a mistake.
        """
        words = self._words(part)
        if len(words) == 1 and words[0].upright and len(words[0].key) > 1:
            return words[0].key not in self.known
        if not self.target or not words:
            return False
        if word.key not in self.known:
            return self.names_in_brackets() > 0
        return len(words) == 1 and f"\\{words[0].key}" in LETTERS

    def _is_new_high(self, word: Word, part: Part) -> bool:
        """Return whether a raised name is a label of what a claim defines, and no exponent."""
        constant = word.key in CONSTANTS and word.key not in self.known
        if not self.target or constant or self._transposes(part):
            return False
        words = self._words(part)
        if len(words) == 1 and word.key not in self.known:
            return not words[0].key[0].isdigit()
        word_like = len(words) > 1 or any(raised.upright for raised in words)
        return word_like and not any(
            raised.key[0].isdigit() or raised.key in (*self.known, *CONSTANTS) for raised in words
        )

    def names_in_brackets(self) -> int:
        """Return how many names come next in brackets as of a call."""
        raise NotImplementedError

    def _words_only(self) -> list[Word]:
        """Read names and numbers side by side; none, to the end, when there is anything else."""
        words: list[Word] = []
        while not self.ended():
            token = self.token
            if token.kind is Kind.NUMBER:
                self.take()
                words.append(Word(token.text, (token.start, token.end)))
            elif self.at_name():
                words.append(self.word())
            else:
                self._index = self._limit
                return []
        return words

    def hung(self, base: Node, scripts: Scripts, *, start: int | None = None) -> Node:
        """Return `base` with indices, a transpose or a power, as its scripts say.

        Raises:
            FormulaError: when they cannot hang on it, or can be read in two ways.
        """
        start = base.span[0] if start is None else start
        if scripts.primes:
            raise FormulaError("a prime stands only on a function", scripts.start)
        lowered = self._indices(scripts.lowered)
        part = scripts.raised
        if part is None:
            return self._indexed(base, None, lowered, (start, scripts))
        if self._transposes(part):
            self._only_rows(scripts, lowered)
            operand = self._indexed(base, None, lowered, (start, scripts))
            return syntax.Transpose(operand=operand, span=_hull(start, base, scripts))
        tokens = self.tokens_of(part)
        if tokens[0].text == "*":
            raise FormulaError("a raised `*` is a label, and no such name is given", part.span[0])
        if tokens[-1].text in TRANSPOSED:
            inner = replace(part, last=part.last - 1, span=(part.span[0], tokens[-2].end))
            raised = self._raised_index(base, inner)
            if raised is None:
                raise FormulaError(r"only an index in brackets goes before `\top`", part.span[0])
            self._only_rows(scripts, lowered)
            operand = self._indexed(base, raised, lowered, (start, scripts))
            return syntax.Transpose(operand=operand, span=_hull(start, base, scripts))
        raised = self._raised_index(base, part)
        if raised is not None:
            return self._indexed(base, raised, lowered, (start, scripts))
        exponent = self.within(part, self.sum)
        if _unclear_power(exponent, scripts, len(lowered)):
            message = "indices beside a power: put brackets around what is meant first"
            raise FormulaError(message, scripts.start)
        powered = self._indexed(base, None, lowered, (start, scripts))
        return syntax.Power(base=powered, exponent=exponent, span=_hull(start, base, scripts))

    def _indexed(
        self,
        base: Node,
        raised: Node | None,
        lowered: tuple[Node, ...],
        place: tuple[int, Scripts],
    ) -> Node:
        if raised is None and not lowered:
            return base
        if isinstance(base, UNINDEXED):
            raise FormulaError("an index needs a name or brackets in front of it", place[1].start)
        span = _hull(place[0], base, place[1])
        if raised is None and place[1].lowered and not place[1].raised_first:
            span = place[0], max(base.span[1], place[1].lowered.end)
        return syntax.Indexed(base=base, raised=raised, lowered=lowered, span=span)

    def _raised_index(self, base: Node, part: Part) -> Node | None:
        """Return the index that stands raised in brackets, or None for an exponent."""
        constant = isinstance(base, syntax.Name) and base.key == "e" and "e" not in self.known
        tokens = self.tokens_of(part)
        if constant or isinstance(base, syntax.Number) or tokens[0].text not in ("(", "["):
            return None
        content = self.within(part, self.sum)
        if not isinstance(content, syntax.Group) or content.span != part.span:
            return None
        return content.operand

    def _transposes(self, part: Part) -> bool:
        """Return whether what is raised says transpose."""
        texts = [token.text for token in self.tokens_of(part) if token.text not in ("{", "}")]
        if texts == ["T"]:
            return "T" not in self.known
        if len(texts) == 1:
            return texts[0] in TRANSPOSED
        return len(texts) == 2 and texts[0] in UPRIGHT_T and texts[1] == "T"

    def _only_rows(self, scripts: Scripts, lowered: Sequence[Node]) -> None:
        r"""Refuse ``W_{ij}^\top``, which is read in two ways; ``w_j^\top`` is not."""
        if len(lowered) > 1 or (lowered and scripts.raised_first):
            message = "indices beside a transpose: put brackets around what is meant first"
            raise FormulaError(message, scripts.start)

    def _indices(self, part: Part | None) -> tuple[Node, ...]:
        """Return the lowered indices."""
        if part is None:
            return ()
        words = self._words(part)
        if not words:
            return self.within(part, self._index_list)
        if len(words) > 1 and any(word.key.isdigit() and len(word.key) > 1 for word in words):
            raise FormulaError("indices side by side: write commas between them", part.span[0])
        return tuple(_index(word) for word in words)

    def _index_list(self) -> tuple[Node, ...]:
        """Read indices with commas between them."""
        indices = [self.sum()]
        while self.accept(","):
            indices.append(self.sum())
        for index in indices:
            if isinstance(index, syntax.Group):
                raise FormulaError("an index in brackets stands raised", index.span[0])
            for node in index.walk():
                if isinstance(node, syntax.Product) and _side_by_side(node):
                    message = r"names side by side in an index: write a comma or `\cdot`"
                    raise FormulaError(message, node.span[0])
        return tuple(indices)


def _index(word: Word) -> Node:
    if word.key[0].isdigit() or word.key[0] == ".":
        return syntax.Number(text=word.key, span=word.span)
    return syntax.Name(key=word.key, span=word.span)


def _side_by_side(product: syntax.Product) -> bool:
    """Return whether a product is two names without a sign, which could be two indices."""
    left = product.left.right if isinstance(product.left, syntax.Product) else product.left
    names = syntax.Name, syntax.Indexed
    return (
        product.times is syntax.Times.IMPLICIT
        and isinstance(left, names)
        and isinstance(product.right, names)
    )


def _unclear_power(exponent: Node, scripts: Scripts, indices: int) -> bool:
    """Return whether a power could be of a whole matrix, as in ``W^{-1}_{ij}``, and is not."""
    inverse = isinstance(exponent, syntax.Negative) and (
        isinstance(exponent.operand, syntax.Number) and exponent.operand.text == "1"
    )
    if inverse and scripts.raised_first:
        return indices > 0
    return (inverse or scripts.raised_first) and indices > 1


def _hull(start: int, base: Node, scripts: Scripts) -> tuple[int, int]:
    """Return the span of a base and all its scripts."""
    parts = [part.end for part in (scripts.lowered, scripts.raised) if part]
    return start, max(base.span[1], *parts) if parts else base.span[1]
