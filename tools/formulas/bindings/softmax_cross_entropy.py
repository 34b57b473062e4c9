"""The formulas of the page on softmax and cross-entropy."""

from typing import Any

import numpy as np

from snippets import cross_entropy, softmax

from ..binding import EDGE_DRAWS, Case, Draw, Function, derivative, value


def targets(draw: Draw, *shape: int) -> np.ndarray:
    """Return one-hot rows, and after the first draws smoothed ones, whose entries all count."""
    return draw.one_hot(*shape) if draw.number < EDGE_DRAWS else draw.distributions(*shape)


@value("eq:softmax", of=softmax.softmax)
def softmax_(draw: Draw, of: Function) -> Case:
    """The probability of any class; the left side is the snippet's."""
    (K,) = draw.sizes(1)
    z, j = draw.reals(K), draw.whole(1, K)
    values = {"z": z, "j": j, "K": K}
    return Case(values, functions={"softmax": softmax.softmax}, expected=of(z)[j - 1])


@derivative("eq:softmax-jacobian", of=softmax.softmax_jacobian)
def softmax_jacobian(draw: Draw, of: Function) -> Case:
    """Any entry, on the diagonal or not; the left side is measured on the snippet's softmax."""
    (K,) = draw.sizes(1)
    z, j, k = draw.reals(K), draw.whole(1, K), draw.whole(1, K)
    return Case(
        {"z": z, "s": softmax.softmax(z), "j": j, "k": k},
        dependent={"s": softmax.softmax},
        expected=of(z)[j - 1, k - 1],
    )


@value("eq:cross-entropy", of=cross_entropy.cross_entropy)
def cross_entropy_(draw: Draw, of: Function) -> Case:
    """Targets and probabilities of some examples."""
    m, K = draw.sizes(2)
    y, p = targets(draw, m, K), draw.distributions(m, K)
    error = of(y, p)
    return Case({"E": error, "y": y, "p": p, "m": m, "K": K}, expected=error)


@value("eq:binary-cross-entropy", of=cross_entropy.binary_cross_entropy)
def binary_cross_entropy(draw: Draw, of: Function) -> Case:
    """Targets of 0, of 1 and between; one example or more."""
    (m,) = draw.sizes(1, low=1)
    y, p = draw.reals(m, low=0, high=1), draw.probabilities(m)
    error = of(y, p)
    return Case({"E": error, "y": y, "p": p, "m": m}, expected=error)


def example(draw: Draw) -> dict[str, Any]:
    """Return logits, targets and probabilities of one example, and the number of a class."""
    (K,) = draw.sizes(1)
    z, y, k = draw.reals(K), targets(draw, K), draw.whole(1, K)
    return {"z": z, "y": y, "p": softmax.softmax(z), "k": k}


def by_logit(of: Function, values: dict[str, Any]) -> Case:
    """Return a case in which the error is the snippet's, as a function of the logits."""
    y, z, k = values["y"], values["z"], values["k"]

    def error(z: np.ndarray) -> float:
        return cross_entropy.cross_entropy_from_logits(y[np.newaxis], z[np.newaxis])

    return Case(
        values,
        dependent={"E": error},
        expected=of(y[np.newaxis], z[np.newaxis])[0, k - 1],
    )


@derivative("eq:cross-entropy-chain", of=cross_entropy.logits_gradient)
def cross_entropy_chain(draw: Draw, of: Function) -> Case:
    """The slope by any logit; the left side is measured on the snippet's error."""
    values = example(draw)
    return by_logit(of, values | {"K": len(values["z"])})


@derivative("eq:cross-entropy-gradient", of=cross_entropy.logits_gradient)
def cross_entropy_gradient(draw: Draw, of: Function) -> Case:
    """The slope by any logit; the left side is measured on the snippet's error."""
    return by_logit(of, example(draw))
