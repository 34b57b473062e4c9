"""The perceptron: AND update by update, XOR's endless round, and rules that only look alike.

With alpha = 1 every weight and every score is a whole number, so these runs are exact.
"""

from collections.abc import Callable, Iterator
from itertools import islice, permutations

import numpy as np
import pytest

from snippets.perceptron import POINTS, TARGETS, learn, predict, step, train

AND_BY_HAND = [  # the example that was answered wrongly, and w1, w2, b after learning from it
    ((0, 0), (0, 0, -1)),
    ((1, 1), (1, 1, 0)),
    ((0, 0), (1, 1, -1)),
    ((0, 1), (1, 0, -2)),
    ((1, 1), (2, 1, -1)),
    ((0, 1), (2, 0, -2)),
    ((1, 0), (1, 0, -3)),
    ((1, 1), (2, 1, -2)),
    ((1, 0), (1, 1, -3)),
    ((1, 1), (2, 2, -2)),
    ((0, 1), (2, 1, -3)),
]
Numbers = tuple[float, ...]
Learn = Callable[[np.ndarray, float, np.ndarray, float, float], tuple[np.ndarray, float]]


def epochs(rule: str, learn: Learn = learn, alpha: float = 1.0) -> Iterator[list[Numbers]]:
    """Yield for each epoch, without end, the state (w1, w2, b) after each of the four examples."""
    w, b = np.zeros(2), 0.0
    while True:
        states = []
        for x, y in zip(POINTS, TARGETS[rule], strict=True):
            w, b = learn(x, y, w, b, alpha)
            states.append((*w.tolist(), b))
        yield states


def learns(rule: str, learn: Learn, alpha: float = 1.0) -> bool:
    """Return whether the last of a hundred epochs answers everything right."""
    *_, states = islice(epochs(rule, learn, alpha), 100)
    *w, b = states[-1]
    return bool((predict(POINTS, np.array(w), b) == TARGETS[rule]).all())


def test_a_score_of_zero_is_a_yes() -> None:
    """The step is 1 from 0 upwards, and a hair below it is 0."""
    scores = np.array([[-1.0], [-1e-300], [0.0], [1e-300], [1.0]])
    np.testing.assert_array_equal(step(scores), [[0], [0], [1], [1], [1]])
    np.testing.assert_array_equal(predict(scores, np.ones(1), 0.0), [0, 0, 1, 1, 1])


def test_one_mistake_of_each_kind_by_hand() -> None:
    """A false yes takes alpha times the example away, a false no adds it, a hit does nothing."""
    x, w = np.array([2.0, -1.0]), np.array([1.0, 1.0])
    for y, b, after in (
        (0.0, 0.0, (0.0, 1.5, -0.5)),
        (1.0, -3.0, (2.0, 0.5, -2.5)),
        (1.0, 0.0, (1.0, 1.0, 0.0)),
        (0.0, -3.0, (1.0, 1.0, -3.0)),
    ):
        new_w, new_b = learn(x, y, w, b, alpha=0.5)
        assert (*new_w, new_b) == after


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_an_update_moves_the_score_by_the_squared_length(y: float) -> None:
    """A wrong score moves by alpha times the squared length of the example with a 1 appended."""
    x, w, b = np.array([2.0, -1.0, 3.0]), np.array([0.5, 1.0, 0.0]), 0.5 - y
    new_w, new_b = learn(x, y, w, b, alpha=0.25)
    moved = (x @ new_w + new_b) - (x @ w + b)
    assert moved == (0.25 * 15 if y else -0.25 * 15)


def test_and_update_by_update() -> None:
    """The eleven updates are those worked out by hand, then nothing changes any more."""
    state, updates = (0.0, 0.0, 0.0), []
    for states in islice(epochs("AND"), 10):
        for example, after in zip(POINTS.tolist(), states, strict=True):
            if after != state:
                updates.append((tuple(example), after))
            state = after
    assert updates == AND_BY_HAND


def test_exact_runs_end_with_a_clean_epoch() -> None:
    """AND takes 6 epochs and 11 updates, OR 4 and 5, the clean last epoch included."""
    w, b, mistakes = train(POINTS, TARGETS["AND"])
    assert (*w, b, mistakes) == (2, 1, -3, [2, 3, 3, 2, 1, 0])
    w, b, mistakes = train(POINTS, TARGETS["OR"])
    assert (*w, b, mistakes) == (1, 1, -1, [2, 2, 1, 0])


@pytest.mark.parametrize("rule", ["AND", "OR"])
def test_what_it_learned_is_right(rule: str) -> None:
    """When it stops before the limit it answers all four points as it should."""
    w, b, _ = train(POINTS, TARGETS[rule])
    np.testing.assert_array_equal(predict(POINTS, w, b), TARGETS[rule])


def test_a_tenth_stops_too_early() -> None:
    """With alpha 0.1 AND ends after 4 epochs and 8 updates, because a score of 0 came out below.

    The weights 0.2, 0.1 and the bias -0.2 put the point (1, 0) on the boundary, which is a yes;
    in tenths, where all is exact, the unit is wrong there.
    """
    w, b, mistakes = train(POINTS, TARGETS["AND"], alpha=0.1)
    assert mistakes == [2, 3, 3, 0]
    assert (*w, b) == pytest.approx((0.2, 0.1, -0.2), abs=1e-15)
    assert -1e-16 < POINTS[2] @ w + b < 0
    np.testing.assert_array_equal(predict(POINTS, w, b), [0, 0, 0, 1])
    tenths = np.round(10 * w), round(10 * b)
    np.testing.assert_array_equal(predict(POINTS, *tenths), [0, 0, 1, 1])


@pytest.mark.parametrize("alpha", [2.0**-10, 0.125, 4.0])
@pytest.mark.parametrize("rule", TARGETS)
def test_the_learning_rate_only_scales(rule: str, alpha: float) -> None:
    """From zero, powers of two give the same run times alpha, with no rounding at all."""
    w, b, mistakes = train(POINTS, TARGETS[rule])
    scaled_w, scaled_b, scaled_mistakes = train(POINTS, TARGETS[rule], alpha)
    assert mistakes == scaled_mistakes
    assert (*scaled_w, scaled_b) == (*(alpha * w), alpha * b)


def test_xor_comes_back_to_where_it_was() -> None:
    """The third epoch ends where it began, so all that follow repeat its four mistakes."""
    first, second, third, fourth = islice(epochs("XOR"), 4)
    assert first[-1] != second[-1] == third[-1] == (-1, 0, 0)
    assert third == fourth
    assert train(POINTS, TARGETS["XOR"], epochs=100)[2] == [3, 3, *[4] * 98]


def test_xor_fails_in_any_order() -> None:
    """Whatever the order of the points, XOR is still wrong after 200 epochs."""
    for order in permutations(range(4)):
        x, y = POINTS[list(order)], TARGETS["XOR"][list(order)]
        assert len(train(x, y, epochs=200)[2]) == 200


def test_random_separable_points_are_separated() -> None:
    """Points of five dimensions with a gap around a random plane end with a clean epoch."""
    rng = np.random.RandomState(0)
    plane = rng.standard_normal(5)
    x = rng.standard_normal((200, 5))
    x = x[np.abs(x @ plane + 0.5) > 0.3]
    y = np.where(x @ plane + 0.5 > 0, 1.0, 0.0)
    w, b, mistakes = train(x, y, alpha=0.5, epochs=500)
    assert mistakes[-1] == 0
    np.testing.assert_array_equal(predict(x, w, b), y)


def test_it_follows_the_slope_of_the_wrong_scores(
    gradient_error_exact: Callable[..., float],
) -> None:
    """An update is a gradient step on (prediction - target) times score, off the boundary."""
    x, w, b, y = np.array([2.0, -1.0]), np.array([1.0, 0.5]), 0.25, 0.0
    stepped = np.append(*learn(x, y, w, b, alpha=1.0))
    claimed = np.append(w, b) - stepped

    def error(parameters: np.ndarray) -> np.ndarray:
        answer = predict(x, parameters[:2].real, parameters[2].real)
        return (answer - y) * (x @ parameters[:2] + parameters[2])

    assert gradient_error_exact(error, np.append(w, b), claimed) < 1e-15


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            lambda x, y, w, b, a: (
                w + a * (predict(x, w, b) - y) * x,
                b + a * (predict(x, w, b) - y),
            ),
            id="sign of the update",
        ),
        pytest.param(
            lambda x, y, w, b, a: (w - a * (predict(x, w, b) - y) * x, b), id="no bias learned"
        ),
        pytest.param(
            lambda x, y, w, b, a: learn(x, 2 * y - 1, w, b, a),
            id="labels -1 and 1, answers 0 and 1",
        ),
    ],
)
def test_slips_in_the_rule_do_not_learn_and(wrong: Learn) -> None:
    """A flipped sign, a bias left alone or labels of another coding never get AND right."""
    assert learns("AND", learn)
    assert not learns("AND", wrong)


@pytest.mark.parametrize("rule", ["AND", "OR"])
def test_a_single_pass_is_not_enough(rule: str) -> None:
    """Without the outer loop, which the notes lacked, neither rule is learned."""
    w, b, mistakes = train(POINTS, TARGETS[rule], epochs=1)
    assert len(mistakes) == 1
    assert (predict(POINTS, w, b) != TARGETS[rule]).any()
