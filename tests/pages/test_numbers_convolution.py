"""What docs/practice/convolution.md says of its runs, and its figures known from elsewhere."""

import numpy as np
import pytest

from snippets.convolution import SOBEL_X, convolution, convolution_gradients
from snippets.pooling import pool, pool_gradient
from tools.figures import convolution as figures
from tools.results.convolution import full_matrix, kernels

SOBEL = SOBEL_X.reshape(3, 3, 1, 1)
NONE = np.zeros(1)


def test_table_of_parameters(captured) -> None:
    """The three counts of the table, biases included, are the known ones."""
    counts = [captured[f"parameters.{name}"] for name in ("mlp", "dense", "kernels")]
    assert counts == [669_706, 616_566_784, 320]


def test_an_mlp_does_not_see_a_shuffle() -> None:
    """Pixels in another order, with the weights in the same other order, give the same sums."""
    rng = np.random.default_rng(0)
    x, w = rng.integers(-9, 10, size=(4, 20)), rng.integers(-9, 10, size=(20, 3))
    order = rng.permutation(20)
    np.testing.assert_array_equal(x[:, order] @ w[order], x @ w)


def test_sobel_figure() -> None:
    """The map has the rows 0 4 4 0; the marked patch and the next one give 4."""
    z = convolution(figures.IMAGE[..., np.newaxis], SOBEL, NONE)[..., 0]
    np.testing.assert_array_equal(z, [[0, 4, 4, 0]] * 4)
    products = SOBEL_X * figures.IMAGE[1:4, 1:4]
    assert products[products != 0].tolist() == [1, 2, 1]
    assert products.sum() == z[1, 1] == z[1, 2] == 4


def test_weights_of_the_full_layer(captured) -> None:
    """By hand, of 36 * 16 weights all are 0 but nine for each of 16 places, sixteen times each."""
    assert captured["full_layer.weights"] == 36 * 16
    assert captured["full_layer.zeros"] == 36 * 16 - 9 * 16
    matrix = full_matrix()
    assert [np.count_nonzero(matrix == weight) for weight in range(1, 10)] == [16] * 9


def test_padding_keeps_the_size() -> None:
    """A margin of one zero is enough for a 3 by 3 kernel to keep all rows and columns."""
    assert convolution(np.ones((6, 5, 1)), SOBEL, NONE, padding=1).shape == (6, 5, 1)


def test_first_exercise(captured) -> None:
    """The maps are 32 by 32 by 16, pooled 16 by 16 by 16; by hand a kernel has 5 * 5 * 3 + 1."""
    w, b = np.ones((5, 5, 3, 16)), np.zeros(16)
    z = convolution(np.ones((32, 32, 3)), w, b, stride=1, padding=2)
    assert z.shape == (32, 32, 16)
    assert pool(z).shape == (16, 16, 16)
    assert captured["colour_image.kernel"] == 5 * 5 * 3 + 1
    assert captured["colour_image.all"] == 16 * 76 == 1216


def seen(x: np.ndarray, layers: str) -> tuple[int, int]:
    """Return rows and columns of the pixels that the only number after the layers depends on.

    The layers are 3 by 3 convolutions, c, and 2 by 2 mean poolings, p: a mean lets all its cells
    be traced, while a maximum depends on its winner alone.
    """
    w = np.ones((3, 3, 1, 1))
    inputs = []
    for layer in layers:
        inputs.append(x)
        x = convolution(x, w, NONE) if layer == "c" else pool(x, how="mean")
    assert x.shape == (1, 1, 1)
    delta = np.ones((1, 1, 1))
    for layer, below in zip(reversed(layers), reversed(inputs), strict=True):
        if layer == "c":
            delta = convolution_gradients(delta, below, w)[0]
        else:
            delta = pool_gradient(delta, below, how="mean")
    rows, columns = np.nonzero(delta[..., 0])
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


@pytest.mark.parametrize(("layers", "side"), [("ccc", 7), ("cpc", 8), ("cc", 5)])
def test_receptive_fields(layers: str, side: int) -> None:
    """Three convolutions see 7 by 7; two see 5 by 5, and with a pooling between them 8 by 8."""
    assert seen(np.ones((side, side, 1)), layers) == (side, side)


def test_three_small_layers_have_fewer_weights() -> None:
    """From and to equally many maps, three 3 by 3 layers have 27 weights where 7 by 7 has 49."""
    assert 3 * kernels(3, 8, 8) < kernels(7, 8, 8)


def test_steps_after_pooling_span_two_pixels() -> None:
    """One step in a pooled map is two pixels in the image."""
    x = np.arange(8.0).reshape(1, 8, 1).repeat(2, axis=0)
    assert np.diff(pool(x)[0, :, 0]).tolist() == [2, 2, 2]


@pytest.mark.parametrize(("how", "expected"), [("max", 4), ("mean", 2), ("sum", 8)])
def test_pooled_map_of_edges(how: str, expected: float, captured) -> None:
    """Every window of the map of edges gives 4, 2 or 8."""
    edges = convolution(figures.IMAGE[..., np.newaxis], SOBEL, NONE)
    np.testing.assert_array_equal(pool(edges, how=how), np.full((2, 2, 1), expected))
    assert captured[f"pooled.{how}"] == expected


def test_max_pooling_figure() -> None:
    """Its four winners are 5, 4, 3 and 7, and all but four cells get nothing back."""
    layer, delta = figures.MAP[..., np.newaxis], figures.DELTA[..., np.newaxis]
    assert pool(layer).ravel().tolist() == [5, 4, 3, 7]
    back = pool_gradient(delta, layer)
    assert layer[back > 0].tolist() == [5, 4, 7, 3]
    assert np.count_nonzero(back) == 4


def test_trap(captured) -> None:
    """Flipped, the kernel answers -4; convolve flips, correlate does not; reshape scrambles."""
    image = figures.IMAGE[..., np.newaxis]
    flipped = convolution(image, SOBEL[::-1, ::-1], NONE)
    np.testing.assert_array_equal(flipped[..., 0], [[0, -4, -4, 0]] * 4)
    assert captured["flipped_sobel"] == -4

    row = figures.IMAGE[0]
    assert np.correlate(row, SOBEL_X[0], "valid").tolist() == [0, 1, 1, 0]
    assert np.convolve(row, SOBEL_X[0], "valid").tolist() == [0, -1, -1, 0]

    x = np.arange(24).reshape(4, 2, 3)
    moved, scrambled = x.transpose(2, 0, 1), x.reshape(3, 4, 2)
    assert moved.shape == scrambled.shape
    np.testing.assert_array_equal(moved[1], x[..., 1])
    assert (scrambled[1] != x[..., 1]).any()
