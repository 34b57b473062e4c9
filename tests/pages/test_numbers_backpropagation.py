"""What docs/networks/backpropagation.md says of its runs, and its figures worked out by hand."""

import math

import numpy as np
import pytest

from snippets import backpropagation as net
from snippets.backpropagation import Layers
from tools.results.backpropagation import error, multiplications, start, step_too_early


def predict(layers: Layers) -> np.ndarray:
    """Return the predictions for the four corners, shape (4,)."""
    return net.forward(net.CORNERS, layers)[-1][:, 0]


def trained(hidden: int) -> list[Layers]:
    """Return the networks of seeds 0 to 49 after 500 steps, with so many hidden units."""
    return [net.train(start(hidden, seed), alpha=0.5, steps=500) for seed in range(50)]


class TestXor:
    """The figures of the section on XOR."""

    def test_two_hidden_units_often_get_stuck(self, captured) -> None:
        """Most of the others sit at 2 ln 2, two corners at one half."""
        networks = trained(2)
        errors = np.array([error(layers) for layers in networks])
        assert captured["coin_tosses.two"] == pytest.approx(2 * math.log(2))
        stuck = [each for each, e in zip(networks, errors, strict=True) if 1.385 < e < 1.395]
        assert len(stuck) > 0.9 * sum(errors > 0.1)
        for layers in stuck:
            right = np.sort(np.abs(1 - net.XOR[:, 0] - predict(layers)))
            assert right == pytest.approx([0.5, 0.5, 1, 1], abs=0.02)

    def test_more_hidden_units_help(self, captured) -> None:
        """With three hidden units almost all of the 50 solve it, with four no fewer."""
        two, three, four = (captured[f"solved.with_{hidden}"] for hidden in (2, 3, 4))
        assert two < 45 < three <= four <= 50

    def test_the_hidden_layer_makes_it_separable(self) -> None:
        """00 and 11 lie within a tenth of one another, 01 and 10 more than one away from them."""
        layers = net.train(start(), alpha=0.5, steps=500)
        c00, c01, c10, c11 = net.forward(net.CORNERS, layers)[1]
        assert np.linalg.norm(c00 - c11) < 0.1
        assert min(np.linalg.norm(c00 - each) for each in (c01, c10)) > 1


class TestCost:
    """The figures of the section on cost, and of the exercise on it."""

    def test_the_smaller_network(self, captured) -> None:
        """By hand it has 9 weights and biases, so slopes measured one by one take 10 passes."""
        assert captured["smaller_network.parameters"] == 2 * 2 + 2 + 2 * 1 + 1 == 9
        assert captured["smaller_network.passes"] == 10

    @pytest.mark.parametrize("sizes", [[2, 2, 1], [2, 4, 4, 1], [5, 1], [3, 50, 50, 50, 2]])
    def test_back_costs_less_than_twice_forward(self, sizes: list[int]) -> None:
        """Two products for each layer but the first, and one for that."""
        forward, back = multiplications(sizes)
        assert forward <= back < 2 * forward

    def test_third_exercise(self, captured) -> None:
        """By hand: one product for each weight forward, and two back but for the first matrix."""
        upper = 512 * 512 + 512 * 10
        weights = 784 * 512 + upper
        assert captured["cost.parameters"] == weights + 512 + 512 + 10 == 669_706
        assert captured["cost.passes"] == 669_707
        assert captured["cost.forward"] == weights
        assert captured["cost.sent_back"] == upper
        assert captured["cost.back"] == weights + upper
        assert captured["cost.ratio"] == (weights + upper) / weights


class TestTrap:
    """The figures of the box on the trap."""

    def test_the_first_step(self, captured) -> None:
        """The right slope is the largest that one can measure; the other one is summed by hand."""
        slopes = {}
        for place in np.ndindex(2, 2):
            errors = []
            for h in (1e-5, -1e-5):
                (w, b), last = start()
                w[place] += h
                errors.append(error([(w, b), last]))
            slopes[place] = (errors[0] - errors[1]) / 2e-5
        i, j = max(slopes, key=lambda place: abs(slopes[place]))
        assert captured["first_slope.right"] == pytest.approx(slopes[i, j], rel=1e-6)

        x, hidden, p = net.forward(net.CORNERS, start())
        delta = p[:, 0] - net.XOR[:, 0]
        moved = start()[1][0][j, 0] - 0.5 * np.sum(hidden[:, j] * delta)
        early = np.sum(x[:, i] * delta * moved * (1 - hidden[:, j] ** 2))
        assert captured["first_slope.early"] == pytest.approx(early)

    def test_it_learns_all_the_same(self) -> None:
        """After 500 such steps all predictions are within 0.01."""
        layers = start()
        for _ in range(500):
            layers = step_too_early(layers, 0.5)
        assert predict(layers) == pytest.approx(net.XOR[:, 0], abs=0.01)


class TestExercises:
    """The solutions."""

    def test_first(self, captured) -> None:
        """At zero nothing moves, all predictions are one half, and E is 2.77."""
        zeros = [(np.zeros_like(w), b) for w, b in start()]
        for w, b in net.train(zeros, alpha=0.5, steps=100):
            assert not w.any()
            assert not b.any()
        assert predict(zeros).tolist() == [0.5] * 4
        assert error(zeros) == pytest.approx(4 * math.log(2))
        assert captured["coin_tosses.four"] == pytest.approx(4 * math.log(2))

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
