"""Cross-entropy: worked examples, identities, and its gradient by the logits."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets.cross_entropy import (
    binary_cross_entropy,
    binary_gradient,
    cross_entropy,
    cross_entropy_from_logits,
    logits_gradient,
)
from snippets.softmax import softmax, softmax_jacobian

Y = np.array([[0.0, 1.0, 0.0]])
Z = np.array([[0.5, 1.5, 0.0]])


@pytest.fixture
def batch() -> tuple[np.ndarray, np.ndarray]:
    """Return one-hot targets and logits for five examples of three classes."""
    z = np.random.default_rng(1).normal(scale=2, size=(5, 3))
    return np.eye(3)[[0, 2, 1, 1, 2]], z


def test_the_worked_yes_no_example() -> None:
    """Three answers, mostly right: -ln(0.8 * 0.7 * 0.9) = -ln 0.504."""
    loss = binary_cross_entropy(np.array([1.0, 1.0, 0.0]), np.array([0.8, 0.7, 0.1]))
    assert loss == pytest.approx(0.6851790109, abs=5e-11)
    assert np.exp(-loss) == pytest.approx(0.504)


def test_the_worked_three_class_example() -> None:
    """The right classes got 0.7, 0.8 and 0.4: -ln 0.224."""
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]])
    loss = cross_entropy(np.eye(3), p)
    assert loss == pytest.approx(1.4961092, abs=5e-8)
    assert np.exp(-loss) == pytest.approx(0.224)


def test_yes_no_is_one_of_two() -> None:
    """Yes/no targets are one-of-2 targets with the second column left out."""
    y, p = np.array([1.0, 0.0, 0.0, 1.0]), np.array([0.9, 0.2, 0.6, 0.01])
    two_columns = cross_entropy(np.stack([y, 1 - y], axis=1), np.stack([p, 1 - p], axis=1))
    assert binary_cross_entropy(y, p) == pytest.approx(two_columns, rel=1e-15)


def test_knowing_nothing_costs_ln_k() -> None:
    """Equal chances for K classes cost ln K an example."""
    assert cross_entropy(np.eye(4), np.full((4, 4), 0.25)) == pytest.approx(4 * np.log(4))
    assert binary_cross_entropy(np.array([1.0]), np.array([0.5])) == pytest.approx(np.log(2))


def test_the_gradient_by_a_probability(gradient_error_exact: Callable[..., float]) -> None:
    """A yes at p pulls with 1 / p, a no with 1 / (1 - p), as complex steps say too."""
    y, p = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.25, 0.25, 0.5, 0.9])
    np.testing.assert_allclose(binary_gradient(y, p), [-4, 4 / 3, -2, 10], rtol=1e-15)

    def each(p: np.ndarray) -> np.ndarray:
        return -np.log(np.where(y == 1, p, 1 - p))

    assert each(p).sum() == pytest.approx(binary_cross_entropy(y, p), rel=1e-15)
    assert gradient_error_exact(each, p, np.diag(binary_gradient(y, p))) < 1e-14


def test_losses_are_sums_over_the_examples(batch: tuple[np.ndarray, np.ndarray]) -> None:
    """The loss of a batch is the sum of its examples' losses, not their mean."""
    y, z = batch
    each = [cross_entropy(y[i : i + 1], softmax(z[i : i + 1])) for i in range(len(y))]
    assert cross_entropy(y, softmax(z)) == pytest.approx(sum(each))


def test_from_logits_it_is_the_same_sum(batch: tuple[np.ndarray, np.ndarray]) -> None:
    """Where no probability underflows, both ways lead to the same number."""
    y, z = batch
    assert cross_entropy_from_logits(y, z) == pytest.approx(cross_entropy(y, softmax(z)))


def test_from_logits_no_log_meets_a_zero() -> None:
    """A lead of 1000 costs 0 when right and 1000 when wrong; the long way round is nan."""
    z = np.array([[1000.0, 0.0, 0.0]])
    right, wrong = np.eye(3)[:1], np.eye(3)[1:2]
    assert cross_entropy_from_logits(right, z) == 0
    assert cross_entropy_from_logits(wrong, z) == 1000
    with np.errstate(divide="ignore", invalid="ignore"):
        assert np.isnan(cross_entropy(right, softmax(z)))


def test_the_gradient_of_the_worked_example() -> None:
    """Cross-entropy pulls about 2.6 times as hard here as half the squared error does."""
    np.testing.assert_allclose(logits_gradient(Y, Z), [[0.2312, -0.3715, 0.1402]], atol=5e-5)
    by_square = (softmax(Z) - Y) @ softmax_jacobian(Z[0])
    np.testing.assert_allclose(by_square, [[0.0905, -0.1327, 0.0422]], atol=5e-5)


def test_the_gradient_is_that_of_the_loss(
    gradient_error: Callable[..., float],
    gradient_error_exact: Callable[..., float],
    batch: tuple[np.ndarray, np.ndarray],
) -> None:
    """It agrees with both numerical derivatives of the loss through softmax."""
    y, z = batch

    def loss(z: np.ndarray) -> np.ndarray:
        return -np.sum(y * np.log(softmax(z)))  # keeps complex numbers, as the snippet does not

    assert loss(z) == pytest.approx(cross_entropy(y, softmax(z)), rel=1e-15)
    assert gradient_error_exact(loss, z, logits_gradient(y, z)) < 1e-14
    assert gradient_error(lambda z: cross_entropy(y, softmax(z)), z, logits_gradient(y, z)) < 1e-8


def test_the_gradient_survives_huge_logits() -> None:
    """A confident mistake at logits of 1000 gives plain ones, no overflow and no nan."""
    with np.errstate(all="raise", under="ignore"):
        gradient = logits_gradient(Y, np.array([[1000.0, 0.0, -1000.0]]))
    np.testing.assert_array_equal(gradient, [[1, -1, 0]])


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda y, p: (p - y) / y.shape[-1], id="divided by the classes"),
        pytest.param(lambda y, p: (p - y) / len(y), id="mean for sum"),
        pytest.param(lambda y, p: y - p, id="sign"),
        pytest.param(lambda y, p: -y / p, id="by the probabilities"),
        pytest.param(
            lambda y, p: np.stack(
                [r @ softmax_jacobian(np.log(q)) for r, q in zip(p - y, p, strict=True)]
            ),
            id="half squared error",
        ),
    ],
)
def test_the_check_rejects_wrong_gradients(
    gradient_error: Callable[..., float],
    batch: tuple[np.ndarray, np.ndarray],
    wrong: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """Dividing by the number of classes and other usual slips are far off."""
    y, z = batch
    claimed = wrong(y, softmax(z))
    assert gradient_error(lambda z: cross_entropy(y, softmax(z)), z, claimed) > 0.1
