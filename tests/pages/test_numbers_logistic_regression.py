"""What docs/networks/logistic-regression.md says of its runs, and figures known from elsewhere."""

import math

import numpy as np
import pytest

from snippets import logistic_regression as logistic
from snippets.logistic_regression import CAUGHT, MORNINGS
from tools.results.logistic_regression import UNLUCKY, fit_without_the_unlucky, fitted


def test_odds_of_four_to_one() -> None:
    """They are a probability of 0.8."""
    p = logistic.predict(np.array([1.0]), 0.0, np.log([[4.0]]))
    assert p == pytest.approx([0.8])


def test_the_fit_is_the_best_there_is() -> None:
    """Every slope is 0 there, so the figures belong to the minimum and not to the last step."""
    by_w, by_b = logistic.gradient(*fitted(), MORNINGS, CAUGHT)
    assert [*by_w, by_b] == pytest.approx([0, 0, 0], abs=1e-2)


def test_what_a_minute_and_a_hundred_metres_do(captured) -> None:
    """Raise one input by 1, and the odds are multiplied by as much, wherever one is."""
    for name, more in (("minute", [1, 0]), ("distance", [0, 1])):
        before, after = logistic.predict(*fitted(), np.array([[3, 4], np.add([3, 4], more)]))
        factor = after / (1 - after) * (1 - before) / before
        assert captured[f"odds.{name}"] == pytest.approx(factor)


def test_error_before_and_after(captured) -> None:
    """It begins with sixteen tosses, and the likelihood is a product of probabilities."""
    assert len(CAUGHT) == 16
    assert captured["error.before"] == pytest.approx(16 * math.log(2))
    right = np.abs(1 - CAUGHT - logistic.predict(*fitted(), MORNINGS))
    assert captured["error.after"] == pytest.approx(-math.log(math.prod(right)))
    assert captured["error.likelier"] == pytest.approx(math.prod(right) * 2**16)


def test_twelve_of_sixteen_are_on_the_right_side(captured) -> None:
    """Two missed buses have more than one half, and two caught ones have less."""
    p = logistic.predict(*fitted(), MORNINGS)
    wrong = np.flatnonzero((p > 0.5) != (CAUGHT == 1))
    assert len(wrong) == 4
    assert (CAUGHT[wrong] == 0).sum() == 2
    assert wrong[:2].tolist() == UNLUCKY
    assert p[UNLUCKY].tolist() == [captured["unlucky.one"], captured["unlucky.other"]]
    assert 1 - captured["unlucky.one"] > 1 / 4


def test_table_of_the_trap(captured) -> None:
    """Without the two unlucky mornings the weights grow and the error shrinks, ever on."""
    rows = (100, 1000, 10_000)
    lengths = [np.linalg.norm(captured[f"trap.w_{steps}"]) for steps in rows]
    errors = [captured[f"trap.error_{steps}"] for steps in rows]
    assert lengths == sorted(lengths)
    assert errors == sorted(errors, reverse=True)
    w, b, _ = fit_without_the_unlucky(10_000)
    x, y = np.delete(MORNINGS, UNLUCKY, axis=0), np.delete(CAUGHT, UNLUCKY)
    assert len(y) == 14
    assert ((w @ x.T + b > 0) == (y == 1)).all()  # a line separates them
    assert (logistic.predict(w, b, MORNINGS[UNLUCKY]) >= captured["trap.chance"]).all()


def test_first_exercise(captured) -> None:
    """From the output's last line; at these minutes the snippet gives an even chance and 0.9."""
    shown = [captured[f"final.{name}"] for name in ("minute", "distance", "bias")]
    assert shown == pytest.approx([1.7404, 1.5547, 0.3719], abs=5.1e-5)
    minutes = (1.5547 * 4 - 0.3719 + np.log([1.0, 9.0])) / 1.7404
    found = [captured["minutes.even"], captured["minutes.likely"]]
    assert found == pytest.approx(minutes, abs=5e-4)
    assert captured["minutes.log_odds"] == pytest.approx(2 * math.log(3))
    chances = logistic.predict(*fitted(), np.array([[each, 4] for each in found]))
    assert chances == pytest.approx([0.5, 0.9])


def test_second_exercise(captured) -> None:
    """A rate of 0.0125 along the sum; 16 bits before, for 16 tosses."""
    by_w, _ = logistic.gradient(np.zeros(2), 0.0, MORNINGS, CAUGHT)
    assert logistic.fit(MORNINGS, CAUGHT, 1)[0] == pytest.approx(-0.0125 * by_w)
    assert captured["error.bits_before"] == pytest.approx(16)
    assert captured["error.nats_in_a_bit"] == pytest.approx(math.log(2))
    assert 2 ** -captured["error.bits_after"] == pytest.approx(math.exp(-captured["error.after"]))


def test_third_exercise(captured) -> None:
    """By hand, a probability of 0.01 for a yes gets the 0.0099th part of the push."""
    assert captured["squared_error.sigmoid_slope"] == pytest.approx(0.0099)
    assert captured["squared_error.weaker"] == pytest.approx(1 / 0.0099, rel=1e-6)
