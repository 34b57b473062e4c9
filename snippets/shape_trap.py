"""How one missing axis turns four errors into sixteen, without a warning."""

import numpy as np


def column_errors(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return prediction - target, both of shape (m, 1).

    Raises:
        ValueError: The shapes differ, so NumPy would broadcast them first.
    """
    if prediction.shape != target.shape:
        raise ValueError(f"{prediction.shape} against {target.shape}")
    return prediction - target


if __name__ == "__main__":
    prediction = np.array([[1.0], [1.0], [0.0], [0.0]])  # (4, 1), all right
    flat = np.array([1.0, 1.0, 0.0, 0.0])  # (4,): the same, one axis short

    wrong = prediction - flat
    print("silently:", wrong.shape, "summed square", np.sum(wrong**2))
    right = column_errors(prediction, flat[:, np.newaxis])
    print("as meant:", right.shape, "summed square", np.sum(right**2))
    try:
        column_errors(prediction, flat)
    except ValueError as problem:
        print("checked: ", problem)
