r"""Whatever opens and closes: groups, ``[j = k]``, ``\lvert x \rvert``, ``\begin{cases}``."""

from collections.abc import Mapping
from dataclasses import replace

from .. import syntax
from ..errors import FormulaError
from ..syntax import Fence, Node
from .calling import CallReader
from .reader import Part
from .tokens import Kind, Side

FENCES: Mapping[str, Fence] = {
    "|": Fence.ABSOLUTE,
    r"\lvert": Fence.ABSOLUTE,
    r"\|": Fence.NORM,
    r"\lVert": Fence.NORM,
    r"\lfloor": Fence.FLOOR,
    r"\lceil": Fence.CEILING,
}
BARS = ("|", r"\|")

CASES: Mapping[str, str] = {
    r"\begin{cases}": r"\end{cases}",
    r"\begin{dcases}": r"\end{dcases}",
}
CONDITION_WORDS = ("if", "for", "when", "where")
OTHERWISE = ("otherwise", "else")

INDICATORS = (r"\mathbb", r"\mathds", r"\mathbf", r"\boldsymbol", r"\bm")

RELATIONS: Mapping[str, str] = {
    "=": "=",
    ":=": "=",
    r"\equiv": "=",
    r"\triangleq": "=",
    r"\coloneqq": "=",
    r"\ne": r"\ne",
    r"\neq": r"\ne",
    "<": "<",
    r"\lt": "<",
    ">": ">",
    r"\gt": ">",
    r"\le": r"\le",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\ge": r"\ge",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\approx": r"\approx",
}
"""Signs between two sides, and the one of `syntax.Relation` that each is."""

COMPARISONS = ("=", r"\ne", "<", ">", r"\le", r"\ge")


class BracketReader(CallReader):
    """Reads what stands in brackets, and conditions."""

    bars: frozenset[str] = frozenset()
    """Plain bars that are open: the next one closes."""

    def at_opening_bar(self) -> bool:
        """Return whether a bar comes next that opens."""
        token = self.token
        if token.text not in BARS or token.side in (Side.RIGHT, Side.CLOSING):
            return False
        return token.side in (Side.LEFT, Side.OPENING) or token.text not in self.bars

    def group(self) -> Node:
        """Read round, square or curly brackets: a group, a condition, or functions to be called."""
        opening = self.take()
        composed = self.attempt(self.composition) if opening.text == "(" else None
        if composed is not None:
            self.close(opening)
            if not self.at("("):
                message = "composed functions need an argument in brackets"
                raise FormulaError(message, opening.start)
            return self.call(composed, opening.start)
        content = self.sum()
        if opening.text == "[" and self.token.text in RELATIONS:
            content = self.condition(content)
        elif self.token.text in RELATIONS:
            raise FormulaError("a condition stands in square brackets", self.token.start)
        self.close(opening)
        span = self.since(opening.start)
        if isinstance(content, syntax.Relation):
            return self.hung(syntax.Iverson(condition=content, span=span), self.scripts())
        return self.hung(syntax.Group(operand=content, span=span), self.scripts())

    def condition(self, first: Node | None = None) -> syntax.Relation:
        """Read sides with comparisons between them.

        Args:
            first: the first side, if that is read already.
        """
        sides = [self.sum() if first is None else first]
        operators: list[str] = []
        while RELATIONS.get(self.token.text) in COMPARISONS:
            operators.append(RELATIONS[self.take().text])
            sides.append(self.sum())
        if not operators:
            raise FormulaError("a condition needs a comparison", sides[0].span[0])
        span = self.since(sides[0].span[0])
        return syntax.Relation(sides=tuple(sides), operators=tuple(operators), span=span)

    def at_indicator(self) -> bool:
        r"""Return whether ``\mathbb{1}`` comes next."""
        if not self.at(*INDICATORS):
            return False
        return "1" in (self.ahead(1).text, self.ahead(2).text * (self.ahead(1).text == "{"))

    def indicator(self) -> Node:
        r"""Read ``\mathbb{1}[j = k]``, or with the condition lowered."""
        start = self.take().start
        self.part("a 1")
        if self.accept("_"):
            part = self.part("a condition")
            condition = self.within(part, self._enclosed_condition)
        elif self.at("(", "[", r"\{"):
            condition = self._enclosed_condition()
        else:
            raise FormulaError("an indicator needs its condition in brackets", start)
        indicator = syntax.Iverson(condition=condition, span=self.since(start))
        return self.hung(indicator, self.scripts())

    def _enclosed_condition(self) -> syntax.Relation:
        """Read a condition, with or without brackets."""
        if not self.at("(", "[", r"\{"):
            return self.condition()
        opening = self.take()
        condition = self.condition()
        self.close(opening)
        return condition

    def fenced(self) -> Node:
        """Read an absolute value, a norm, or what is rounded."""
        opening = self.take()
        fence = FENCES[opening.text]
        before = self.bars
        if opening.text in BARS and opening.side is Side.ANY:
            self.bars |= {opening.text}
        try:
            operand = self.sum()
        finally:
            self.bars = before
        self.close(opening)
        span = self.since(opening.start)
        scripts = self.scripts()
        order = None
        if scripts.lowered and fence is Fence.NORM:
            order = self._order(scripts.lowered)
            if not scripts.raised_first:
                span = span[0], scripts.lowered.end
            scripts = replace(scripts, lowered=None)
        fenced = syntax.Fenced(fence=fence, operand=operand, order=order, span=span)
        return self.hung(fenced, scripts)

    def _order(self, part: Part) -> Node:
        """Return which norm it is, from what is lowered."""
        (token, *others) = self.tokens_of(part)
        if not others and token.kind is Kind.NUMBER:
            return syntax.Number(text=token.text, span=part.span)
        if not others and token.text in ("F", r"\infty"):
            return syntax.Name(key=token.text.removeprefix("\\"), span=part.span)
        raise FormulaError(r"a norm is 1, 2, `\infty` or `F`", part.span[0])

    def cases(self) -> Node:
        r"""Read ``\begin{cases}`` to its end."""
        opening = self.take()
        branches: list[tuple[Node, syntax.Relation | None]] = []
        while not self.at(CASES[opening.text]):
            if branches and branches[-1][1] is None:
                raise FormulaError("nothing comes after `otherwise`", self.token.start)
            branches.append(self._branch())
            if not self.accept(r"\\"):
                break
        if not branches or not self.at(CASES[opening.text]):
            raise self.unexpected()
        self.take()
        return syntax.Cases(branches=tuple(branches), span=self.since(opening.start))

    def _branch(self) -> tuple[Node, syntax.Relation | None]:
        """Read one line: a value and its condition."""
        value = self.sum()
        self.accept(",", ".", ";")
        if not self.accept("&"):
            raise FormulaError("a case needs `&` and its condition", self.token.start)
        condition = self._branch_condition()
        self.accept(",", ".", ";")
        return value, condition

    def _branch_condition(self) -> syntax.Relation | None:
        if self.at(r"\text", r"\textrm", r"\mbox", r"\mathrm"):
            start = self.token.start
            word = self.word().key
            if word in OTHERWISE:
                return None
            if word not in CONDITION_WORDS:
                raise FormulaError(f"`{word}` begins no condition", start)
        return self.condition()
