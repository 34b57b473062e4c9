r"""Numbers and arrays as a formula sees them: which may be added and multiplied, and to what.

A vector knows whether it lies as a row or stands as a column; one that is given is free, neither,
until a transpose or a product with a matrix says. So is an example, one of many: beside a free
vector it makes a dot product, since papers that write it as a row and those that write it as a
column both mean that. What has two usual readings, such as the product of two free vectors, is
refused. Errors have no position here; the evaluator adds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from ..errors import FormulaError

Number: TypeAlias = np.float64
Entries: TypeAlias = NDArray[np.float64]

MAX_ENTRIES = 1_000_000
"""Of one array, so that no formula fills the memory."""
MAX_MULTIPLICATIONS = 100_000_000
"""Of one product of matrices."""
MAX_INVERTED = 200
"""Rows of a matrix that is inverted."""
TRUST = 1e-10
"""How much of its precision an inverse must keep: the smallest reciprocal condition number."""


class Orientation(StrEnum):
    """How a vector lies."""

    FREE = "vector"
    EXAMPLE = "example vector"
    """One of many, by an index in raised brackets: some write it as a row, others as a column."""
    ROW = "row"
    COLUMN = "column"
    TRANSPOSED = "transposed vector"
    """A row to which free vectors are columns."""


ROWS = (Orientation.ROW, Orientation.TRANSPOSED)
SAYS = tuple(Orientation)
"""In the order of how much each says."""


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A vector, matrix or array of more axes."""

    entries: Entries
    orientation: Orientation = Orientation.FREE
    """Of a vector; FREE for all else."""

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> np.ndarray:
        """Return the entries, for NumPy."""
        return np.array(self.entries, dtype, copy=copy)


Layers: TypeAlias = tuple[Array, ...]
Value: TypeAlias = Number | Array | Layers


def row(entries: ArrayLike) -> Array:
    """Return a vector that is a row, which a plain one-dimensional array is not.

    Args:
        entries: of one axis.
    """
    vector = np.array(entries, dtype=np.float64)
    if vector.ndim != 1:
        raise ValueError(f"a row has one axis, not {vector.ndim}")
    return Array(vector, Orientation.ROW)


def describe(value: Value) -> str:
    """Return what a value is, with its shape."""
    match value:
        case Array(entries, orientation):
            if entries.ndim == 1:
                article = "an" if orientation is Orientation.EXAMPLE else "a"
                return f"{article} {orientation} of {entries.size}"
            shape = " x ".join(map(str, entries.shape))
            return f"{'a matrix' if entries.ndim == 2 else 'an array'} of {shape}"
        case tuple():
            return f"{len(value)} layers"
        case _:
            return "a number"


def each(function: Callable[..., Any], *values: Value) -> Value:
    """Return a function of numbers, applied entry by entry to values of one shape, or numbers."""
    shape: Array | None = None
    for value in values:
        if isinstance(value, tuple):
            raise FormulaError("layers are computed with one by one: choose one, such as W^{(1)}")
        if isinstance(value, Array):
            shape = value if shape is None else _alike(shape, value)
    bare = [value.entries if isinstance(value, Array) else value for value in values]
    result = function(*bare)
    return Number(result) if shape is None else Array(np.asarray(result), shape.orientation)


def add(left: Value, right: Value) -> Value:
    """Return the sum of two values of one shape, or of a number and anything."""
    if type(left) is type(right) is Number:  # the usual case, and ten times as fast
        return left + right
    return each(np.add, left, right)


def subtract(left: Value, right: Value) -> Value:
    """Return the difference of two values, as for `add`."""
    if type(left) is type(right) is Number:
        return left - right
    return each(np.subtract, left, right)


def negative(value: Value) -> Value:
    """Return a value with the other sign."""
    return each(np.negative, value)


def hadamard(left: Value, right: Value) -> Value:
    """Return the product entry by entry of two arrays of one shape."""
    if isinstance(left, Array) is not isinstance(right, Array):
        raise FormulaError(rf"\odot needs equal shapes, not {_both(left, right)}")
    return each(np.multiply, left, right)


def cross(left: Value, right: Value) -> Value:
    r"""Return the ``\times`` of two numbers, or of a number and an array."""
    if isinstance(left, Array) and isinstance(right, Array):
        raise FormulaError(rf"\times needs a number, not {_both(left, right)}")
    return each(np.multiply, left, right)


def dot(left: Value, right: Value) -> Value:
    r"""Return the ``\cdot`` of a number and anything, or of two vectors however they lie."""
    if not (isinstance(left, Array) and isinstance(right, Array)):
        return each(np.multiply, left, right)
    if left.entries.ndim != 1 or right.entries.ndim != 1:
        raise FormulaError(
            rf"\cdot needs numbers or two vectors, not {_both(left, right)};"
            " matrices are multiplied without a sign"
        )
    return _inner(left, right)


def divide(left: Value, right: Value) -> Value:
    """Return a value divided by a number."""
    if isinstance(right, Array):
        raise FormulaError(f"cannot divide by {describe(right)}")
    return each(np.true_divide, left, right)


def multiply(left: Value, right: Value) -> Value:
    """Return the product without a sign: of a number and anything, of matrices and vectors."""
    if type(left) is type(right) is Number:
        return left * right
    if not (isinstance(left, Array) and isinstance(right, Array)):
        return each(np.multiply, left, right)
    match left.entries.ndim, right.entries.ndim:
        case 1, 1:
            return _vectors(left, right)
        case 2, 2:
            return Array(_matmul(left, right, left.entries, right.entries))
        case 2, 1:
            return _matrix_vector(left, right)
        case 1, 2:
            return _vector_matrix(left, right)
    raise FormulaError(rf"no product of {_both(left, right)}: write it with indices")


def _vectors(left: Array, right: Array) -> Value:
    """Return the product of two vectors: a dot product or an outer one."""
    lies, beside = left.orientation in ROWS, right.orientation in ROWS
    if (lies and not beside) or is_example_with_free(left, right):
        return _inner(left, right)
    if beside and not lies:
        return Array(_matmul(left, right, left.entries[:, None], right.entries[None]))
    raise FormulaError(
        f"the product of {_both(left, right)} may be read in several ways:"
        r" write u^\top v, u v^\top, u \odot v or indices"
    )


def is_example_with_free(left: Array, right: Array) -> bool:
    """Return whether of two vectors, in any order, one is an example and the other free."""
    return {left.orientation, right.orientation} == {
        Orientation.FREE,
        Orientation.EXAMPLE,
    } and (left.entries.ndim == right.entries.ndim == 1)


def _inner(left: Array, right: Array) -> Value:
    if left.entries.size != right.entries.size:
        raise FormulaError(f"no dot product of {_both(left, right)}")
    with np.errstate(all="ignore"):  # as for matrices
        return Number(left.entries @ right.entries)


def _matrix_vector(matrix: Array, vector: Array) -> Array:
    """Return a column; of a matrix of one column and a row, their outer product."""
    if vector.orientation in ROWS:
        return Array(_matmul(matrix, vector, matrix.entries, vector.entries[None]))
    return Array(_matmul(matrix, vector, matrix.entries, vector.entries), Orientation.COLUMN)


def _vector_matrix(vector: Array, matrix: Array) -> Array:
    """Return a row; of a column and a matrix of one row, their outer product."""
    if vector.orientation is Orientation.COLUMN:
        return Array(_matmul(vector, matrix, vector.entries[:, None], matrix.entries))
    return Array(_matmul(vector, matrix, vector.entries, matrix.entries), Orientation.ROW)


def _matmul(left: Array, right: Array, first: Entries, second: Entries) -> Entries:
    """Return the matrix product of `first` and `second`, which are `left` and `right` laid out."""
    if first.shape[-1] != second.shape[0]:
        raise FormulaError(f"no product of {_both(left, right)}")
    rows, columns = first.size // first.shape[-1], second.size // second.shape[0]
    if rows * columns > MAX_ENTRIES or rows * columns * second.shape[0] > MAX_MULTIPLICATIONS:
        raise FormulaError(f"the product of {_both(left, right)} is too large")
    # Some machines' libraries report errors here that are none; what is not finite is seen later.
    with np.errstate(all="ignore"):
        product: Entries = first @ second
    return product


def power(base: Value, exponent: Value) -> Value:
    """Return a number raised to a number or array, or the inverse of a square matrix."""
    if not isinstance(base, Array):
        return each(np.power, base, exponent)
    if isinstance(exponent, Number) and exponent == -1 and base.entries.ndim == 2:
        return _inverse(base)
    raise FormulaError(
        f"no power of {describe(base)}: write indices, or a product"
        r" (entry by entry it is \odot)"
    )


def _inverse(matrix: Array) -> Array:
    """Return the inverse of a square matrix that has one."""
    rows, columns = matrix.entries.shape
    if rows != columns:
        raise FormulaError(f"no inverse of {describe(matrix)}, which is not square")
    if rows > MAX_INVERTED:
        raise FormulaError(f"the inverse of {describe(matrix)} is too large")
    try:
        # The condition number says so of a matrix that only rounding keeps from being singular.
        scales = np.linalg.svd(matrix.entries, compute_uv=False)
        if scales[-1] > TRUST * scales[0]:
            return Array(np.linalg.inv(matrix.entries).astype(np.float64, copy=False))
    except np.linalg.LinAlgError:
        pass
    raise FormulaError("no inverse of a matrix that is singular, or nearly so")


def transpose(value: Value) -> Value:
    """Return a matrix with rows for columns, a column for a row, and a row for any other vector."""
    if not isinstance(value, Array) or value.entries.ndim > 2:
        raise FormulaError(f"no transpose of {describe(value)}")
    if value.entries.ndim == 2:
        return Array(value.entries.T)
    lies = value.orientation in ROWS
    return Array(value.entries, Orientation.COLUMN if lies else Orientation.TRANSPOSED)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a piece of a value stands: a layer, if it has layers, and places, counted from 0."""

    layer: int | None
    places: tuple[int, ...]
    example: bool = False
    """Whether it is one of many vectors."""


def locate(value: Value, raised: Number | None, lowered: Sequence[Number]) -> Location:
    """Return where the piece stands that indices choose, counted from 1.

    Args:
        value: what has the indices; without any, the piece is the whole.
        raised: an index of the first axis, or of the layers.
        lowered: indices of all axes after that, or none.
    """
    layer = None
    if isinstance(value, tuple):
        if raised is None and lowered:
            raise FormulaError("layers need an index in raised brackets, such as ^{(1)}")
        if raised is None:
            return Location(None, ())
        layer = _place(raised, len(value), "the layers")
        value, raised = value[layer], None
    indices = lowered if raised is None else (raised, *lowered)
    if not isinstance(value, Array):
        if indices:
            raise FormulaError("a number has no index")
        return Location(None, ())
    axes = value.entries.shape
    if len(indices) > len(axes) or (lowered and len(indices) < len(axes)):
        count = f"{len(indices)} {'index' if len(indices) == 1 else 'indices'}"
        raise FormulaError(f"{count} on {describe(value)}")
    places = (
        _place(index, length, f"axis {axis}")
        for axis, (index, length) in enumerate(zip(indices, axes, strict=False), 1)
    )
    example = raised is not None and len(indices) == 1 and len(axes) == 2
    return Location(layer, tuple(places), example)


def piece(value: Value, location: Location) -> Value:
    """Return the piece of a value that stands at a location."""
    if isinstance(value, tuple) and location.layer is not None:
        value = value[location.layer]
    if not isinstance(value, Array) or not location.places:
        return value
    found = value.entries[location.places]
    lies = Orientation.EXAMPLE if location.example else Orientation.FREE
    return Array(found, lies) if isinstance(found, np.ndarray) else found


def with_piece(value: Value, location: Location, new: Value) -> Value:
    """Return a value with another piece at a location."""
    places, layer = location.places, location.layer
    if isinstance(value, tuple) and layer is not None:
        changed = _with_entries(value[layer], places, new)
        return (*value[:layer], changed, *value[layer + 1 :])
    if isinstance(value, Array) and places:
        return _with_entries(value, places, new)
    return new


def _with_entries(array: Array, places: tuple[int, ...], new: Value) -> Array:
    entries = array.entries.copy()
    entries[places] = new
    return Array(entries, array.orientation)


def index(value: Value, raised: Number | None, lowered: Sequence[Number]) -> Value:
    """Return the piece of a value that indices choose, as for `locate`."""
    return piece(value, locate(value, raised, lowered))


def _place(number: Number, length: int, axis: str) -> int:
    """Return where the `number`-th of `length` stands, counted from 0."""
    if not 1 <= number <= length:
        raise FormulaError(f"index {number:.10g} is outside 1 ... {length}, the length of {axis}")
    if not number.is_integer():
        raise FormulaError(f"an index must be whole, not {number:.10g}")
    return int(number) - 1


def same_shape(left: Value, right: Value) -> bool:
    """Return whether two values have one shape, and vectors do not lie crosswise."""
    if isinstance(left, Array) and isinstance(right, Array):
        return left.entries.shape == right.entries.shape and not _lie_crosswise(left, right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same_shape, left, right))
    return isinstance(left, Number) and isinstance(right, Number)


def _lie_crosswise(left: Array, right: Array) -> bool:
    """Return whether one of two vectors is a row, and the other no row."""
    one, other = left.orientation, right.orientation
    if other in ROWS:
        one, other = other, one
    if one not in ROWS or other in ROWS:
        return False
    return other is Orientation.COLUMN or one is Orientation.TRANSPOSED


def _alike(left: Array, right: Array) -> Array:
    """Return the one that says more of how both lie, if they are of one shape."""
    if not same_shape(left, right):
        raise FormulaError(f"the shapes differ: {_both(left, right)}")
    return left if SAYS.index(left.orientation) >= SAYS.index(right.orientation) else right


def _both(left: Value, right: Value) -> str:
    return f"{describe(left)} and {describe(right)}"
