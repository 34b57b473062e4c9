r"""TeX -> tree, by recursive descent: this is the subset of TeX that can be computed.

    formula    = claim | environment of lines    aligned, align, split, gathered, equation, ...
    claim      = sum { relation sum } | name arrow sum
    relation   = "=" | := | \equiv | \triangleq | \ne | < | > | \le | \ge | \approx
    arrow      = \leftarrow | \gets
    sum        = [ "-" ] term { ( "+" | "-" ) term }
    term       = run { ( \cdot | \times | \odot ) run | "/" factor }
    run        = factor { factor }
    factor     = number scripts | named | call | reduction | fraction | derivative | gradient
               | ( group | condition | indicator | fence | root | cases | "{" factor "}" ) scripts
    scripts    = { "'" } [ _ script ] [ ^ script ]                 in any order, at most one of each
    named      = name scripts
    name       = letter | \alpha ... | accent name | font letter | word | \Delta name
    word       = \operatorname{..} | \mathrm{..} | \text{..} | \ln ...    one name of many letters
    call       = function [ scripts ] ( "(" sum { "," sum } ")" scripts | factor )
    function   = name | name "'" | "(" name \circ name { \circ name } ")"
    reduction  = ( \sum | \prod | \max | \min | \arg\max | \arg\min ) _ range [ ^ script ] term
    range      = index "=" sum [ "," index \ne sum ] | index { "," index } | index \ne sum
               | sum \le index { "," index } \le sum
    fraction   = \frac argument argument
    derivative = \frac{\partial factor}{\partial named} | \frac{\partial}{\partial named} factor
               | \partial factor / \partial named                                    also with d
    gradient   = \nabla [ _ name ] factor
    group      = "(" sum ")" | "[" sum "]" | \{ sum \}                   sizes as \left( and \bigl(
    condition  = "[" comparison "]"
    comparison = sum relation sum { relation sum }                   a relation but \approx
    indicator  = \mathbb{1} ( bracketed comparison | _ script )
    fence      = \lvert sum \rvert | \lVert sum \rVert [ _ order ] | \lfloor sum \rfloor | ...
    root       = \sqrt [ "[" sum "]" ] argument
    cases      = \begin{cases} sum & comparison | \text{otherwise} \\ ... \end{cases}

What can be read in two ways is refused, with a sentence that says how to write it. These rules
decide the rest; they depend on which keys are given, and never on values:

Names. A key is a letter with what its accents add: ``\hat{\mathbf y}`` is ``y_hat``. What is
raised or lowered is a label exactly when that key is given: ``W_1``, ``delta^o``, ``W_1^o``,
``p_data``, or as it is written, ``h_{t-1}``. A lowered word is always one. Of what a claim defines,
so are a raised name and a lowered Greek letter: ``\delta^h_j = ...`` defines ``delta^h``.

Scripts. Lowered are indices: ``y_{ij}`` has two, each letter or digit one; ``y_{12}`` has one; with
a comma or a sign in it, each piece is a sum. Raised are an index in brackets (``x^{(i)}``,
``a^{[l]}``); the transpose (``\top``, ``\intercal``, an upright T, and T when no T is given); or a
power. ``w_j^\top`` is a row; ``W_{ij}^\top`` and ``W^{-1}_{ij}`` are refused.

Functions. A name is a function exactly when it is given as one, is standard, or is a word that
`functions.NAMED` knows, such as ``\operatorname{softmax}``; a value that is given comes before the
last two. Its brackets follow at once. ``\alpha (1 - \beta)`` and ``p(x)`` are products if ``alpha``
and ``p`` are values. If they are not given, ``p(x)`` and ``p(x, y)``, with names or a number in the
brackets, are what a claim defines or are refused. ``E(w)`` is a call if E depends on values, or if
its derivative is given. ``f(x)^2`` is a power of the call. A function that is a word may go without
brackets: it takes one factor with its scripts, and only a sign other than the slash, another
function or a sum may follow. So ``\ln x y`` is refused, and ``\ln \sum_i x_i a``.

Products. Factors side by side bind tighter than ``\cdot``, ``\times`` and ``\odot``, which go left
to right, and of which none but itself follows ``\odot``; after ``/`` stands one factor, which ends
its run. A number stands first, and nothing after a ``\quad``. A reduction takes the rest of its
term, and ends at a plus or minus of its own level; what follows ``\prod`` or ``\max`` is one
factor, or ends with one that has the index. What ``\frac{d}{dx}`` derives is one factor, which ends
the term. Plain bars are not nested, and ``|a| b |c|`` is refused.

Lines. One that begins with a relation or a plus goes on with the claim above it, and one that
begins with ``&`` and a minus. Any other is a claim of its own.

Every node's span is what it was read from, without the braces of an argument. A label that an index
separates from its name (``\delta_j^o``), and an index that a power separates (``x^2_i``), give the
whole to the inner node as well.
"""

from collections.abc import Callable, Mapping

from .. import syntax
from ..errors import FormulaError
from ..syntax import Node, Times
from .brackets import BARS, CASES, FENCES, RELATIONS
from .lines import ARROWS, claims
from .naming import Word
from .reader import Names
from .reductions import BIG, ReductionReader
from .tokens import FRACTIONS, Kind, Side, tokenize

__all__ = ["Names", "parse"]

TALLEST = 120
"""Levels of a tree; each term of a sum is one, and each factor of a product."""
LONGEST = 100
"""Terms of one sum, and factors of one product."""

SIGNS = {sign.value: sign for sign in Times if sign.value}


def parse(tex: str, names: Names) -> Node:
    """Return the tree of a formula.

    Args:
        tex: what stands between the dollar signs.
        names: the keys of what is given with it.

    Raises:
        FormulaError: for whatever is no formula of the subset, or can be read in two ways.
    """
    found = [Parser(tokens, names).claim() for tokens in claims(tokenize(tex))]
    for claim in found:
        _check_height(claim)
    if len(found) == 1:
        return found[0]
    span = found[0].span[0], found[-1].span[1]
    return syntax.Claims(claims=tuple(found), span=span)


def _check_height(tree: Node) -> None:
    """Refuse a tree that is too high for those who walk down it."""
    level, height = [tree], 0
    while level:
        height += 1
        if height > TALLEST:
            raise FormulaError("too deeply nested, or too long", level[0].span[0])
        level = [child for node in level for child in node.children()]


def _is_number_fraction(node: Node) -> bool:
    """Return whether ``2`` in front of a node would make it a mixed number."""
    return isinstance(node, syntax.Quotient) and all(
        isinstance(part, syntax.Number) for part in node.children()
    )


class Parser(ReductionReader):
    """Reads one claim."""

    def claim(self) -> Node:
        """Read everything."""
        first = self._target()
        if first is None:
            first = self.sum()
        if self.at(*ARROWS):
            self._check_target(first)
            self.take()
            value = self.sum()
            node: Node = syntax.Update(target=first, value=value, span=self.since(first.span[0]))
        else:
            node = self._relation(first)
        if not self.ended():
            raise self.unexpected()
        return node

    def _check_target(self, target: Node) -> None:
        r"""Refuse what an arrow cannot give a value to; ``\sigma^2`` is a name for that."""
        base = target.base if isinstance(target, syntax.Power) else target
        base = base.base if isinstance(base, syntax.Indexed) else base
        if not isinstance(base, syntax.Name):
            message = f"`{self.token.text}` needs a name on its left, perhaps with indices"
            raise FormulaError(message, self.token.start)

    def _relation(self, first: Node) -> Node:
        sides, operators = [first], []
        while self.token.text in RELATIONS:
            operators.append(RELATIONS[self.take().text])
            sides.append(self.sum())
        if not operators:
            return first
        span = self.since(first.span[0])
        return syntax.Relation(sides=tuple(sides), operators=tuple(operators), span=span)

    def _target(self) -> Node | None:
        """Read a first side that is one factor, as what a claim defines is; or nothing."""
        self.target = True
        try:
            first = self.factor()
        except FormulaError:
            first = None
        self.target = False
        if first is not None and (self.token.text in RELATIONS or self.at(*ARROWS)):
            return first
        self._index, self.open_end, self.operator_end = 0, -1, -1  # Begin again.
        return None

    def sum(self) -> Node:
        """Read terms with plus and minus between them."""
        return self.plainly(self._sum)

    def _sum(self) -> Node:
        start = self.token.start
        if self.at("+"):
            raise FormulaError("a plus without a term before it", start)
        if self.accept("-"):
            left: Node = syntax.Negative(operand=self.term(), span=self.since(start))
        else:
            left = self.term()
        count = 1
        while sign := self.accept("+", "-"):
            right = self.term()
            left = syntax.Sum(left=left, right=right, sign=sign.text, span=self.since(start))
            count = self._counted(count)
        return left

    def _counted(self, count: int) -> int:
        if count == LONGEST:
            raise FormulaError(f"more than {LONGEST} in a row", self.token.start)
        return count + 1

    def term(self) -> Node:
        """Read one term: factors and the signs between them."""
        start = self.token.start
        left = self._run()
        hadamard = False
        count = 1
        while self.at("/", *SIGNS):
            if self.operator_end == self.previous_end:
                raise FormulaError("a derivative ends its term: use brackets", self.token.start)
            sign = self.token
            if sign.text == "/":
                left = self._divided(left, start)
            else:
                if hadamard and sign.text != Times.HADAMARD:
                    message = rf"`{sign.text}` after `\odot` can be read in two ways: use brackets"
                    raise FormulaError(message, sign.start)
                self.take()
                hadamard = hadamard or sign.text == Times.HADAMARD
                right = self._run()
                span = self.since(start)
                left = syntax.Product(left=left, right=right, times=SIGNS[sign.text], span=span)
            count = self._counted(count)
        return left

    def _divided(self, left: Node, start: int) -> Node:
        """Read ``/`` and its one factor."""
        slash = self.token
        if self.open_end == self.previous_end:
            raise FormulaError("a slash after an argument without brackets", slash.start)
        self.take()
        right = self.factor()
        if isinstance(right, syntax.Reduction) or self._at_factor():
            message = r"what `/` divides by can be read in two ways: use `\frac` or brackets"
            raise FormulaError(message, slash.start)
        return syntax.Quotient(numerator=left, denominator=right, span=self.since(start))

    def _run(self) -> Node:
        """Read factors side by side."""
        start = self.token.start
        left = last = self.factor()
        closed: set[str] = set()
        count = 1
        while self._at_factor():
            self._check_next()
            if self.previous.text in BARS and self.previous.side is Side.ANY:
                closed.add(self.previous.text)
            elif self.token.text in closed:
                message = r"bars that can be paired in two ways: write `\lvert` and `\rvert`"
                raise FormulaError(message, self.token.start)
            before, last = last, self.factor()
            if isinstance(before, syntax.Number) and _is_number_fraction(last):
                message = r"a number beside a fraction of numbers: write `+` or `\cdot`"
                raise FormulaError(message, last.span[0])
            span = self.since(start)
            left = syntax.Product(left=left, right=last, times=Times.IMPLICIT, span=span)
            count = self._counted(count)
        return left

    def _check_next(self) -> None:
        """Refuse a factor that comes next where it cannot stand beside the one before."""
        token = self.token
        if self.operator_end == self.previous_end:
            raise FormulaError("a derivative ends its term: use brackets", token.start)
        if self.open_end == self.previous_end and not (self.at(*BIG) or self.at_function()):
            message = "where the argument without brackets ends is not clear: use brackets"
            raise FormulaError(message, token.start)
        if token.apart:
            raise FormulaError(r"what stands apart after `\quad` is no factor", token.start)
        if token.kind is Kind.NUMBER or (token.text == "{" and self.ahead(1).kind is Kind.NUMBER):
            raise FormulaError(r"a number goes first in a product, or after `\cdot`", token.start)

    def _at_factor(self) -> bool:
        """Return whether a factor comes next."""
        token = self.token
        if token.kind is Kind.NUMBER or token.text in FACTORS or self.at_name():
            return True
        return self.at_opening_bar() or self.at_indicator()

    def factor(self) -> Node:
        """Read one factor with its scripts."""
        with self.nested():
            return self._factor()

    def _factor(self) -> Node:
        token = self.token
        if token.kind is Kind.NUMBER:
            self.take()
            number = syntax.Number(text=token.text, span=(token.start, token.end))
            return self.hung(number, self.scripts())
        if self.at_indicator():
            return self.indicator()
        if self.at_name():
            return self.named()
        if token.text == "{":
            return self._braced()
        if token.text in BARS and not self.at_opening_bar():
            raise FormulaError(r"bars within bars: write `\lvert` and `\rvert`", token.start)
        read = READERS.get(token.text)
        if read is None:
            raise self.unexpected()
        return read(self)

    def _braced(self) -> Node:
        """Read braces, which only hold one factor together: ``{x}_i``."""
        start = self.token.start
        part = self.braces()
        node = self.within(part, self._sole_factor)
        span = self.since(start)
        scripts = self.scripts()
        if isinstance(node, syntax.Name):
            node, scripts = self.labelled(Word(node.key, span), scripts)
        elif scripts and not (isinstance(node, syntax.Indexed) and not scripts.lowered):
            raise FormulaError("braces show nothing: use brackets", start)
        return self.hung(node, scripts, start=start)

    def _sole_factor(self) -> Node:
        node = self.factor()
        if not self.ended() or isinstance(node, syntax.Reduction):
            raise FormulaError("braces show nothing: use brackets", self.token.start)
        if self.open_end == self.previous_end or self.operator_end == self.previous_end:
            raise FormulaError("braces show nothing: use brackets", self.token.start)
        return node


READERS: Mapping[str, Callable[[Parser], Node]] = {
    **dict.fromkeys(FRACTIONS, Parser.fraction),
    **dict.fromkeys(("(", "[", r"\{"), Parser.group),
    **dict.fromkeys(FENCES, Parser.fenced),
    **dict.fromkeys(BIG, Parser.big),
    **dict.fromkeys(CASES, Parser.cases),
    r"\sqrt": Parser.root,
    r"\nabla": Parser.gradient,
    r"\partial": Parser.inline_derivative,
}
"""What reads a factor, by the token that it begins with."""

FACTORS = frozenset(("{", *READERS)) - frozenset(BARS)
