r"""Sums, products and extremes over an index: ``\sum_{i=1}^{m} x_i``, ``\max_j z_j``."""

from collections.abc import Mapping
from dataclasses import replace

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node, Over, Range
from .calling import ends_early
from .naming import Word
from .quotients import FractionReader
from .scripts import Scripts

BIG: Mapping[str, Over] = {r"\sum": Over.SUM, r"\prod": Over.PROD}
EXTREMES: Mapping[str, Over] = {
    "max": Over.MAX,
    "min": Over.MIN,
    "argmax": Over.ARGMAX,
    "argmin": Over.ARGMIN,
}
BETWEEN = (r"\le", r"\leq", r"\leqslant")
UNEQUAL = (r"\ne", r"\neq")


class ReductionReader(FractionReader):
    """Reads reductions."""

    def big(self) -> Node:
        r"""Read a ``\sum`` or ``\prod`` with its body."""
        sign = self.take()
        return self._over(BIG[sign.text], sign.start, self.scripts())

    def reduces(self, word: Word, scripts: Scripts) -> bool:
        r"""Return whether a word is ``\max`` or alike, over an index."""
        if word.key in self.known or word.key not in EXTREMES:
            return False
        return bool(scripts.lowered) or word.key.startswith("arg")

    def reduction(self, word: Word, scripts: Scripts) -> Node:
        """Read the rest of an extreme over an index."""
        return self._over(EXTREMES[word.key], word.span[0], scripts)

    def _over(self, over: Over, start: int, scripts: Scripts) -> Node:
        if scripts.lowered is None:
            raise FormulaError(f"`{over}` needs an index below it", start)
        if scripts.primes:
            raise FormulaError("a prime stands only on a function", scripts.start)
        ranges = self.within(scripts.lowered, self._ranges)
        ranges = self._bounded(ranges, scripts)
        if self.at("+", "-"):
            message = f"what follows `{over}` begins with a sign: use brackets"
            raise FormulaError(message, self.token.start)
        body = self.plainly(self.term)
        node = syntax.Reduction(over=over, ranges=ranges, body=body, span=self.since(start))
        if over is not Over.SUM and ends_early(node):
            message = f"the last factor after `{over}` can be read in two ways: use brackets"
            raise FormulaError(message, body.span[0])
        return node

    def _bounded(self, ranges: tuple[Range, ...], scripts: Scripts) -> tuple[Range, ...]:
        """Return the ranges with the upper bound that stands raised."""
        (first, *others) = ranges
        half = first.lower is not None and first.upper is None
        if scripts.raised is None:
            if half:
                raise FormulaError("an upper bound is missing", first.span[0])
            return ranges
        if not half or others:
            raise FormulaError("an upper bound without a lower one", scripts.raised.span[0])
        return (replace(first, upper=self.within(scripts.raised, self.sum)),)

    def _ranges(self) -> tuple[Range, ...]:
        """Read what stands below the sign."""
        start = self.token.start
        words = self.attempt(self._indices_listed)
        if words is None:
            return self._between()
        names = tuple(Range(index=word.key, span=word.span) for word in words)
        if self.ended():
            return names
        (index, *others) = words
        if others:
            raise self.unexpected()
        lower = self.sum() if self.accept("=") else None
        excluded = None
        if lower is not None and self.accept(","):
            again = self.word() if self.at_name() else None
            if again is None or again.key != index.key or not self.at(*UNEQUAL):
                raise FormulaError(rf"only `{index.key} \ne ...` goes on here", self.token.start)
        if self.accept(*UNEQUAL):
            excluded = self.sum()
        span = self.since(start)
        return (Range(index=index.key, lower=lower, excluded=excluded, span=span),)

    def _indices_listed(self) -> list[Word] | None:
        r"""Read the indices that a range begins with; None where a bound comes first."""
        words: list[Word] = []
        while self.at_name():
            words.append(self.word())
            self.accept(",")
        if not words or any(word.upright for word in words):
            return None
        return words if self.ended() or self.at("=", *UNEQUAL) else None

    def _between(self) -> tuple[Range, ...]:
        r"""Read ``1 \le u, v \le r``."""
        start = self.token.start
        lower = self.sum()
        if not self.accept(*BETWEEN):
            message = r"a range is `i=1` with an upper bound, `i`, `j \ne k`, or `1 \le i \le m`"
            raise FormulaError(message, start)
        words = [self._index_word()]
        while self.accept(","):
            words.append(self._index_word())
        if not self.accept(*BETWEEN):
            raise FormulaError(r"a second `\le` is missing", self.token.start)
        upper = self.sum()
        span = self.since(start)
        return tuple(Range(index=word.key, lower=lower, upper=upper, span=span) for word in words)

    def _index_word(self) -> Word:
        if not self.at_name():
            raise self.unexpected()
        return self.word()
