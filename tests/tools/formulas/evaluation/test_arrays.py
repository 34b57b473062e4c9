"""What may be added and multiplied, and what comes out."""

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation import arrays
from tools.formulas.evaluation.arrays import Array, Number, Orientation

FREE, EXAMPLE, ROW, COLUMN, TRANSPOSED = Orientation


def vector(*entries, lies=FREE):
    """Return a vector."""
    return Array(np.array(entries, dtype=float), lies)


def matrix(rows, columns):
    """Return a matrix of the numbers from 1, row by row."""
    return Array(np.arange(1.0, rows * columns + 1).reshape(rows, columns))


CUBE = Array(np.arange(24.0).reshape(2, 3, 4))
LAYERS = (matrix(2, 3), vector(1, 2))


def summary(value):
    """Return a value as something that can be compared."""
    if isinstance(value, Number):
        return float(value)
    if isinstance(value, tuple):
        return tuple(map(summary, value))
    return value.entries.tolist(), value.orientation


@pytest.mark.parametrize("left", Orientation)
@pytest.mark.parametrize("right", Orientation)
def test_product_of_two_vectors(left, right):
    """A row with anything but a row is a dot product, anything but a row with a row an outer one.

    So is an example with a free vector, in any order; everything else has more than one reading, or
    none.
    """
    u, v = vector(1, 2, lies=left), vector(3, 5, lies=right)
    rows = ROW, TRANSPOSED
    if (left in rows and right not in rows) or (left, right) in ((FREE, EXAMPLE), (EXAMPLE, FREE)):
        assert summary(arrays.multiply(u, v)) == 13
    elif right in rows and left not in rows:
        assert summary(arrays.multiply(u, v)) == ([[3, 5], [6, 10]], FREE)
    else:
        with pytest.raises(FormulaError, match=r"u\^\\top v"):
            arrays.multiply(u, v)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (matrix(2, 3), vector(1, 0, 2), ([7, 16], COLUMN)),
        (matrix(2, 3), vector(1, 0, 2, lies=COLUMN), ([7, 16], COLUMN)),
        (vector(1, 2), matrix(2, 3), ([9, 12, 15], ROW)),
        (vector(1, 2, lies=ROW), matrix(2, 3), ([9, 12, 15], ROW)),
        (matrix(2, 3), matrix(3, 1), ([[14], [32]], FREE)),
        (matrix(2, 1), vector(3, 4, lies=ROW), ([[3, 4], [6, 8]], FREE)),
        (vector(1, 2, lies=COLUMN), matrix(1, 3), ([[1, 2, 3], [2, 4, 6]], FREE)),
        (Number(2), vector(1, 2, lies=ROW), ([2, 4], ROW)),
        (matrix(1, 2), Number(3), ([[3, 6]], FREE)),
        (CUBE, Number(0), (np.zeros((2, 3, 4)).tolist(), FREE)),
    ],
)
def test_products_without_a_sign(left, right, expected):
    """Matrices and vectors are multiplied as linear algebra does, and numbers with anything."""
    assert summary(arrays.multiply(left, right)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (matrix(2, 3), matrix(2, 3)),
        (matrix(2, 3), vector(1, 2)),
        (vector(1, 2, 3), matrix(2, 3)),
        (vector(1, 2, lies=COLUMN), matrix(2, 3)),
        (matrix(2, 3), vector(1, 2, 3, lies=ROW)),
        (vector(1, 2, 3), matrix(1, 2)),
        (vector(1, 2, lies=ROW), vector(1, 2, 3)),
        (CUBE, matrix(4, 2)),
        (vector(1, 2), CUBE),
        (LAYERS, Number(2)),
        (vector(1, 2), LAYERS),
    ],
)
def test_shapes_that_do_not_fit_have_no_product(left, right):
    """Shapes must fit as they stand: nothing is transposed or repeated to make them."""
    with pytest.raises(FormulaError):
        arrays.multiply(left, right)


@pytest.mark.parametrize("left", Orientation)
@pytest.mark.parametrize("right", Orientation)
def test_dot_of_two_vectors_however_they_lie(left, right):
    r"""``\cdot`` of vectors is their dot product."""
    assert arrays.dot(vector(1, 2, lies=left), vector(3, 5, lies=right)) == 13


@pytest.mark.parametrize(
    ("product", "left", "right"),
    [
        (arrays.dot, matrix(2, 2), matrix(2, 2)),
        (arrays.dot, matrix(2, 2), vector(1, 2)),
        (arrays.dot, vector(1, 2), vector(1, 2, 3)),
        (arrays.cross, vector(1, 2, 3), vector(1, 2, 3)),
        (arrays.cross, matrix(2, 2), matrix(2, 2)),
        (arrays.hadamard, matrix(2, 3), matrix(3, 2)),
        (arrays.hadamard, matrix(1, 2), vector(1, 2)),
        (arrays.hadamard, vector(1, 2, lies=ROW), vector(1, 2, lies=COLUMN)),
        (arrays.hadamard, Number(2), vector(1, 2)),
        (arrays.hadamard, vector(1, 2), Number(2)),
        (arrays.hadamard, LAYERS, LAYERS),
        (arrays.dot, LAYERS, Number(2)),
        (arrays.cross, Number(2), LAYERS),
    ],
)
def test_signs_that_do_not_fit_their_factors(product, left, right):
    r"""Each of ``\cdot \times \odot`` takes only what has one reading with it."""
    with pytest.raises(FormulaError):
        product(left, right)


def test_signs():
    r"""``\times`` is for numbers, and a number with an array; ``\odot`` goes entry by entry."""
    assert summary(arrays.cross(Number(3), vector(1, 2))) == ([3, 6], FREE)
    assert summary(arrays.dot(matrix(1, 2), Number(3))) == ([[3, 6]], FREE)
    assert summary(arrays.hadamard(vector(1, 2), vector(3, 5, lies=ROW))) == ([3, 10], ROW)
    assert summary(arrays.hadamard(Number(2), Number(3))) == 6


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (Number(1), Number(2), 3),
        (vector(1, 2), Number(1), ([2, 3], FREE)),
        (Number(1), matrix(1, 2), ([[2, 3]], FREE)),
        (vector(1, 2), vector(3, 5, lies=COLUMN), ([4, 7], COLUMN)),
        (vector(1, 2, lies=ROW), vector(3, 5), ([4, 7], ROW)),
    ],
)
def test_sums(left, right, expected):
    """Values of one shape are added, and a number to anything; the lie of a vector is kept."""
    assert summary(arrays.add(left, right)) == expected
    back = arrays.subtract(arrays.add(left, right), right)
    np.testing.assert_array_equal(back, np.broadcast_to(left, np.shape(back)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (vector(1, 2), matrix(2, 2)),
        (vector(1), vector(1, 2)),
        (matrix(1, 2), matrix(2, 1)),
        (matrix(1, 2), vector(1, 2, lies=ROW)),
        (vector(1, 2, lies=ROW), vector(1, 2, lies=COLUMN)),
        (vector(1, 2, lies=TRANSPOSED), vector(1, 2, lies=COLUMN)),
        (vector(1, 2, lies=TRANSPOSED), vector(1, 2, lies=FREE)),
        (vector(1, 2, lies=EXAMPLE), vector(1, 2, lies=TRANSPOSED)),
        (LAYERS, LAYERS),
        (LAYERS, Number(1)),
    ],
)
def test_shapes_that_differ_are_not_added(left, right):
    """Nothing is repeated to fit, as NumPy would."""
    with pytest.raises(FormulaError):
        arrays.add(left, right)
    with pytest.raises(FormulaError):
        arrays.subtract(left, right)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (FREE, EXAMPLE, EXAMPLE),
        (FREE, ROW, ROW),
        (EXAMPLE, ROW, ROW),
        (EXAMPLE, COLUMN, COLUMN),
        (FREE, COLUMN, COLUMN),
        (ROW, TRANSPOSED, TRANSPOSED),
        (FREE, FREE, FREE),
    ],
)
def test_how_a_sum_lies(left, right, expected):
    """It lies as the one of its vectors that says more."""
    for one, other in ((left, right), (right, left)):
        found = arrays.add(vector(1, 2, lies=one), vector(3, 4, lies=other))
        assert summary(found) == ([4, 6], expected)


def test_divide():
    """Anything but layers is divided by a number, and by nothing else."""
    assert summary(arrays.divide(vector(2, 4, lies=ROW), Number(2))) == ([1, 2], ROW)
    for divisor in (vector(1, 2), matrix(2, 2), LAYERS):
        with pytest.raises(FormulaError):
            arrays.divide(Number(1), divisor)


def test_powers():
    """A number is raised to a number or entry by entry, and a square matrix to -1."""
    assert arrays.power(Number(2), Number(-2)) == 0.25
    assert summary(arrays.power(Number(2), vector(1, 3))) == ([2, 8], FREE)
    inverse = arrays.power(Array(np.array([[2.0, 1.0], [5.0, 3.0]])), Number(-1))
    np.testing.assert_allclose(inverse.entries, [[3, -1], [-5, 2]], rtol=1e-12)


@pytest.mark.parametrize(
    ("base", "exponent"),
    [
        (vector(1, 2), Number(2)),
        (vector(1, 2), Number(-1)),
        (matrix(2, 2), Number(2)),
        (matrix(2, 3), Number(-1)),
        (matrix(3, 3), Number(-1)),
        (Array(np.array([[0.1, 0.3], [0.2, 0.6]])), Number(-1)),
        (Array(np.zeros((2, 2))), Number(-1)),
        (matrix(2, 2), vector(1, 2)),
        (LAYERS, Number(2)),
    ],
)
def test_no_other_powers_of_arrays(base, exponent):
    """Arrays have no powers, and singular matrices, if only but for rounding, no inverse."""
    with pytest.raises(FormulaError):
        arrays.power(base, exponent)


def test_transpose():
    """What may be either is read as a column, and becomes a row; a row becomes a column."""
    for lies in (FREE, EXAMPLE, COLUMN):
        assert summary(arrays.transpose(vector(1, 2, lies=lies))) == ([1, 2], TRANSPOSED)
    for lies in (ROW, TRANSPOSED):
        assert summary(arrays.transpose(vector(1, 2, lies=lies))) == ([1, 2], COLUMN)
    assert summary(arrays.transpose(matrix(2, 3))) == ([[1, 4], [2, 5], [3, 6]], FREE)


@pytest.mark.parametrize("value", [Number(1), CUBE, LAYERS])
def test_what_has_no_transpose(value):
    """Numbers, layers and arrays of three axes have no transpose."""
    with pytest.raises(FormulaError, match="no transpose"):
        arrays.transpose(value)


@pytest.mark.parametrize(
    ("value", "raised", "lowered", "expected"),
    [
        (vector(5, 6, 7), None, [1], 5),
        (vector(5, 6, 7), 3, [], 7),
        (vector(5, 6, 7, lies=ROW), None, [2], 6),
        (matrix(2, 3), None, [2, 1], 4),
        (matrix(2, 3), 2, [], ([4, 5, 6], EXAMPLE)),
        (CUBE, 2, [], (CUBE.entries[1].tolist(), FREE)),
        ((vector(1, 2), vector(3, 4)), 2, [], ([3, 4], FREE)),
        (matrix(2, 3), 2, [3], 6),
        (CUBE, None, [2, 3, 4], 23),
        (CUBE, 1, [3, 4], 11),
        (LAYERS, 1, [], ([[1, 2, 3], [4, 5, 6]], FREE)),
        (LAYERS, 1, [2, 3], 6),
        (LAYERS, 2, [1], 1),
    ],
)
def test_index(value, raised, lowered, expected):
    """Indices count from 1; a raised one takes the first axis or the layer."""
    raised = None if raised is None else Number(raised)
    assert summary(arrays.index(value, raised, [Number(i) for i in lowered])) == expected


@pytest.mark.parametrize(
    ("value", "raised", "lowered"),
    [
        (vector(5, 6), None, [0]),
        (vector(5, 6), None, [3]),
        (vector(5, 6), None, [-1]),
        (vector(5, 6), None, [1.5]),
        (vector(5, 6), None, [1, 1]),
        (vector(5, 6), 1, [1]),
        (matrix(2, 3), None, [1]),
        (matrix(2, 3), None, [3, 1]),
        (matrix(2, 3), None, [1, 2, 1]),
        (CUBE, 1, [1]),
        (LAYERS, None, [1]),
        (LAYERS, 3, []),
        (LAYERS, 0, []),
        (LAYERS, 1, [1]),
        (Number(5), None, [1]),
        (Number(5), 1, []),
    ],
)
def test_index_that_does_not_fit(value, raised, lowered):
    """An index outside its axis, and too many or too few of them, are refused."""
    raised = None if raised is None else Number(raised)
    with pytest.raises(FormulaError):
        arrays.index(value, raised, [Number(i) for i in lowered])


def test_another_piece():
    """Replacing a piece leaves the value that it is taken from, and all other pieces."""
    location = arrays.locate(LAYERS, Number(1), [Number(2), Number(3)])
    changed = arrays.with_piece(LAYERS, location, Number(0))
    assert summary(changed) == (([[1, 2, 3], [4, 5, 0]], FREE), ([1, 2], FREE))
    assert LAYERS[0].entries[1, 2] == 6
    whole = arrays.locate(LAYERS, Number(2), [])
    assert summary(arrays.with_piece(LAYERS, whole, vector(8, 9)))[1] == ([8, 9], FREE)
    row = arrays.locate(matrix(2, 3), Number(1), [])
    assert summary(arrays.with_piece(matrix(2, 3), row, vector(7, 8, 9)))[0][0] == [7, 8, 9]


def test_products_that_are_too_large():
    """A product that would fill the memory or take long is refused before it is computed."""
    long = np.ones(1001)
    with pytest.raises(FormulaError, match="too large"):
        arrays.multiply(Array(long), Array(long, ROW))
    wide = Array(np.broadcast_to(1.0, (900, 900)))
    with pytest.raises(FormulaError, match="too large"):
        arrays.multiply(wide, wide)
    with pytest.raises(FormulaError, match="too large"):
        arrays.power(wide, Number(-1))


def test_row():
    """A row has one axis, and NumPy sees its entries."""
    lying = arrays.row([1, 2])
    assert lying.orientation is ROW
    assert np.asarray(lying).tolist() == [1, 2]
    assert np.shape(lying) == (2,)
    with pytest.raises(ValueError, match="one axis"):
        arrays.row([[1, 2]])
