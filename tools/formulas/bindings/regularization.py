"""The formulas of the page on capacity and regularization.

The snippet's weights begin with a bias, which goes free and is none of the page's weights.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from snippets import dropout, weight_decay

from ..binding import Case, Draw, Function, derivative, identity, update, value


@dataclass(frozen=True, slots=True)
class Fit:
    """A linear fit with examples, targets, bias and weights; the error is one of its weights."""

    x: np.ndarray
    y: np.ndarray
    bias: float
    w: np.ndarray

    @property
    def all_weights(self) -> np.ndarray:
        """Bias and weights, as the snippet has them."""
        return self.with_bias(self.w)

    def with_bias(self, w: np.ndarray) -> np.ndarray:
        """Return other weights behind the same bias."""
        return np.append(self.bias, w)

    def error(self, w: np.ndarray) -> float:
        """Return the error without penalty."""
        return weight_decay.error(self.with_bias(w), self.x, self.y)


def a_fit(draw: Draw) -> Fit:
    """Return a fit of one or more weights, and as many examples or fewer or more, but one."""
    m, n = draw.sizes(2, low=1)
    x = np.column_stack([np.ones(m), draw.reals(m, n)])
    return Fit(x, draw.reals(m), draw.real(), draw.reals(n))


@value("eq:l2-penalty", of=weight_decay.penalized_error)
def l2_penalty(draw: Draw, of: Function) -> Case:
    """Any error; a lambda of 0 too."""
    fit, lam = a_fit(draw), draw.real(0, 3)
    penalized = of(fit.all_weights, fit.x, fit.y, lam)
    values = {"E": fit.error(fit.w), "w": fit.w, "n": len(fit.w), "lambda": lam}
    return Case(values | {"E_lambda": penalized}, expected=penalized)


@derivative("eq:l2-gradient", of=weight_decay.penalized_gradient)
def l2_gradient(draw: Draw, of: Function) -> Case:
    """Both slopes are measured, with and without the penalty."""
    fit, lam = a_fit(draw), draw.real(0, 3)
    i = draw.whole(1, len(fit.w))

    def penalized_error(w: np.ndarray) -> float:
        return weight_decay.penalized_error(fit.with_bias(w), fit.x, fit.y, lam)

    return Case(
        {"w": fit.w, "lambda": lam, "i": i},
        dependent={"E_lambda": penalized_error, "E": fit.error},
        expected=of(fit.all_weights, fit.x, fit.y, lam)[i],
    )


@update("eq:weight-decay", of=weight_decay.decay_step)
def decay(draw: Draw, of: Function) -> Case:
    """A step down the slopes of the plain error, which are measured."""
    fit, lam, alpha = a_fit(draw), draw.real(0, 3), draw.real(0, 1)
    i = draw.whole(1, len(fit.w))
    slopes = weight_decay.gradient(fit.all_weights, fit.x, fit.y)
    return Case(
        {"w": fit.w, "lambda": lam, "alpha": alpha, "i": i},
        dependent={"E": fit.error},
        updated={"w": of(fit.all_weights, slopes, lam, alpha)[1:]},
    )


def layer(draw: Draw) -> dict[str, Any]:
    """Return a layer's outputs, the number of one unit, and a probability that may be 1."""
    (units,) = draw.sizes(1, low=1)
    return {"h": draw.reals(units), "j": draw.whole(1, units), "q": draw.real(0.1, 1)}


@value("eq:dropout", of=dropout.dropout)
def silenced(draw: Draw, of: Function) -> Case:
    """A unit that is kept or silenced."""
    values = layer(draw)
    r = draw.bits(len(values["h"]))
    d = of(values["h"], r, values["q"])
    return Case(values | {"d": d, "r": r}, expected=d[values["j"] - 1])


NOTHING = "A silenced unit passes on 0, which adds nothing however often it happens."
SECOND_TERMS = (
    *("", "+ 0", r"- (1 - q) \cdot 0", r"+ (1 + q) \cdot 0", r"+ (1) \cdot 0"),
    *(r"+ (- q) \cdot 0", r"+ (q - 1) \cdot 0", r"+ (-1 - q) \cdot 0"),
    *(r"+ (2 - q) \cdot 0", r"+ (0 - q) \cdot 0"),
)


@identity(
    "eq:dropout-mean",
    of=dropout.mean_dropout,
    equal_mutants={rf"q \cdot \frac{{h_j}}{{q}} {term} = h_j": NOTHING for term in SECOND_TERMS},
)
def dropout_mean(draw: Draw, of: Function) -> Case:
    """The mean over all masks, which the snippet really draws up."""
    values = layer(draw)
    return Case(values, expected=of(values["h"], values["q"])[values["j"] - 1])


@derivative("eq:dropout-backward", of=dropout.dropout_backward)
def dropout_backward(draw: Draw, of: Function) -> Case:
    """The slope by an output is measured, through dropout; that behind dropout is given."""
    values = layer(draw)
    h, j, q = values["h"], values["j"], values["q"]
    r, y = draw.bits(len(h)), draw.reals(len(h))

    def error(h: np.ndarray) -> float:
        return 0.5 * float(np.sum((dropout.dropout(h, r, q) - y) ** 2))

    slopes = dropout.dropout(h, r, q) - y
    return Case(
        values | {"r": r, "dE/dd": slopes},
        dependent={"E": error},
        expected=of(slopes, r, q)[j - 1],
    )
