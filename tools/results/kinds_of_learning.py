"""The results of docs/basics/kinds-of-learning.md."""

import numpy as np

from snippets import parametric

from . import result

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


@result
def wins_in_a_hundred_draws() -> dict[str, int]:
    """How often which model has the lower test error, in draws of so many rides."""
    after_10, after_100 = ([errors_after(m, seed) for seed in range(1, 101)] for m in (10, 100))
    return {
        "line_after_10": sum(line < nearest for line, nearest in after_10),
        "nearest_after_100": sum(nearest < line for line, nearest in after_100),
    }


@result
def line_at_5_km() -> float:
    """How many minutes the line of the output says after 1000 rides."""
    fit = parametric.fit_line(*parametric.rides(1000, seed=5))
    return float(parametric.line(np.array([5.0]), *fit)[0])


@result
def right_at_5_km() -> float:
    """How many minutes 5 km take when wind and lights are averaged out."""
    x, y = parametric.rides(100_000, seed=3)
    return float(y[np.abs(x - 5) < 0.1].mean())
