r"""Functions: ``\sigma(z)``, ``\ln x``, ``\sin^2 x``, ``f'(x)``, ``(f \circ g)(x)``."""

from .. import syntax
from ..errors import FormulaError
from ..evaluation.functions import NAMED, STANDARD
from ..syntax import Node
from .naming import Word
from .scripts import ScriptReader, Scripts
from .tokens import Kind

ARGUMENTS = ("(", "[", r"\{")
PROSE = ("if", "for", "when", "where", "otherwise", "else", "and", "or", "with", "is")
"""Words that name nothing."""
MOST_PRIMES = 2


class CallReader(ScriptReader):
    """Reads names, and calls where the name is a function."""

    open_end = -1
    r"""Where the last argument without brackets ends: after ``\ln x``, nothing may be ambiguous."""

    def named(self) -> Node:
        """Read a name with its scripts, or a call of it."""
        word = self.word()
        if word.upright and word.key in PROSE and word.key not in self.known:
            message = f"`{word.key}` is no name: conditions stand in `cases`, one on a line"
            raise FormulaError(message, word.span[0])
        scripts = self.scripts()
        if word.upright and self.reduces(word, scripts):
            return self.reduction(word, scripts)
        name, scripts = self.labelled(word, scripts)
        if self._called(name, word, scripts):
            return self._call(name, word, scripts)
        node = self.hung(name, scripts)
        listed = self.names_in_brackets()
        if listed > 1 or (listed and name.key not in self.names.values):
            message = f"`{name.key}` is not given as a function, but brackets as of a call follow"
            raise FormulaError(message, name.span[0])
        return node

    def reduces(self, word: Word, scripts: Scripts) -> bool:
        r"""Return whether a word is ``\max`` or alike, over an index."""
        raise NotImplementedError

    def reduction(self, word: Word, scripts: Scripts) -> Node:
        """Read the rest of a reduction."""
        raise NotImplementedError

    def at_function(self) -> bool:
        """Return whether a function's name comes next."""
        if not self.at_name():
            return False
        before = self._index
        word = self.word()
        self._index = before
        return self._is_function(word.key, word)

    def composition(self) -> Node | None:
        r"""Read ``f \circ g``, or return None where none stands."""
        if not self.at_function():
            return None
        start = self.token.start
        word, scripts = self.word(), self.scripts()
        if not self.at(r"\circ"):
            return None
        functions = [self._function(word, scripts)]
        while self.accept(r"\circ"):
            if not self.at_function():
                raise FormulaError(r"`\circ` needs a function on both sides", self.token.start)
            functions.append(self._function(self.word(), self.scripts()))
        return syntax.Composition(functions=tuple(functions), span=self.since(start))

    def call(self, function: Node, start: int) -> Node:
        """Read the arguments in brackets, and what hangs on the call."""
        arguments = self._arguments()
        called = syntax.Call(function=function, arguments=arguments, span=self.since(start))
        return self.hung(called, self.scripts())

    def _function(self, word: Word, scripts: Scripts) -> Node:
        """Return a function that stands without an argument, with its labels and primes."""
        name, scripts = self.labelled(word, scripts)
        if scripts.raised or scripts.lowered:
            raise FormulaError("a function by itself has no scripts but labels", scripts.start)
        return self._primed(name, scripts)

    def _primed(self, name: syntax.Name, scripts: Scripts) -> Node:
        if not scripts.primes:
            return name
        if scripts.primes > MOST_PRIMES:
            raise FormulaError("more than two primes", scripts.start)
        if scripts.lowered or scripts.raised:
            raise FormulaError("a prime beside another script of a function", scripts.start)
        return syntax.Prime(function=name, order=scripts.primes, span=self.since(name.span[0]))

    def _is_function(self, key: str, word: Word) -> bool:
        if key in self.names.functions:
            return True
        if key in self.names.values or key in self.names.dependent:
            return False
        return word.upright and (key in STANDARD or key in NAMED)

    def _called(self, name: syntax.Name, word: Word, scripts: Scripts) -> bool:
        """Return whether a name is called here, given or not; ``E(w)`` is what E depends on."""
        if self._is_function(name.key, word):
            return True
        if not self.at("(") or scripts.lowered or scripts.raised:
            return False
        if name.key in self.names.values:
            return name.key in self.names.dependent and self.names_in_brackets() > 0
        if name.key in self.names.dependent:
            return True
        if scripts.primes:
            return True
        if word.upright and len(word.key) > 1:
            return True
        return (self.target or name.key in self.known) and self.names_in_brackets() > 0

    def names_in_brackets(self) -> int:
        r"""Return how many names or numbers come next if brackets hold nothing else, and 0 if not.

        Those of ``(W^{(l)})^\top`` are needed by what hangs on them, and are no arguments.
        """
        before = self._index
        try:
            return self._listed() if self.accept("(", "[") else 0
        except FormulaError:
            return 0
        finally:
            self._index = before

    def _listed(self) -> int:
        """Return how many names with commas between them are left until the brackets close."""
        count = 0
        while True:
            count += 1
            scripts = Scripts()
            if self.token.kind is Kind.NUMBER:
                self.take()
            elif self.at_name():
                self.word()
                scripts = self.scripts()
            else:
                return 0
            if not self.accept(","):
                needed = scripts and self.ahead(1).text in ("^", "_")
                return count if self.at(")", "]") and not needed else 0

    def _call(self, name: syntax.Name, word: Word, scripts: Scripts) -> Node:
        """Read the rest of a call whose name and first scripts are read."""
        if scripts.lowered and name.key != "log":
            message = f"indices of a call stand after its brackets, as in `{name.key}(x)_j`"
            raise FormulaError(message, scripts.start)
        if scripts.raised and name.key not in STANDARD:
            message = f"`{name.key}` raised can be read in two ways: write `{name.key}(x)^2`"
            raise FormulaError(message, scripts.start)
        if scripts.primes:
            return self._applied(self._primed(name, scripts), word, None, None)
        base = power = None
        if scripts.lowered:
            indices = self._indices(scripts.lowered)
            if len(indices) != 1:
                raise FormulaError("a logarithm has one base", scripts.lowered.span[0])
            (base,) = indices
        if scripts.raised:
            power = self.within(scripts.raised, self.sum)
            if not isinstance(power, syntax.Number | syntax.Name):
                message = "a function is raised to a number only; an inverse has its own name"
                raise FormulaError(message, scripts.raised.span[0])
        return self._applied(name, word, power, base)

    def _applied(self, function: Node, word: Word, power: Node | None, base: Node | None) -> Node:
        """Read the argument of a function, in brackets or not, and return the call."""
        start = word.span[0]
        bracketed = self.at(*ARGUMENTS)
        if bracketed:
            arguments = self._arguments()
        elif word.upright and len(word.key) > 1 and word.key not in ("max", "min"):
            if self.at("+", "-"):
                message = f"the argument of `{word.key}` begins with a sign: use brackets"
                raise FormulaError(message, self.token.start)
            argument = self.plainly(self.factor)
            if isinstance(argument, syntax.Reduction) and ends_early(argument):
                message = f"what follows `{argument.over}` in an argument without brackets"
                raise FormulaError(f"{message} can be read in two ways", argument.span[0])
            arguments = (argument,)
        else:
            message = f"`{word.key}` is a function: its argument stands in brackets"
            raise FormulaError(message, start)
        called = syntax.Call(
            function=function,
            arguments=arguments,
            power=power,
            base=base,
            span=self.since(start),
        )
        if not bracketed:
            self.open_end = self.previous_end
            return called
        after = self.scripts()
        if power and after.raised:
            raise FormulaError("a call is raised twice", after.start)
        return self.hung(called, after)

    def _arguments(self) -> tuple[Node, ...]:
        """Read arguments in brackets."""
        opening = self.take()
        arguments = [self.sum()]
        while self.accept(","):
            arguments.append(self.sum())
        self.close(opening)
        return tuple(arguments)


def ends_early(reduction: syntax.Reduction) -> bool:
    """Return whether the last of several factors has no index that would bind it to the rest."""
    last = reduction.body
    while (right := _last_factor(last)) is not None:
        last = right
    names = {node.key for node in last.walk() if isinstance(node, syntax.Name)}
    indices = {each.index for each in reduction.ranges}
    return last is not reduction.body and names.isdisjoint(indices)


def _last_factor(node: Node) -> Node | None:
    """Return what a term ends with, or None for a single factor."""
    if isinstance(node, syntax.Product):
        return node.right
    if isinstance(node, syntax.Quotient) and node.slashed:
        return node.denominator
    return None
