"""Reading what a formula is given."""

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation.arrays import Array, Number, Orientation, row
from tools.formulas.evaluation.values import plain, read


@pytest.mark.parametrize(
    "given", [3, 3.0, np.float32(3), np.int64(3), np.array(3)], ids=lambda given: repr(given)
)
def test_number(given):
    """A number of any kind is one."""
    value = read(given, "x")
    assert isinstance(value, Number)
    assert value == 3


@pytest.mark.parametrize(
    "given",
    [[1, 2.5], (1, 2.5), np.array([1, 2.5]), np.array([1, 2.5], dtype=np.float32)],
    ids=["list", "tuple", "array", "float32"],
)
def test_vector(given):
    """A list, a tuple or an array of numbers is a vector, which lies neither way."""
    value = read(given, "x")
    assert isinstance(value, Array)
    assert value.entries.tolist() == [1, 2.5]
    assert value.entries.dtype == np.float64
    assert value.orientation is Orientation.FREE


def test_nested_list_is_an_array():
    """Lists of one shape become one array of more axes."""
    value = read([[[1, 2, 3]], [[4, 5, 6]]], "x")
    assert isinstance(value, Array)
    assert value.entries.shape == (2, 1, 3)
    assert value.entries[1, 0, 2] == 6


def test_ragged_list_is_layers():
    """Lists that differ in shape become layers."""
    value = read([[[1, 2]], [[3], [4], [5]]], "W")
    assert isinstance(value, tuple)
    assert [layer.entries.shape for layer in value] == [(1, 2), (3, 1)]


def test_tuple_of_arrays_is_layers_whatever_their_shapes():
    """In Python, layers that happen to be of one shape remain layers."""
    value = read((np.ones(2), row([1, 2])), "b")
    assert isinstance(value, tuple)
    assert [layer.orientation for layer in value] == [Orientation.FREE, Orientation.ROW]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (True, "a number"),
        (np.bool(True), "a number"),
        ([1, True], "a number"),
        ("1", "a number"),
        (["1"], "a number"),
        (None, "a number"),
        ({}, "a number"),
        (1j, "a number"),
        ({1}, "a number"),
        (float("nan"), "finite"),
        ([1, float("inf")], "finite"),
        (np.array([np.nan]), "finite"),
        (10**400, "finite"),
        (np.array([True]), "real"),
        (np.array([1j]), "real"),
        (np.array(["a"]), "real"),
        (np.array([None]), "real"),
        ([], "empty"),
        ([[], [1]], "empty"),
        ((), "empty"),
        (np.ones((2, 0)), "empty"),
        ([1, [2]], "mixes"),
        ([[1, [2]], [3]], "mixes"),
        ([[[1], [2, 3]], [[4]]], "mixes"),
        ((1, [2, 3]), "mixes"),
        (np.ones((1,) * 9), "large"),
        ([[[[[[[[[1]]]]]]]]], "large"),
        (np.broadcast_to(0.0, (1001, 1000)), "large"),
    ],
)
def test_what_is_no_value_is_refused(given, message):
    """Whatever is not finite numbers in an orderly shape is refused by its name."""
    with pytest.raises(FormulaError, match=f"^the value of x .*{message}"):
        read(given, "the value of x")


def test_too_many_numbers_in_lists_are_refused():
    """Many lists, none of them long, cannot fill the memory."""
    with pytest.raises(FormulaError, match="too large"):
        read([[0] * 1000] * 1001, "x")


def test_value_is_a_copy():
    """What is done later to a given array, or to a result, changes nothing else."""
    given = np.array([1.0, 2.0])
    value = read(given, "x")
    given[0] = 9
    result = plain(value)
    assert result.tolist() == [1, 2]
    result[0] = 9
    assert plain(value).tolist() == [1, 2]


def test_plain_values():
    """A result is a float, an array or a tuple of arrays."""
    assert type(plain(Number(2))) is float
    assert plain(row([1, 2])).tolist() == [1, 2]
    assert [layer.tolist() for layer in plain(read([[1], [2, 3]], "x"))] == [[1], [2, 3]]
