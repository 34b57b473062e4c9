"""The figures of docs/networks/softmax-cross-entropy.md that are known from elsewhere."""

import math

import numpy as np
import pytest

from snippets import softmax


def test_a_lead_of_one(captured) -> None:
    """A lead of 1 over another class means e times its probability."""
    assert captured["lead_of_one"] == pytest.approx(math.e)


def test_price_of_a_toss(captured) -> None:
    """A coin's toss costs ln 2, ten equal classes ln 10 an example."""
    assert captured["toss"] == pytest.approx(math.log(2))
    assert captured["ten_classes"] == pytest.approx(math.log(10))


def test_example_behind_the_last_line(captured) -> None:
    """By another route: a quotient of exponentials, and the known push of the squared error."""
    a, b, c = math.exp(0.5), math.exp(1.5), math.exp(0)
    assert captured["right_class"] == pytest.approx(b / (a + b + c))
    assert captured["squared_push"] == pytest.approx([0.0905, -0.1327, 0.0422], abs=5e-5)
    p, y = softmax.softmax(np.array([0.5, 1.5, 0.0])), np.array([0.0, 1.0, 0.0])
    assert (np.abs(captured["squared_push"]) < np.abs(p - y) / 2).all()


def test_first_exercise(captured) -> None:
    """By hand, the product of the three probabilities is 0.504; its known cost is 0.6851790109."""
    assert captured["by_hand.product"] == pytest.approx(0.8 * 0.7 * 0.9) == pytest.approx(0.504)
    assert captured["by_hand.cost"] == pytest.approx(0.6851790109, abs=1e-10)
