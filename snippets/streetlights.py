"""A network with one hidden layer, trained by hand-written backpropagation.

A row of ``LIGHTS`` says which of three lights are on, the same row of ``WALK``
what people did then: 1 they walked, 0 they stopped. They walk when exactly one
of the first two lights is on; the third is always on and tells nothing.

References:
    Trask (2019), Grokking Deep Learning [trask2019grokking].
"""

import numpy as np

LIGHTS = np.array(
    [
        [1.0, 0.0, 1.0],
        [0.0, 1.0, 1.0],
        [0.0, 0.0, 1.0],
        [1.0, 1.0, 1.0],
    ]
)
WALK = np.array([[1.0], [1.0], [0.0], [0.0]])  # (4, 1): a row for each example


def initialize(seed: int, units: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Return weights of shape (3, units) and (units, 1), in [-1, 1).

    ``RandomState`` is NumPy's old generator, whose stream is frozen for good.
    """
    rng = np.random.RandomState(seed)
    w1 = 2 * rng.random_sample((3, units)) - 1
    w2 = 2 * rng.random_sample((units, 1)) - 1
    return w1, w2


def predict(
    x: np.ndarray,
    w1: np.ndarray,
    w2: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return hidden layer (m, units) and predictions (m, 1) for x (m, 3)."""
    hidden = np.maximum(x @ w1, 0)
    return hidden, hidden @ w2


def error(prediction: np.ndarray, y: np.ndarray) -> float:
    """Return E, half the summed squared miss; both of shape (m, 1)."""
    return 0.5 * float(np.sum((prediction - y) ** 2))


def deltas(
    hidden: np.ndarray,
    prediction: np.ndarray,
    y: np.ndarray,
    w2: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the slopes of E at both layers' sums, (m, units) and (m, 1)."""
    delta2 = prediction - y
    delta1 = (delta2 @ w2.T) * (hidden > 0)  # back through w2, then ReLU
    return delta1, delta2


def gradients(
    x: np.ndarray,
    y: np.ndarray,
    w1: np.ndarray,
    w2: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return dE/dw1 and dE/dw2, each of its matrix's shape."""
    hidden, prediction = predict(x, w1, w2)
    delta1, delta2 = deltas(hidden, prediction, y, w2)
    return x.T @ delta1, hidden.T @ delta2


def train(
    w1: np.ndarray,
    w2: np.ndarray,
    epochs: int = 60,
    alpha: float = 0.2,
) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """Return the trained weights and each epoch's summed squared error.

    The weights change after each example while the sum grows, so it mixes four
    networks and is not the error of the one that comes out.
    """
    errors = []
    for _ in range(epochs):
        total = 0.0
        for i in range(len(LIGHTS)):
            x, y = LIGHTS[i : i + 1], WALK[i : i + 1]  # (1, 3), (1, 1)
            total += 2 * error(predict(x, w1, w2)[1], y)  # without the half
            step1, step2 = gradients(x, y, w1, w2)
            w1, w2 = w1 - alpha * step1, w2 - alpha * step2
        errors.append(total)
    return w1, w2, errors


if __name__ == "__main__":
    first, second, errors = train(*initialize(seed=1))
    for epoch in range(10, 61, 10):
        print(f"epoch {epoch}: squared error {errors[epoch - 1]:.12g}")
    final = predict(LIGHTS, first, second)[1]
    print("predictions:", np.round(final.ravel(), 4))
    print(f"of the final network: {2 * error(final, WALK):.4e}")
