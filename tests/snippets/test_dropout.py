"""Dropout: its mean over every mask that can be drawn, and its way back."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from snippets import dropout as snippet
from snippets.dropout import dropout, dropout_backward, mean_dropout

Layer = Callable[[np.ndarray, np.ndarray, float], np.ndarray]

H = np.array([[0.3, -1.2, 2.0], [0.8, 0.1, -0.5]])
MASK = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
Q = 0.8


def mean_over_masks(layer: Layer, h: np.ndarray, q: Fraction) -> np.ndarray:
    """Return the mean of layer(h, mask, q) over all masks, each by its probability."""
    mean = 0 * h
    for mask in product((0, 1), repeat=h.size):
        kept = sum(mask)
        probability = q**kept * (1 - q) ** (h.size - kept)
        mean = mean + probability * layer(h, np.reshape(mask, h.shape), q)
    return mean


def fractions(*numbers: str) -> np.ndarray:
    """Return an array of exact fractions, which NumPy multiplies and divides as such."""
    return np.array([Fraction(number) for number in numbers], dtype=object)


def test_a_silenced_unit_is_zero_and_a_kept_one_grows() -> None:
    """With one unit in four silenced on average, the others are a third larger."""
    mask = np.array([True, False, True, True])
    np.testing.assert_array_equal(
        dropout(np.array([3.0, 5.0, -6.0, 0.0]), mask, 0.75), [4, 0, -8, 0]
    )


@pytest.mark.parametrize("q", [Fraction(1, 2), Fraction(4, 5), Fraction(1, 10), Fraction(1)])
@pytest.mark.parametrize("layer", [dropout, dropout_backward])
def test_the_mean_over_all_masks_is_the_input(layer: Layer, q: Fraction) -> None:
    """In exact arithmetic nothing is gained or lost on average, forward or back."""
    h = fractions("1", "-2/3", "0", "7/5", "3")
    assert (mean_over_masks(layer, h, q) == h).all()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda h, mask, q: h * mask, id="not divided"),
        pytest.param(lambda h, mask, q: h * mask * q, id="multiplied"),
        pytest.param(lambda h, mask, q: h * mask / (1 - q), id="divided by the chance to drop"),
        pytest.param(lambda h, mask, q: h / q, id="mask forgotten"),
        pytest.param(lambda h, mask, q: h * (1 - mask) / q, id="mask the wrong way round"),
    ],
)
def test_the_mean_rejects_wrong_dropout(wrong: Layer) -> None:
    """Each of the usual slips changes the mean of every unit by a fifth or more."""
    h = fractions("1", "-2/3", "7/5")
    mean = mean_over_masks(wrong, h, Fraction(4, 5))
    assert (abs(mean / h - 1) >= Fraction(1, 5)).all()


@pytest.mark.parametrize("q", [0.1, 0.5, 0.8, 1.0])
def test_the_snippet_finds_the_mean_to_be_the_input(q: float) -> None:
    """Its own sum over the 32 masks of five units gives the outputs without dropout."""
    h = np.array([1.0, -2 / 3, 0.0, 7 / 5, 3.0])
    np.testing.assert_allclose(mean_dropout(h, q), h, rtol=1e-14)


def test_the_snippets_mean_is_one_of_dropout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the division the mean is q times the input: nothing is put in by hand."""
    monkeypatch.setattr(snippet, "dropout", lambda h, mask, q: h * mask)
    np.testing.assert_allclose(mean_dropout(np.array([1.0, -2.0]), 0.8), [0.8, -1.6], rtol=1e-14)


def test_a_weighted_sum_keeps_its_mean_and_a_relu_does_not() -> None:
    """The next layer's sums are right on average; behind a bend the mean is another."""
    h, w = fractions("1", "2"), fractions("1", "-1")
    q = Fraction(1, 2)
    assert mean_over_masks(lambda *a: dropout(*a) @ w + 0 * h, h, q)[0] == h @ w == -1
    assert mean_over_masks(lambda *a: max(dropout(*a) @ w, 0) + 0 * h, h, q)[0] == Fraction(1, 2)


def test_keeping_all_changes_nothing() -> None:
    """With q = 1 no unit is ever silenced, and none is scaled."""
    np.testing.assert_array_equal(dropout(H, np.ones_like(H), 1.0), H)


def error_behind(h: np.ndarray) -> np.ndarray:
    """Return a smooth number made of dropout's output, in place of the network's error."""
    return np.sum(np.sin(dropout(h, MASK, Q)) * [1.0, 2.0, 3.0])


GRADIENT = np.cos(H * MASK / Q) * [1.0, 2.0, 3.0]  # of that number, by dropout's output


def test_the_way_back_is_the_derivative(
    gradient_error: Callable[..., float], gradient_error_exact: Callable[..., float]
) -> None:
    """For a fixed mask the gradient by h agrees with both numerical ones."""
    claimed = dropout_backward(GRADIENT, MASK, Q)
    assert gradient_error_exact(error_behind, H, claimed) < 1e-15
    assert gradient_error(error_behind, H, claimed) < 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(GRADIENT / Q, id="no mask"),
        pytest.param(GRADIENT * MASK, id="no division"),
        pytest.param(GRADIENT * MASK * Q, id="multiplied"),
        pytest.param(GRADIENT * MASK[::-1] / Q, id="another mask"),
        pytest.param(GRADIENT, id="nothing done"),
    ],
)
def test_the_check_rejects_a_wrong_way_back(
    gradient_error_exact: Callable[..., float], wrong: np.ndarray
) -> None:
    """A mask that is left out or drawn anew, or a missing division, is far off."""
    assert gradient_error_exact(error_behind, H, wrong) > 0.1
