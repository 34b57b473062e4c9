"""Computing the results of a page: their names, their values, and what is refused."""

import json
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np
import pytest

from tools import results
from tools.results import ResultError, compute, result
from tools.results.__main__ import main


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    """Make a page whose results are computed by functions, given by their names."""

    def make(**functions: Callable) -> str:
        monkeypatch.setitem(sys.modules, "tools.results.made_up", ModuleType("made_up"))
        for name, function in functions.items():
            function.__module__, function.__name__ = "tools.results.made_up", name
            assert result(function) is function
        return "made_up"

    yield make
    results._functions.pop("tools.results.made_up", None)


def test_names_and_their_order(page):
    """A function gives its name, one with several results its name and a key, all sorted."""
    made = page(second=lambda: 2, first=lambda: {"b_1": 1.5, "a": [1, 2]})
    assert list(compute(made).items()) == [("first.a", [1, 2]), ("first.b_1", 1.5), ("second", 2)]


@pytest.mark.parametrize(
    ("computed", "value"),
    [
        (np.float64(0.1), 0.1),
        (np.int64(7), 7),
        (np.array(0.5), 0.5),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        ((np.int64(1), 2), [1, 2]),
    ],
)
def test_values_become_pythons_own(page, computed, value):
    """A whole number stays whole, and one of NumPy's becomes plain."""
    (found,) = compute(page(some=lambda: computed)).values()
    assert found == value
    numbers = found if isinstance(found, list) else [found]
    assert {type(each) for each in numbers} <= {int, float}
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    "computed", [float("nan"), np.inf, True, np.bool_(True), "1", None, 1j, [1, None], [[1.0]]]
)
def test_what_is_no_number_is_refused(page, computed):
    """A result that no page could show is refused by its name."""
    with pytest.raises(ResultError, match=r"^some is .* which is no finite number$"):
        compute(page(some=lambda: computed))


@pytest.mark.parametrize("key", ["two words", "a.b", "ä", "1-2"])
def test_a_name_must_fit_between_braces(page, key):
    """A key that a page cannot write is refused."""
    with pytest.raises(ResultError, match="is no name that a page can write"):
        compute(page(some=lambda: {key: 1}))


def test_the_command_prints_them_at_full_precision(page, capsys):
    """What is printed can be read back to the last bit."""
    assert main([page(third=lambda: 1 / 3, count=lambda: 12)]) == 0
    assert capsys.readouterr().out == '{\n  "count": 12,\n  "third": 0.3333333333333333\n}\n'
