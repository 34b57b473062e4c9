"""Bindings: what their decorators note, and the inputs that `Draw` gives."""

from collections.abc import Callable

import numpy as np
import pytest

from tools.formulas import binding
from tools.formulas.binding import (
    DRAWS,
    MARGIN,
    BindingError,
    Case,
    Draw,
    Function,
    Kind,
    definition,
    derivative,
    identity,
    update,
    value,
)


def twice(x: float) -> float:
    """Return 2 x."""
    return 2 * x


def draw_case(draw: Draw, of: Function) -> Case:
    """Draw a number."""
    x = draw.real()
    return Case({"x": x}, expected=of(x))


@pytest.fixture
def draws() -> list[Draw]:
    """The sources of a formula's cases."""
    return [Draw(number, np.random.default_rng(number)) for number in range(DRAWS)]


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without bindings."""
    monkeypatch.setattr(binding, "_registry", {})


@pytest.mark.parametrize(
    ("decorator", "kind"),
    [
        (value, Kind.VALUE),
        (derivative, Kind.DERIVATIVE),
        (update, Kind.UPDATE),
        (identity, Kind.IDENTITY),
    ],
)
def test_a_decorator_notes_what_a_formula_is(
    decorator: Callable[..., Callable[..., object]], kind: Kind
) -> None:
    """The binding has its kind, function and excuses, and says on which line it stands."""
    excuses = {"equal_mutants": {"x": "Because."}, "square": {"w": "Because."}}
    decorator("eq:twice", of=twice, **excuses)(draw_case)
    found = binding.registered()["eq:twice"]
    assert (found.kind, found.of, found.case) == (kind, twice, draw_case)
    assert (found.equal_mutants, found.square) == tuple(excuses.values())
    line = twice.__code__.co_firstlineno
    path, _, number = found.place.rpartition(":")
    assert path == "tests/tools/formulas/test_binding.py"
    assert int(number) > line


def test_a_function_is_named_with_its_snippet() -> None:
    """The package of the snippets is left out, and without a function there is no name."""
    from snippets import softmax

    value("eq:softmax", of=softmax.softmax)(draw_case)
    identity("eq:same")(draw_case)
    found = binding.registered()
    assert found["eq:softmax"].function == "softmax.softmax"
    assert found["eq:same"].function == ""


def test_a_definition_has_a_reason_instead_of_cases() -> None:
    """It draws nothing, and stands where it is called."""
    definition("eq:name", reason="It only gives a name to something.")
    found = binding.registered()["eq:name"]
    assert (found.kind, found.case, found.of) == (Kind.DEFINITION, None, None)
    assert found.reason == "It only gives a name to something."
    assert found.place.startswith("tests/tools/formulas/test_binding.py:")


def test_a_formula_has_one_binding() -> None:
    """A second one is refused, with the places of both."""
    value("eq:twice", of=twice)(draw_case)
    first = binding.registered()["eq:twice"].place
    with pytest.raises(BindingError) as refused:
        definition("eq:twice", reason="It only gives a name to something.")
    second, message = str(refused.value).split(": ", 1)
    assert second.startswith("tests/tools/formulas/test_binding.py:")
    assert second != first
    assert message == f"eq:twice is bound already, in {first}; a formula has one binding."


def test_real_numbers_keep_to_their_range_and_reach_its_edges(draws: list[Draw]) -> None:
    """Among the first draws are 0, both ends and 1; after them no number comes twice."""
    drawn = [draw.reals(40, low=-2, high=2) for draw in draws]
    assert all(((x >= -2) & (x <= 2)).all() for x in drawn)
    assert (drawn[0] == 0).all()
    assert set(np.concatenate(drawn[1:4])) == {-2, 0, 1, 2}
    rest = np.concatenate(drawn[4:])
    assert len(np.unique(rest)) == len(rest)


def test_open_ends_are_kept_away_from(draws: list[Draw]) -> None:
    """Neither probabilities nor positive numbers come near to where logarithms end."""
    for draw in draws:
        assert ((draw.probabilities(9) >= MARGIN) & (draw.probabilities(9) <= 1 - MARGIN)).all()
        assert MARGIN <= draw.probability() <= 1 - MARGIN
        assert ((draw.positives(9) >= MARGIN) & (draw.positives(9) <= 3)).all()
        assert MARGIN <= draw.positive(high=1) <= 1


def test_distributions_sum_to_one_along_the_last_axis(draws: list[Draw]) -> None:
    """Every row is one, without a class of no chance."""
    for draw in draws:
        p = draw.distributions(2, 3)
        assert p.shape == (2, 3)
        assert (p > 0).all()
        np.testing.assert_allclose(p.sum(axis=1), 1)


def test_one_hot_rows_hold_a_single_one(draws: list[Draw]) -> None:
    """A 1 at the true class, of every row or of the one vector."""
    for draw in draws:
        for rows in (draw.one_hot(4, 3), draw.one_hot(3)[None]):
            assert set(rows.flat) == {0, 1}
            assert (rows.sum(axis=1) == 1).all()
    assert len({tuple(draw.one_hot(3)) for draw in draws}) == 3


def test_bits_are_all_zero_then_all_one_then_mixed(draws: list[Draw]) -> None:
    """Both edges are drawn, and so are mixtures."""
    assert not draws[0].bits(3, 2).any()
    assert draws[1].bits(3, 2).all()
    assert {draw.bits(200).mean() in (0, 1) for draw in draws[2:]} == {False}
    assert {draw.bit() for draw in draws} == {0, 1}


def test_whole_numbers_include_both_ends(draws: list[Draw]) -> None:
    """The first two draws are the ends."""
    drawn = [draw.whole(1, 3) for draw in draws]
    assert drawn[:2] == [1, 3]
    assert set(drawn) == {1, 2, 3}


def test_sizes_are_distinct(draws: list[Draw]) -> None:
    """No two are equal, in range, and not the same ones in every draw."""
    drawn = {draw.sizes(3, high=6) for draw in draws}
    assert len(drawn) > 5
    for sizes in drawn:
        assert len(set(sizes)) == 3
        assert set(sizes) <= {2, 3, 4, 5, 6}
    with pytest.raises(ValueError, match="no 3 distinct sizes from 1 to 2"):
        draws[0].sizes(3, low=1, high=2)
