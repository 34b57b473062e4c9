"""Cross-entropy for yes/no and one-of-K targets, and its gradients.

All are sums over the examples: divide by their number for the mean.

References:
    Sadowski, Notes on Backpropagation [sadowskibackpropagation].
"""

import numpy as np


def binary_cross_entropy(y: np.ndarray, p: np.ndarray) -> float:
    """Return the cross-entropy of yes/no targets, summed over m examples.

    Args:
        y: Targets, shape (m,), each 0 or 1.
        p: Predicted probabilities of 1, shape (m,), each in (0, 1).
    """
    return float(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))


def binary_gradient(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Return the gradient of binary_cross_entropy by p, shape (m,)."""
    return (p - y) / (p * (1 - p))


def cross_entropy(y: np.ndarray, p: np.ndarray) -> float:
    """Return the cross-entropy of one-of-K targets, summed over m examples.

    Args:
        y: One-hot targets, shape (m, K).
        p: Predicted probabilities, shape (m, K), positive, rows summing to 1.
    """
    return float(-np.sum(y * np.log(p)))


def cross_entropy_from_logits(y: np.ndarray, z: np.ndarray) -> float:
    """Return cross_entropy(y, softmax(z)) in a form where no log meets a 0.

    Args:
        y: One-hot targets, shape (m, K).
        z: Logits, shape (m, K).
    """
    z = z - z.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return float(np.sum(y * -log_p))


def logits_gradient(y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Return the gradient of cross_entropy(y, softmax(z)) by z, shape (m, K).

    It is softmax(z) - y.

    Args:
        y: One-hot targets, shape (m, K).
        z: Logits, shape (m, K).
    """
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) - y


if __name__ == "__main__":
    y, p = np.array([1.0, 1.0, 0.0]), np.array([0.8, 0.7, 0.1])
    print(f"yes/no:   {binary_cross_entropy(y, p):.10f}")

    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]])
    print(f"one of 3: {cross_entropy(np.eye(3), p):.7f}")

    y, z = np.array([[0.0, 1.0, 0.0]]), np.array([[0.5, 1.5, 0.0]])
    print("gradient:", np.round(logits_gradient(y, z), 4))

    z = np.array([[0.0, 1000.0, 0.0]])
    print("sure and right:", cross_entropy_from_logits(y, z))
    print("sure and wrong:", cross_entropy_from_logits(y, z[:, [1, 0, 2]]))
