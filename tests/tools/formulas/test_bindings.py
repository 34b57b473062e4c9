"""The site's own formulas: each holds, and each notices when it or its function is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tools.formulas.binding import DRAWS, Binding, Function, Kind
from tools.formulas.bindings import all_bindings
from tools.formulas.checking import Outcome, check, try_mutants, unmatched
from tools.formulas.pages import site_formulas

FORMULAS = site_formulas().by_label()
BINDINGS = all_bindings()
BOUND = sorted(FORMULAS.keys() & BINDINGS.keys())
COMPARED = [label for label in BOUND if BINDINGS[label].of is not None]


@cache
def outcome(label: str) -> Outcome:
    """Check a formula once for all tests."""
    return check(FORMULAS[label], BINDINGS[label])


def test_every_formula_is_bound_and_every_binding_has_its_formula() -> None:
    """No display formula of the site goes unchecked, and no check has lost its formula."""
    assert list(unmatched(list(FORMULAS.values()), BINDINGS)) == []
    assert len(BOUND) > 70


@pytest.mark.parametrize("label", BOUND)
def test_formula_holds(label: str) -> None:
    """Every side that can be computed is what the function returns, on every drawn input."""
    found = outcome(label)
    assert found.fault == ""
    assert len(found.cases) == (0 if found.binding.kind is Kind.DEFINITION else DRAWS)
    assert DRAWS >= 20


@pytest.mark.parametrize("label", BOUND)
def test_every_mutant_is_caught(label: str) -> None:
    """No deliberate error goes unnoticed, unless the binding says why it changes nothing."""
    found = outcome(label)
    assert found.fault == ""
    trial = try_mutants(found)
    assert trial.faults == ()
    assert trial.caught > 3 or found.binding.kind is Kind.DEFINITION


def disturbed(of: Function, change: Callable[[Any], Any]) -> Function:
    """Return a function whose every result is changed a little."""

    def spoil(result: Any) -> Any:
        if isinstance(result, tuple | list):
            return type(result)(map(spoil, result))
        if isinstance(result, Iterator):
            return [*result, ()]
        return change(result)

    return lambda *args, **kwargs: spoil(of(*args, **kwargs))


@pytest.mark.parametrize("label", COMPARED)
@pytest.mark.parametrize(
    "change", [lambda result: result + 1e-3, lambda result: -result], ids=["shifted", "negated"]
)
def test_wrong_function_is_noticed(label: str, change: Callable[[Any], Any]) -> None:
    """A snippet that returns something else no longer agrees with its formula."""
    binding: Binding = BINDINGS[label]
    assert binding.of is not None
    wrong = replace(binding, of=disturbed(binding.of, change))
    assert FORMULAS[label].page in check(FORMULAS[label], wrong).fault
