"""What docs/basics/kinds-of-learning.md says of its runs, and its figures known from elsewhere."""

from collections import Counter

import numpy as np
import pytest

from snippets import parametric
from tools.references import store
from tools.results.kinds_of_learning import errors_after


def test_who_wins_in_a_hundred_draws(captured) -> None:
    """The line mostly has the lower test error after 10 rides, and never after 100."""
    ten = [errors_after(10, seed) for seed in range(1, 101)]
    assert captured["wins_in_a_hundred_draws.line_after_10"] == sum(a < b for a, b in ten) > 60
    assert captured["wins_in_a_hundred_draws.nearest_after_100"] == 100


def test_rides_of_the_output() -> None:
    """In the output too the line wins after 10 rides, and the neighbour after 100 and 1000."""
    runs = [errors_after(m, seed=5) for m in (10, 100, 1000)]
    assert [straight < stairs for straight, stairs in runs] == [True, False, False]


def test_no_line_bends(captured) -> None:
    """After 100 rides the line says as much as after 1000; by the snippet's words 20 is right."""
    fit = parametric.fit_line(*parametric.rides(100, seed=5))
    after_100 = parametric.line(np.array([5.0]), *fit)[0]
    assert round(after_100) == round(captured["line_at_5_km"])
    assert captured["right_at_5_km"] == pytest.approx(5 + 3 * 5, abs=0.2)


def test_the_line_comes_from_a_formula() -> None:
    """Two numbers come out of the formula, however many examples go in."""
    assert {len(parametric.fit_line(*parametric.rides(m, seed=5))) for m in (2, 10, 1000)} == {2}


def test_third_exercise() -> None:
    """The scatter has the mean square 2.25, the neighbour's error stays near 4.5, twice that."""
    kept, new = parametric.rides(3000, seed=3), parametric.rides(3000, seed=4)
    error = parametric.mean_squared_error(parametric.nearest(new[0], kept), new[1])
    assert error == pytest.approx(2 * 1.5**2, abs=0.3)


def test_reinforcement_is_among_the_largest_topics() -> None:
    """Only two topics of the list have more works."""
    topics = Counter(topic for entry in store.load() for topic in entry.topics)
    assert "reinforcement" in [topic for topic, _ in topics.most_common(3)]
