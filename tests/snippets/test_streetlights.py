"""The streetlights network: its figures, its gradients, and how often it fails."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets import streetlights as net

KNOWN_ERRORS = {
    10: 0.6342311598444467,
    20: 0.35838407676317513,
    30: 0.0830183113303298,
    40: 0.006467054957103705,
    50: 0.0003292669000750734,
    60: 1.5055622665134859e-05,
}


@pytest.fixture(scope="module")
def seed_errors() -> np.ndarray:
    """Return the error by epoch, shape (100, 600), of seeds 0 to 99."""
    return np.array([net.train(*net.initialize(seed), epochs=600)[2] for seed in range(100)])


def test_the_weights_start_in_range() -> None:
    """Every weight is drawn from [-1, 1), in the shapes the layers need."""
    w1, w2 = net.initialize(seed=7, units=1000)
    assert (w1.shape, w2.shape) == ((3, 1000), (1000, 1))
    for w in (w1, w2):
        assert w.min() >= -1
        assert w.max() < 1
        assert abs(w.mean()) < 0.1  # 6 standard errors for the smaller one


def test_a_hand_set_network_solves_the_task() -> None:
    """One unit for each street light, silenced by the other: right on all four examples."""
    w1 = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 0.0]])
    w2 = np.array([[1.0], [1.0]])
    hidden, prediction = net.predict(net.LIGHTS, w1, w2)
    np.testing.assert_array_equal(hidden, [[1, 0], [0, 1], [0, 0], [0, 0]])
    np.testing.assert_array_equal(prediction, net.WALK)
    step1, step2 = net.gradients(net.LIGHTS, net.WALK, w1, w2)
    assert not step1.any()
    assert not step2.any()


def test_training_follows_the_known_errors() -> None:
    """Seed 1 gives the six errors of the page and the final network's own, smaller error."""
    w1, w2, errors = net.train(*net.initialize(seed=1))
    assert len(errors) == 60
    for epoch, error in KNOWN_ERRORS.items():
        assert errors[epoch - 1] == pytest.approx(error, rel=1e-9)
    final = net.predict(net.LIGHTS, w1, w2)[1]
    assert np.sum((final - net.WALK) ** 2) == pytest.approx(9.0175e-06, abs=5e-11)


def test_training_leaves_its_arguments_alone() -> None:
    """The initial weights can be used again."""
    w1, w2 = net.initialize(seed=1)
    net.train(w1, w2, epochs=1)
    again1, again2 = net.initialize(seed=1)
    np.testing.assert_array_equal(w1, again1)
    np.testing.assert_array_equal(w2, again2)


def test_a_flat_target_hides_in_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """One example at a time, a target of shape (4,) still trains to the same errors."""
    monkeypatch.setattr(net, "WALK", net.WALK.ravel())
    errors = net.train(*net.initialize(seed=1))[2]
    assert errors[-1] == pytest.approx(KNOWN_ERRORS[60], rel=1e-9)


def test_a_third_of_the_seeds_learn_in_time(seed_errors: np.ndarray) -> None:
    """Of 100 seeds, 33 are below 0.001 in epoch 60, 44 above 0.1, and 56 below in epoch 600."""
    assert np.sum(seed_errors[:, 59] < 1e-3) == 33
    assert np.sum(seed_errors[:, 59] > 0.1) == 44
    assert np.sum(seed_errors[:, 599] < 1e-3) == 56


def test_the_error_by_hand() -> None:
    """Misses of 2 and 3 have the squares 4 and 9, and half of their sum is 6.5."""
    assert net.error(np.array([[1.0], [5.0]]), np.array([[3.0], [2.0]])) == 6.5


def test_the_deltas_by_hand() -> None:
    """The miss itself at the output; before it, the miss times the weight where a gate is open."""
    hidden = np.array([[2.0, 0.0], [1.0, 3.0]])
    prediction, y = np.array([[1.0], [0.0]]), np.array([[0.5], [1.0]])
    delta1, delta2 = net.deltas(hidden, prediction, y, w2=np.array([[2.0], [-1.0]]))
    np.testing.assert_array_equal(delta2, [[0.5], [-1.0]])
    np.testing.assert_array_equal(delta1, [[1.0, 0.0], [-2.0, 1.0]])


def half_squared_error(w1: np.ndarray, w2: np.ndarray) -> float:
    """Return what the snippet's gradients claim to be the gradients of."""
    return 0.5 * np.sum((net.predict(net.LIGHTS, w1, w2)[1] - net.WALK) ** 2)


@pytest.fixture(params=range(5))
def weights(request: pytest.FixtureRequest) -> tuple[np.ndarray, np.ndarray]:
    """Return weights under which some hidden units are on and some off, none near the kink."""
    w1, w2 = net.initialize(seed=request.param, units=6)
    before_relu = net.LIGHTS @ w1
    assert np.abs(before_relu).min() > 1e-3
    assert 0 < np.mean(before_relu > 0) < 1
    return w1, w2


def test_both_gradients_are_those_of_the_error(
    gradient_error_exact: Callable[..., float], weights: tuple[np.ndarray, np.ndarray]
) -> None:
    """The gradient by each matrix agrees with a numerical one in every entry."""
    w1, w2 = weights
    step1, step2 = net.gradients(net.LIGHTS, net.WALK, w1, w2)
    assert gradient_error_exact(lambda w: half_squared_error(w, w2), w1, step1) < 1e-14
    assert gradient_error_exact(lambda w: half_squared_error(w1, w), w2, step2) < 1e-14


def test_central_differences_agree(
    gradient_error: Callable[..., float], weights: tuple[np.ndarray, np.ndarray]
) -> None:
    """A second opinion that needs no complex numbers comes to the same result."""
    w1, w2 = weights
    step1, step2 = net.gradients(net.LIGHTS, net.WALK, w1, w2)
    assert gradient_error(lambda w: half_squared_error(w, w2), w1, step1) < 1e-8
    assert gradient_error(lambda w: half_squared_error(w1, w), w2, step2) < 1e-8


def test_the_check_rejects_a_forgotten_two(
    gradient_error_exact: Callable[..., float], weights: tuple[np.ndarray, np.ndarray]
) -> None:
    """Against the whole squared error, which the loop adds up, both gradients are half wrong."""
    w1, w2 = weights
    step1, step2 = net.gradients(net.LIGHTS, net.WALK, w1, w2)

    def by_w1(w: np.ndarray) -> float:
        return 2 * half_squared_error(w, w2)

    def by_w2(w: np.ndarray) -> float:
        return 2 * half_squared_error(w1, w)

    assert gradient_error_exact(by_w1, w1, step1) == pytest.approx(0.5)
    assert gradient_error_exact(by_w2, w2, step2) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "mask",
    [
        pytest.param(lambda hidden: np.ones_like(hidden), id="no mask"),
        pytest.param(lambda hidden: hidden * (hidden > 0), id="output for slope"),
        pytest.param(lambda hidden: hidden <= 0, id="inverted"),
    ],
)
def test_the_check_rejects_a_wrong_relu_slope(
    gradient_error_exact: Callable[..., float],
    weights: tuple[np.ndarray, np.ndarray],
    mask: Callable[[np.ndarray], np.ndarray],
) -> None:
    """Backpropagation with a wrong ReLU slope is far off in the first matrix."""
    w1, w2 = weights
    hidden, prediction = net.predict(net.LIGHTS, w1, w2)
    wrong = net.LIGHTS.T @ ((prediction - net.WALK) @ w2.T * mask(hidden))
    assert gradient_error_exact(lambda w: half_squared_error(w, w2), w1, wrong) > 0.01
