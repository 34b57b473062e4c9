"""The formulas of the page on a network from scratch."""

from dataclasses import dataclass

import numpy as np

from snippets import activations, streetlights

from ..binding import Case, Draw, Function, derivative, value


@dataclass(frozen=True, slots=True)
class Network:
    """Examples in rows, targets, and weights; every number of units is another one."""

    x: np.ndarray
    y: np.ndarray
    w1: np.ndarray
    w2: np.ndarray


def network(draw: Draw) -> Network:
    """Return a network with more than one output, so that no product of shapes fits by chance."""
    m, n, units, outputs = draw.sizes(4, high=6)
    return Network(
        x=draw.reals(m, n),
        y=draw.reals(m, outputs),
        w1=draw.reals(n, units),
        w2=draw.reals(units, outputs),
    )


@value("eq:streetlights-hidden", of=streetlights.predict)
def streetlights_hidden(draw: Draw, of: Function) -> Case:
    """Several examples at once."""
    net = network(draw)
    hidden, _ = of(net.x, net.w1, net.w2)
    return Case(
        {"h": hidden, "x": net.x, "W_1": net.w1},
        functions={"relu": activations.relu},
        expected=hidden,
    )


@value("eq:streetlights-prediction", of=streetlights.predict)
def streetlights_prediction(draw: Draw, of: Function) -> Case:
    """Several examples at once, from the hidden layer on."""
    net = network(draw)
    hidden, _ = streetlights.predict(net.x, net.w1, net.w2)
    _, prediction = of(net.x, net.w1, net.w2)
    return Case({"y_hat": prediction, "h": hidden, "W_2": net.w2}, expected=prediction)


@value(
    "eq:streetlights-error",
    of=streetlights.error,
    equal_mutants={
        r"E = \frac{1}{2} \sum_{i=1}^{m} (y_i - \hat{y}_i)^2": "A square hides a minus sign."
    },
)
def streetlights_error(draw: Draw, of: Function) -> Case:
    """One example, as in the training, or more."""
    (m,) = draw.sizes(1, low=1)
    y_hat, y = draw.reals(m, 1), draw.reals(m, 1)
    error = of(y_hat, y)
    return Case({"E": error, "y_hat": y_hat[:, 0], "y": y[:, 0], "m": m}, expected=error)


@derivative("eq:streetlights-delta-output", of=streetlights.deltas)
def streetlights_delta_output(draw: Draw, of: Function) -> Case:
    """The slopes of the snippet's error at the predictions."""
    net = network(draw)
    hidden, prediction = streetlights.predict(net.x, net.w1, net.w2)
    _, delta2 = of(hidden, prediction, net.y, net.w2)
    return Case(
        {"delta_2": delta2, "y_hat": prediction, "y": net.y},
        dependent={"E": lambda y_hat: streetlights.error(y_hat, net.y)},
        expected=delta2,
    )


@derivative("eq:streetlights-delta-hidden", of=streetlights.deltas)
def streetlights_delta_hidden(draw: Draw, of: Function) -> Case:
    """The slopes of the snippet's error at the hidden sums, none of which stands at the corner."""
    net = network(draw)
    sums = draw.positives(*(net.x @ net.w1).shape) + 0.01
    z_1 = sums * np.where(draw.bits(*sums.shape) > 0, 1, -1)
    hidden = activations.relu(z_1)
    delta1, delta2 = of(hidden, hidden @ net.w2, net.y, net.w2)

    def error(z_1: np.ndarray) -> float:
        return streetlights.error(activations.relu(z_1) @ net.w2, net.y)

    return Case(
        {"delta_1": delta1, "delta_2": delta2, "W_2": net.w2, "h": hidden, "z_1": z_1},
        dependent={"E": error},
        expected=delta1,
    )
