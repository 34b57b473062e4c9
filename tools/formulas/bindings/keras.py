"""The formulas of the page on Keras.

Slopes differ by powers of ten: epsilon tells in small ones only.
"""

import numpy as np

from snippets import keras_twin

from ..binding import Case, Draw, Function, update


def slope(draw: Draw) -> float:
    """Return a slope of any size between a millionth and 10, or 0."""
    return draw.real(-1, 1) * 10 ** draw.real(-6, 1)


@update("eq:rmsprop-mean", of=keras_twin.rmsprop)
def rmsprop_mean(draw: Draw, of: Function) -> Case:
    """The running mean of one weight, which begins with 0."""
    v, g = slope(draw) ** 2, slope(draw)
    _, (mean,) = of([np.array(1.0)], [np.array(g)], [np.array(v)])
    return Case({"v": v, "g": g, "rho": keras_twin.RHO}, updated={"v": mean})


@update("eq:rmsprop-step", of=keras_twin.rmsprop)
def rmsprop_step(draw: Draw, of: Function) -> Case:
    """The step of one weight, at the new running mean; no longer than some thousandths."""
    w, old, g = draw.real(-0.01, 0.01), slope(draw) ** 2, slope(draw)
    arrays = [np.array(w)], [np.array(g)], [np.array(old)]
    _, (v,) = keras_twin.rmsprop(*arrays)
    (stepped,), _ = of(*arrays)
    constants = {"alpha": keras_twin.ALPHA, "epsilon": keras_twin.EPSILON}
    return Case({"w": w, "g": g, "v": v, **constants}, updated={"w": stepped})
