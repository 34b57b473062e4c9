"""Inverted dropout: silence units at random, and make up for it at once.

References:
    Srivastava et al. (2014), Dropout [srivastava2014dropout].
"""

from itertools import product

import numpy as np


def dropout(h: np.ndarray, mask: np.ndarray, q: float) -> np.ndarray:
    """Return h with some units silenced and the others divided by q.

    Only for training: at test time take h as it is.

    Args:
        h: Outputs of a layer, shape (m, units) or (units,).
        mask: 0 silences a unit, 1 keeps it; one row for each example.
        q: Probability with which the mask was drawn to be 1, in (0, 1].
    """
    return h * mask / q


def dropout_backward(
    gradient: np.ndarray,
    mask: np.ndarray,
    q: float,
) -> np.ndarray:
    """Return the gradient by h, given that by dropout(h), for the same mask."""
    return gradient * mask / q


def mean_dropout(h: np.ndarray, q: float) -> np.ndarray:
    """Return the mean of dropout(h) over every mask, each by its probability.

    There are 2 ** units of them for the outputs h of one example, (units,).
    """
    mean = np.zeros(len(h))
    for mask in product((0, 1), repeat=len(h)):
        probability = q ** sum(mask) * (1 - q) ** (len(h) - sum(mask))
        mean += probability * dropout(h, np.array(mask), q)
    return mean


if __name__ == "__main__":
    np.set_printoptions(precision=2, floatmode="fixed")
    h, q = np.array([1.0, 2.0, 0.4, 4.0]), 0.8
    masks = np.random.RandomState(4).random_sample((3, 4)) < q
    print("training, three draws:", *dropout(h, masks, q), sep="\n  ")
    print("mean of all 16 masks:", mean_dropout(h, q), sep="\n  ")
    print("at test time:", h, sep="\n  ")
