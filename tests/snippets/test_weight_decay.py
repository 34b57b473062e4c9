"""Weight decay: the penalty and its gradient, what decay does, and when the two are one."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets.early_stopping import examples
from snippets.weight_decay import (
    decay_step,
    error,
    fit,
    gradient,
    penalized_error,
    penalized_gradient,
)

W = np.array([5.0, -0.7, 0.2, 1.5])  # the first is the bias
LAMBDAS = (0, 0.01, 0.1, 1, 10)


def data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features (10, 10) and targets (10,) of ten examples at even distances."""
    return examples(np.linspace(-1, 1, 10), np.random.RandomState(seed))


def penalty(w: np.ndarray, lam: float) -> float:
    """Return the error of no examples: the penalty alone."""
    return penalized_error(w, np.zeros((0, len(w))), np.zeros(0), lam)


def penalty_gradient(w: np.ndarray, lam: float) -> np.ndarray:
    """Return the gradient of the same."""
    return penalized_gradient(w, np.zeros((0, len(w))), np.zeros(0), lam)


def ridge(x: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """Return the weights that minimize the penalized error, by plain least squares.

    Each weight but the bias gets one more example: the target is 0, the only feature that is not
    0 is its own, of size sqrt(lam).
    """
    more = np.sqrt(lam) * np.eye(x.shape[1])[1:]
    return np.linalg.lstsq(np.vstack([x, more]), np.append(y, np.zeros(len(more))))[0]


def test_the_penalty_is_half_the_squares_and_spares_the_bias() -> None:
    """Weights 3 and 4 with lambda 2 cost 25, whatever the bias is."""
    assert penalty(np.array([7.0, 3.0, 4.0]), 2.0) == 25
    assert penalty(np.array([-1e6, 3.0, 4.0]), 2.0) == 25
    assert penalty(W, 0.0) == 0


def test_the_gradient_is_that_of_the_penalty(
    gradient_error: Callable[..., float], gradient_error_exact: Callable[..., float]
) -> None:
    """It agrees with complex steps and with central differences."""
    claimed = penalty_gradient(W, 0.3)
    assert gradient_error_exact(lambda w: penalty(w, 0.3), W, claimed) < 1e-15
    assert gradient_error(lambda w: penalty(w, 0.3), W, claimed) < 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(0.3 * 2 * np.append(0, W[1:]), id="the derivative of lambda without a half"),
        pytest.param(0.3 / 2 * np.append(0, W[1:]), id="half of it"),
        pytest.param(0.3 * W, id="bias decayed"),
        pytest.param(-0.3 * np.append(0, W[1:]), id="sign"),
        pytest.param(0.3 * np.sign(np.append(0, W[1:])), id="that of L1"),
    ],
)
def test_the_check_rejects_wrong_gradients(
    gradient_error_exact: Callable[..., float], wrong: np.ndarray
) -> None:
    """The factor 2 and a bias that pays are far off."""
    assert gradient_error_exact(lambda w: penalty(w, 0.3), W, wrong) > 0.1


def test_errors_by_hand() -> None:
    """Misses of 3 and -1 make an error of 5; a weight of 4 at lambda = 0.5 costs 4 more."""
    x, y, w = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([6.0, -2.0]), np.array([1.0, 4.0])
    assert (x @ w - y).tolist() == [3, -1]
    assert error(w, x, y) == 5
    assert penalized_error(w, x, y, 0.5) == 9
    assert gradient(w, x, y).tolist() == [2, 7]
    assert penalized_gradient(w, x, y, 0.5).tolist() == [2, 9]


def test_the_gradients_are_those_of_the_errors(
    gradient_error: Callable[..., float], gradient_error_exact: Callable[..., float]
) -> None:
    """With penalty and without, for seven examples of four inputs."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(7, 4)), rng.normal(size=7)
    for f, claimed in (
        (lambda w: error(w, x, y), gradient(W, x, y)),
        (lambda w: penalized_error(w, x, y, 0.3), penalized_gradient(W, x, y, 0.3)),
    ):
        assert gradient_error_exact(f, W, claimed) < 1e-14
        assert gradient_error(f, W, claimed) < 1e-8
    assert (
        gradient_error_exact(lambda w: penalized_error(w, x, y, 0.3), W, gradient(W, x, y)) > 0.01
    )


def test_without_a_gradient_weights_shrink_and_the_bias_stays() -> None:
    """At alpha = 0.5 and lambda = 0.2 a step leaves nine tenths of each weight."""
    np.testing.assert_allclose(
        decay_step(W, np.zeros(4), lam=0.2, alpha=0.5), [5, -0.63, 0.18, 1.35], rtol=1e-15
    )


def test_without_lambda_it_is_plain_descent() -> None:
    """With lambda = 0 a step is the gradient's alone."""
    gradient = np.array([1.0, 2.0, -1.0, 0.0])
    np.testing.assert_array_equal(decay_step(W, gradient, 0.0, 0.5), W - 0.5 * gradient)


def test_in_plain_descent_decay_is_the_penalty() -> None:
    """Shrinking and then stepping is one step down the penalized error."""
    gradient = np.array([0.4, -2.0, 0.1, 0.0])
    penalized = W - 0.1 * (gradient + penalty_gradient(W, 0.3))
    np.testing.assert_allclose(decay_step(W, gradient, 0.3, 0.1), penalized, rtol=1e-15)


def test_with_a_step_size_for_each_weight_it_is_not() -> None:
    """Divide gradients by their root mean square: the penalty fades where that is large.

    Two weights of the same size see gradients of 10 and of 0.1. Decay shrinks both alike. The
    penalty, divided with the rest, hardly shrinks the first.
    """
    w = np.array([0.0, 1.0, 1.0])
    gradient = np.array([0.0, 10.0, 0.1])
    size = np.array([1.0, 10.0, 0.1])
    alpha, lam = 0.1, 0.01
    plain = w - alpha * gradient / size
    decayed = decay_step(w, gradient / size, lam, alpha) - plain
    penalized = w - alpha * (gradient + penalty_gradient(w, lam)) / size - plain
    np.testing.assert_allclose(decayed, [0, -0.001, -0.001], rtol=1e-9)
    np.testing.assert_allclose(penalized, [0, -0.0001, -0.01], rtol=1e-9)


@pytest.mark.parametrize("lam", LAMBDAS)
def test_it_comes_to_rest_at_the_least_penalized_error(lam: float) -> None:
    """Descent with decay ends where least squares with further examples does."""
    x, y = data(0)
    np.testing.assert_allclose(fit(x, y, lam), ridge(x, y, lam), atol=1e-7)


def test_raising_all_targets_raises_the_bias_alone() -> None:
    """A bias that goes free takes up the shift, and no weight changes."""
    x, y = data(0)
    np.testing.assert_allclose(
        fit(x, y + 100, 1.0) - fit(x, y, 1.0), 100 * np.eye(10)[0], atol=1e-9
    )


def test_a_decaying_bias_would_show() -> None:
    """Were it to pay like the weights, the fit to raised targets would be another."""
    x, y = data(0)
    everything_pays = np.linalg.solve(x.T @ x + np.eye(10), x.T @ (y + 100))
    assert abs(everything_pays[0] - fit(x, y + 100, 1.0)[0]) > 1


def test_more_lambda_is_less_weight_and_more_training_error() -> None:
    """Both go one way; the validation error falls first and rises at the end."""
    rng = np.random.RandomState(0)
    x, y = examples(np.linspace(-1, 1, 10), rng)
    x_val, y_val = examples(rng.uniform(-1, 1, 10), rng)
    fits = [ridge(x, y, lam) for lam in LAMBDAS]
    sizes = [penalty(w, 1.0) for w in fits]
    training = [np.mean((x @ w - y) ** 2) for w in fits]
    validation = [np.mean((x_val @ w - y_val) ** 2) for w in fits]
    assert sizes == sorted(sizes, reverse=True)
    assert training == sorted(training)
    best = int(np.argmin(validation))
    assert 0 < best < len(LAMBDAS) - 1
    assert validation[: best + 1] == sorted(validation[: best + 1], reverse=True)
    assert validation[best:] == sorted(validation[best:])
