"""The figures that stand in docs/networks/logistic-regression.md, computed with the snippet."""

import math

import numpy as np
import pytest

from snippets import logistic_regression as logistic
from snippets.logistic_regression import CAUGHT, MORNINGS

UNLUCKY = [6, 7]  # the buses missed against the odds


@pytest.fixture(scope="module")
def fitted() -> tuple[np.ndarray, float]:
    """Return the weights and the bias at the end of the output."""
    return logistic.fit(MORNINGS, CAUGHT, steps=10_000)


def test_odds_of_four_to_one() -> None:
    """They are a probability of 0.8."""
    p = logistic.predict(np.array([1.0]), 0.0, np.log([[4.0]]))
    assert p == pytest.approx([0.8])


def test_what_a_minute_and_a_hundred_metres_do(fitted: tuple[np.ndarray, float]) -> None:
    """They multiply the odds by 5.7 and by 0.21."""
    assert np.exp(fitted[0]) == pytest.approx([5.7, 0.21], rel=0.01)


def test_error_before_and_after(fitted: tuple[np.ndarray, float]) -> None:
    """It falls from 16 ln 2 = 11.09 to 6.51, and the likelihood rises by a factor of 97."""
    before = logistic.error(np.zeros(2), 0.0, MORNINGS, CAUGHT)
    after = logistic.error(*fitted, MORNINGS, CAUGHT)
    assert len(CAUGHT) == 16
    assert before == pytest.approx(16 * math.log(2))
    assert before == pytest.approx(11.09, abs=0.005)
    assert after == pytest.approx(6.51, abs=0.005)
    assert math.exp(before - after) == pytest.approx(97, abs=0.5)


def test_twelve_of_sixteen_are_on_the_right_side(fitted: tuple[np.ndarray, float]) -> None:
    """Two missed buses have more than one half, at 72 and 79 %, and two caught ones have less."""
    p = logistic.predict(*fitted, MORNINGS)
    wrong = np.flatnonzero((p > 0.5) != (CAUGHT == 1))
    assert len(wrong) == 4
    assert (CAUGHT[wrong] == 0).sum() == 2
    assert wrong[:2].tolist() == UNLUCKY
    assert p[UNLUCKY] == pytest.approx([0.72, 0.79], abs=0.005)
    assert 1 - 0.72 > 1 / 4


@pytest.mark.parametrize(
    ("steps", "w", "error"),
    [(100, [2.1, -1.6], 2.82), (1000, [5.1, -4.0], 1.35), (10_000, [12.9, -10.0], 0.49)],
)
def test_table_of_the_trap(steps: int, w: list[float], error: float) -> None:
    """Without the two unlucky mornings the weights grow and the error shrinks, ever on."""
    x, y = np.delete(MORNINGS, UNLUCKY, axis=0), np.delete(CAUGHT, UNLUCKY)
    found, b = logistic.fit(x, y, steps)
    assert len(y) == 14
    assert found == pytest.approx(w, abs=0.05)
    assert logistic.error(found, b, x, y) == pytest.approx(error, abs=0.005)
    if steps == 10_000:
        assert ((found @ x.T + b > 0) == (y == 1)).all()  # a line separates them
        assert (logistic.predict(found, b, MORNINGS[UNLUCKY]) > 0.9998).all()


def test_first_exercise(fitted: tuple[np.ndarray, float]) -> None:
    """At 400 m, 3.36 minutes are an even chance, and 4.62 minutes a chance of 0.9."""
    assert fitted[0] == pytest.approx([1.7404, -1.5547], abs=5e-5)
    assert fitted[1] == pytest.approx(0.3719, abs=1e-4)
    minutes = (1.5547 * 4 - 0.3719 + np.log([1.0, 9.0])) / 1.7404
    assert minutes == pytest.approx([3.36, 4.62], abs=0.005)
    assert math.log(9) == pytest.approx(2.197, abs=5e-4)
    chances = logistic.predict(*fitted, np.array([[3.36, 4], [4.62, 4]]))
    assert chances == pytest.approx([0.5, 0.9], abs=0.002)


def test_second_exercise(fitted: tuple[np.ndarray, float]) -> None:
    """A rate of 0.0125 along the sum; 16 bits before and 9.39 after; a factor of 0.69."""
    by_w, _ = logistic.gradient(np.zeros(2), 0.0, MORNINGS, CAUGHT)
    assert logistic.fit(MORNINGS, CAUGHT, 1)[0] == pytest.approx(-0.0125 * by_w)
    after = logistic.error(*fitted, MORNINGS, CAUGHT)
    assert after / math.log(2) == pytest.approx(9.39, abs=0.005)
    assert math.log(2) == pytest.approx(0.69, abs=0.005)


def test_third_exercise() -> None:
    """Behind the squared error, a probability of 0.01 for a yes gets 1/101 of the push."""
    p = 0.01

    def half_square(z: float) -> float:
        return 0.5 * (logistic.predict(np.array([1.0]), 0.0, np.array([[z]]))[0] - 1) ** 2

    z, h = math.log(p / (1 - p)), 1e-6
    slope = (half_square(z + h) - half_square(z - h)) / (2 * h)
    assert p * (1 - p) == pytest.approx(0.0099)
    assert slope == pytest.approx((p - 1) * 0.0099)
    assert (p - 1) / slope == pytest.approx(101, abs=0.5)
