"""The results of docs/basics/kinds-of-learning.md."""

import numpy as np

from snippets import parametric

from . import result


@result
def wins_in_a_hundred_draws() -> dict[str, int]:
    """How often which model has the lower test error, in draws of so many rides."""
    test_x, test_y = parametric.rides(1000, seed=0)
    wins = {}
    for rides in (10, 100):
        line_wins = 0
        for seed in range(1, 101):
            x, y = parametric.rides(rides, seed)
            straight = parametric.line(test_x, *parametric.fit_line(x, y))
            stairs = parametric.nearest(test_x, (x, y))
            line_wins += parametric.mean_squared_error(
                straight, test_y
            ) < parametric.mean_squared_error(stairs, test_y)
        wins[rides] = line_wins
    return {"line_after_10": wins[10], "nearest_after_100": 100 - wins[100]}


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
