"""The formulas of the page on the perceptron.

Weights and inputs are whole, so that a score is exact and a tie is one.
"""

from typing import Any

import numpy as np

from snippets import perceptron

from ..binding import Case, Draw, Function, update, value


def wholes(draw: Draw, n: int) -> np.ndarray:
    """Return n whole numbers."""
    return np.array([float(draw.whole(-3, 3)) for _ in range(n)])


def unit(draw: Draw) -> dict[str, Any]:
    """Return an example and a unit whose score for it is -1, 0 or 1.

    That near to the boundary a slip of any size changes the answer, if it is to the wrong side.
    """
    (n,) = draw.sizes(1, low=1)
    w, x = wholes(draw, n), wholes(draw, n)
    return {"w": w, "x": x, "b": draw.whole(-1, 1) - float(w @ x)}


@value("eq:step", of=perceptron.step)
def step(draw: Draw, of: Function) -> Case:
    """A score on either side of 0, or 0 itself."""
    z = float(draw.whole(-1, 1)) if draw.number % 2 else draw.real()
    return Case({"z": z}, functions={"step": of}, expected=of(z))


@value("eq:perceptron-prediction", of=perceptron.predict)
def perceptron_prediction(draw: Draw, of: Function) -> Case:
    """Scores at the boundary and next to it."""
    values = unit(draw)
    expected = of(values["x"], values["w"], values["b"])
    return Case(
        values | {"y_hat": expected, "n": len(values["w"])},
        functions={"step": perceptron.step},
        expected=expected,
    )


@update("eq:perceptron-weights", of=perceptron.learn)
def perceptron_weights(draw: Draw, of: Function) -> Case:
    """One example, answered right or wrong."""
    values, y, alpha = unit(draw), draw.bit(), draw.positive(high=2)
    x, w, b = values["x"], values["w"], values["b"]
    j = draw.whole(1, len(w))
    learned, _ = of(x, y, w, b, alpha)
    y_hat = float(perceptron.predict(x, w, b))
    return Case(
        {"w": w, "x": x, "y": y, "y_hat": y_hat, "alpha": alpha, "j": j}, updated={"w": learned}
    )


@update("eq:perceptron-bias", of=perceptron.learn)
def perceptron_bias(draw: Draw, of: Function) -> Case:
    """One example, answered right or wrong."""
    values, y, alpha = unit(draw), draw.bit(), draw.positive(high=2)
    x, w, b = values["x"], values["w"], values["b"]
    _, learned = of(x, y, w, b, alpha)
    y_hat = float(perceptron.predict(x, w, b))
    return Case({"b": b, "y": y, "y_hat": y_hat, "alpha": alpha}, updated={"b": learned})
