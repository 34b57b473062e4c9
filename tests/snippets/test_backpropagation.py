"""Backpropagation: gradients at any depth, both notations, XOR, and the slips that are caught."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from snippets import backpropagation as net
from snippets.backpropagation import Layers

Error = Callable[[np.ndarray, np.ndarray, Layers], float]
Gradients = Callable[[np.ndarray, np.ndarray, Layers], Layers]

DEPTHS = ([3, 2], [3, 4, 2], [2, 5, 3, 1], [4, 3, 5, 2, 3])
SQUARE = [3, 3, 3, 3]  # a transposed matrix fits here, and only its numbers are wrong


@pytest.fixture(params=DEPTHS, ids=lambda sizes: f"depth {len(sizes) - 1}")
def case(request: pytest.FixtureRequest) -> tuple[np.ndarray, np.ndarray, Layers]:
    """Return five examples, targets of 0 and 1, and a network, for each depth in turn."""
    return draw(request.param)


def draw(sizes: list[int], m: int = 5) -> tuple[np.ndarray, np.ndarray, Layers]:
    """Return m examples, their targets, and a network whose biases are not 0."""
    rng = np.random.RandomState(len(sizes))
    layers = [(w, rng.normal(size=b.shape)) for w, b in net.initialize(sizes, rng)]
    return rng.normal(size=(m, sizes[0])), rng.randint(2, size=(m, sizes[-1])), layers


def cross_entropy(x: np.ndarray, y: np.ndarray, layers: Layers) -> float:
    """Return the error whose gradients the snippet claims to give, a sum over rows and units."""
    p = net.forward(x, layers)[-1]
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def half_squared_error(x: np.ndarray, y: np.ndarray, layers: Layers) -> float:
    """Return half the summed squared error of the same network."""
    return 0.5 * np.sum((net.forward(x, layers)[-1] - y) ** 2)


def half_squared_gradients(x: np.ndarray, y: np.ndarray, layers: Layers) -> Layers:
    """Return what backward makes of the page's delta(L), with the slope of the sigmoid."""
    a = net.forward(x, layers)
    return net.backward(net.squared_delta(a[-1], y), a, layers)


@pytest.fixture
def worst(gradient_error_exact: Callable[..., float]) -> Callable[..., float]:
    """Return the check of a whole network: the largest error over its matrices and biases."""

    def worst(
        error: Error,
        gradients: Gradients,
        case: tuple[np.ndarray, np.ndarray, Layers],
        check: Callable[..., float] = gradient_error_exact,
    ) -> float:
        x, y, layers = case
        claimed = gradients(x, y, layers)
        assert len(claimed) == len(layers)
        return max(
            check(
                lambda part, at=at, which=which: error(x, y, exchange(layers, at, which, part)),
                layers[at][which],
                claimed[at][which],
            )
            for at, which in product(range(len(layers)), (0, 1))
        )

    return worst


def exchange(layers: Layers, at: int, which: int, part: np.ndarray) -> Layers:
    """Return the layers with another matrix (which = 0) or bias (which = 1) in one of them."""
    w, b = layers[at]
    changed = (part, b) if which == 0 else (w, part)
    return [*layers[:at], changed, *layers[at + 1 :]]


class TestForward:
    """The prediction and what it starts from."""

    def test_the_network_starts_in_range(self) -> None:
        """Matrices have variance 1 / n_in in the shapes that the layers need; biases are 0."""
        layers = net.initialize([400, 100, 2], np.random.RandomState(0))
        assert [(w.shape, b.shape) for w, b in layers] == [((400, 100), (100,)), ((100, 2), (2,))]
        assert not any(b.any() for _, b in layers)
        for w, _ in layers:
            assert np.var(w) == pytest.approx(1 / len(w), rel=0.4)  # 4 standard errors of 200

    def test_a_network_worked_by_hand(self) -> None:
        """The tanh of ln 2 is 0.6, and log-odds of ln 3 are a probability of 0.75."""
        first = (np.array([[np.log(2.0), 0.0]]), np.array([0.0, -np.log(2.0)]))
        last = (np.array([[1.0], [1.0]]), np.array([np.log(3.0)]))
        a0, a1, a2 = net.forward(np.array([[1.0]]), [first, last])
        np.testing.assert_array_equal(a0, [[1]])
        np.testing.assert_allclose(a1, [[0.6, -0.6]], rtol=1e-15)
        np.testing.assert_allclose(a2, [[0.75]], rtol=1e-15)

    def test_a_layer_sums_what_it_is_given(self) -> None:
        """Each example gets its inputs times the weights, and the biases on top."""
        layer = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), np.array([10.0, 20.0, 30.0])
        z = net.layer_sum(np.array([[3.0, 4.0], [0.0, 0.0]]), layer)
        np.testing.assert_array_equal(z, [[13, 24, 32], [10, 20, 30]])

    def test_one_layer_is_logistic_regression(self) -> None:
        """Without a hidden layer the prediction at log-odds ln k is k / (k + 1)."""
        odds = np.array([[1e-9], [0.25], [1.0], [3.0], [1e9]])
        p = net.forward(np.log(odds), [(np.eye(1), np.zeros(1))])[-1]
        np.testing.assert_allclose(p, odds / (odds + 1), rtol=1e-6)  # 1e-9 = 1 - (1 - 1e-9)

    def test_large_sums_do_not_overflow(self) -> None:
        """At pre-activations of 1000 both activations are at the ends of their ranges."""
        x = np.array([[-1000.0], [1000.0]])
        with np.errstate(all="raise"):
            np.testing.assert_array_equal(
                net.forward(x, [(np.eye(1), np.zeros(1))])[-1], [[0], [1]]
            )
            _, hidden, _ = net.forward(x, [(np.eye(1), np.zeros(1))] * 2)
        np.testing.assert_array_equal(hidden, [[-1], [1]])

    def test_rows_do_not_mix(self, case: tuple[np.ndarray, np.ndarray, Layers]) -> None:
        """An example gets the same prediction alone as in a batch."""
        x, _, layers = case
        together = net.forward(x, layers)[-1]
        for i in range(len(x)):
            alone = net.forward(x[i : i + 1], layers)[-1]
            np.testing.assert_allclose(alone, together[i : i + 1], rtol=1e-14)


class TestGradients:
    """The gradients, for one to four layers."""

    def test_those_of_the_cross_entropy(
        self, worst: Callable[..., float], case: tuple[np.ndarray, np.ndarray, Layers]
    ) -> None:
        """Every entry by every matrix and bias agrees with complex steps."""
        assert worst(cross_entropy, net.gradients, case) < 1e-13

    def test_those_of_half_the_squared_error(
        self, worst: Callable[..., float], case: tuple[np.ndarray, np.ndarray, Layers]
    ) -> None:
        """Only delta(L) changes, by the factor f', and the same recursion is right."""
        assert worst(half_squared_error, half_squared_gradients, case) < 1e-13

    def test_central_differences_agree(
        self,
        worst: Callable[..., float],
        gradient_error: Callable[..., float],
        case: tuple[np.ndarray, np.ndarray, Layers],
    ) -> None:
        """A second opinion that needs no complex numbers comes to the same result."""
        assert worst(cross_entropy, net.gradients, case, check=gradient_error) < 1e-8

    def test_a_softmax_at_the_end(self, worst: Callable[..., float]) -> None:
        """With softmax and its cross-entropy, prediction minus target starts the recursion."""
        x, _, layers = draw([3, 4, 3])
        y = np.eye(3)[[0, 1, 2, 1, 1]]

        def softmax(x: np.ndarray, layers: Layers) -> np.ndarray:
            w, b = layers[-1]
            e = np.exp(net.forward(x, layers)[-2] @ w + b)
            return e / e.sum(axis=1, keepdims=True)

        def error(x: np.ndarray, y: np.ndarray, layers: Layers) -> float:
            return -np.sum(y * np.log(softmax(x, layers)))

        def gradients(x: np.ndarray, y: np.ndarray, layers: Layers) -> Layers:
            return net.backward(softmax(x, layers) - y, net.forward(x, layers), layers)

        assert worst(error, gradients, (x, y, layers)) < 1e-13

    def test_the_delta_of_squares_by_hand(self) -> None:
        """A miss of a half, at the sigmoid's slopes of 1/4 and 3/16."""
        p, y = np.array([[0.5, 0.75]]), np.array([[1.0, 0.25]])
        np.testing.assert_array_equal(net.squared_delta(p, y), [[-1 / 8, 3 / 32]])

    @pytest.mark.parametrize("which", range(4))
    def test_each_delta_is_the_slope_at_a_sum(
        self, gradient_error_exact: Callable[..., float], which: int
    ) -> None:
        """The error's derivative by a layer's pre-activations agrees with complex steps."""
        x, y, layers = draw([4, 3, 5, 2, 3])
        a = net.forward(x, layers)
        sums = [net.layer_sum(out, layer) for out, layer in zip(a[:-1], layers, strict=True)]

        def error(z: np.ndarray) -> float:
            eye = np.eye(z.shape[1])
            above = [(eye, np.zeros(len(eye))), *layers[which + 1 :]]
            return cross_entropy(z, y, above)  # a layer that adds nothing before the bend

        assert len(net.deltas(a[-1] - y, a, layers)) == 4
        claimed = net.deltas(a[-1] - y, a, layers)[which]
        assert gradient_error_exact(error, sums[which], claimed) < 1e-13

    def test_a_batch_sums_its_rows(self, case: tuple[np.ndarray, np.ndarray, Layers]) -> None:
        """The gradient of a batch is the sum of those of its examples."""
        x, y, layers = case
        single = [net.gradients(x[i : i + 1], y[i : i + 1], layers) for i in range(len(x))]
        for at, (dw, db) in enumerate(net.gradients(x, y, layers)):
            np.testing.assert_allclose(dw, sum(each[at][0] for each in single), atol=1e-14)
            np.testing.assert_allclose(db, sum(each[at][1] for each in single), atol=1e-14)

    def test_one_step_further_is_the_slope_by_the_input(
        self, gradient_error_exact: Callable[..., float]
    ) -> None:
        """For one example db(1) is delta(1), and delta(1) W(1)^T is dE/dx."""
        x, y, layers = draw([3, 4, 2], m=1)
        delta = net.gradients(x, y, layers)[0][1]
        claimed = (delta @ layers[0][0].T)[np.newaxis]
        assert gradient_error_exact(lambda x: cross_entropy(x, y, layers), x, claimed) < 1e-13

    def test_arguments_stay_as_they_are(self, case: tuple[np.ndarray, np.ndarray, Layers]) -> None:
        """Neither gradients nor a step nor training changes a weight in place."""
        x, y, layers = case
        before = [(w.copy(), b.copy()) for w, b in layers]
        net.step(layers, net.gradients(x, y, layers), alpha=0.5)
        start = net.initialize([2, 2, 1], np.random.RandomState(3))
        again = net.initialize([2, 2, 1], np.random.RandomState(3))
        net.train(start, alpha=0.5, steps=2)
        for (w, b), (w0, b0) in zip([*layers, *start], [*before, *again], strict=True):
            np.testing.assert_array_equal(w, w0)
            np.testing.assert_array_equal(b, b0)


def backward_with(
    slope: Callable[[np.ndarray], np.ndarray] = lambda out: 1 - out**2,
    through: Callable[[np.ndarray], np.ndarray] = lambda w: w.T,
    gather: Callable[[np.ndarray], np.ndarray] = lambda delta: delta.sum(axis=0),
    start: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda p, y: p - y,
    alpha: float = 0.0,
) -> Gradients:
    """Return backpropagation with exchangeable parts; as it stands it is right.

    A learning rate that is not 0 steps with each matrix before delta is sent through it.
    """

    def gradients(x: np.ndarray, y: np.ndarray, layers: Layers) -> Layers:
        a = net.forward(x, layers)
        delta, found = start(a[-1], y), []
        for (w, _), out in zip(reversed(layers), reversed(a[:-1]), strict=True):
            dw = out.T @ delta
            found.append((dw, gather(delta)))
            delta = (delta @ through(w - alpha * dw)) * slope(out)
        return found[::-1]

    return gradients


class TestTheCheckRejects:
    """The usual wrong variants are far off, so that a gradient check would find them."""

    @pytest.mark.parametrize("sizes", [*DEPTHS, SQUARE])
    def test_not_what_is_right(self, worst: Callable[..., float], sizes: list[int]) -> None:
        """The variants start from something that passes, at every depth."""
        assert worst(cross_entropy, backward_with(), draw(sizes)) < 1e-13

    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param(backward_with(slope=np.ones_like), id="no slope"),
            pytest.param(backward_with(slope=lambda out: out * (out > 0)), id="notes' ReLU row"),
            pytest.param(backward_with(slope=lambda out: 1.0 * (out > 0)), id="slope of ReLU"),
            pytest.param(backward_with(slope=lambda out: out * (1 - out)), id="slope of sigmoid"),
            pytest.param(backward_with(slope=lambda out: 1 - np.tanh(out) ** 2), id="slope at a"),
            pytest.param(backward_with(through=lambda w: w), id="W not transposed"),
            pytest.param(backward_with(gather=lambda delta: delta[0]), id="bias of one row"),
            pytest.param(backward_with(gather=lambda delta: delta.mean(axis=0)), id="mean by bias"),
            pytest.param(backward_with(start=lambda p, y: y - p), id="sign"),
            pytest.param(backward_with(start=lambda p, y: (p - y) / len(p)), id="mean for sum"),
            pytest.param(
                backward_with(start=lambda p, y: (p - y) * p * (1 - p)), id="slope at the end"
            ),
            pytest.param(backward_with(alpha=0.5), id="updated too early"),
        ],
    )
    def test_slips(self, worst: Callable[..., float], wrong: Gradients) -> None:
        """Each slip leaves some entry at least 5 % off."""
        assert worst(cross_entropy, wrong, draw(SQUARE)) > 0.05

    def test_a_missing_sum_by_its_shape(self, worst: Callable[..., float]) -> None:
        """Without the sum over rows a bias gets a slope for each example."""
        with pytest.raises(AssertionError):
            worst(cross_entropy, backward_with(gather=lambda delta: delta), draw([3, 4, 2]))

    def test_a_missing_slope_behind_squares(self, worst: Callable[..., float]) -> None:
        """Prediction minus target alone is not delta(L) of the squared error behind a sigmoid."""
        assert worst(half_squared_error, net.gradients, draw([3, 4, 2])) > 1

    def test_a_forgotten_two(
        self, worst: Callable[..., float], case: tuple[np.ndarray, np.ndarray, Layers]
    ) -> None:
        """Of the whole squared error, the gradients of its half are exactly half."""

        def whole(x: np.ndarray, y: np.ndarray, layers: Layers) -> float:
            return 2 * half_squared_error(x, y, layers)

        assert worst(whole, half_squared_gradients, case) == pytest.approx(0.5)


def one_unit_at_a_time(
    x: np.ndarray, y: np.ndarray, layers: Layers, alpha: float, sign: int
) -> np.ndarray:
    """Return what an update adds to w_ij, (n, hidden), for one example, with loops and indices.

    Args:
        x: Inputs, shape (n,).
        y: Targets, shape (K,).
        layers: Two layers: tanh, then a sigmoid with half the squared error.
        alpha: The learning rate.
        sign: 1 for delta = dE/dh and a step that subtracts; -1 for the notes' opposite choice.
    """
    (lower, lower_bias), (upper, upper_bias) = layers
    (n, hidden), outputs = lower.shape, len(y)
    h = [sum(x[i] * lower[i, j] for i in range(n)) + lower_bias[j] for j in range(hidden)]
    o = [
        sum(np.tanh(h[j]) * upper[j, k] for j in range(hidden)) + upper_bias[k]
        for k in range(outputs)
    ]
    p = [1 / (1 + np.exp(-o[k])) for k in range(outputs)]
    delta_o = [sign * (p[k] - y[k]) * p[k] * (1 - p[k]) for k in range(outputs)]
    delta_h = [
        (1 - np.tanh(h[j]) ** 2) * sum(upper[j, k] * delta_o[k] for k in range(outputs))
        for j in range(hidden)
    ]
    return np.array([[-sign * alpha * delta_h[j] * x[i] for j in range(hidden)] for i in range(n)])


class TestNotations:
    """The page's matrices, its single units, and the notes' sign."""

    @pytest.mark.parametrize("seed", range(20))
    def test_all_three_make_the_same_update(self, seed: int) -> None:
        """With delta either way round, the units' update is that of the matrices to rounding."""
        rng = np.random.RandomState(seed)
        layers = net.initialize([3, 4, 2], rng)
        x, y = rng.normal(size=(1, 3)), rng.randint(2, size=(1, 2))
        matrices = -0.3 * half_squared_gradients(x, y, layers)[0][0]
        assert np.abs(matrices).max() > 1e-3
        ours, notes = (one_unit_at_a_time(x[0], y[0], layers, 0.3, sign) for sign in (1, -1))
        np.testing.assert_allclose(ours, matrices, rtol=0, atol=1e-15)
        np.testing.assert_allclose(notes, matrices, rtol=0, atol=1e-15)

    def test_mixed_signs_climb(self) -> None:
        """Our delta with the notes' plus sign raises the error, where the right step lowers it."""
        x, y, layers = draw([3, 4, 2], m=1)
        before = half_squared_error(x, y, layers)
        step = one_unit_at_a_time(x[0], y[0], layers, alpha=0.3, sign=1)
        assert half_squared_error(x, y, exchange(layers, 0, 0, layers[0][0] + step)) < before
        assert half_squared_error(x, y, exchange(layers, 0, 0, layers[0][0] - step)) > before


class TestXor:
    """What the demonstration shows."""

    @pytest.mark.parametrize("sizes", [[2, 2, 1], [2, 4, 4, 1]])
    def test_training_solves_it(self, sizes: list[int]) -> None:
        """With seed 3 all four predictions are within 0.01 of the targets after 500 steps."""
        start = net.initialize(sizes, np.random.RandomState(3))
        layers = net.train(start, alpha=0.5, steps=500)
        np.testing.assert_allclose(net.forward(net.CORNERS, layers)[-1], net.XOR, atol=0.01)

    def test_a_step_goes_against_the_gradient(self) -> None:
        """All weights of all layers move at once, each by alpha times its slope."""
        start = net.initialize([2, 3, 1], np.random.RandomState(0))
        slopes = net.gradients(net.CORNERS, net.XOR, start)
        for (w, b), (w0, b0), (dw, db) in zip(
            net.train(start, alpha=0.25, steps=1), start, slopes, strict=True
        ):
            np.testing.assert_allclose(w0 - w, dw / 4, atol=1e-16)
            np.testing.assert_allclose(b0 - b, db / 4, atol=1e-16)
