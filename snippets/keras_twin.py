"""Keras' calls once more in NumPy: the network, its loss, its optimizer.

Is a point of the square inside a circle (1) or not (0)? Start, loss, update
and all defaults are those of Keras 3.

References:
    Glorot and Bengio (2010), where the start is from [glorot2010understanding].
    Kingma and Ba (2015), Adam, the next step from here [kingma2015adam].
"""

import numpy as np

UNITS, EPOCHS, BATCH_SIZE, SEED = 64, 20, 128, 0
ALPHA, RHO, EPSILON = 0.001, 0.9, 1e-7  # what "rmsprop" stands for in Keras

Weights = list[np.ndarray]  # w1 (2, UNITS), b1 (UNITS,), w2 (UNITS, 1), b2 (1,)


def make_data() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x_train (8000, 2), y_train (8000, 1), and 2000 rows for tests."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, size=(10000, 2))
    y = (np.sum(x**2, axis=1, keepdims=True) < 0.64).astype(float)
    x_train, x_test = x[:8000], x[8000:]
    y_train, y_test = y[:8000], y[8000:]
    return x_train, y_train, x_test, y_test


def build(rng: np.random.Generator) -> Weights:
    """Return the start: biases 0, weights uniform in Glorot's range."""
    a1, a2 = np.sqrt(6 / (2 + UNITS)), np.sqrt(6 / (UNITS + 1))
    w1, w2 = rng.uniform(-a1, a1, (2, UNITS)), rng.uniform(-a2, a2, (UNITS, 1))
    return [w1, np.zeros(UNITS), w2, np.zeros(1)]


def predict(weights: Weights, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return hidden layer (m, UNITS) and probabilities (m, 1) for x (m, 2)."""
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    return hidden, (1 + np.tanh((hidden @ w2 + b2) / 2)) / 2  # the sigmoid


def evaluate(weights: Weights, x: np.ndarray, y: np.ndarray) -> list[float]:
    """Return mean cross-entropy and accuracy, the fraction told right."""
    p = np.clip(predict(weights, x)[1], 1e-7, 1 - 1e-7)  # no ln 0, as in Keras
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return [loss, np.mean((p > 0.5) == y)]


def gradients(weights: Weights, x: np.ndarray, y: np.ndarray) -> Weights:
    """Return the derivatives of the mean loss by each array of weights."""
    hidden, p = predict(weights, x)
    delta2 = (p - y) / len(x)  # the mean's 1/B enters here
    delta1 = (delta2 @ weights[2].T) * (hidden > 0)
    return [x.T @ delta1, delta1.sum(0), hidden.T @ delta2, delta2.sum(0)]


def rmsprop(w: Weights, g: Weights, v: Weights) -> tuple[Weights, Weights]:
    """Return new weights and new running means v of the squared gradients."""
    v = [RHO * vi + (1 - RHO) * gi**2 for vi, gi in zip(v, g, strict=True)]
    step = [gi / np.sqrt(vi + EPSILON) for gi, vi in zip(g, v, strict=True)]
    return [wi - ALPHA * si for wi, si in zip(w, step, strict=True)], v


def fit(
    w: Weights, x: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> tuple[Weights, list[float]]:
    """Return trained weights, and each epoch's mean loss while they changed."""
    v, losses = [np.zeros_like(wi) for wi in w], []
    for _ in range(EPOCHS):
        order, total = rng.permutation(len(x)), 0.0
        for start in range(0, len(x), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]  # the last may be shorter
            total += len(rows) * evaluate(w, x[rows], y[rows])[0]
            w, v = rmsprop(w, gradients(w, x[rows], y[rows]), v)
        losses.append(total / len(x))
    return w, losses


if __name__ == "__main__":
    x_train, y_train, x_test, y_test = make_data()
    rng = np.random.default_rng(SEED)
    weights, losses = fit(build(rng), x_train, y_train, rng)
    print(f"epoch  1: loss {losses[0]:.4f}\nepoch 20: loss {losses[-1]:.4f}")
    for name, x, y in ("train", x_train, y_train), ("test", x_test, y_test):
        loss, accuracy = evaluate(weights, x, y)
        print(f"{name}: loss {loss:.4f}, accuracy {accuracy:.4f}")
    print("predictions:", np.round(predict(weights, x_test[:3])[1][:, 0], 3))
