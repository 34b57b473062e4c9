"""Checking a formula against its binding: what holds, what fails, and what is told of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tools.formulas.binding import DRAWS, Binding, Case, Draw, Kind
from tools.formulas.checking import check, shown, try_mutants, unmatched
from tools.formulas.pages import Formula

PLACE = "docs/part/page.md:7: eq:test"
BOUND = "tools/formulas/bindings/page.py:3"


def formula(tex: str) -> Formula:
    """Return a formula of a page."""
    return Formula(label="eq:test", tex=tex, page="part/page.md", line=7, number=1)


def binding(case: Callable[..., Any] | None, kind: Kind = Kind.VALUE, **more: Any) -> Binding:
    """Return a binding of the formula."""
    return Binding(label="eq:test", kind=kind, place=BOUND, case=case, **more)


def square(x: float) -> float:
    """Return x squared."""
    return x * x


def square_case(draw: Draw, of: Any) -> Case:
    """Draw a number."""
    x = draw.real()
    return Case({"x": x}, expected=square(x))


def squared_case(draw: Draw, of: Any) -> Case:
    """Draw a number that becomes its square, and another that stays."""
    x, y = draw.real(), draw.real()
    return Case({"x": x, "y": y}, updated={"x": square(x) + y})


def weights_case(draw: Draw, of: Any) -> Case:
    """Draw weights that all become 2 more, and one of them."""
    (n,) = draw.sizes(1)
    w, j = draw.reals(n), draw.whole(1, n)
    return Case({"w": w, "j": j}, updated={"w": w + 2})


def slope_case(draw: Draw, of: Any) -> Case:
    """Draw a number, where the square is differentiated."""
    x = draw.real()
    return Case({"x": x}, dependent={"E": square}, expected=2 * x)


def matrix_case(draw: Draw, of: Any) -> Case:
    """Draw a matrix that is never square, and an entry of it."""
    m, n = draw.sizes(2)
    y, i, j = draw.reals(m, n), draw.whole(1, m), draw.whole(1, n)
    return Case({"y": y, "i": i, "j": j}, expected=y[i - 1, j - 1])


HOLDING: dict[str, tuple[str, Binding]] = {
    "a value": ("x^2", binding(square_case)),
    "both sides of a value": ("x x = x^2", binding(square_case)),
    "an entry": ("y_{ij}", binding(matrix_case)),
    "a derivative": (r"\frac{dE}{dx} = 2 x", binding(slope_case, Kind.DERIVATIVE)),
    "an update": (r"x \leftarrow x^2 + y", binding(squared_case, Kind.UPDATE)),
    "an update of one of several": (
        r"w_j \leftarrow w_j + 2",
        binding(weights_case, Kind.UPDATE),
    ),
    "an identity without a function": (
        "(x + 1)^2 = x^2 + 2 x + 1",
        binding(lambda draw, of: Case({"x": draw.real()}), Kind.IDENTITY),
    ),
}


@pytest.mark.parametrize(("tex", "bound"), HOLDING.values(), ids=HOLDING.keys())
def test_right_formula_holds(tex: str, bound: Binding) -> None:
    """It has no fault, and its inputs can be used again."""
    outcome = check(formula(tex), bound)
    assert outcome.fault == ""
    assert len(outcome.cases) == DRAWS


def test_definition_is_not_drawn() -> None:
    """With a reason it needs no inputs."""
    reason = "It only gives a name to something."
    outcome = check(formula(r"a = (b, \dots)"), binding(None, Kind.DEFINITION, reason=reason))
    assert (outcome.fault, outcome.cases) == ("", ())
    assert try_mutants(outcome).caught == 0


FAILING: dict[str, tuple[str, Binding, str]] = {
    "another value": (
        "x^2 + 1",
        binding(square_case, of=square),
        f"{PLACE}, bound to {__name__}.square, fails: it gives 1 instead of 0, in draw 0, x = 0.",
    ),
    "the second of two sides": (
        "x^2 = x^2 + 0.000000002",
        binding(square_case),
        f"{PLACE} fails: 0 = 2e-09 does not hold (at character 7), in draw 0, x = 0.",
    ),
    "a side that equals the other, not the function": (
        "x^3 = x x^2",
        binding(square_case),
        "its side `x^3` gives ",
    ),
    "a value that is hardly another": (
        "x^2 + 0.000000005",
        binding(square_case),
        f"{PLACE} fails: it gives 5e-09 instead of 0, in draw 0, x = 0.",
    ),
    "a left side that is not given": (
        "E = x^2",
        binding(square_case),
        f"{PLACE} fails: its side `E` is not given, and goes unchecked, in draw 0, x = 0.",
    ),
    "a left side of another index": (
        "s_i = x_1 x_1",
        binding(
            lambda draw, of: Case({"s": np.arange(2.0), "x": np.zeros(1), "i": 2}, expected=0.0)
        ),
        f"{PLACE} fails: 1 = 0 does not hold (at character 7), in draw 0, ",
    ),
    "an update of another name": (
        r"y \leftarrow x^2 + y",
        binding(squared_case, Kind.UPDATE),
        "it gives ",
    ),
    "an update of another index": (
        r"w_1 \leftarrow w_j + 2",
        binding(weights_case, Kind.UPDATE),
        "it gives ",
    ),
    "an update that says what is expected": (
        r"x \leftarrow x^2",
        binding(square_case, Kind.UPDATE),
        f"{BOUND}: eq:test is bound as update: an update, and nothing else, says in `updated` ",
    ),
    "a value that updates": (
        "x^2 + y",
        binding(squared_case),
        f"{BOUND}: eq:test is bound as value: an update, and nothing else, says in `updated` ",
    ),
    "another shape": (
        "v",
        binding(lambda draw, of: Case({"v": np.zeros(1)}, expected=0.0)),
        "it gives [0.] instead of 0, in draw 0",
    ),
    "a name that is not given": (
        "x q",
        binding(square_case),
        f"{PLACE} fails: it is refused: q is not given, in `q` (at character 3), in draw 0, x = 0.",
    ),
    "a derivative that is not its numerical one": (
        r"\frac{dE}{dx} = 3 x",
        binding(slope_case, Kind.DERIVATIVE),
        ", in draw 1, x = ",
    ),
    "a derivative that nothing differentiates": (
        "2 x",
        binding(lambda draw, of: replace(slope_case(draw, of), dependent={}), Kind.DERIVATIVE),
        "no side of it is differentiated numerically",
    ),
    "an identity of one side": (
        "x^2",
        binding(lambda draw, of: Case({"x": draw.real()}), Kind.IDENTITY),
        "there is nothing to compare it with",
    ),
    "a value without expectation": (
        "x^2 = x x",
        binding(lambda draw, of: Case({"x": draw.real()})),
        "there is nothing to compare it with",
    ),
    "an update without an arrow": (
        "x^2 + y",
        binding(squared_case, Kind.UPDATE),
        f"{BOUND}: eq:test is bound as update, and lacks the \\leftarrow of an update.",
    ),
    "an arrow that is no update": (
        r"x \leftarrow x^2",
        binding(square_case),
        f"{BOUND}: eq:test is bound as value, and has the \\leftarrow of an update.",
    ),
    "a definition without a sentence": (
        "a = b",
        binding(None, Kind.DEFINITION, reason="Obvious."),
        f"{BOUND}: eq:test needs a sentence that says why nothing can be computed.",
    ),
    "a function that raises": (
        "x",
        binding(lambda draw, of: Case({"x": 1}, expected={}["x"])),
        f"{BOUND}: draw 0 of eq:test ends in KeyError: 'x'.",
    ),
    "an expectation that is no number": (
        "x",
        binding(lambda draw, of: Case({"x": 1.5}, expected=np.nan)),
        f"{BOUND}: eq:test expects nan in draw 0, x = 1.5.",
    ),
    "no case": (
        "x",
        binding(lambda draw, of: {"x": 1}),
        f"{BOUND}: eq:test draws no Case.",
    ),
    "a matrix that is always square": (
        "y_{ij}",
        binding(lambda draw, of: Case({"y": np.eye(3), "i": 1, "j": 1}, expected=1.0)),
        f"{BOUND}: eq:test draws y with two equal sides every time",
    ),
    "layers of which one is always square": (
        "W^{(1)}_{ij}",
        binding(
            lambda draw, of: Case({"W": (np.eye(2), np.ones((3, 1))), "i": 1, "j": 1}, expected=1.0)
        ),
        f"{BOUND}: eq:test draws W with two equal sides every time",
    ),
    "an excuse for what is not square": (
        "y_{ij}",
        binding(matrix_case, square={"y": "It is a square by its nature."}),
        f"{BOUND}: eq:test does not always draw y with two equal sides; take it out of `square`.",
    ),
}


@pytest.mark.parametrize(("tex", "bound", "fault"), FAILING.values(), ids=FAILING.keys())
def test_wrong_formula_or_binding_is_told(tex: str, bound: Binding, fault: str) -> None:
    """One sentence has the place, the first input that differs, and both results."""
    found = check(formula(tex), bound).fault
    assert fault in found
    assert found.startswith((PLACE, BOUND))
    assert found.endswith(".")
    assert "\n" not in found


def test_first_differing_input_is_told() -> None:
    """Inputs for which the formula happens to hold are passed over."""
    found = check(formula(r"\lvert x \rvert"), binding(square_case)).fault
    (x,) = (float(part.removesuffix(".")) for part in found.split(" x = ")[1:])
    assert x not in (-1, 0, 1)
    assert f"it gives {shown(abs(x))} instead of " in found


def test_squares_may_be_excused() -> None:
    """A matrix that must be square is drawn so with a reason."""
    excused = binding(
        lambda draw, of: Case({"y": np.eye(3), "i": 1, "j": 1}, expected=1.0),
        square={"y": "The identity is a square by its nature."},
    )
    assert check(formula("y_{ij}"), excused).fault == ""


def test_runs_repeat() -> None:
    """The inputs are the same each time, and others for another label."""
    first, second = (check(formula("x^2"), binding(square_case)).cases for _ in range(2))
    other = check(formula("x^2"), replace(binding(square_case), label="eq:other")).cases
    assert first == second
    assert first != other


def test_mutants_of_a_well_drawn_formula_are_caught() -> None:
    """Some can never be evaluated, the others give something else."""
    trial = try_mutants(check(formula("y_{ij}"), binding(matrix_case)))
    assert trial.faults == ()
    assert trial.refused > 0
    assert trial.differing > 0
    assert (trial.survived, trial.equal) == (0, 0)
    assert trial.caught == trial.refused + trial.differing


def test_mutant_is_told_by_its_value_where_it_has_one() -> None:
    """Neither what it leaves unused nor an index out of range in one draw makes it refused."""

    def case(draw: Draw, of: Any) -> Case:
        x, y = draw.real(), draw.reals(3)
        i = draw.whole(1, 3)
        return Case({"x": x, "y": y, "i": i}, expected=x * y[i - 1])

    trial = try_mutants(check(formula("x y_i"), binding(case)))
    # -x y_i, y_i, x, x y_{i + 1}, x y_{i - 1}; and x y, a vector where a number is expected
    assert (trial.differing, trial.refused) == (6, 0)


SURVIVOR = r"\left( x \right)"


def survivors(**more: Any) -> tuple[str, ...]:
    """Return the faults of an absolute value that is tried for positive numbers only."""

    def case(draw: Draw, of: Any) -> Case:
        x = draw.positive()
        return Case({"x": x}, expected=x)

    outcome = check(formula(r"\lvert x \rvert"), binding(case, **more))
    assert outcome.fault == ""
    return try_mutants(outcome).faults


def test_mutant_that_is_not_caught_is_told() -> None:
    """The sentence has the mutant, what was changed, and what to do."""
    assert survivors() == (
        f"{PLACE} is not told from its mutant `{SURVIVOR}` (absolute of x dropped): draw inputs "
        "for which they differ, or say in `equal_mutants` why there are none.",
    )


def test_mutant_that_is_truly_equal_is_excused() -> None:
    """With a reason in a sentence it is no fault, however it is spaced; a word is no reason."""
    excuse = {r"\left(  x \right) ": "For positive numbers this is the same."}
    assert survivors(equal_mutants=excuse) == ()
    assert survivors(equal_mutants=dict.fromkeys(excuse, "Equal.")) == survivors()


def test_excuse_for_a_caught_mutant_is_stale() -> None:
    """It has to go, with the reason that nobody needs."""
    (*_, fault) = survivors(equal_mutants={"-x": "Nobody makes this mutant at all."})
    assert fault == (
        f"{BOUND}: eq:test has no such surviving mutant as `-x`; take it out of `equal_mutants`."
    )


def test_formulas_and_bindings_are_matched() -> None:
    """Either without the other is told with its place."""
    lonely = replace(binding(square_case), label="eq:gone")
    assert list(unmatched([formula("x")], {"eq:gone": lonely})) == [
        f"{PLACE} has no binding in tools/formulas/bindings.",
        f"{BOUND}: eq:gone is bound, and no page has that formula.",
    ]
    assert list(unmatched([formula("x")], {"eq:test": binding(square_case)})) == []


def test_values_are_shown_short() -> None:
    """Numbers are rounded, and of long arrays only the ends are shown."""
    assert shown(1 / 3) == "0.3333333"
    assert shown(np.array([0.123456, 2])) == "[0.12346, 2. ]"
    assert shown((np.eye(1), np.zeros(2))) == "([[1.]], [0., 0.])"
    assert shown(np.arange(9)) == "[0., 1., 2., ..., 6., 7., 8.]"
    assert shown(np.ones((20, 30))) == "[[1., ..., 1.], ..., [1., ..., 1.]]"
