"""The figures that stand in the prose of docs/networks/backpropagation.md."""

import math

import numpy as np
import pytest

from snippets import backpropagation as net
from snippets.backpropagation import Layers


def start(hidden: int = 2, seed: int = 3) -> Layers:
    """Return a network for XOR before training, by default the page's smaller one."""
    return net.initialize([2, hidden, 1], np.random.RandomState(seed))


def predict(layers: Layers) -> np.ndarray:
    """Return the predictions for the four corners, shape (4,)."""
    return net.forward(net.CORNERS, layers)[-1][:, 0]


def error(layers: Layers) -> float:
    """Return the cross-entropy on XOR."""
    right = np.abs(1 - net.XOR[:, 0] - predict(layers))  # the probability of what is true
    return -np.sum(np.log(right))


def trained(hidden: int) -> list[Layers]:
    """Return the networks of seeds 0 to 49 after 500 steps, with so many hidden units."""
    return [net.train(start(hidden, seed), alpha=0.5, steps=500) for seed in range(50)]


class TestXor:
    """The figures of the section on XOR."""

    def test_two_hidden_units_often_get_stuck(self) -> None:
        """23 of 50 solve it; 25 of the 27 others sit at 2 ln 2, two corners at one half."""
        networks = trained(2)
        errors = np.array([error(layers) for layers in networks])
        assert sum(errors < 0.1) == 23
        assert round(2 * math.log(2), 2) == 1.39
        stuck = [each for each, e in zip(networks, errors, strict=True) if 1.385 < e < 1.395]
        assert len(stuck) == 25
        for layers in stuck:
            right = np.sort(np.abs(1 - net.XOR[:, 0] - predict(layers)))
            assert right == pytest.approx([0.5, 0.5, 1, 1], abs=0.02)

    @pytest.mark.parametrize(("hidden", "solved"), [(3, 47), (4, 49)])
    def test_more_hidden_units_help(self, hidden: int, solved: int) -> None:
        """With three hidden units 47 of 50 solve it, with four 49."""
        assert sum(error(layers) < 0.1 for layers in trained(hidden)) == solved

    def test_the_hidden_layer_makes_it_separable(self) -> None:
        """00 and 11 lie within a tenth of one another, 01 and 10 more than one away from them."""
        layers = net.train(start(), alpha=0.5, steps=500)
        c00, c01, c10, c11 = net.forward(net.CORNERS, layers)[1]
        assert np.linalg.norm(c00 - c11) < 0.1
        assert min(np.linalg.norm(c00 - each) for each in (c01, c10)) > 1


class Counted(np.ndarray):
    """An array whose matrix products count their multiplications."""

    multiplications = 0

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: object, **kwargs: object):
        """Count if it is a matrix product, and let NumPy do the work."""
        plain = [np.asarray(each) for each in inputs]
        if ufunc is np.matmul:
            Counted.multiplications += plain[0].size * plain[1].shape[1]
        return np.asarray(getattr(ufunc, method)(*plain, **kwargs)).view(Counted)


def multiplications(sizes: list[int]) -> tuple[int, int]:
    """Return how many multiplications the products of a pass forward and of one back make."""
    layers = [
        (np.zeros(w.shape).view(Counted), b)
        for w, b in net.initialize(sizes, np.random.RandomState(0))
    ]
    Counted.multiplications = 0
    a = net.forward(np.zeros((1, sizes[0])), layers)
    forward = Counted.multiplications
    net.backward(np.zeros((1, sizes[-1])).view(Counted), a, layers)
    return forward, Counted.multiplications - forward


class TestCost:
    """The figures of the section on cost, and of the exercise on it."""

    def test_the_smaller_network(self) -> None:
        """It has 9 weights and biases, so slopes measured one by one take 10 passes."""
        assert sum(w.size + b.size for w, b in start()) == 9

    @pytest.mark.parametrize("sizes", [[2, 2, 1], [2, 4, 4, 1], [5, 1], [3, 50, 50, 50, 2]])
    def test_back_costs_less_than_twice_forward(self, sizes: list[int]) -> None:
        """Two products for each layer but the first, and one for that."""
        forward, back = multiplications(sizes)
        assert forward <= back < 2 * forward

    def test_third_exercise(self) -> None:
        """669,706 weights and biases; 668,672 multiplications forward, 267,264 more back."""
        sizes = [784, 512, 512, 10]
        count = sum(w.size + b.size for w, b in net.initialize(sizes, np.random.RandomState(0)))
        assert count == 669_706
        forward, back = multiplications(sizes)
        assert (forward, back - forward) == (668_672, 267_264)
        assert back / forward == pytest.approx(1.4, abs=0.05)


def step_too_early(layers: Layers, alpha: float) -> Layers:
    """Return the layers after a step that moves each one before delta goes back through it."""
    a = net.forward(net.CORNERS, layers)
    delta, moved = a[-1] - net.XOR, []
    for (w, b), out in zip(reversed(layers), reversed(a[:-1]), strict=True):
        moved.append((w - alpha * out.T @ delta, b - alpha * delta.sum(axis=0)))
        delta = (delta @ moved[-1][0].T) * (1 - out**2)
    return moved[::-1]


class TestTrap:
    """The figures of the box on the trap."""

    def test_the_first_step(self) -> None:
        """The largest slope by the first matrix is 0.075 and comes out as 0.051."""
        layers = start()
        right = net.gradients(net.CORNERS, net.XOR, layers)[0][0]
        early = (layers[0][0] - step_too_early(layers, 0.5)[0][0]) / 0.5
        largest = np.unravel_index(np.argmax(np.abs(right)), right.shape)
        assert right[largest] == pytest.approx(0.075, abs=5e-4)
        assert early[largest] == pytest.approx(0.051, abs=5e-4)

    def test_it_learns_all_the_same(self) -> None:
        """After 500 such steps all predictions are within 0.01."""
        layers = start()
        for _ in range(500):
            layers = step_too_early(layers, 0.5)
        assert predict(layers) == pytest.approx(net.XOR[:, 0], abs=0.01)


class TestExercises:
    """The solutions."""

    def test_first(self) -> None:
        """At zero nothing moves, all predictions are one half, and E is 2.77."""
        zeros = [(np.zeros_like(w), b) for w, b in start()]
        for w, b in net.train(zeros, alpha=0.5, steps=100):
            assert not w.any()
            assert not b.any()
        assert predict(zeros).tolist() == [0.5] * 4
        assert error(zeros) == pytest.approx(4 * math.log(2))
        assert round(4 * math.log(2), 2) == 2.77

    @pytest.mark.parametrize("seed", range(6))
    def test_second(self, seed: int) -> None:
        """With a bias for each example it learns the answers, and gives all four to one corner."""
        layers = start(seed=seed)
        for _ in range(500):
            a = net.forward(net.CORNERS, layers)
            delta2 = a[2] - net.XOR
            delta1 = (delta2 @ layers[1][0].T) * (1 - a[1] ** 2)
            layers = [
                (w - 0.5 * out.T @ delta, b - 0.5 * delta)  # no sum over the rows of delta
                for (w, b), out, delta in zip(layers, a[:2], (delta1, delta2), strict=True)
            ]
        assert [b.shape for _, b in layers] == [(4, 2), (4, 1)]
        assert predict(layers) == pytest.approx(net.XOR[:, 0], abs=0.01)
        alone = net.forward(net.CORNERS[:1], layers)[-1]
        assert alone == pytest.approx(net.XOR, abs=0.01)
