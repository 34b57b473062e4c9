"""The figures in the prose, tables and solutions of docs/networks/softmax-cross-entropy.md."""

import math

import numpy as np
import pytest

from snippets import cross_entropy, softmax


def test_a_lead_of_one() -> None:
    """A lead of 1 over another class means 2.7 times its probability."""
    p = softmax.softmax(np.array([7.0, 6.0, -2.0]))
    assert p[0] / p[1] == pytest.approx(2.7, abs=0.05)


def test_price_of_a_toss() -> None:
    """A coin's toss costs 0.69, ten equal classes cost 2.30 an example."""
    one = np.array([1.0])
    assert cross_entropy.binary_cross_entropy(one, np.array([0.5])) == pytest.approx(
        0.69, abs=0.005
    )
    uniform = softmax.softmax(np.zeros((1, 10)))
    assert cross_entropy.cross_entropy(np.eye(10)[:1], uniform) == pytest.approx(2.30, abs=0.005)


def test_example_behind_the_last_line() -> None:
    """The right class has 0.6285; the squared error's push is less than half as strong."""
    z, y = np.array([0.5, 1.5, 0.0]), np.array([0.0, 1.0, 0.0])
    p = softmax.softmax(z)
    assert p[1] == pytest.approx(0.6285, abs=5e-5)
    squared = softmax.softmax_jacobian(z) @ (p - y)
    assert squared == pytest.approx([0.0905, -0.1327, 0.0422], abs=5e-5)
    assert (np.abs(squared) < np.abs(p - y) / 2).all()


def test_first_exercise() -> None:
    """The product of the three probabilities is 0.504, and costs 0.685."""
    assert math.prod([0.8, 0.7, 0.9]) == pytest.approx(0.504)
    assert -math.log(0.504) == pytest.approx(0.685, abs=5e-4)
