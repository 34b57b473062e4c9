"""The straight line and the nearest neighbour: cases by hand, and what makes each what it is."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets.parametric import fit_line, line, mean_squared_error, nearest, rides

Fit = Callable[[np.ndarray, np.ndarray], tuple[float, float]]

X = np.array([0.0, 1.0, 2.0])
Y = np.array([0.0, 2.0, 1.0])


def misses_of_fit(fit: Fit) -> tuple[float, float]:
    """Return the sum of a line's misses on rides, and of misses times inputs: 0 at the best."""
    x, y = rides(50, seed=7)
    misses = line(x, *fit(x, y)) - y
    return float(misses.sum()), float(misses @ x)


def test_rides_take_as_long_as_the_docstring_says() -> None:
    """They scatter by 1.5 around 5 minutes at 0 km, 20 at 5 km and 50 at 10 km, joined straight."""
    x, y = rides(20_000, seed=3)
    scatter = y - np.interp(x, [0, 5, 10], [5, 20, 50])
    assert x.min() >= 0
    assert x.max() < 10
    assert scatter.mean() == pytest.approx(0, abs=0.05)
    assert scatter.std() == pytest.approx(1.5, abs=0.05)


def test_rides_are_the_same_every_time() -> None:
    """A seed stands for one set of rides, another seed for another."""
    np.testing.assert_array_equal(rides(5, seed=1), rides(5, seed=1))
    assert (rides(5, seed=1)[1] != rides(5, seed=2)[1]).all()


def test_the_line_by_hand() -> None:
    """By hand: centred inputs are -1, 0, 1, so w is (1 - 0) / 2, and b is 1 - 1/2."""
    assert fit_line(X, Y) == (0.5, 0.5)
    np.testing.assert_array_equal(line(X, 0.5, 0.5), [0.5, 1.0, 1.5])


def test_points_on_a_line_give_that_line() -> None:
    """The line 4 - 3 x comes back from points on it."""
    assert fit_line(X, 4 - 3 * X) == pytest.approx((-3, 4))


def test_the_line_is_the_best_one() -> None:
    """Its misses balance, by themselves and weighed with the inputs; any other line is worse."""
    assert misses_of_fit(fit_line) == pytest.approx((0, 0), abs=1e-10)
    x, y = rides(50, seed=7)
    w, b = fit_line(x, y)
    best = mean_squared_error(line(x, w, b), y)
    for dw, db in ((0.01, 0), (-0.01, 0), (0, 0.1), (0, -0.1)):
        assert mean_squared_error(line(x, w + dw, b + db), y) > best


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda x, y: (x @ y / (x @ x), 0.0), id="no intercept"),
        pytest.param(lambda x, y: (np.mean(y / x), 0.0), id="mean of the quotients"),
        pytest.param(lambda x, y: (x @ y / (x @ x), y.mean()), id="not centred"),
        pytest.param(lambda x, y: fit_line(y, x), id="inputs and targets swapped"),
    ],
)
def test_the_check_rejects_other_lines(wrong: Fit) -> None:
    """Plausible formulas for w and b leave misses that do not balance."""
    assert np.abs(misses_of_fit(wrong)).max() > 1


def test_the_nearest_by_hand() -> None:
    """Each input gets the target of the closest example; a tie goes to the first."""
    queries = np.array([-9.0, 0.4, 0.5, 0.6, 1.9, 9.0])
    np.testing.assert_array_equal(nearest(queries, (X, Y)), [0, 0, 0, 2, 1, 1])


def test_the_nearest_knows_its_examples_by_heart() -> None:
    """On its own examples its error is exactly 0, whatever the targets."""
    x, y = rides(100, seed=1)
    assert mean_squared_error(nearest(x, (x, y)), y) == 0
    assert mean_squared_error(nearest(x, (x, y[::-1])), y[::-1]) == 0


def test_the_nearest_needs_every_example() -> None:
    """Leave any one out and the prediction at its place changes: nothing it keeps is idle."""
    x, y = rides(30, seed=1)
    for i in range(30):
        rest = (np.delete(x, i), np.delete(y, i))
        assert nearest(x[i : i + 1], rest)[0] != y[i]


def test_the_mean_squared_error_by_hand() -> None:
    """Misses of 2 and 3 have the mean square 6.5."""
    assert mean_squared_error(np.array([1.0, 5.0]), np.array([3.0, 2.0])) == 6.5
