"""Pooling: windows worked by hand, and where the error signal goes back to."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets.pooling import POOLS, pool, pool_gradient, windows

EDGES = np.tile([0.0, 4.0, 4.0, 0.0], (4, 1))[..., np.newaxis]
SHAPES = [((4, 4, 1), 2), ((6, 4, 3), 2), ((5, 7, 2), 2), ((6, 9, 2), 3), ((3, 4, 2), 1)]


def image(shape: tuple[int, ...]) -> np.ndarray:
    """Return an image whose pixels are all different, at least 1 apart: no two tie."""
    return np.random.default_rng(0).permutation(np.arange(1.0, np.prod(shape) + 1)).reshape(shape)


def deltas(pooled: np.ndarray) -> np.ndarray:
    """Return a delta for each pooled number, 1, 2, 3 and so on."""
    return np.arange(1.0, pooled.size + 1).reshape(pooled.shape)


@pytest.mark.parametrize(("how", "expected"), [("max", 4), ("mean", 2), ("sum", 8)])
def test_the_map_of_edges(how: str, expected: float) -> None:
    """Each 2 by 2 window of rows 0, 4, 4, 0 holds two fours and two zeros."""
    np.testing.assert_array_equal(pool(EDGES, how=how), np.full((2, 2, 1), expected))


def test_windows_hold_their_pixels_in_reading_order() -> None:
    """Each window lists its rows one after the other, and no pixel is in two windows."""
    x = np.arange(16.0).reshape(4, 4, 1)
    np.testing.assert_array_equal(
        windows(x, 2)[..., 0, :],
        [[[0, 1, 4, 5], [2, 3, 6, 7]], [[8, 9, 12, 13], [10, 11, 14, 15]]],
    )


@pytest.mark.parametrize("how", POOLS)
def test_each_channel_is_pooled_for_itself(how: str) -> None:
    """Pooling three channels at once gives what each gives alone."""
    x = image((6, 4, 3))
    alone = np.concatenate([pool(x[..., c : c + 1], how=how) for c in range(3)], axis=-1)
    np.testing.assert_array_equal(pool(x, how=how), alone)


@pytest.mark.parametrize("how", POOLS)
def test_what_fills_no_window_is_left_out(how: str) -> None:
    """The last row of 5 and the last column of 7 neither count nor get a signal."""
    x = image((5, 7, 2))
    assert pool(x, how=how).shape == (2, 3, 2)
    np.testing.assert_array_equal(pool(x, how=how), pool(x[:4, :6], how=how))
    dx = pool_gradient(deltas(pool(x, how=how)), x, how=how)
    assert not dx[4].any()
    assert not dx[:, 6].any()


@pytest.mark.parametrize("how", POOLS)
def test_windows_of_one_pixel_change_nothing(how: str) -> None:
    """The maximum, the mean and the sum of one number are that number."""
    x = image((3, 4, 2))
    np.testing.assert_array_equal(pool(x, 1, how), x)


def test_one_window_over_all_is_global_pooling() -> None:
    """The mean over a whole map is one number for each channel."""
    x = image((4, 4, 3))
    np.testing.assert_allclose(pool(x, 4, "mean")[0, 0], x.mean(axis=(0, 1)), rtol=1e-15)


@pytest.mark.parametrize("how", POOLS)
@pytest.mark.parametrize(("shape", "r"), SHAPES)
def test_gradients(
    gradient_error: Callable[..., float], how: str, shape: tuple[int, ...], r: int
) -> None:
    """They are those of E = sum of delta times the pooled map, away from ties."""
    x = image(shape)
    delta = deltas(pool(x, r, how))
    claimed = pool_gradient(delta, x, r, how)
    assert gradient_error(lambda x: np.sum(delta * pool(x, r, how)), x, claimed) < 1e-6


@pytest.mark.parametrize("how", ["mean", "sum"])
def test_gradients_exactly(gradient_error_exact: Callable[..., float], how: str) -> None:
    """Mean and sum are linear: complex steps agree to the last digits."""
    x = image((5, 7, 2))
    delta = deltas(pool(x, how=how))
    claimed = pool_gradient(delta, x, how=how)
    assert gradient_error_exact(lambda x: np.sum(delta * pool(x, how=how)), x, claimed) < 1e-14


def test_only_the_winners_get_a_signal() -> None:
    """The maxima 5, 4, 3 and 7 get the deltas 1, 2, 3 and 4; twelve pixels get nothing."""
    x = np.array([[1.0, 3, 2, 0], [5, 2, 1, 4], [0, 1, 7, 2], [3, 2, 6, 1]])[..., np.newaxis]
    dx = pool_gradient(deltas(pool(x)), x)
    np.testing.assert_array_equal(
        dx[..., 0], [[0, 0, 0, 0], [1, 0, 0, 2], [0, 0, 4, 0], [3, 0, 0, 0]]
    )


def test_the_first_of_equals_wins() -> None:
    """Among equal maxima the first in reading order takes all of delta."""
    dx = pool_gradient(np.array([[[1.0], [2.0]], [[3.0], [4.0]]]), EDGES)
    np.testing.assert_array_equal(
        dx[..., 0], [[0, 1, 2, 0], [0, 0, 0, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
    )


@pytest.mark.parametrize(("how", "share"), [("max", 1), ("mean", 1), ("sum", 4)])
def test_what_comes_back_in_all(how: str, share: float) -> None:
    """Maximum and mean hand delta on once, whole or in parts; the sum gives it to all four."""
    x = EDGES if how == "max" else image((4, 6, 2))  # ties must not add to it either
    delta = deltas(pool(x, how=how))
    assert pool_gradient(delta, x, how=how).sum() == share * delta.sum()


@pytest.mark.parametrize("how", POOLS)
def test_a_window_of_another_kind_is_refused(how: str) -> None:
    """A misspelt kind is an error on both ways."""
    x = image((4, 4, 1))
    with pytest.raises(KeyError):
        pool(x, how=how.upper())
    with pytest.raises(KeyError):
        pool_gradient(pool(x), x, how=how.upper())


def everywhere(delta: np.ndarray, r: int) -> np.ndarray:
    """Return delta repeated over each window."""
    return delta.repeat(r, axis=0).repeat(r, axis=1)


@pytest.mark.parametrize(
    ("how", "wrong"),
    [
        pytest.param("max", lambda delta, x: everywhere(delta, 2), id="max: all get delta"),
        pytest.param("max", lambda delta, x: everywhere(delta, 2) / 4, id="max: shared as a mean"),
        pytest.param(
            "max", lambda delta, x: pool_gradient(delta, -x, how="max"), id="max: the smallest wins"
        ),
        pytest.param(
            "max",
            lambda delta, x: everywhere(delta, 2) * (x == x.max(axis=(0, 1))),
            id="max: of the whole map",
        ),
        pytest.param(
            "max",
            lambda delta, x: pool_gradient(delta, x, how="max") * x,
            id="max: times the pixel",
        ),
        pytest.param("mean", lambda delta, x: everywhere(delta, 2), id="mean: not divided"),
        pytest.param("mean", lambda delta, x: everywhere(delta, 2) / 2, id="mean: by 2 for 4"),
        pytest.param("sum", lambda delta, x: everywhere(delta, 2) / 4, id="sum: divided"),
    ],
)
def test_the_check_rejects_wrong_gradients(
    gradient_error: Callable[..., float],
    how: str,
    wrong: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """Usual slips in the way back through a pooling layer are far off."""
    x = image((6, 4, 3))
    delta = deltas(pool(x, how=how))
    assert gradient_error(lambda x: np.sum(delta * pool(x, how=how)), x, wrong(delta, x)) > 0.1
