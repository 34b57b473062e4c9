r"""Mutants: a formula with one deliberate error each, which its check must notice.

A mutant is made where an author's hand slips: it is the formula's own TeX with a piece of it
replaced. The pieces are known from the spans of the syntax tree.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from string import ascii_letters
from typing import Any

from . import syntax
from .errors import FormulaError
from .reading.parser import Names, parse
from .syntax import Node

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A formula with an error."""

    tex: str
    what: str
    """The error, such as ``i and j swapped``."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces of the TeX, each with what takes its place."""

    pieces: tuple[tuple[Span, str], ...]
    what: str


def mutants(tex: str, names: Names, arrays: Collection[str] = ()) -> tuple[Mutant, ...]:
    """Return distinct mutants of a formula, in the order of their places; none says the same.

    Args:
        tex: the formula.
        names: what is given to it, as for `parse`.
        arrays: the keys that stand for arrays, whose products depend on the order.
    """
    tree = parse(tex, names)
    source = _Source(tex, tree, arrays)
    original = _meaning(tree)
    found: dict[str, Mutant] = {}
    for node in tree.walk():
        for edit in source.edits(node):
            changed = source.apply(edit)
            if plain(changed) not in found and not _means(changed, names, original):
                found[plain(changed)] = Mutant(changed, edit.what)
    return tuple(found.values())


def _claims(tree: Node) -> tuple[Node, ...]:
    """Return the claims that a formula makes, mostly one."""
    return tree.claims if isinstance(tree, syntax.Claims) else (tree,)


def _sides(claim: Node) -> tuple[Node, ...]:
    """Return what a claim joins by its relations, or puts in the place of a target."""
    match claim:
        case syntax.Relation(sides=sides):
            return sides
        case syntax.Update(value=value):
            return (value,)
    return (claim,)


def plain(tex: str) -> str:
    """Return TeX with its white space evened out, for comparing."""
    return " ".join(tex.split())


def _means(tex: str, names: Names, meaning: object) -> bool:
    """Return whether TeX is read as the same tree, whatever its spans and brackets."""
    try:
        return _meaning(parse(tex, names)) == meaning
    except FormulaError:
        return False


def _meaning(value: object) -> object:
    """Return what a tree says, without spans and without brackets that only group."""
    if isinstance(value, syntax.Group):
        return _meaning(value.operand)
    if isinstance(value, Node):
        parts = (getattr(value, field.name) for field in fields(value) if field.name != "span")
        return (type(value), *map(_meaning, parts))
    if isinstance(value, tuple):
        return tuple(map(_meaning, value))
    return value


OTHER_FUNCTION = {
    "exp": r"\ln",
    "ln": r"\exp",
    "log": r"\exp",
    "tanh": r"\sin",
    "sin": r"\cos",
    "cos": r"\sin",
}
EXTREMES = {"max": "min", "min": "max"}
OTHER_REDUCTION = {
    syntax.Over.SUM: (r"\sum", r"\prod"),
    syntax.Over.PROD: (r"\prod", r"\sum"),
    syntax.Over.MAX: ("max", "min"),
    syntax.Over.MIN: ("min", "max"),
    syntax.Over.ARGMAX: ("max", "min"),
    syntax.Over.ARGMIN: ("min", "max"),
}
FLOOR, CEILING = (r"\lfloor", r"\rfloor"), (r"\lceil", r"\rceil")
OTHER_FENCE = {syntax.Fence.FLOOR: (FLOOR, CEILING), syntax.Fence.CEILING: (CEILING, FLOOR)}
OTHER_RELATIONS: Mapping[str, tuple[str, ...]] = {
    ">": (r"\ge", "<"),
    "<": (r"\le", ">"),
    r"\ge": (">", r"\le"),
    r"\le": ("<", r"\ge"),
    "=": (r"\ne",),
    r"\ne": ("=",),
}


class _Source:
    """A formula's TeX with the tree that was read from it, and what replaces a piece of it."""

    def __init__(self, tex: str, tree: Node, arrays: Collection[str]) -> None:
        self.tex = tex
        self.claims = _claims(tree)
        self.sides = tuple(side for claim in self.claims for side in _sides(claim))
        self.arrays = arrays
        self.names = {
            node.key: self.text(node) for node in tree.walk() if isinstance(node, syntax.Name)
        }
        """How each name of the formula is written."""
        self.indices = tuple(key for key in sorted(_index_names(tree)) if key in self.names)

    def is_array(self, node: Node) -> bool:
        """Return whether a node is an array: a whole one, or one of several layers."""
        match node:
            case syntax.Name(key=key):
                return key in self.arrays
            case syntax.Indexed(base=base, lowered=lowered):
                return not lowered and self.is_array(base)
            case syntax.Group(operand=operand) | syntax.Transpose(operand=operand):
                return self.is_array(operand)
            case syntax.Product(left=left, right=right):
                return self.is_array(left) or self.is_array(right)
        return False

    def text(self, node: Node) -> str:
        """Return the TeX of a node."""
        return self.tex[slice(*node.span)]

    def edits(self, node: Node) -> Iterator[_Edit]:
        """Yield the slips that a node invites."""
        if any(node is side for side in self.sides) and not isinstance(
            node, syntax.Sum | syntax.Negative
        ):
            text = self.text(node)
            yield self.replace(node, f"-{text}", f"sign of {text} flipped")
        if slips := SLIPS.get(type(node)):
            yield from slips(self, node)

    def apply(self, edit: _Edit) -> str:
        """Return the TeX with the pieces of an edit replaced."""
        tex = self.tex
        for (start, end), new in sorted(edit.pieces, reverse=True):
            before, after = tex[:start], tex[end:]
            if before.rstrip().endswith(("^", "_")) and len(new) > 1:
                new = f"{{{new}}}"
            if _ends_in_command(before) and new[:1].isalpha():
                new = f" {new}"
            if _ends_in_command(new) and after[:1].isalpha():
                new = f"{new} "
            tex = f"{before}{new}{after}"
        return tex

    def replace(self, node: Node, new: str, what: str) -> _Edit:
        """Return the edit that puts `new` in the place of a node."""
        return _Edit(((node.span, new),), what)

    def exchange(self, first: Node, second: Node, what: str) -> _Edit:
        """Return the edit that puts two nodes into each other's place."""
        return _Edit(((first.span, self.text(second)), (second.span, self.text(first))), what)

    def cut(self, start: int, end: int, what: str) -> _Edit:
        """Return the edit that leaves a piece out."""
        return _Edit((((start, end), ""),), what)

    def spell(self, start: int, end: int, old: str, new: str, what: str) -> Iterator[_Edit]:
        """Yield the edit that replaces the first `old` between two places, if there is one."""
        place = self.tex.find(old, start, end)
        if place >= 0:
            yield _Edit((((place, place + len(old)), new),), what)


def _ends_in_command(tex: str) -> bool:
    r"""Return whether a letter after some TeX would be read as part of a command's name."""
    rest = tex.rstrip(ascii_letters)
    return rest != tex and rest.endswith("\\")


def _index_names(tree: Node) -> set[str]:
    """Return the names that a formula uses as indices, by themselves or in `i + 1`."""
    found = {node.index for node in tree.walk() if isinstance(node, syntax.Range)}
    for node in tree.walk():
        if isinstance(node, syntax.Indexed):
            for index in _indices(node):
                found |= {part.key for part in index.walk() if isinstance(part, syntax.Name)}
    return found


def _indices(node: syntax.Indexed) -> tuple[Node, ...]:
    """Return all indices of a node, the raised one first."""
    return (node.raised, *node.lowered) if node.raised else node.lowered


def _indexed(source: _Source, node: syntax.Indexed) -> Iterator[_Edit]:
    """Indices swapped, replaced, shifted and left out."""
    indices = _indices(node)
    for first, second in combinations(indices, 2):
        what = f"{source.text(first)} and {source.text(second)} swapped"
        yield source.exchange(first, second, what)
    for place, index in enumerate(indices):
        old = source.text(index)
        for part in index.walk():
            if isinstance(part, syntax.Name) and part.key in source.indices:
                for other in source.indices:
                    if other != part.key:
                        new = source.names[other]
                        yield source.replace(part, new, f"{source.text(part)} became {new}")
        for new in (f"{old} + 1", f"{old} - 1"):
            yield _reindexed(source, node, place, (new,), f"index {old} became {new}")
        if index is not node.raised:
            yield _reindexed(source, node, place, (), f"index {old} dropped")
    if node.raised:
        base_end = node.base.span[1]
        start = source.tex.find("^", base_end, node.raised.span[0])
        end = source.tex.find(")", node.raised.span[1], node.span[1]) + 1
        closing = source.tex.find("}", end, node.span[1]) + 1
        if start >= 0 and closing > 0:
            yield source.cut(start, closing, f"({source.text(node.raised)}) dropped")


def _reindexed(
    source: _Source, node: syntax.Indexed, place: int, new: tuple[str, ...], what: str
) -> _Edit:
    """Return the edit that replaces the index at `place` of all; lowered ones get commas."""
    if node.raised:
        if place == 0:
            return source.replace(node.raised, new[0], what)
        place -= 1
    texts = [source.text(index) for index in node.lowered]
    texts[place : place + 1] = new
    start, end = node.lowered[0].span[0], node.lowered[-1].span[1]
    if not texts:
        underscore = source.tex.rfind("_", 0, start)
        braced = source.tex[underscore:start].strip() == "_{"
        return source.cut(underscore, source.tex.index("}", end) + 1 if braced else end, what)
    return _Edit((((start, end), ", ".join(texts)),), what)


def _name(source: _Source, node: syntax.Name) -> Iterator[_Edit]:
    """A name of the same letter: another label, or with a hat and without."""
    for key, text in source.names.items():
        if key != node.key and _letter(key) == _letter(node.key):
            yield source.replace(node, text, f"{source.text(node)} became {text}")


def _letter(key: str) -> str:
    """Return a name without label and hat."""
    return key.partition("^")[0].partition("_")[0]


def _number(source: _Source, node: syntax.Number) -> Iterator[_Edit]:
    """Another constant."""
    text = node.text
    others = {"0": ("1",), "1": ("2", "0")}
    more = f"{float(text) + 1:.12g}"
    for new in others.get(text, (more,)):
        yield source.replace(node, new, f"{text} became {new}")


def _range(source: _Source, node: syntax.Range) -> Iterator[_Edit]:
    """A bound that is one off."""
    for bound in filter(None, (node.lower, node.upper)):
        old = source.text(bound)
        for sign, step in (("+", 1), ("-", -1)):
            is_number = isinstance(bound, syntax.Number)
            new = f"{float(old) + step:g}" if is_number else f"{old} {sign} 1"
            yield source.replace(bound, new, f"bound {old} became {new}")


def _reduction(source: _Source, node: syntax.Reduction) -> Iterator[_Edit]:
    """A product for a sum, the smallest for the largest."""
    old, new = OTHER_REDUCTION[node.over]
    yield from source.spell(*node.span, old, new, f"{old} became {new}")


def _group(source: _Source, node: syntax.Group) -> Iterator[_Edit]:
    """Brackets left out."""
    inside = source.text(node.operand)
    yield source.replace(node, inside, f"brackets around {inside} dropped")


def _sum(source: _Source, node: syntax.Sum) -> Iterator[_Edit]:
    """Another sign, a term left out, a difference turned round."""
    left, right = source.text(node.left), source.text(node.right)
    gap = (node.left.span[1], node.right.span[0])
    other = "-" if node.sign == "+" else "+"
    sign = source.tex.find(node.sign, *gap)
    yield from source.spell(*gap, node.sign, other, f"sign of {right} flipped")
    yield source.cut(node.left.span[1], node.right.span[1], f"{node.sign} {right} dropped")
    if not isinstance(node.left, syntax.Sum):
        rest = sign if node.sign == "-" else node.right.span[0]
        yield source.cut(node.left.span[0], rest, f"{left} dropped")
        if node.sign == "-":
            yield source.exchange(node.left, node.right, f"{left} and {right} exchanged")
        if not isinstance(node.left, syntax.Negative):
            yield source.replace(node.left, f"-{left}", f"sign of {left} flipped")


def _negative(source: _Source, node: syntax.Negative) -> Iterator[_Edit]:
    """A minus left out."""
    inside = source.text(node.operand)
    yield source.replace(node, inside, f"sign of {inside} flipped")


def _product(source: _Source, node: syntax.Product) -> Iterator[_Edit]:
    """A factor left out, matrices exchanged, a product of entries become one of matrices."""
    left, right = node.left, node.right
    if node.times is syntax.Times.IMPLICIT and source.is_array(left) and source.is_array(right):
        what = f"{source.text(left)} and {source.text(right)} exchanged"
        yield source.exchange(left, right, what)
    yield source.cut(left.span[1], right.span[1], f"{source.text(right)} dropped")
    if not isinstance(left, syntax.Product):
        yield source.cut(left.span[0], right.span[0], f"{source.text(left)} dropped")
    if node.times is syntax.Times.HADAMARD:
        gap = (left.span[1], right.span[0])
        yield from source.spell(*gap, r"\odot", "", r"\odot dropped")


def _quotient(source: _Source, node: syntax.Quotient) -> Iterator[_Edit]:
    """Numerator and denominator exchanged, or one of them left out."""
    above, below = source.text(node.numerator), source.text(node.denominator)
    what = f"{above} and {below} exchanged in a quotient"
    yield source.exchange(node.numerator, node.denominator, what)
    yield source.replace(node.numerator, "1", f"numerator {above} dropped")
    yield source.replace(node.denominator, "1", f"denominator {below} dropped")


def _power(source: _Source, node: syntax.Power) -> Iterator[_Edit]:
    """Another exponent, or none."""
    exponent = source.text(node.exponent)
    if not isinstance(node.exponent, syntax.Number):
        yield source.replace(node.exponent, f"{exponent} + 1", f"power {exponent} raised by 1")
    if not (isinstance(node.base, syntax.Name) and node.base.key == "e"):
        yield source.cut(node.base.span[1], node.span[1], f"power {exponent} dropped")


def _transpose(source: _Source, node: syntax.Transpose) -> Iterator[_Edit]:
    """A transpose left out."""
    operand = source.text(node.operand)
    yield source.replace(node, operand, f"transpose of {operand} dropped")


def _root(source: _Source, node: syntax.Root) -> Iterator[_Edit]:
    """A root left out."""
    radicand = source.text(node.radicand)
    yield source.replace(node, rf"\left( {radicand} \right)", f"root of {radicand} dropped")


def _fenced(source: _Source, node: syntax.Fenced) -> Iterator[_Edit]:
    """The other way to round, or none; no absolute value."""
    operand = source.text(node.operand)
    yield source.replace(node, rf"\left( {operand} \right)", f"{node.fence} of {operand} dropped")
    if other := OTHER_FENCE.get(node.fence):
        (opening, closing), (new_opening, new_closing) = other
        text = source.text(node).replace(opening, new_opening, 1)
        head, _, tail = text.rpartition(closing)
        yield source.replace(node, f"{head}{new_closing}{tail}", "rounded the other way")


def _call(source: _Source, node: syntax.Call) -> Iterator[_Edit]:
    """Another function or none, arguments exchanged."""
    function = source.text(node.function)
    key = node.function.key if isinstance(node.function, syntax.Name) else ""
    if extreme := EXTREMES.get(key):
        new = function.replace(key, extreme)
        yield source.replace(node.function, new, f"{key} became {extreme}")
        for argument in map(source.text, node.arguments):
            yield source.replace(node, rf"\left( {argument} \right)", f"{key} became {argument}")
        return
    other = OTHER_FUNCTION.get(key, r"\exp")
    yield source.replace(node.function, other, f"{function} became {other}")
    if len(node.arguments) == 1 and node.power is None:
        (argument,) = map(source.text, node.arguments)
        yield source.replace(node, rf"\left( {argument} \right)", f"{function} dropped")
    for first, second in combinations(node.arguments, 2):
        what = f"{source.text(first)} and {source.text(second)} exchanged"
        yield source.exchange(first, second, what)


def _prime(source: _Source, node: syntax.Prime) -> Iterator[_Edit]:
    """A function for its derivative."""
    new = source.text(node.function) + "'" * (node.order - 1)
    yield source.replace(node, new, f"{source.text(node)} became {new}")


def _composition(source: _Source, node: syntax.Composition) -> Iterator[_Edit]:
    """Two functions in the other order."""
    for first, second in combinations(node.functions, 2):
        what = f"{source.text(first)} and {source.text(second)} exchanged"
        yield source.exchange(first, second, what)


def _relation(source: _Source, node: syntax.Relation) -> Iterator[_Edit]:
    """Another relation in a condition: strict or not, the other way."""
    for left, right, operator in zip(node.sides, node.sides[1:], node.operators, strict=False):
        claimed = operator == "=" and any(node is claim for claim in source.claims)
        for new in () if claimed else OTHER_RELATIONS.get(operator, ()):
            gap = source.tex[left.span[1] : right.span[0]]
            start = left.span[1] + len(gap) - len(gap.lstrip(" &"))
            end = left.span[1] + len(gap.rstrip(" &"))
            yield _Edit((((start, end), new),), f"{operator} became {new}")


def _cases(source: _Source, node: syntax.Cases) -> Iterator[_Edit]:
    """What two branches give, exchanged."""
    for (first, _), (second, _) in combinations(node.branches, 2):
        what = f"{source.text(first)} and {source.text(second)} exchanged in the cases"
        yield source.exchange(first, second, what)


SLIPS: Mapping[type[Node], Callable[[_Source, Any], Iterator[_Edit]]] = {
    syntax.Indexed: _indexed,
    syntax.Name: _name,
    syntax.Number: _number,
    syntax.Range: _range,
    syntax.Reduction: _reduction,
    syntax.Group: _group,
    syntax.Sum: _sum,
    syntax.Negative: _negative,
    syntax.Product: _product,
    syntax.Quotient: _quotient,
    syntax.Power: _power,
    syntax.Transpose: _transpose,
    syntax.Root: _root,
    syntax.Fenced: _fenced,
    syntax.Call: _call,
    syntax.Prime: _prime,
    syntax.Composition: _composition,
    syntax.Relation: _relation,
    syntax.Cases: _cases,
}
"""What an author does wrong with each kind of node."""
