"""The results of docs/basics/batches-and-epochs.md."""

import numpy as np

from snippets import batching
from snippets.batching import ORDERS, PAID

from . import result

START = np.array([0.0, 3.0])
ALPHA = 0.1


@result
def one_at_a_time() -> float:
    """The error after 20 epochs of single examples."""
    return batching.error(batching.descend(START, 1, ALPHA, epochs=20)[-1], ORDERS, PAID)


@result
def least_error() -> float:
    """The least error there is."""
    return batching.error(np.linalg.lstsq(ORDERS, PAID)[0], ORDERS, PAID)


@result
def largest_rate() -> dict[str, float]:
    """Where full batches stop converging, along the mean and along the sum: 2 / curvature."""
    curvature = np.linalg.eigvalsh(ORDERS.T @ ORDERS / len(PAID)).max()
    return {"mean": 2 / curvature, "sum": 2 / (len(PAID) * curvature)}


@result
def price_of_a_coffee() -> float:
    """The first weight after five updates along the sum."""
    w = START
    for _ in range(5):
        w = w - ALPHA * len(PAID) * batching.gradient(w, ORDERS, PAID)
    return float(w[0])


@result
def images() -> dict[str, int]:
    """The first exercise: the batches of 60,000 images, 128 at a time."""
    batches = batching.minibatches(60_000, 128, np.random.RandomState(0))
    *full, last = [len(rows) for rows in batches]
    updates = len(full) + 1
    return {
        "updates": updates,
        "full": len(full),
        "used_up": sum(full),
        "left": last,
        "all_updates": 20 * updates,
    }


@result
def first_slope() -> dict[str, float]:
    """The second exercise: the slope by the first weight, and the plain mean of the estimates."""
    batches = batching.minibatches(10, 4, np.random.RandomState(0))
    estimates = [batching.gradient(START, ORDERS[rows], PAID[rows])[0] for rows in batches]
    full = batching.gradient(START, ORDERS, PAID)[0]
    return {"full": full, "plain_mean": float(np.mean(estimates))}


@result
def missed() -> dict[str, float]:
    """The third exercise: what share of the examples m draws miss."""
    return {f"of_{m}": (1 - 1 / m) ** m for m in (10, 60_000)}
