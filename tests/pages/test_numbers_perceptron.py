"""The figures in the prose of docs/basics/perceptron.md, computed with the snippet."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from snippets import streetlights
from snippets.perceptron import POINTS, TARGETS, learn, predict, train


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


@pytest.mark.parametrize(("rule", "epochs", "updates"), [("AND", 6, 11), ("OR", 4, 5)])
def test_epochs_and_updates(rule: str, epochs: int, updates: int) -> None:
    """In whole numbers AND takes 6 epochs with 11 updates, OR 4 with 5; the last one is clean."""
    _, _, mistakes = train(POINTS, TARGETS[rule])
    assert (len(mistakes), sum(mistakes), mistakes[-1]) == (epochs, updates, 0)


def test_other_orders_of_the_points() -> None:
    """They need 6 to 8 epochs for AND, and end on several lines."""
    epochs, ends = set(), set()
    for order in permutations(range(4)):
        w, b, mistakes = train(POINTS[list(order)], TARGETS["AND"][list(order)])
        epochs.add(len(mistakes))
        ends.add((*w.tolist(), b))
    assert epochs == {6, 7, 8}
    assert len(ends) > 1


def test_last_boundary_runs_through_a_point() -> None:
    """The score of (1, 1) is exactly 0 in the end."""
    w, b, _ = train(POINTS, TARGETS["AND"])
    assert POINTS[3] @ w + b == 0


def test_xor_before_and_after_the_third_epoch() -> None:
    """Both times w is (-1, 0) and b is 0."""
    for epochs in (2, 3):
        w, b, mistakes = train(POINTS, TARGETS["XOR"], epochs=epochs)
        assert (*w, b) == (-1, 0, 0)
    assert mistakes[-1] == 4


def test_demands_of_xor() -> None:
    """The middle demands and the outer ones add up to the same coefficients of w1, w2 and b."""
    scores = np.column_stack([POINTS, np.ones(4)])
    yes = TARGETS["XOR"] == 1
    assert scores[yes].sum(axis=0).tolist() == scores[~yes].sum(axis=0).tolist() == [1, 1, 2]


def test_streetlights_are_xor() -> None:
    """People walk if XOR says so of the first two lights."""
    rows = [POINTS.tolist().index(lights) for lights in streetlights.LIGHTS[:, :2].tolist()]
    assert TARGETS["XOR"][rows].tolist() == streetlights.WALK[:, 0].tolist()


def test_trap() -> None:
    """With alpha 0.1 it is 4 epochs, 8 updates, and a score of -2.8e-17 where 0 was meant."""
    w, b, mistakes = train(POINTS, TARGETS["AND"], alpha=0.1)
    assert (len(mistakes), sum(mistakes)) == (4, 8)
    assert (*w, b) == pytest.approx((0.2, 0.1, -0.2))
    assert POINTS[2] @ w + b == pytest.approx(-2.8e-17, rel=0.01)


def test_trap_in_fractions() -> None:
    """A tenth takes 6 epochs and 11 updates too, and (1, 0) scores exactly 0 after the eighth."""
    alpha, w, b, mistakes = Fraction(1, 10), [Fraction(0), Fraction(0)], Fraction(0), []
    while not mistakes or mistakes[-1]:
        mistakes.append(0)
        for x, y in zip(POINTS.astype(int).tolist(), TARGETS["AND"].astype(int), strict=True):
            if miss := int(w[0] * x[0] + w[1] * x[1] + b >= 0) - int(y):
                w, b = [w[j] - alpha * miss * x[j] for j in range(2)], b - alpha * miss
                mistakes[-1] += 1
        if len(mistakes) == 3:
            assert (sum(mistakes), w[0] + b) == (8, 0)
    assert (len(mistakes), sum(mistakes)) == (6, 11)
    assert (*w, b) == (Fraction(2, 10), Fraction(1, 10), Fraction(-3, 10))


def test_step_of_zero_decides_the_numbers() -> None:
    """With step(0) = 0 AND takes 10 updates instead of 11."""
    assert mistakes_from(b=-1e-9) == 10  # any score of 0 is now a hair below
    assert mistakes_from(b=0.0) == 11


def test_first_exercise() -> None:
    """NAND scores 3, 1, 1 and -1; AND of the answers of OR and NAND is XOR."""
    nand, either = np.array([-2.0, -2.0]), np.array([2.0, 2.0])
    assert (POINTS @ nand + 3).tolist() == [3, 1, 1, -1]
    np.testing.assert_array_equal(predict(POINTS, either, -1), TARGETS["OR"])
    np.testing.assert_array_equal(predict(POINTS, either, -3), TARGETS["AND"])
    hidden = np.column_stack([predict(POINTS, either, -1), predict(POINTS, nand, 3)])
    np.testing.assert_array_equal(predict(hidden, either, -3), TARGETS["XOR"])


def test_second_exercise() -> None:
    """From zero the rate does not matter; from a bias of 3 it does."""
    assert mistakes_from(b=0.0, alpha=0.5) == mistakes_from(b=0.0, alpha=1.0)
    assert mistakes_from(b=3.0, alpha=0.5) != mistakes_from(b=3.0, alpha=1.0)


def test_third_exercise() -> None:
    """For AND the unit vector along (2, 2, -3) has gap 1/sqrt(17), and 51 updates are allowed."""
    extended = np.column_stack([POINTS, np.ones(4)])
    unit = np.array([2.0, 2.0, -3.0]) / np.sqrt(17)
    signs = np.where(TARGETS["AND"] == 1, 1, -1)
    gap = (signs * (extended @ unit)).min()
    longest = (extended**2).sum(axis=1).max()
    assert gap == pytest.approx(1 / np.sqrt(17))
    assert longest == 3
    assert longest / gap**2 == pytest.approx(51)
    assert sum(train(POINTS, TARGETS["AND"])[2]) == 11
