"""The figures that stand in docs/basics/batches-and-epochs.md, computed with the snippet."""

import math

import numpy as np
import pytest

from snippets import batching
from snippets.batching import ORDERS, PAID

START = np.array([0.0, 3.0])


def final_error(size: int, epochs: int, alpha: float = 0.1) -> float:
    """Return the error after descending from the page's start with the page's learning rate."""
    return batching.error(batching.descend(START, size, alpha, epochs)[-1], ORDERS, PAID)


def summed(alpha: float, updates: int) -> np.ndarray:
    """Return the weights after full-batch descent along the sum instead of the mean."""
    w = START
    for _ in range(updates):
        w = w - alpha * len(PAID) * batching.gradient(w, ORDERS, PAID)
    return w


def test_ten_bills_with_two_inputs() -> None:
    """There are m = 10 examples with n = 2 inputs."""
    assert ORDERS.shape == (10, 2)
    assert PAID.shape == (10,)


@pytest.mark.parametrize("size", [10, 4, 1])
def test_every_path_has_read_fifty_bills(size: int) -> None:
    """Five epochs of ten bills each, whatever the size of the batches."""
    rng = np.random.RandomState(0)
    read = [len(rows) for _ in range(5) for rows in batching.minibatches(10, size, rng)]
    assert sum(read) == 50
    assert len(read) == len(batching.descend(START, size, 0.1, 5)) - 1


def test_rough_steps_got_further() -> None:
    """After five epochs the error is smaller the more updates there were."""
    assert final_error(1, 5) < final_error(4, 5) < final_error(10, 5)


def test_one_at_a_time_is_back_up_after_twenty_epochs() -> None:
    """The error is 0.27 then, and was less after five."""
    assert final_error(1, 20) == pytest.approx(0.27, abs=0.005)
    assert final_error(1, 5) < 0.1


def test_full_batches_arrive_and_stay() -> None:
    """Within a hundred epochs they are at the least error there is, 0.0838."""
    best = np.linalg.lstsq(ORDERS, PAID)[0]
    least = batching.error(best, ORDERS, PAID)
    assert least == pytest.approx(0.0838, abs=5e-5)
    for epochs in (100, 1000):
        assert final_error(10, epochs) == pytest.approx(0.0838, abs=5e-5)


def test_largest_learning_rate_of_the_mean() -> None:
    """Just below 0.32 full batches converge, at 0.32 they do not."""
    assert final_error(10, 4000, alpha=0.319) == pytest.approx(0.0838, abs=5e-5)
    assert final_error(10, 4000, alpha=0.32) > 1000


def test_largest_learning_rate_of_the_sum() -> None:
    """Just below 0.032 the sum converges, at 0.032 it does not."""
    best = np.linalg.lstsq(ORDERS, PAID)[0]
    assert summed(0.0319, 4000) == pytest.approx(best, abs=1e-4)
    assert np.abs(summed(0.032, 4000) - best).max() > 100


def test_five_updates_along_the_sum() -> None:
    """At a rate of 0.1 a coffee then costs 3765."""
    assert summed(0.1, 5)[0] == pytest.approx(3765, abs=0.5)


def test_first_exercise() -> None:
    """60,000 images in batches of 128: 469 updates, the last of 96 images; 9380 in 20 epochs."""
    lengths = [len(rows) for rows in batching.minibatches(60_000, 128, np.random.RandomState(0))]
    assert 60_000 / 128 == 468.75
    assert len(lengths) == 469
    assert sum(lengths[:468]) == 59_904
    assert lengths[-1] == 96
    assert 20 * len(lengths) == 9380


def test_second_exercise() -> None:
    """The plain mean of the output's three gradients begins with -8.49, the full one with -7.6."""
    batches = list(batching.minibatches(10, 4, np.random.RandomState(0)))
    gradients = [batching.gradient(START, ORDERS[rows], PAID[rows]) for rows in batches]
    assert np.mean(gradients, axis=0)[0] == pytest.approx(-8.49, abs=0.005)
    assert batching.gradient(START, ORDERS, PAID)[0] == pytest.approx(-7.6)
    shares = [1 / 3 / len(rows) for rows in batches]
    assert shares == pytest.approx([1 / 12, 1 / 12, 1 / 6])


@pytest.mark.parametrize(("m", "share"), [(10, 0.35), (60_000, 0.37)])
def test_third_exercise(m: int, share: float) -> None:
    """Draws with replacement miss 35 % of ten examples, 37 % of 60,000; 1/e of ever so many."""
    assert (1 - 1 / m) ** m == pytest.approx(share, abs=0.005)
    assert math.exp(-1) == pytest.approx(0.37, abs=0.005)
    drawn = np.random.RandomState(0).randint(m, size=(max(1, 60_000 // m), m))
    missed = np.mean([1 - len(set(row.tolist())) / m for row in drawn])
    assert missed == pytest.approx(share, abs=0.01)
