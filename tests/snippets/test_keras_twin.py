"""The twin of the Keras network: its loss, its gradient, RMSprop step by step, its training."""

from collections.abc import Callable

import numpy as np
import pytest

from snippets import keras_twin as twin

# One unit for the positive and one for the negative half: the logit is the first input.
FIRST_INPUT = [np.array([[1.0, -1.0], [0.0, 0.0]]), np.zeros(2), np.array([[1.0], [-1.0]])]
FIRST_INPUT += [np.zeros(1)]
# Logits ln 4, ln 7/3 and -ln 9 are the probabilities 0.8, 0.7 and 0.1.
X = np.array([[np.log(4.0), 5.0], [np.log(7 / 3), -2.0], [-np.log(9.0), 0.0]])

Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def data() -> Data:
    """Return the rows of the page, which no test changes."""
    return twin.make_data()


@pytest.fixture(scope="module")
def trained(data: Data) -> tuple[twin.Weights, list[float]]:
    """Return the network of the page and its losses."""
    rng = np.random.default_rng(twin.SEED)
    return twin.fit(twin.build(rng), data[0], data[1], rng)


def test_the_target_is_the_inside_of_the_circle(data: Data) -> None:
    """Points are 1 up to a distance of 0.8 from the middle, which is half of the square."""
    x_train, y_train, x_test, y_test = data
    assert (x_train.shape, y_train.shape) == ((8000, 2), (8000, 1))
    assert (x_test.shape, y_test.shape) == ((2000, 2), (2000, 1))
    x, y = np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test])
    assert np.abs(x).max() <= 1
    np.testing.assert_array_equal(y[:, 0] == 1, np.hypot(x[:, 0], x[:, 1]) < 0.8)
    assert y.mean() == pytest.approx(np.pi * 0.64 / 4, abs=0.02)  # 4 standard errors


def test_no_row_is_in_both_sets(data: Data) -> None:
    """All ten thousand points differ, so none of the test rows was trained on."""
    assert len(np.unique(np.concatenate([data[0], data[2]]), axis=0)) == 10000


def test_the_start_is_in_glorots_range() -> None:
    """The biases are 0, the weights fill the range of their layer evenly on both sides."""
    w1, b1, w2, b2 = twin.build(np.random.default_rng(0))
    assert [w.shape for w in (w1, b1, w2, b2)] == [(2, 64), (64,), (64, 1), (1,)]
    assert not b1.any()
    assert not b2.any()
    for w, ends in (w1, 2 + 64), (w2, 64 + 1):
        # A uniform variable has a variance of a third of its squared limit: 2 / ends.
        assert w.var() == pytest.approx(2 / ends, rel=0.35)
        assert 0.9 * 6 / ends < np.max(w**2) <= 6 / ends


def test_known_probabilities() -> None:
    """A network set by hand passes its first input on as the logit."""
    hidden, p = twin.predict(FIRST_INPUT, X)
    np.testing.assert_allclose(hidden[:, 0], [np.log(4), np.log(7 / 3), 0], rtol=1e-15)
    np.testing.assert_allclose(hidden[:, 1], [0, 0, np.log(9)], rtol=1e-15)
    np.testing.assert_allclose(p, [[0.8], [0.7], [0.1]], rtol=1e-15)


@pytest.mark.parametrize(
    ("targets", "product", "right"), [((1, 1, 0), 0.504, 3), ((1, 0, 0), 0.216, 2)]
)
def test_evaluate_on_known_probabilities(
    targets: tuple[int, ...], product: float, right: int
) -> None:
    """The loss is a third of minus ln of the product of what came true; then the share of hits."""
    y = np.array(targets, dtype=float)[:, None]
    loss, accuracy = twin.evaluate(FIRST_INPUT, X, y)
    assert loss == pytest.approx(-np.log(product) / 3, rel=1e-14)
    assert accuracy == right / 3


def test_accuracy_divides_at_one_half() -> None:
    """Logits just above 0 count as a 1, those just below as a 0."""
    x = np.array([[0.1, 3.0], [-0.1, 3.0]])
    assert twin.evaluate(FIRST_INPUT, x, np.array([[1.0], [0.0]]))[1] == 1
    assert twin.evaluate(FIRST_INPUT, x, np.array([[0.0], [1.0]]))[1] == 0


def test_a_certain_mistake_has_a_finite_price() -> None:
    """As in Keras a probability counts as at least 1e-7: the logarithm never meets a 0."""
    x = np.array([[1000.0, 0.0], [-1000.0, 0.0]])
    with np.errstate(all="raise", under="ignore"):
        loss, accuracy = twin.evaluate(FIRST_INPUT, x, np.array([[0.0], [1.0]]))
    assert loss == pytest.approx(7 * np.log(10), rel=1e-8)
    assert accuracy == 0


@pytest.fixture(params=range(4))
def case(request: pytest.FixtureRequest) -> tuple[twin.Weights, np.ndarray, np.ndarray]:
    """Return weights of five hidden units and seven examples, none near a kink."""
    rng = np.random.default_rng(request.param)
    shapes = [(2, 5), (5,), (5, 1), (1,)]
    weights = [rng.normal(size=shape) for shape in shapes]
    x, y = rng.normal(size=(7, 2)), rng.integers(2, size=(7, 1)).astype(float)
    before_relu = x @ weights[0] + weights[1]
    assert np.abs(before_relu).min() > 1e-3
    assert 0 < np.mean(before_relu > 0) < 1
    return weights, x, y


def errors(
    check: Callable[..., float],
    case: tuple[twin.Weights, np.ndarray, np.ndarray],
    claimed: twin.Weights,
) -> list[float]:
    """Return how far each array's claimed gradient is from that of the mean loss."""
    weights, x, y = case

    def loss(array: np.ndarray, k: int) -> float:
        return twin.evaluate([*weights[:k], array, *weights[k + 1 :]], x, y)[0]

    return [
        check(lambda array, k=k: loss(array, k), weights[k], claimed[k])
        for k in range(len(weights))
    ]


def test_the_gradients_are_those_of_the_mean_loss(
    gradient_error: Callable[..., float],
    gradient_error_exact: Callable[..., float],
    case: tuple[twin.Weights, np.ndarray, np.ndarray],
) -> None:
    """All four arrays agree with complex steps and with central differences."""
    claimed = twin.gradients(*case)
    assert max(errors(gradient_error_exact, case, claimed)) < 1e-13
    assert max(errors(gradient_error, case, claimed)) < 1e-8


@pytest.mark.parametrize(
    ("scale", "mask"),
    [
        pytest.param(lambda p, m: 1.0, lambda h: h > 0, id="sum for mean"),
        pytest.param(lambda p, m: p * (1 - p) / m, lambda h: h > 0, id="sigmoid's slope kept"),
        pytest.param(lambda p, m: -1 / m, lambda h: h > 0, id="minus hidden in delta"),
        pytest.param(lambda p, m: 1 / m, np.ones_like, id="no ReLU mask"),
        pytest.param(lambda p, m: 1 / m, lambda h: h, id="output for slope"),
    ],
)
def test_the_check_rejects_the_usual_slips(
    gradient_error_exact: Callable[..., float],
    case: tuple[twin.Weights, np.ndarray, np.ndarray],
    scale: Callable[[np.ndarray, int], np.ndarray],
    mask: Callable[[np.ndarray], np.ndarray],
) -> None:
    """Each wrong backward pass is far off in the first layer's weights."""
    weights, x, y = case
    hidden, p = twin.predict(weights, x)
    delta2 = (p - y) * scale(p, len(x))
    delta1 = (delta2 @ weights[2].T) * mask(hidden)
    wrong = [x.T @ delta1, delta1.sum(0), hidden.T @ delta2, delta2.sum(0)]
    assert errors(gradient_error_exact, case, wrong)[0] > 0.01


def test_flat_targets_are_caught_by_the_gradient_alone(data: Data) -> None:
    """Of targets (m,) evaluate makes an (m, m) array, silently; the matrix product refuses."""
    weights, x, y = twin.build(np.random.default_rng(0)), data[0][:9], data[1][:9]
    assert twin.evaluate(weights, x, y[:, 0]) != pytest.approx(twin.evaluate(weights, x, y))
    with pytest.raises(ValueError, match="matmul"):
        twin.gradients(weights, x, y[:, 0])


def test_two_steps_of_rmsprop_by_hand() -> None:
    """Slopes 2 and -1: v is 0.4, then 0.46; steps are 2/sqrt(0.4) and -1/sqrt(0.46) thousandths."""
    w, v = twin.rmsprop([np.array(1.0)], [np.array(2.0)], [np.array(0.0)])
    assert v[0] == pytest.approx(0.4)
    assert w[0] == pytest.approx(1 - 0.003162278, abs=1e-9)
    w, v = twin.rmsprop(w, [np.array(-1.0)], v)
    assert v[0] == pytest.approx(0.46)
    assert w[0] == pytest.approx(1 - 0.003162278 + 0.001474420, abs=2e-9)


def test_epsilon_stands_under_the_root() -> None:
    """For a slope of 1e-5 it decides: the step is 1e-8 / sqrt(1.0001e-7), not 100 times that."""
    w, _ = twin.rmsprop([np.array(0.0)], [np.array(1e-5)], [np.array(0.0)])
    assert w[0] == pytest.approx(-3.16212e-5, rel=1e-6)


@pytest.mark.parametrize("slope", [-1e6, -3.0, 0.1, 1.0, 1e3])
def test_the_first_step_knows_only_the_sign(slope: float) -> None:
    """It is alpha / sqrt(1 - rho) long, 3.2 alpha, whatever the slope is."""
    w, _ = twin.rmsprop([np.array(5.0)], [np.array(slope)], [np.array(0.0)])
    assert 5 - w[0] == pytest.approx(np.copysign(0.001 / np.sqrt(0.1), slope), rel=1e-4)


@pytest.mark.parametrize("slope", [0.01, 100.0])
def test_a_steady_slope_moves_the_weight_by_alpha(slope: float) -> None:
    """After many steps the running mean is the square, and a step is 0.001 long."""
    w, v = [np.array(0.0)], [np.array(0.0)]
    for _ in range(200):
        before = w
        w, v = twin.rmsprop(w, [np.array(slope)], v)
    assert before[0] - w[0] == pytest.approx(0.001, rel=1e-3)


def test_rmsprop_leaves_its_arguments_alone() -> None:
    """Weights and running means can be used again."""
    w, g, v = [np.ones(3)], [np.ones(3)], [np.zeros(3)]
    twin.rmsprop(w, g, v)
    assert (w[0] == 1).all()
    assert (v[0] == 0).all()


def test_an_epoch_sees_every_row_once(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of 128 and a shorter last one, shuffled anew each time, leave no row out."""
    seen = []

    def recorded(weights: twin.Weights, x: np.ndarray, y: np.ndarray) -> twin.Weights:
        seen.append(x)
        return [np.zeros_like(w) for w in weights]

    monkeypatch.setattr(twin, "gradients", recorded)
    monkeypatch.setattr(twin, "EPOCHS", 2)
    x, y = data[0][:300], data[1][:300]
    twin.fit(twin.build(np.random.default_rng(0)), x, y, np.random.default_rng(0))
    assert [len(rows) for rows in seen] == [128, 128, 44] * 2
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert not np.array_equal(first, second)
    for epoch in first, second:
        np.testing.assert_array_equal(np.unique(epoch, axis=0), np.unique(x, axis=0))


def test_without_updates_the_running_mean_is_the_loss(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shorter last batch counts by its rows: a frozen network's loss comes out exactly."""
    monkeypatch.setattr(twin, "ALPHA", 0.0)
    monkeypatch.setattr(twin, "EPOCHS", 1)
    weights = twin.build(np.random.default_rng(0))
    x, y = data[0][:300], data[1][:300]
    _, losses = twin.fit(weights, x, y, np.random.default_rng(0))
    assert losses == [pytest.approx(twin.evaluate(weights, x, y)[0], rel=1e-12)]


@pytest.mark.parametrize("seed", range(4))
def test_training_succeeds_from_any_start(data: Data, seed: int) -> None:
    """Each network tells more than 96 % of unseen points right; a constant answer 51 %."""
    x_train, y_train, x_test, y_test = data
    rng = np.random.default_rng(seed)
    weights, losses = twin.fit(twin.build(rng), x_train, y_train, rng)
    loss, accuracy = twin.evaluate(weights, x_test, y_test)
    assert accuracy > 0.96
    assert loss < 0.25 < np.log(2)
    assert max(y_test.mean(), 1 - y_test.mean()) < 0.55
    assert losses[-1] < losses[0] / 3


def test_training_does_not_memorize(data: Data, trained: tuple[twin.Weights, list[float]]) -> None:
    """Loss and accuracy on unseen rows are those on the training rows, within 0.02."""
    x_train, y_train, x_test, y_test = data
    on_train = twin.evaluate(trained[0], x_train, y_train)
    assert twin.evaluate(trained[0], x_test, y_test) == pytest.approx(on_train, abs=0.02)
