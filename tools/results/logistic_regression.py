"""The results of docs/networks/logistic-regression.md."""

import math
from functools import cache

import numpy as np

from snippets import logistic_regression as logistic
from snippets.activations import sigmoid_slope
from snippets.logistic_regression import CAUGHT, MORNINGS

from . import result

UNLUCKY = [6, 7]  # the buses missed against the odds


@cache
def fitted() -> tuple[np.ndarray, float]:
    """Return the weights and the bias at the end of the output."""
    return logistic.fit(MORNINGS, CAUGHT, steps=10_000)


@result
def final() -> dict[str, float]:
    """The weights and the bias at the end of the output, without their signs."""
    w, b = fitted()
    return {"minute": abs(w[0]), "distance": abs(w[1]), "bias": abs(b)}


@result
def odds() -> dict[str, float]:
    """What a minute and a hundred metres multiply the odds by."""
    minute, distance = np.exp(fitted()[0])
    return {"minute": minute, "distance": distance}


@result
def error() -> dict[str, float]:
    """The error before and after, in nats and in bits, and how much likelier the answers became."""
    before = logistic.error(np.zeros(2), 0.0, MORNINGS, CAUGHT)
    after = logistic.error(*fitted(), MORNINGS, CAUGHT)
    return {
        "before": before,
        "after": after,
        "likelier": math.exp(before - after),
        "bits_before": before / math.log(2),
        "bits_after": after / math.log(2),
        "nats_in_a_bit": math.log(2),
    }


@result
def unlucky() -> dict[str, float]:
    """The chances of the two buses that were missed all the same."""
    one, other = logistic.predict(*fitted(), MORNINGS[UNLUCKY])
    return {"one": one, "other": other}


def fit_without_the_unlucky(steps: int) -> tuple[np.ndarray, float, float]:
    """Return weights, bias and error of a fit to the other fourteen mornings."""
    x, y = np.delete(MORNINGS, UNLUCKY, axis=0), np.delete(CAUGHT, UNLUCKY)
    w, b = logistic.fit(x, y, steps)
    return w, b, logistic.error(w, b, x, y)


@result
def trap() -> dict[str, float | np.ndarray]:
    """The table of the trap, and the lesser of the two chances that its last row gives."""
    found: dict[str, float | np.ndarray] = {}
    for steps in (100, 1000, 10_000):
        w, b, left = fit_without_the_unlucky(steps)
        found |= {f"w_{steps}": w, f"error_{steps}": left}
    found["chance"] = logistic.predict(w, b, MORNINGS[UNLUCKY]).min()
    return found


@result
def minutes() -> dict[str, float]:
    """The first exercise: minutes for an even chance and for one of 0.9, at 400 metres."""
    w, b = fitted()
    nine_to_one = math.log(9)
    return {
        "log_odds": nine_to_one,
        "even": -(w[1] * 4 + b) / w[0],
        "likely": (nine_to_one - w[1] * 4 - b) / w[0],
    }


@result
def squared_error() -> dict[str, float]:
    """The third exercise: the sigmoid's slope, and how many times weaker it makes the push."""
    p = 0.01
    z = math.log(p / (1 - p))

    def half_square(z: float) -> float:
        prediction = logistic.predict(np.ones(1), 0.0, np.array([[z]]))[0]
        return float(0.5 * (prediction - 1) ** 2)

    h = 1e-4
    slope = (half_square(z + h) - half_square(z - h)) / (2 * h)
    return {"sigmoid_slope": float(sigmoid_slope(np.array(p))), "weaker": (p - 1) / slope}
