"""The formulas of the page on logistic regression."""

from typing import Any

import numpy as np

from snippets import activations, cross_entropy, logistic_regression

from ..binding import Case, Draw, Function, derivative, identity, update, value
from ..evaluation import arrays

SIGMOID = {"sigma": activations.sigmoid}


def unit(draw: Draw, n: int) -> dict[str, Any]:
    """Return weights of `n` inputs and a bias, small enough that no prediction is almost sure."""
    return {"w": draw.reals(n, low=-1, high=1), "b": draw.real()}


def data(draw: Draw) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """Return a unit, the inputs of some examples, a row for each, and targets from 0 to 1."""
    m, n = draw.sizes(2, low=1)
    x, y = draw.reals(m, n, low=-1.5, high=1.5), draw.reals(m, low=0, high=1)
    return unit(draw, n), x, y


def example(draw: Draw) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """Return the same for a single example."""
    (n,) = draw.sizes(1, low=1)
    x, y = draw.reals(1, n, low=-1.5, high=1.5), draw.reals(1, low=0, high=1)
    return unit(draw, n), x, y


@value("eq:logistic-model", of=logistic_regression.predict)
def logistic_model(draw: Draw, of: Function) -> Case:
    """One example, a row."""
    wb, x, _ = example(draw)
    y_hat = of(**wb, X=x)[0]
    values = wb | {"x": arrays.row(x[0]), "y_hat": y_hat}
    return Case(values, functions=SIGMOID, expected=y_hat)


@identity("eq:log-odds", of=logistic_regression.predict)
def log_odds(draw: Draw, of: Function) -> Case:
    """The snippet's prediction for one example; both sides are computed."""
    wb, x, _ = example(draw)
    y_hat = of(**wb, X=x)[0]
    return Case(wb | {"x": arrays.row(x[0]), "y_hat": y_hat})


@value("eq:logistic-error", of=logistic_regression.error)
def logistic_error(draw: Draw, of: Function) -> Case:
    """Several examples or one."""
    wb, x, y = data(draw)
    error = of(**wb, X=x, y=y)
    values = wb | {"E": error, "x": tuple(map(arrays.row, x)), "y": y, "m": len(y)}
    return Case(values, functions=SIGMOID, expected=error)


@value("eq:logistic-mean-error", of=logistic_regression.error)
def logistic_mean_error(draw: Draw, of: Function) -> Case:
    """The snippet's sum on the left, its predictions on the right."""
    wb, x, y = data(draw)
    values = {
        "E": logistic_regression.error(**wb, X=x, y=y),
        "m": len(y),
        "y": y,
        "y_hat": logistic_regression.predict(**wb, X=x),
    }
    return Case(values, expected=of(**wb, X=x, y=y) / len(y))


def sigmoid(z: float) -> float:
    """Return the snippet's sigmoid of a number."""
    return float(activations.sigmoid(np.array(z)))


def from_logit(function: Function, z: float, y: float) -> Any:
    """Return what `function` makes of one example, for a unit whose logit is its bias alone."""
    return function(w=np.zeros(0), b=z, X=np.zeros((1, 0)), y=np.array([y]))


@value("eq:logistic-error-from-logit", of=logistic_regression.error)
def logistic_error_from_logit(draw: Draw, of: Function) -> Case:
    """Logits up to where the answer is as good as sure."""
    z, y = draw.real(-30, 30), draw.real(0, 1)
    error = from_logit(of, z, y)
    return Case({"E": error, "z": z, "y": y}, expected=error)


@derivative("eq:logistic-chain-prediction", of=cross_entropy.binary_gradient)
def logistic_chain_prediction(draw: Draw, of: Function) -> Case:
    """Any prediction; the left side is measured on the snippet's cross-entropy."""
    y, y_hat = draw.real(0, 1), draw.probability()

    def error(y: float, y_hat: float) -> float:
        return cross_entropy.binary_cross_entropy(np.array([y]), np.array([y_hat]))

    return Case({"y": y, "y_hat": y_hat}, dependent={"E": error}, expected=of(y, y_hat))


@derivative("eq:logistic-chain-sigmoid", of=activations.sigmoid_slope)
def logistic_chain_sigmoid(draw: Draw, of: Function) -> Case:
    """Any logit; the left side is measured on the snippet's sigmoid."""
    z = draw.real()
    y_hat = sigmoid(z)
    dependent = {"y_hat": sigmoid}
    return Case({"z": z, "y_hat": y_hat}, dependent=dependent, expected=of(y_hat))


@derivative("eq:logistic-chain-logit", of=logistic_regression.gradient)
def logistic_chain_logit(draw: Draw, of: Function) -> Case:
    """Any logit; the slope by it is that by the bias, and the left side is measured."""
    z, y = draw.real(), draw.real(0, 1)
    _, expected = from_logit(of, z, y)
    return Case(
        {"z": z, "y": y, "y_hat": sigmoid(z)},
        dependent={"E": lambda z, y: from_logit(logistic_regression.error, z, y)},
        expected=expected,
    )


@derivative("eq:logistic-gradient", of=logistic_regression.gradient)
def logistic_gradient(draw: Draw, of: Function) -> Case:
    """The slope by any weight, for one example; the left side is measured."""
    wb, x, y = example(draw)
    j, b = draw.whole(1, x.size), wb["b"]
    by_w, _ = of(**wb, X=x, y=y)
    y_hat = logistic_regression.predict(**wb, X=x)[0]
    return Case(
        {"w": wb["w"], "x": x[0], "y": float(y[0]), "y_hat": y_hat, "j": j},
        dependent={"E": lambda w: logistic_regression.error(w, b, x, y)},
        expected=by_w[j - 1],
    )


@update("eq:logistic-weights", of=logistic_regression.step)
def logistic_weights(draw: Draw, of: Function) -> Case:
    """Any weight, after one example."""
    wb, x, y = example(draw)
    j, alpha = draw.whole(1, x.size), draw.positive()
    w, _ = of(**wb, X=x, y=y, alpha=alpha)
    y_hat = logistic_regression.predict(**wb, X=x)[0]
    values = {"w": wb["w"], "alpha": alpha, "x": x[0], "y": float(y[0]), "y_hat": y_hat, "j": j}
    return Case(values, updated={"w": w})


@update("eq:logistic-bias", of=logistic_regression.step)
def logistic_bias(draw: Draw, of: Function) -> Case:
    """The bias, after one example."""
    wb, x, y = example(draw)
    alpha = draw.positive()
    _, b = of(**wb, X=x, y=y, alpha=alpha)
    y_hat = logistic_regression.predict(**wb, X=x)[0]
    values = {"b": wb["b"], "alpha": alpha, "y": float(y[0]), "y_hat": y_hat}
    return Case(values, updated={"b": b})
