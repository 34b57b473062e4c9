"""Transfer learning: the four plans, parameter counts by hand, and weights that do not move."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from snippets import transfer
from snippets.transfer import PRETRAINED, Layer, from_scratch, parameters, plan, step

CASES = {1: (False, True), 2: (False, False), 3: (True, True), 4: (True, False)}  # large, similar


@pytest.fixture(params=CASES, ids=lambda case: f"case {case}")
def layers(request: pytest.FixtureRequest) -> list[Layer]:
    """Return the plan of each case in turn."""
    return plan(*CASES[request.param], classes=5)


def fits(layers: list[Layer]) -> bool:
    """Return whether each layer takes what the one before it gives, images in 3 colours first."""
    channels = [3, *(layer.shape[-1] for layer in layers[:-1])]
    takes = [layer.shape[-2] for layer in layers]
    maps = 4 * 4  # three poolings make 4 x 4 of 32 x 32, flattened for the first full layer
    return all(
        take in (give, give * maps) if len(layer.shape) == 2 else take == give
        for layer, take, give in zip(layers, takes, channels, strict=True)
    )


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("conv1", 3 * 3 * 3 * 16 + 16),
        ("conv2", 4608 + 32),
        ("conv3", 18432 + 64),
        ("fc1", 131072 + 128),
        ("fc2", 8192 + 64),
        ("head", 640 + 10),
    ],
)
def test_parameters_of_a_layer(name: str, count: int) -> None:
    """Weights counted by hand, and a bias for each unit."""
    (layer,) = (layer for layer in PRETRAINED if layer.name == name)
    assert parameters([layer]) == count


def test_parameters_add_up() -> None:
    """Three convolutions and three full layers make 163,690."""
    assert parameters(PRETRAINED) == 448 + 4640 + 18496 + 131200 + 8256 + 650 == 163_690
    assert parameters([]) == 0


@pytest.mark.parametrize(
    ("case", "names", "rate"),
    [
        (1, ["conv1", "conv2", "conv3", "fc1", "fc2", "head"], 0),
        (2, ["conv1", "conv2", "head"], 0),
        (3, ["conv1", "conv2", "conv3", "fc1", "fc2", "head"], 0.1),
        (4, ["conv1", "conv2", "conv3", "fc1", "fc2", "head"], 0.1),
    ],
)
def test_what_stays_and_how_it_is_trained(case: int, names: list[str], rate: float) -> None:
    """Little data freeze what stays, much data train it carefully; case 2 keeps the beginning."""
    *kept, _ = layers = plan(*CASES[case], classes=5)
    assert [layer.name for layer in layers] == names
    assert {layer.rate for layer in kept} == {rate}


def test_the_head_is_new(layers: list[Layer]) -> None:
    """The last layer, and it alone, starts at random, learns at the full rate, fits the classes."""
    *kept, head = layers
    assert all(layer.kept for layer in kept)
    assert (head.kept, head.rate, head.shape[-1]) == (False, 1, 5)


def test_what_is_kept_is_unchanged(layers: list[Layer]) -> None:
    """Kept layers are those of the pre-trained network, from its beginning, in its order."""
    shapes = [(layer.name, layer.shape) for layer in layers[:-1]]
    assert shapes == [(layer.name, layer.shape) for layer in PRETRAINED[: len(shapes)]]


def test_the_layers_fit_together(layers: list[Layer]) -> None:
    """Each plan is a network that images can pass."""
    assert fits(PRETRAINED)
    assert fits(layers)


def test_a_network_without_its_beginning_does_not_fit() -> None:
    """Read as "cut the layers near the beginning", case 2 has no network to train."""
    *_, head = plan(large=False, similar=False, classes=5)
    misread = [*PRETRAINED[-2:-1], head._replace(shape=(64, 5))]
    assert not fits(misread)
    assert not fits(PRETRAINED[1:])


def test_the_second_try_of_case_4_is_the_same_network() -> None:
    """From scratch: the shapes of the first try, with nothing kept and nothing spared."""
    first = plan(large=True, similar=False, classes=5)
    second = from_scratch(first)
    assert [layer.shape for layer in second] == [layer.shape for layer in first]
    assert {(layer.kept, layer.rate) for layer in second} == {(False, 1)}
    assert first == plan(large=True, similar=True, classes=5)


def weights_and_slopes(layers: list[Layer]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return random weights and slopes in the shapes of the layers."""
    rng = np.random.default_rng(0)
    weights, slopes = ([rng.standard_normal(layer.shape) for layer in layers] for _ in range(2))
    return weights, slopes


def test_frozen_weights_stay_to_the_last_bit(layers: list[Layer]) -> None:
    """After a hundred updates a frozen layer is bitwise what it was; the others have all moved."""
    before, slopes = weights_and_slopes(layers)
    after = before
    for _ in range(100):
        after = step(after, slopes, [layer.rate for layer in layers], alpha=0.1)
    for layer, old, new in zip(layers, before, after, strict=True):
        assert (old.tobytes() == new.tobytes()) == (layer.rate == 0)
        assert (old != new).all() == (layer.rate > 0)


def test_frozen_weights_survive_broken_slopes() -> None:
    """Zero times infinity would be nan: a frozen layer does not even look at its slope."""
    weights = [np.array([1.0, -0.0, 1e-300]), np.array([1.0])]
    frozen, moved = step(weights, [np.full(3, np.inf), np.array([2.0])], [0, 1], alpha=0.5)
    assert frozen.tobytes() == weights[0].tobytes()
    assert moved == 0


def test_a_step_is_scaled_by_layer() -> None:
    """With slopes of 1 and a rate of 0.5, each layer falls by 0.5 times its own scale."""
    before = [np.zeros(2), np.zeros((2, 3)), np.zeros(1)]
    after = step(before, [np.ones_like(w) for w in before], [0.0, 0.1, 1.0], alpha=0.5)
    for new, moved in zip(after, (0, 0.05, 0.5), strict=True):
        np.testing.assert_allclose(new, -moved, rtol=1e-15)
    assert all((w == 0).all() for w in before)


def test_a_step_goes_downhill() -> None:
    """On a square bowl, fine-tuned and new weights both get closer to the bottom at every step."""
    weights = [np.array([3.0]), np.array([3.0]), np.array([3.0])]
    runs = [weights]
    for _ in range(10):
        runs.append(step(runs[-1], [2 * w for w in runs[-1]], [0, 0.1, 1], alpha=0.1))
    for old, new in pairwise(runs):
        assert new[0] == old[0]
        assert abs(new[2]) / abs(old[2]) < abs(new[1]) / abs(old[1]) < 1


def test_layers_and_rates_must_match() -> None:
    """A rate too few is an error, not a layer forgotten."""
    with pytest.raises(ValueError, match="shorter"):
        step([np.ones(1)] * 2, [np.ones(1)] * 2, [1], alpha=0.1)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda w, g, r: w - 0.1 * g, id="rate ignored"),
        pytest.param(lambda w, g, r: w * (1 - 1e-3) - 0.1 * r * g, id="weight decay goes on"),
        pytest.param(lambda w, g, r: w - 0.1 * max(r, 1e-6) * g, id="nearly frozen"),
    ],
)
def test_the_freezing_test_rejects(
    wrong: Callable[[np.ndarray, np.ndarray, float], np.ndarray],
) -> None:
    """Each way to freeze only almost shows in the bits."""
    before, slopes = weights_and_slopes(plan(large=False, similar=True, classes=5))
    assert wrong(before[0], slopes[0], 0.0).tobytes() != before[0].tobytes()


def test_only_the_number_of_classes_changes_the_head() -> None:
    """A head for 20 classes has four times the parameters of one for 5, and nothing else moves."""
    few, many = (plan(large=False, similar=True, classes=k) for k in (5, 20))
    assert few[:-1] == many[:-1]
    assert parameters(many[-1:]) == 4 * parameters(few[-1:])
    assert transfer.CAREFUL < 1
