"""The gradient check itself, on functions whose derivatives everybody knows."""

from collections.abc import Callable

import numpy as np
import pytest

Check = Callable[..., float]
X = np.array([0.3, -1.2, 2.0])


@pytest.fixture(params=["gradient_error", "gradient_error_exact"])
def check(request: pytest.FixtureRequest) -> Check:
    """Return the check, by either rule."""
    return request.getfixturevalue(request.param)


def test_a_right_gradient_has_no_error(check: Check) -> None:
    """The gradient of the sum of cubes is 3 x**2, in the shape of x."""
    square = X.reshape(3, 1)
    assert check(lambda x: np.sum(x**3), square, 3 * square**2) < 1e-9


def test_a_right_jacobian_has_no_error(check: Check) -> None:
    """The Jacobian of x -> matrix @ x is the matrix, rows for outputs, columns for inputs."""
    matrix = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert check(lambda x: matrix @ x, X, matrix) < 1e-9


def test_a_wrong_gradient_shows_its_size(check: Check) -> None:
    """Half of the true gradient is half wrong, and a flipped sign wholly twice."""
    true = 3 * X**2
    assert check(lambda x: np.sum(x**3), X, true / 2) == pytest.approx(0.5)
    assert check(lambda x: np.sum(x**3), X, -true) == pytest.approx(2.0)


def test_one_wrong_entry_is_enough(check: Check) -> None:
    """A fault in a single entry is not averaged away."""
    claimed = 3 * X**2
    claimed[0] += 0.12  # 1 % of the largest, 12
    assert check(lambda x: np.sum(x**3), X, claimed) == pytest.approx(0.01)


def test_a_wrong_shape_is_refused(check: Check) -> None:
    """A transposed Jacobian fails even where its numbers would broadcast."""
    with pytest.raises(AssertionError):
        check(lambda x: np.sum(x**3), X, 3 * X[:, np.newaxis] ** 2)


def test_the_exact_check_is_exact(gradient_error_exact: Check) -> None:
    """Complex steps lose no digits: exp is its own derivative to the last bit or two."""
    assert gradient_error_exact(lambda x: np.sum(np.exp(x)), X, np.exp(X)) < 1e-15
