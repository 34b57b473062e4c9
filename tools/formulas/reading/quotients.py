r"""Fractions, derivatives and roots."""

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node
from .brackets import BracketReader
from .reader import Part


class FractionReader(BracketReader):
    """Reads fractions, derivatives and roots."""

    operator_end = -1
    r"""Where the last ``\frac{d}{dx} f(x)`` ends: after it, the term ends too."""

    def fraction(self) -> Node:
        r"""Read ``\frac{..}{..}``, which may be a derivative."""
        command = self.take()
        above, below = self.part("the numerator"), self.part("the denominator")
        differential = self._differential(above), self._differential(below)
        if all(differential):
            return self._derivative(command.start, above, below)
        if r"\partial" in differential:
            message = r"`\partial` stands above and below, as in `\frac{\partial E}{\partial w}`"
            raise FormulaError(message, command.start)
        numerator, denominator = (self.within(part, self.sum) for part in (above, below))
        span = self.since(command.start)
        quotient = syntax.Quotient(numerator=numerator, denominator=denominator, span=span)
        if self.at("^", "_", "'"):
            raise FormulaError("a fraction needs brackets to hang something on", self.token.start)
        return quotient

    def inline_derivative(self) -> Node:
        r"""Read ``\partial E / \partial w``."""
        start = self.take().start
        of = self.factor()
        if not (self.accept("/") and self.accept(r"\partial")):
            message = r"`\partial` stands above and below, as in `\frac{\partial E}{\partial w}`"
            raise FormulaError(message, start)
        by = self._variable()
        self.operator_end = self.previous_end
        return syntax.Derivative(of=of, by=by, span=self.since(start))

    def gradient(self) -> Node:
        r"""Read ``\nabla E`` or ``\nabla_w E``."""
        start = self.take().start
        scripts = self.scripts()
        if scripts.raised or scripts.primes:
            raise FormulaError(r"nothing can be raised on `\nabla`", scripts.start)
        by = self.within(scripts.lowered, self._variable) if scripts.lowered else None
        of = self.factor()
        if not isinstance(of, syntax.Name | syntax.Indexed | syntax.Call | syntax.Group):
            message = r"what `\nabla` derives is one name or call, or stands in brackets"
            raise FormulaError(message, start)
        if self.at("(") and isinstance(of, syntax.Name | syntax.Indexed):
            message = r"brackets after `\nabla E` can be read in two ways: leave out the argument"
            raise FormulaError(message, self.token.start)
        return syntax.Derivative(of=of, by=by, span=self.since(start))

    def root(self) -> Node:
        r"""Read ``\sqrt{..}`` or ``\sqrt[3]{..}``."""
        start = self.take().start
        degree = None
        if self.at("["):
            opening = self.take()
            degree = self.sum()
            self.close(opening)
        radicand = self.within(self.part("a root"), self.sum)
        root = syntax.Root(radicand=radicand, degree=degree, span=self.since(start))
        return self.hung(root, self.scripts())

    def _differential(self, part: Part) -> str:
        r"""Return the ``\partial`` or ``d`` that an argument begins with, if it does."""
        texts = [token.text for token in self.tokens_of(part)[:5]]
        if texts[0] == r"\partial":
            return r"\partial"
        if texts[0] == "d" and texts[1:2] not in (["_"], ["'"]):
            return "d"
        if texts[:2] == [r"\mathrm", "d"] or texts[:4] == [r"\mathrm", "{", "d", "}"]:
            return "d"
        return ""

    def _derivative(self, start: int, above: Part, below: Part) -> Node:
        """Return the derivative that is written as a fraction."""
        if "d" in self.known and self._differential(above) == "d":
            message = r"`d` is given: write `\partial`, or name the value otherwise"
            raise FormulaError(message, above.span[0])
        of = self.within(above, self._of)
        by = self.within(below, self._by)
        if of is None:
            if self.at("+", "-"):
                raise FormulaError("what is derived needs brackets", self.token.start)
            of = self.factor()
            self.operator_end = self.previous_end
        return syntax.Derivative(of=of, by=by, span=self.since(start))

    def _skip_differential(self) -> None:
        r"""Take the ``\partial`` or ``d``."""
        if self.at(r"\mathrm"):
            self.word()
        else:
            self.take()
        if self.at("^"):
            raise FormulaError("only first derivatives can be computed", self.token.start)

    def _of(self) -> Node | None:
        """Read the numerator of a derivative."""
        self._skip_differential()
        if self.ended():
            return None
        of = self.factor()
        if not self.ended():
            message = "what is derived is one name, one call, or stands in brackets"
            raise FormulaError(message, self.token.start)
        return of

    def _by(self) -> Node:
        """Read the denominator of a derivative."""
        self._skip_differential()
        return self._variable()

    def _variable(self) -> Node:
        """Read by what is derived: a name, perhaps with indices."""
        start = self.token.start
        by = self.factor() if self.at_name() or self.at("{") else None
        base = by.base if isinstance(by, syntax.Indexed) else by
        if by is None or not isinstance(base, syntax.Name):
            raise FormulaError("one derives by a name, perhaps with indices", start)
        return by
