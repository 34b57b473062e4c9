"""Softmax: known values, what must not change it, and its Jacobian."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets.softmax import softmax, softmax_jacobian

Z = np.array([2.0, 1.0, 0.1])


def test_the_worked_example() -> None:
    """The logits 2, 1 and 0.1 give the probabilities of the page."""
    np.testing.assert_allclose(softmax(Z), [0.65900, 0.24243, 0.09857], atol=5e-6)


def test_odds_are_powers_of_e() -> None:
    """Logits ln 1, ln 2 and ln 5 share out 8 parts as 1, 2 and 5."""
    np.testing.assert_allclose(softmax(np.log([1.0, 2.0, 5.0])), [1 / 8, 2 / 8, 5 / 8], rtol=1e-15)


def test_every_row_sums_to_one() -> None:
    """A batch is normalized along its last axis, each row for itself."""
    batch = np.random.default_rng(0).normal(scale=5, size=(2, 7, 4))
    p = softmax(batch)
    assert p.shape == batch.shape
    assert (p > 0).all()
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-15)
    np.testing.assert_array_equal(p[1, 3], softmax(batch[1, 3]))


@pytest.mark.parametrize("shift", [-1000.0, 3.0, 1000.0])
def test_a_common_shift_changes_nothing(shift: float) -> None:
    """Only differences between logits count, and logits of 1000 do not overflow."""
    with np.errstate(all="raise"):
        np.testing.assert_allclose(softmax(Z + shift), softmax(Z), rtol=1e-12)


def test_two_classes_are_a_sigmoid() -> None:
    """With logits (z, 0) the first probability is the logistic function of z: 3 at ln 3 / 4."""
    np.testing.assert_allclose(softmax(np.array([np.log(3.0), 0.0])), [0.75, 0.25], rtol=1e-15)


def test_one_huge_logit_takes_all() -> None:
    """A class 1000 ahead has all the probability, and nothing is nan."""
    np.testing.assert_array_equal(softmax(np.array([1000.0, 0.0, -1000.0])), [1, 0, 0])


@pytest.mark.parametrize("z", [Z, np.zeros(4), np.array([-3.0, 0.5, 8.0, 1.0, 1.0])])
def test_the_jacobian_is_that_of_softmax(
    gradient_error: Callable[..., float], gradient_error_exact: Callable[..., float], z: np.ndarray
) -> None:
    """The Jacobian agrees with complex steps and with central differences."""
    assert gradient_error_exact(softmax, z, softmax_jacobian(z)) < 1e-14
    assert gradient_error(softmax, z, softmax_jacobian(z)) < 1e-8


def test_the_jacobian_gives_and_takes() -> None:
    """It is symmetric and its rows sum to 0: what one class gains, the others lose."""
    jacobian = softmax_jacobian(Z)
    np.testing.assert_array_equal(jacobian, jacobian.T)
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, atol=1e-16)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda s: (s - [1, 0, 0]) / 3, id="difference from the target"),
        pytest.param(lambda s: s * (1 - s), id="diagonal alone"),
    ],
)
def test_the_check_rejects_a_vector_for_the_jacobian(
    gradient_error_exact: Callable[..., float], wrong: Callable[[np.ndarray], np.ndarray]
) -> None:
    """Neither (output - true) / len(true) nor s (1 - s) is softmax's derivative."""
    claimed = np.diag(wrong(softmax(Z)))
    assert gradient_error_exact(softmax, Z, claimed) > 0.1
