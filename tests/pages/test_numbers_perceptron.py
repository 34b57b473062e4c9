"""What docs/basics/perceptron.md says of its runs, and its figures known from elsewhere."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from snippets import streetlights
from snippets.perceptron import POINTS, TARGETS, learn, predict, train
from tools.results.perceptron import in_fractions

UNITS = ("epochs", "updates")


def mistakes_from(b: float, alpha: float = 1.0) -> int:
    """Return how many updates AND takes from weights of zero and the given bias."""
    w, updates, clean = np.zeros(2), 0, False
    while not clean:
        clean = True
        for x, y in zip(POINTS, TARGETS["AND"], strict=True):
            if predict(x, w, b) != y:
                w, b = learn(x, y, w, b, alpha)
                updates, clean = updates + 1, False
    return updates


def test_epochs_and_updates(captured) -> None:
    """By hand on paper: 6 epochs with 11 updates for AND, 4 with 5 for OR."""
    learned = [captured[f"learned.{rule}_{unit}"] for rule in ("and", "or") for unit in UNITS]
    assert learned == [6, 11, 4, 5]
    assert train(POINTS, TARGETS["AND"])[2][-1] == train(POINTS, TARGETS["OR"])[2][-1] == 0


def test_other_orders_of_the_points(captured) -> None:
    """The order of the page is among the fastest, and other orders end on other lines."""
    assert captured["orders.fewest"] == captured["learned.and_epochs"] == 6
    assert captured["orders.most"] == 8
    ends = set()
    for order in permutations(range(4)):
        w, b, _ = train(POINTS[list(order)], TARGETS["AND"][list(order)])
        ends.add((*w.tolist(), b))
    assert len(ends) > 1


def test_last_boundary_runs_through_a_point() -> None:
    """The score of (1, 1) is exactly 0 in the end."""
    w, b, _ = train(POINTS, TARGETS["AND"])
    assert POINTS[3] @ w + b == 0


def test_xor_before_and_after_the_third_epoch(captured) -> None:
    """Both times w is (-1, 0) and b is 0; the fourth epoch makes four mistakes."""
    assert (*captured["xor.w"], captured["xor.b"]) == (-1, 0, 0)
    for epochs in (2, 3):
        w, b, _ = train(POINTS, TARGETS["XOR"], epochs=epochs)
        assert (*w, b) == (-1, 0, 0)
    assert train(POINTS, TARGETS["XOR"], epochs=4)[2][-1] == 4


def test_demands_of_xor() -> None:
    """The middle demands and the outer ones add up to the same coefficients of w1, w2 and b."""
    scores = np.column_stack([POINTS, np.ones(4)])
    yes = TARGETS["XOR"] == 1
    assert scores[yes].sum(axis=0).tolist() == scores[~yes].sum(axis=0).tolist() == [1, 1, 2]


def test_streetlights_are_xor() -> None:
    """People walk if XOR says so of the first two lights."""
    rows = [POINTS.tolist().index(lights) for lights in streetlights.LIGHTS[:, :2].tolist()]
    assert TARGETS["XOR"][rows].tolist() == streetlights.WALK[:, 0].tolist()


def test_trap(captured) -> None:
    """As was known: 4 epochs, 8 updates, w = (0.2, 0.1), b = -0.2; and -2.8e-17 in place of 0."""
    assert [captured[f"tenth.{unit}"] for unit in UNITS] == [4, 8]
    assert (*captured["tenth.w"], captured["tenth.b"]) == pytest.approx((0.2, 0.1, -0.2))
    assert captured["tenth.score"] == 0.2 - (0.1 + 0.1 + 0.1) + 0.1 == pytest.approx(-2.8e-17)


def test_trap_in_fractions(captured) -> None:
    """A tenth takes as long as 1 does, and (1, 0) scores exactly 0 after the eighth update."""
    assert [captured[f"fractions.{unit}"] for unit in UNITS] == [6, 11]
    w, b, mistakes = in_fractions(epochs=3)
    assert (sum(mistakes), w[0] + b) == (8, 0)
    w, b, _ = in_fractions()
    assert (*w, b) == (Fraction(2, 10), Fraction(1, 10), Fraction(-3, 10))


def test_step_of_zero_decides_the_numbers() -> None:
    """With step(0) = 0 AND takes 10 updates instead of 11."""
    assert mistakes_from(b=-1e-9) == 10  # any score of 0 is now a hair below
    assert mistakes_from(b=0.0) == 11


def test_first_exercise(captured) -> None:
    """By hand NAND scores 3, 1, 1 and -1; AND of the answers of OR and NAND is XOR."""
    nand, either = np.array([-2.0, -2.0]), np.array([2.0, 2.0])
    assert captured["nand_scores"] == [3, 1, 1, -1]
    np.testing.assert_array_equal(predict(POINTS, either, -1), TARGETS["OR"])
    np.testing.assert_array_equal(predict(POINTS, either, -3), TARGETS["AND"])
    hidden = np.column_stack([predict(POINTS, either, -1), predict(POINTS, nand, 3)])
    np.testing.assert_array_equal(predict(hidden, either, -3), TARGETS["XOR"])


def test_second_exercise() -> None:
    """From zero the rate does not matter; from a bias of 3 it does."""
    assert mistakes_from(b=0.0, alpha=0.5) == mistakes_from(b=0.0, alpha=1.0)
    assert mistakes_from(b=3.0, alpha=0.5) != mistakes_from(b=3.0, alpha=1.0)


def test_third_exercise(captured) -> None:
    """By hand: the smallest of the four scores is 1, of a vector of length sqrt(17)."""
    scores = POINTS @ np.array([2.0, 2.0]) - 3
    assert np.abs(scores).min() == 1
    assert captured["allowed_updates"] == pytest.approx(3 * 17) == pytest.approx(51)
    assert captured["learned.and_updates"] < 51
