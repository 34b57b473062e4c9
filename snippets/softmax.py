"""Softmax, which turns any scores into probabilities, and its Jacobian.

References:
    Goodfellow et al. (2016), Deep Learning, section 4.1 [goodfellow2016deep].
"""

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    """Return probabilities for logits z, shape (..., K), summing to 1 over K.

    Subtracting the largest logit does not change the quotient, and keeps exp
    from overflowing.
    """
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """Return d softmax_j / d z_k, shape (K, K), for one vector z of K logits.

    It is diag(s) - s s^T. A column sums to 0: what one class gains, the others
    lose. A row does too: raising all logits together changes nothing.
    """
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


if __name__ == "__main__":
    z = np.array([2.0, 1.0, 0.1])
    with np.printoptions(precision=5, suppress=True):
        print("softmax ", softmax(z))
        print("+ 1000  ", softmax(z + 1000))
        print("Jacobian", *softmax_jacobian(z), sep="\n  ")
