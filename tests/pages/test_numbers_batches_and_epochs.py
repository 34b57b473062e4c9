"""What docs/basics/batches-and-epochs.md says of its runs, and its figures worked out by hand."""

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


def test_one_at_a_time_is_back_up_after_twenty_epochs(captured) -> None:
    """The error was less than 0.1 after five."""
    assert final_error(1, 5) < 0.1 < captured["one_at_a_time"] / 2


def test_full_batches_arrive_and_stay(captured) -> None:
    """Within a hundred epochs they are at the least error there is, where every slope is 0."""
    for epochs in (100, 1000):
        assert final_error(10, epochs) == pytest.approx(captured["least_error"], abs=5e-5)
    last = batching.descend(START, 10, 0.1, 1000)[-1]
    assert batching.gradient(last, ORDERS, PAID) == pytest.approx([0, 0], abs=1e-9)


def test_largest_learning_rate_of_the_mean(captured) -> None:
    """Just below it full batches converge, just above they do not."""
    rate = captured["largest_rate.mean"]
    assert final_error(10, 4000, alpha=0.997 * rate) == pytest.approx(
        captured["least_error"], abs=5e-5
    )
    assert final_error(10, 4000, alpha=1.003 * rate) > 1000


def test_largest_learning_rate_of_the_sum(captured) -> None:
    """Just below it the sum converges, just above it does not."""
    rate = captured["largest_rate.sum"]
    best = np.linalg.lstsq(ORDERS, PAID)[0]
    assert summed(0.997 * rate, 4000) == pytest.approx(best, abs=1e-4)
    assert np.abs(summed(1.003 * rate, 4000) - best).max() > 100


def test_five_updates_along_the_sum(captured) -> None:
    """Each multiplies the way to the best weights by I - alpha X'X, and five do by its power."""
    best = np.linalg.lstsq(ORDERS, PAID)[0]
    fifth = np.linalg.matrix_power(np.eye(2) - 0.1 * ORDERS.T @ ORDERS, 5)
    assert captured["price_of_a_coffee"] == pytest.approx((best + fifth @ (START - best))[0])


def test_first_exercise(captured) -> None:
    """By hand: 468 batches of 128 leave 96 of 60,000 images; 20 epochs are 9380 updates."""
    assert 60_000 / 128 == 468.75
    assert captured["images.full"] == 468
    assert captured["images.used_up"] == 468 * 128 == 59_904
    assert captured["images.left"] == 60_000 - 59_904 == 96
    assert captured["images.updates"] == 469
    assert captured["images.all_updates"] == 20 * 469 == 9380


def test_second_exercise(captured) -> None:
    """From the three slopes of the output: their plain mean, and that weighted by examples."""
    assert captured["first_slope.plain_mean"] == pytest.approx((-7.75 - 4.775 - 12.95) / 3)
    weighted = (4 * -7.75 + 4 * -4.775 + 2 * -12.95) / 10
    assert captured["first_slope.full"] == pytest.approx(weighted) == pytest.approx(-7.6)
    lengths = [len(rows) for rows in batching.minibatches(10, 4, np.random.RandomState(0))]
    assert [1 / 3 / length for length in lengths] == pytest.approx([1 / 12, 1 / 12, 1 / 6])


@pytest.mark.parametrize("m", [10, 60_000])
def test_third_exercise(m: int, captured) -> None:
    """Draws with replacement miss that share of the examples, and 1/e of ever so many."""
    drawn = np.random.RandomState(0).randint(m, size=(max(1, 60_000 // m), m))
    missed = np.mean([1 - len(set(row.tolist())) / m for row in drawn])
    assert missed == pytest.approx(captured[f"missed.of_{m}"], abs=0.01)
    assert captured["missed.of_60000"] == pytest.approx(math.exp(-1), abs=1e-5)
