"""Mini-batches: what an epoch holds, whose gradient a batch has on average, and the descent."""

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest

from snippets import batching
from snippets.batching import ORDERS, PAID

START = np.array([0.0, 3.0])
SIZES = [(10, [10]), (12, [10]), (5, [5, 5]), (4, [4, 4, 2]), (3, [3, 3, 3, 1]), (1, [1] * 10)]


def epoch(size: int, m: int = 10, seed: int = 3) -> list[np.ndarray]:
    """Return the batches of one epoch."""
    return list(batching.minibatches(m, size, np.random.RandomState(seed)))


def batch_gradients(batches: list[np.ndarray]) -> np.ndarray:
    """Return the gradient of each batch at the start, a row for each."""
    return np.array([batching.gradient(START, ORDERS[rows], PAID[rows]) for rows in batches])


@pytest.mark.parametrize(("size", "lengths"), SIZES)
def test_an_epoch_has_as_many_batches_as_it_takes(size: int, lengths: list[int]) -> None:
    """All batches are full but the last, which holds what is left and is never empty."""
    assert [len(rows) for rows in epoch(size)] == lengths


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100, 128])
@pytest.mark.parametrize("m", [1, 7, 128, 1000])
def test_each_example_comes_exactly_once_in_an_epoch(m: int, size: int) -> None:
    """The batches of an epoch share out all rows, and none twice."""
    batches = epoch(size, m)
    assert len(batches) == -(-m // size)  # m / size, rounded up
    assert sorted(np.concatenate(batches)) == list(range(m))


def test_every_epoch_is_shuffled_anew() -> None:
    """Two epochs in a row come in two orders, neither that of the table; a seed repeats them."""
    rng = np.random.RandomState(0)
    first, second = (np.concatenate(list(batching.minibatches(10, 4, rng))) for _ in range(2))
    table = np.arange(10)
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, table)
    assert not np.array_equal(second, table)
    np.testing.assert_array_equal(first, np.concatenate(epoch(4, seed=0)))


@pytest.mark.parametrize(("size", "lengths"), SIZES)
def test_one_update_for_each_batch(size: int, lengths: list[int]) -> None:
    """Seven epochs make seven times as many updates as there are batches."""
    path = batching.descend(START, size, alpha=0.01, epochs=7)
    assert path.shape == (7 * len(lengths) + 1, 2)
    np.testing.assert_array_equal(path[0], START)


def test_the_prediction_of_two_receipts() -> None:
    """By hand: at 0 a coffee and 3 a roll, one roll makes 3 each time; prices 2 and 1 make 3, 5."""
    np.testing.assert_array_equal(batching.predict(START, ORDERS[:2]), [3, 3])
    np.testing.assert_array_equal(batching.predict(np.array([2.0, 1.0]), ORDERS[:2]), [3, 5])


def test_error_and_gradient_of_two_receipts() -> None:
    """By hand: at (0, 3) the misses are 3 - 5.5 and 3 - 7.6, for 1 + 1 and for 2 + 1."""
    assert batching.error(START, ORDERS[:2], PAID[:2]) == pytest.approx((2.5**2 + 4.6**2) / 4)
    by_hand = [(-2.5 * 1 - 4.6 * 2) / 2, (-2.5 * 1 - 4.6 * 1) / 2]
    assert batching.gradient(START, ORDERS[:2], PAID[:2]) == pytest.approx(by_hand)


@pytest.mark.parametrize("rows", [slice(None), slice(4), slice(7, 8)], ids=["all", "four", "one"])
def test_the_gradient_is_that_of_the_error(
    gradient_error: Callable[..., float],
    gradient_error_exact: Callable[..., float],
    rows: slice,
) -> None:
    """For any batch the partial derivatives agree with measured slopes."""
    x, y = ORDERS[rows], PAID[rows]
    claimed = batching.gradient(START, x, y)
    assert gradient_error_exact(lambda w: batching.error(w, x, y), START, claimed) < 1e-14
    assert gradient_error(lambda w: batching.error(w, x, y), START, claimed) < 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda x, miss: x.T @ miss, id="sum for mean"),
        pytest.param(lambda x, miss: 2 * x.T @ miss / len(miss), id="square without its half"),
        pytest.param(lambda x, miss: -x.T @ miss / len(miss), id="target minus prediction"),
        pytest.param(lambda x, miss: x.T @ miss / x.size, id="mean over all inputs"),
        pytest.param(lambda x, miss: x.mean(axis=0) * miss.mean(), id="product of the means"),
    ],
)
def test_the_check_rejects_wrong_gradients(
    gradient_error_exact: Callable[..., float],
    wrong: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """Usual slips are far off."""
    claimed = wrong(ORDERS, ORDERS @ START - PAID)
    assert gradient_error_exact(lambda w: batching.error(w, ORDERS, PAID), START, claimed) > 0.1


@pytest.mark.parametrize("size", [1, 2, 5, 10])
def test_equal_batches_have_the_full_gradient_on_average(size: int) -> None:
    """Where all batches are of one size, the plain mean of their gradients is the full one."""
    full = batching.gradient(START, ORDERS, PAID)
    np.testing.assert_allclose(batch_gradients(epoch(size)).mean(axis=0), full, rtol=1e-14)


@pytest.mark.parametrize("size", [3, 4, 6, 7])
def test_a_smaller_last_batch_must_be_weighed(size: int) -> None:
    """Only the mean weighted by size is the full gradient then; the plain mean is another."""
    batches = epoch(size)
    gradients, full = batch_gradients(batches), batching.gradient(START, ORDERS, PAID)
    weighted = np.average(gradients, axis=0, weights=[len(rows) for rows in batches])
    np.testing.assert_allclose(weighted, full, rtol=1e-14)
    assert np.abs(gradients.mean(axis=0) - full).max() > 0.1


def test_over_all_shuffles_no_batch_is_biased() -> None:
    """Each batch has the full gradient on average over the orders, the small last one too."""
    x, y = ORDERS[:5], PAID[:5]
    orders = np.array(list(permutations(range(5))))
    full = batching.gradient(START, x, y)
    for batch in (orders[:, :2], orders[:, 2:4], orders[:, 4:]):
        gradients = [batching.gradient(START, x[rows], y[rows]) for rows in batch]
        np.testing.assert_allclose(np.mean(gradients, axis=0), full, rtol=1e-13)


def test_the_first_full_step_by_hand() -> None:
    """From (0, 3) the gradient is (-7.6, -4.58), so a rate of 0.1 leads to (0.76, 3.458)."""
    path = batching.descend(START, size=10, alpha=0.1, epochs=1)
    np.testing.assert_allclose(path, [[0, 3], [0.76, 3.458]], rtol=1e-14)


def test_full_batches_do_not_care_for_the_order() -> None:
    """Any shuffle gives the same path, down to where least squares puts the prices."""
    path = batching.descend(START, size=10, alpha=0.1, epochs=400, seed=1)
    other = batching.descend(START, size=10, alpha=0.1, epochs=400, seed=2)
    np.testing.assert_allclose(path, other, rtol=1e-12)
    np.testing.assert_allclose(path[-1], np.linalg.lstsq(ORDERS, PAID)[0], rtol=1e-12)


def test_small_batches_never_settle() -> None:
    """After 400 epochs every one of the last updates still moves the weights."""
    path = batching.descend(START, size=1, alpha=0.1, epochs=400)
    moves = np.linalg.norm(np.diff(path[-50:], axis=0), axis=1)
    assert moves.min() > 1e-3
    assert moves.max() > 0.1
