"""The perceptron: one unit that answers 0 or 1 and learns from its mistakes.

A row of ``POINTS`` is an example, two inputs that are off (0) or on (1);
``TARGETS`` says for each of three rules what the unit should answer to it.

References:
    Rosenblatt (1958), The Perceptron [rosenblatt1958perceptron].
"""

import numpy as np

POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = {
    "AND": np.array([0.0, 0.0, 0.0, 1.0]),
    "OR": np.array([0.0, 1.0, 1.0, 1.0]),
    "XOR": np.array([0.0, 1.0, 1.0, 0.0]),
}


def step(z: np.ndarray) -> np.ndarray:
    """Return the answer to a score z: 1.0 from 0 upwards, 0.0 below."""
    return np.where(z >= 0, 1.0, 0.0)


def predict(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return the unit's answer, step(x w + b): a number, or shape (m,).

    Args:
        x: One example, shape (n,), or m examples, shape (m, n).
        w: Weights, shape (n,).
        b: Bias.
    """
    return step(x @ w + b)


def learn(
    x: np.ndarray,
    y: float,
    w: np.ndarray,
    b: float,
    alpha: float,
) -> tuple[np.ndarray, float]:
    """Return w and b after one example x, shape (n,), with target y, 0 or 1."""
    error = float(predict(x, w, b)) - y  # 1, 0 or -1
    return w - alpha * error * x, b - alpha * error


def train(
    x: np.ndarray,
    y: np.ndarray,
    alpha: float = 1.0,
    epochs: int = 20,
) -> tuple[np.ndarray, float, list[int]]:
    """Return w, b and how many mistakes each epoch made, starting from zero.

    It stops after the first epoch without a mistake, which is counted too, or
    after ``epochs`` of them.

    Args:
        x: Examples, shape (m, n).
        y: Targets, shape (m,), each 0 or 1.
        alpha: Learning rate.
        epochs: At most that many passes over the examples.
    """
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1] > 0):
        wrong = 0
        for row, target in zip(x, y, strict=True):
            wrong += int(predict(row, w, b) != target)
            w, b = learn(row, target, w, b, alpha)
        mistakes.append(wrong)
    return w, b, mistakes


if __name__ == "__main__":
    print("rule  alpha   w1   w2    b  mistakes")
    for rule, alpha in (("AND", 1), ("OR", 1), ("XOR", 1), ("AND", 0.1)):
        w, b, mistakes = train(POINTS, TARGETS[rule], alpha, epochs=8)
        numbers = f"{w[0]:4.1f} {w[1]:4.1f} {b:4.1f}"
        print(f"{rule:4}  {alpha:5} {numbers} ", *mistakes)
    score = POINTS[2] @ w + b
    print("the last one scores (1, 0) below zero:", score < 0)
