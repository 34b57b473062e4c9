"""The formulas of the page on batches and epochs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from snippets import batching

from ..binding import Case, Draw, Function, definition, derivative, update, value
from ..evaluation import arrays


@dataclass(frozen=True, slots=True)
class Problem:
    """Weights, and examples with their targets; there are more or fewer weights than examples."""

    w: np.ndarray
    X: np.ndarray
    y: np.ndarray

    def values(self) -> dict[str, Any]:
        """Return what the page calls these; every example is a row."""
        return {"w": self.w, "x": tuple(map(arrays.row, self.X)), "y": self.y}

    def error(self, w: np.ndarray) -> float:
        """Return the snippet's error as a function of the weights alone."""
        return batching.error(w, self.X, self.y)


def problem(draw: Draw) -> Problem:
    """Return a problem; the examples or the weights may be a single one."""
    m, n = draw.sizes(2, low=1)
    return Problem(w=draw.reals(n), X=draw.reals(m, n), y=draw.reals(m))


@value("eq:dot-product", of=batching.predict)
def dot_product(draw: Draw, of: Function) -> Case:
    """One example, a row."""
    (n,) = draw.sizes(1, low=1)
    w, x = draw.reals(n), draw.reals(n)
    y_hat = of(w, x)
    return Case({"y_hat": y_hat, "w": w, "x": arrays.row(x), "n": n}, expected=y_hat)


@value(
    "eq:several-weights-error",
    of=batching.error,
    equal_mutants={
        r"E(w) = \frac{1}{2m} \sum_{i=1}^{m} (y_i - x^{(i)} w)^2": "A square hides a minus sign."
    },
)
def several_weights_error(draw: Draw, of: Function) -> Case:
    """One or more examples of one or more inputs."""
    some = problem(draw)
    values = some.values() | {"m": len(some.y)}
    functions = {"E": lambda w: of(w, some.X, some.y)}
    return Case(values, functions=functions, expected=of(some.w, some.X, some.y))


definition(
    "eq:gradient-vector",
    reason="It gives the partial derivatives a common name, and its dots stand for however many "
    "there are; what each of them is, eq:several-weights-derivative says, and that is checked.",
)


@update("eq:gradient-vector-step", of=batching.descend)
def gradient_vector_step(draw: Draw, of: Function) -> Case:
    """One step on the café's ten bills, with a gradient measured on the snippet's error."""
    w, alpha = draw.reals(2), draw.positive(high=1)
    bills, paid = batching.ORDERS, batching.PAID
    _, stepped = of(w, size=len(paid), alpha=alpha, epochs=1)
    dependent = {"E": lambda w: batching.error(w, bills, paid)}
    return Case({"w": w, "alpha": alpha}, dependent=dependent, updated={"w": stepped})


@derivative("eq:several-weights-derivative", of=batching.gradient)
def several_weights_derivative(draw: Draw, of: Function) -> Case:
    """The slope by any one weight; the left side is measured on the snippet's error."""
    some = problem(draw)
    j = draw.whole(1, len(some.w))
    values = some.values() | {"m": len(some.y), "j": j}
    expected = of(some.w, some.X, some.y)[j - 1]
    return Case(values, dependent={"E": some.error}, expected=expected)


@value("eq:batch-derivative", of=batching.gradient)
def batch_derivative(draw: Draw, of: Function) -> Case:
    """The same over the examples of a batch, which may be a single one."""
    some = problem(draw)
    j = draw.whole(1, len(some.w))
    g = of(some.w, some.X, some.y)
    values = some.values() | {"g": g, "B": len(some.y), "j": j}
    return Case(values, expected=g[j - 1])


@value("eq:updates-per-epoch", of=batching.minibatches)
def updates_per_epoch(draw: Draw, of: Function) -> Case:
    """As many as the snippet makes batches, whether or not the last one is full."""
    m, size = draw.whole(1, 40), draw.whole(1, 12)
    batches = list(of(m, size, np.random.RandomState(draw.number)))
    return Case({"m": m, "B": size}, expected=len(batches))
