"""The results of docs/networks/streetlights.md."""

import numpy as np

from snippets import streetlights
from snippets.streetlights import LIGHTS, WALK

from . import result


@result
def squared_error() -> dict[str, float]:
    """What epoch 60 summed up, and the error of the network that came out of it."""
    w1, w2, errors = streetlights.train(*streetlights.initialize(seed=1))
    final = streetlights.predict(LIGHTS, w1, w2)[1]
    return {"last_epoch": errors[-1], "final": np.sum((final - WALK) ** 2)}


@result
def flat_targets() -> dict[str, float]:
    """The error of a perfect network in the shape trap, and the one answer that makes it least."""
    flat = WALK[:, 0]
    # Of all numbers, the mean of the targets has the least sum of squared differences.
    return {"error": np.sum((WALK - flat) ** 2), "best_answer": flat.mean()}


@result
def of_a_hundred_seeds() -> dict[str, int]:
    """How many networks are trained in 60 epochs, and how many are still far off."""
    last = np.array(
        [streetlights.train(*streetlights.initialize(seed))[2][-1] for seed in range(100)]
    )
    return {"trained": int(np.sum(last < 1e-3)), "far_off": int(np.sum(last > 0.1))}


@result
def weights() -> dict[str, int]:
    """The first exercise: how many weights the network has with so many hidden units."""
    return {
        f"with_{units}": sum(w.size for w in streetlights.initialize(0, units))
        for units in (4, 100)
    }
