"""Gradient descent on a single weight, the smallest network there is.

The network multiplies: prediction = weight * x. It learns from one example,
x = 2 with target y = 0.8, so the weight it is looking for is 0.4.

References:
    Trask (2019), Grokking Deep Learning [trask2019grokking].
"""


def error(weight: float, x: float, y: float) -> float:
    """Return half the squared error of the prediction ``weight * x``.

    The half cancels the 2 that the square brings down in the derivative.
    """
    return 0.5 * (weight * x - y) ** 2


def error_derivative(weight: float, x: float, y: float) -> float:
    """Return the slope of ``error`` at ``weight``: the miss times the input."""
    return (weight * x - y) * x


def descend(
    weight: float,
    x: float,
    y: float,
    alpha: float,
    steps: int,
) -> list[float]:
    """Return the ``steps + 1`` weights on the way down, the given one first.

    Args:
        weight: Where to start.
        x: Input of the one example.
        y: Its target.
        alpha: Learning rate. Descent converges for 0 < alpha < 2 / x**2 only.
        steps: How many times to update.
    """
    weights = [weight]
    for _ in range(steps):
        weight = weight - alpha * error_derivative(weight, x, y)
        weights.append(weight)
    return weights


if __name__ == "__main__":
    X, Y = 2.0, 0.8
    *before, last = descend(weight=0.5, x=X, y=Y, alpha=0.1, steps=20)
    print("prediction          squared error")
    for w in before:
        squared = 2 * error(w, X, Y)  # without the half
        print(f"{w * X:.16f}  {squared:.15e}")
    print(f"weight after {len(before)} updates: {last:.16f}")
