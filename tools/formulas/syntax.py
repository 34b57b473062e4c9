r"""The syntax tree of a formula: what the parser makes, and what is evaluated, mutated and listed.

Every node knows its `span`, the piece of TeX it was read from, as offsets ``(start, end)``, so that
an error can point to it and a mutant can be written by replacing it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A piece of a formula."""

    span: tuple[int, int]

    def children(self) -> Iterator["Node"]:
        """Yield the nodes directly below, in the order of their fields."""
        for field in fields(self):
            yield from _nodes(getattr(self, field.name))

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, each before its children."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(tuple(node.children())))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Node):
    """A decimal number as it is written, such as ``0.50``; the text keeps its digits."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A name by its key: ``alpha``, ``y_hat``, ``delta^o``, ``W_1``, ``softmax``, ``Delta w``."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed(Node):
    r"""Indices on a value or a call: ``x^{(i)}_{jk}``."""

    base: Node
    raised: Node | None = None
    """What stands in raised brackets: an index of the first axis."""
    lowered: tuple[Node, ...] = ()
    """Indices of the axes after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A function of its arguments; `function` is a Name, Prime or Composition."""

    function: Node
    arguments: tuple[Node, ...]
    power: Node | None = None
    r"""The exponent of ``\sin^2 x``: the call's value is raised to it."""
    base: Node | None = None
    r"""The base of ``\log_2 x``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prime(Node):
    """The derivative of a function of one number, ``f'`` or ``f''``."""

    function: Node
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition(Node):
    r"""``f \circ g``: the functions, the outermost first."""

    functions: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative(Node):
    """A minus in front of a term."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Node):
    """Two terms added, or the right one taken from the left."""

    left: Node
    right: Node
    sign: str
    """``+`` or ``-``."""


class Times(StrEnum):
    """How a product is written."""

    IMPLICIT = ""
    DOT = r"\cdot"
    CROSS = r"\times"
    HADAMARD = r"\odot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Node):
    """Two factors."""

    left: Node
    right: Node
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient(Node):
    r"""``\frac{a}{b}``, or ``a / b``."""

    numerator: Node
    denominator: Node

    @property
    def slashed(self) -> bool:
        """Whether it is written with a slash, so that what stands in front belongs above."""
        return self.span[0] == self.numerator.span[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Node):
    """A base and its exponent; of a square matrix and -1, the inverse."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Transpose(Node):
    r"""``W^\top``."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Root(Node):
    r"""``\sqrt{a}``, or with a degree ``\sqrt[3]{a}``."""

    radicand: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Node):
    r"""The values of one index: from `lower` to `upper`, or, without bounds, along its axis."""

    index: str
    lower: Node | None = None
    upper: Node | None = None
    excluded: Node | None = None
    r"""The ``k`` of ``\sum_{j \ne k}``: the one value that is left out."""


class Over(StrEnum):
    """What is done over a range."""

    SUM = "sum"
    PROD = "prod"
    MAX = "max"
    MIN = "min"
    ARGMAX = "argmax"
    ARGMIN = "argmin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction(Node):
    r"""``\sum_{i=1}^{m} a``, ``\max_{1 \le u, v \le r} a``: the outermost range first."""

    over: Over
    ranges: tuple[Range, ...]
    body: Node


class Fence(StrEnum):
    """Delimiters that compute something."""

    ABSOLUTE = "absolute"
    NORM = "norm"
    FLOOR = "floor"
    CEILING = "ceiling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenced(Node):
    r"""``\lvert a \rvert``, ``\lVert a \rVert_2``, ``\lfloor a \rfloor``, ``\lceil a \rceil``."""

    fence: Fence
    operand: Node
    order: Node | None = None
    r"""The 1, 2, ``\infty`` (Name ``infty``) or ``F`` (Name) under a norm; 2 without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Node):
    """A pair of round or square brackets that only groups; its mutant is the text without them."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Node):
    r"""Sides joined by ``= \ne < > \le \ge \approx``; `operators` are one fewer than `sides`."""

    sides: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Iverson(Node):
    """``[j = k]``: 1 where the relation holds and 0 elsewhere, entry by entry."""

    condition: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(Node):
    """Values and their conditions, tried in order; the last condition may be None: otherwise."""

    branches: tuple[tuple[Node, Relation | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative(Node):
    r"""``\frac{\partial E}{\partial w_j}``, ``\frac{d}{dx} f(x)``, ``\nabla_w E``.

    `of` is a Name, an Indexed or any expression; `by` is a Name or an Indexed. The gradient is the
    derivative by a whole array.
    """

    of: Node
    by: Node | None
    r"""None for ``\nabla E``: by what `of` depends on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Node):
    r"""``w \leftarrow w - \alpha g``."""

    target: Node
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Node):
    r"""Two or more formulas that stand below each other in an ``aligned``, each by itself."""

    claims: tuple[Node, ...]
