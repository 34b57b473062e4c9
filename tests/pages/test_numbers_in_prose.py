"""The figures that stand in a page's prose, tables and solutions, computed with the snippets."""

import math

import numpy as np
import pytest

from snippets import activations, cross_entropy, one_weight, shape_trap, softmax, streetlights


class TestGradientDescent:
    """docs/basics/gradient-descent.md."""

    @pytest.mark.parametrize(("alpha", "factor"), [(0.1, 0.6), (0.25, 0), (0.5, -1), (0.51, -1.04)])
    def test_table_of_learning_rates(self, alpha: float, factor: float) -> None:
        """One update multiplies the distance to the goal 0.4 by the factor of the table."""
        before, after = one_weight.descend(0.5, x=2, y=0.8, alpha=alpha, steps=1)
        assert after - 0.4 == pytest.approx(factor * (before - 0.4), abs=1e-15)

    def test_error_shrinks_to_36_percent(self) -> None:
        """At a learning rate of 0.1 each step leaves 36 % of the error."""
        before, after = one_weight.descend(0.5, x=2, y=0.8, alpha=0.1, steps=1)
        left = one_weight.error(after, 2, 0.8) / one_weight.error(before, 2, 0.8)
        assert left == pytest.approx(0.36)

    def test_half_derivative_of_the_notes(self) -> None:
        """The notes stepped along 0.4 where the error they printed has slope 0.8."""
        h = 1e-6
        printed_slope = (
            2 * (one_weight.error(0.5 + h, 2, 0.8) - one_weight.error(0.5 - h, 2, 0.8)) / (2 * h)
        )
        assert printed_slope == pytest.approx(0.8)
        assert one_weight.error_derivative(0.5, 2, 0.8) == pytest.approx(0.4)

    def test_first_exercise(self) -> None:
        """With x = 10 and y = 4, 0.01 lands in one step, 0.0199 converges, 0.02 swings."""
        assert one_weight.descend(1.0, x=10, y=4, alpha=0.01, steps=1)[1] == pytest.approx(0.4)
        assert one_weight.descend(1.0, 10, 4, alpha=0.0199, steps=2000)[-1] == pytest.approx(0.4)
        swinging = one_weight.descend(1.0, 10, 4, alpha=0.02, steps=1)
        assert swinging[1] - 0.4 == pytest.approx(-(swinging[0] - 0.4))

    def test_second_exercise(self) -> None:
        """The squared error falls below 1e-12 with update 24, and not before."""
        weights = one_weight.descend(0.5, x=2, y=0.8, alpha=0.1, steps=30)
        squares = [2 * one_weight.error(weight, 2, 0.8) for weight in weights]
        assert next(t for t, square in enumerate(squares) if square < 1e-12) == 24


class TestStreetlights:
    """docs/networks/streetlights.md."""

    def test_no_single_light_decides(self) -> None:
        """Left or middle alone is right half of the time; the right light is always on."""
        walk = streetlights.WALK[:, 0]
        assert [int((streetlights.LIGHTS[:, i] == walk).sum()) for i in range(3)] == [2, 2, 2]
        assert (streetlights.LIGHTS[:, 2] == 1).all()
        exactly_one = streetlights.LIGHTS[:, 0] != streetlights.LIGHTS[:, 1]
        assert (exactly_one == walk).all()

    def test_no_weighted_sum_decides(self) -> None:
        """The best weighted sum of the lights answers one half at every crossing."""
        best, *_ = np.linalg.lstsq(streetlights.LIGHTS, streetlights.WALK)
        assert streetlights.LIGHTS @ best == pytest.approx(np.full((4, 1), 0.5))

    def test_shape_trap_has_an_error_of_8(self) -> None:
        """A perfect network's sixteen differences square and sum to 8."""
        prediction = streetlights.WALK
        assert np.sum((prediction - prediction[:, 0]) ** 2) == 8
        assert np.sum(shape_trap.column_errors(prediction, prediction) ** 2) == 0

    def test_shape_trap_is_smallest_at_one_half(self) -> None:
        """Of all constant answers, 0.5 makes the sixteen squares smallest, and it is the mean."""
        targets = streetlights.WALK[:, 0]
        sums = {p / 20: np.sum((np.full((4, 1), p / 20) - targets) ** 2) for p in range(21)}
        assert min(sums, key=sums.__getitem__) == targets.mean() == 0.5

    def test_backward_pass_refuses_flat_targets(self) -> None:
        """The (4, 4) array does not fit the matrix product."""
        w1, w2 = streetlights.initialize(1)
        with pytest.raises(ValueError, match="matmul"):
            streetlights.gradients(streetlights.LIGHTS, streetlights.WALK[:, 0], w1, w2)

    @pytest.mark.parametrize(("units", "weights"), [(4, 16), (100, 400)])
    def test_first_exercise(self, units: int, weights: int) -> None:
        """The network has 16 weights, and 400 with 100 hidden units."""
        assert sum(w.size for w in streetlights.initialize(0, units)) == weights

    def test_third_exercise(self) -> None:
        """Equal starting weights keep the hidden units equal for ever."""
        w1, w2, _ = streetlights.train(np.full((3, 4), 0.5), np.full((4, 1), 0.5))
        assert w1 == pytest.approx(np.repeat(w1[:, :1], 4, axis=1))
        assert w2 == pytest.approx(np.repeat(w2[:1], 4, axis=0))


class TestActivations:
    """docs/networks/activations.md."""

    def test_ten_sigmoids_in_a_row(self) -> None:
        """The largest slope to the tenth power is below one millionth."""
        largest = activations.sigmoid_slope(activations.sigmoid(np.array(0.0)))
        assert largest**10 < 1e-6

    def test_ends_of_the_range_in_floating_point(self) -> None:
        """The sigmoid of 37 is exactly 1; that of 36 is not."""
        assert activations.sigmoid(np.array([36.0, 37.0])).tolist()[1] == 1
        assert activations.sigmoid(np.array(36.0)) < 1

    def test_traps(self) -> None:
        """The plain sigmoid overflows at -1000; the product form of ReLU is nan at -inf."""
        with np.errstate(over="ignore"):
            assert np.exp(np.float64(1000)) == np.inf
        with np.errstate(over="raise"), pytest.raises(FloatingPointError):
            np.exp(np.float64(1000))
        with np.errstate(invalid="ignore"):
            x = np.array(-np.inf)
            assert np.isnan((x > 0) * x)
        assert activations.relu(np.array(-np.inf)) == 0

    def test_first_exercise(self) -> None:
        """At plus and minus 3.64 the slope is 0.025, a tenth of the largest."""
        slope = activations.sigmoid_slope(activations.sigmoid(np.array([-3.637, 3.637])))
        assert slope == pytest.approx([0.025, 0.025], rel=1e-3)

    def test_second_exercise(self) -> None:
        """The hyperbolic tangent is twice the sigmoid of twice x, less one."""
        x = np.linspace(-3, 3, 13)
        assert activations.tanh(x) == pytest.approx(2 * activations.sigmoid(2 * x) - 1)


class TestSoftmaxAndCrossEntropy:
    """docs/networks/softmax-cross-entropy.md."""

    def test_a_lead_of_one(self) -> None:
        """A lead of 1 over another class means 2.7 times its probability."""
        p = softmax.softmax(np.array([7.0, 6.0, -2.0]))
        assert p[0] / p[1] == pytest.approx(2.7, abs=0.05)

    def test_price_of_a_toss(self) -> None:
        """A coin's toss costs 0.69, ten equal classes cost 2.30 an example."""
        one = np.array([1.0])
        assert cross_entropy.binary_cross_entropy(one, np.array([0.5])) == pytest.approx(
            0.69, abs=0.005
        )
        uniform = softmax.softmax(np.zeros((1, 10)))
        assert cross_entropy.cross_entropy(np.eye(10)[:1], uniform) == pytest.approx(
            2.30, abs=0.005
        )

    def test_example_behind_the_last_line(self) -> None:
        """The right class has 0.6285; the squared error's push is less than half as strong."""
        z, y = np.array([0.5, 1.5, 0.0]), np.array([0.0, 1.0, 0.0])
        p = softmax.softmax(z)
        assert p[1] == pytest.approx(0.6285, abs=5e-5)
        squared = softmax.softmax_jacobian(z) @ (p - y)
        assert squared == pytest.approx([0.0905, -0.1327, 0.0422], abs=5e-5)
        assert (np.abs(squared) < np.abs(p - y) / 2).all()

    def test_first_exercise(self) -> None:
        """The product of the three probabilities is 0.504, and costs 0.685."""
        assert math.prod([0.8, 0.7, 0.9]) == pytest.approx(0.504)
        assert -math.log(0.504) == pytest.approx(0.685, abs=5e-4)
