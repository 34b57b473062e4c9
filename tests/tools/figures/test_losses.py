"""The curves of the loss figure, against formulas worked out by hand."""

import numpy as np

from tools.figures.losses import pulls


def test_the_labels_of_the_curves_are_true() -> None:
    """For two classes the gradients are 1 - p and 2 p (1 - p)**2, as the figure says."""
    p, by_entropy, by_square = pulls(np.linspace(-5, 5, 21))
    np.testing.assert_allclose(by_entropy, 1 - p, atol=1e-15)
    np.testing.assert_allclose(by_square, 2 * p * (1 - p) ** 2, atol=1e-15)


def test_the_squared_error_pulls_hardest_at_a_third() -> None:
    """At odds of 1 to 2 its gradient is 8/27; there cross-entropy's is 2/3."""
    p, by_entropy, by_square = pulls(np.array([-np.log(2.0)]))
    np.testing.assert_allclose([p[0], by_entropy[0], by_square[0]], [1 / 3, 2 / 3, 8 / 27])
