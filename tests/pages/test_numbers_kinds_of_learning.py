"""The figures in the prose of docs/basics/kinds-of-learning.md, computed with the snippet."""

from collections import Counter

import numpy as np
import pytest

from snippets import parametric
from tools.references import store

TEST_SET = parametric.rides(1000, seed=0)


def errors_after(m: int, seed: int) -> tuple[float, float]:
    """Return the test errors of the line and of the nearest neighbour after m rides."""
    x, y = parametric.rides(m, seed)
    straight = parametric.line(TEST_SET[0], *parametric.fit_line(x, y))
    stairs = parametric.nearest(TEST_SET[0], (x, y))
    return (
        parametric.mean_squared_error(straight, TEST_SET[1]),
        parametric.mean_squared_error(stairs, TEST_SET[1]),
    )


@pytest.mark.parametrize(("rides", "line_wins"), [(10, 76), (100, 0)])
def test_who_wins_in_a_hundred_draws(rides: int, line_wins: int) -> None:
    """The line has the lower test error in 76 of 100 draws of 10 rides, in none of 100 rides."""
    draws = [errors_after(rides, seed) for seed in range(1, 101)]
    assert sum(straight < stairs for straight, stairs in draws) == line_wins


def test_rides_of_the_output() -> None:
    """In the output too the line wins after 10 rides, and the neighbour after 100 and 1000."""
    runs = [errors_after(m, seed=5) for m in (10, 100, 1000)]
    assert [straight < stairs for straight, stairs in runs] == [True, False, False]


@pytest.mark.parametrize("rides", [100, 1000])
def test_no_line_bends(rides: int) -> None:
    """For 5 km the line says about 24 minutes, where 20 is right."""
    fit = parametric.fit_line(*parametric.rides(rides, seed=5))
    assert parametric.line(np.array([5.0]), *fit)[0] == pytest.approx(24, abs=0.5)
    x, y = parametric.rides(20_000, seed=3)
    assert y[np.abs(x - 5) < 0.1].mean() == pytest.approx(20, abs=0.2)


def test_the_line_comes_from_a_formula() -> None:
    """Two numbers come out of the formula, however many examples go in."""
    assert {len(parametric.fit_line(*parametric.rides(m, seed=5))) for m in (2, 10, 1000)} == {2}


def test_third_exercise() -> None:
    """The scatter has the mean square 2.25, the neighbour's error stays near 4.5, twice that."""
    kept, new = parametric.rides(3000, seed=3), parametric.rides(3000, seed=4)
    error = parametric.mean_squared_error(parametric.nearest(new[0], kept), new[1])
    assert error == pytest.approx(2 * 1.5**2, abs=0.3)


def test_averaging_over_neighbours_helps() -> None:
    """The mean of the 20 nearest brings most of the excess over 2.25 down."""
    (x, y), new = parametric.rides(3000, seed=3), parametric.rides(1000, seed=4)
    order = np.abs(new[0][:, np.newaxis] - x).argpartition(20, axis=1)[:, :20]
    error = parametric.mean_squared_error(y[order].mean(axis=1), new[1])
    assert error == pytest.approx(2.25, abs=0.3)


def test_reinforcement_is_among_the_largest_topics() -> None:
    """Only two topics of the list have more works."""
    topics = Counter(topic for entry in store.load() for topic in entry.topics)
    assert "reinforcement" in [topic for topic, _ in topics.most_common(3)]
