"""Convolution: maps worked by hand, what shifts and what does not, and all three gradients."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from snippets.convolution import (
    SOBEL_X,
    convolution,
    convolution_gradients,
    map_size,
    patches,
)

STEP = np.repeat([[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]], 6, axis=0)[..., np.newaxis]
SOBEL = SOBEL_X.reshape(3, 3, 1, 1)
ROW_KERNEL = np.array([[1.0, 2.0], [0.0, 0.0]]).reshape(2, 2, 1, 1)

# Height, width, channels, kernel's side, maps, stride, padding: never square, and stride 2 leaves
# a row or a column over in two of them.
CASES = [
    (5, 4, 1, 3, 1, 1, 0),
    (6, 5, 2, 3, 3, 1, 0),
    (4, 6, 3, 2, 2, 1, 1),
    (6, 8, 2, 3, 2, 2, 0),
    (5, 7, 3, 3, 2, 2, 1),
    (7, 8, 2, 2, 3, 3, 2),
    (3, 4, 2, 1, 3, 1, 0),
]


def example(
    case: tuple[int, ...],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, int]]:
    """Return image, kernels, biases, a delta for the maps, and stride and padding of a case.

    The numbers are whole, so that sums come out exactly in any order.
    """
    height, width, channels, side, maps, stride, padding = case
    rng = np.random.default_rng(sum(case))
    x = rng.integers(-9, 10, size=(height, width, channels)).astype(float)
    w = rng.integers(-9, 10, size=(side, side, channels, maps)).astype(float)
    b = rng.integers(-9, 10, size=maps).astype(float)
    how = {"stride": stride, "padding": padding}
    delta = rng.integers(1, 10, size=convolution(x, w, b, **how).shape).astype(float)
    return x, w, b, delta, how


def by_loops(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int, padding: int
) -> dict[tuple[int, int, int], float]:
    """Return the feature maps by place, one number at a time, treating the outside as 0."""
    side, _, channels, maps = w.shape
    inside = dict(np.ndenumerate(x))
    found = {}
    rows = range(-padding, x.shape[0] + padding - side + 1, stride)
    columns = range(-padding, x.shape[1] + padding - side + 1, stride)
    for (i, top), (j, left), k in product(enumerate(rows), enumerate(columns), range(maps)):
        total = b[k]
        for u, v, c in product(range(side), range(side), range(channels)):
            total += w[u, v, c, k] * inside.get((top + u, left + v, c), 0.0)
        found[i, j, k] = total
    return found


def test_sobel_finds_the_edge() -> None:
    """Where dark turns bright the map has 4, elsewhere 0, in all of its four rows."""
    z = convolution(STEP, SOBEL, np.zeros(1))
    np.testing.assert_array_equal(z[..., 0], [[0, 4, 4, 0]] * 4)


def test_no_kernel_is_flipped() -> None:
    """A flipped Sobel kernel answers -4; NumPy's correlate agrees with us, its convolve flips."""
    flipped = convolution(STEP, SOBEL[::-1, ::-1], np.zeros(1))
    np.testing.assert_array_equal(flipped[0, :, 0], [0, -4, -4, 0])

    row, kernel = np.array([3.0, 1.0, 4.0, 1.0, 5.0]), np.array([1.0, 2.0])
    ours = convolution(np.stack([row, row]).reshape(2, 5, 1), ROW_KERNEL, np.zeros(1))[0, :, 0]
    np.testing.assert_array_equal(ours, [5, 9, 6, 11])
    np.testing.assert_array_equal(ours, np.correlate(row, kernel, "valid"))
    np.testing.assert_array_equal(ours[::-1], np.convolve(row[::-1], kernel, "valid"))
    assert (ours != np.convolve(row, kernel, "valid")).any()


def test_channels_are_summed_and_maps_kept_apart() -> None:
    """One pixel of three channels and two kernels: two dot products, each with its own bias."""
    x = np.array([1.0, 10.0, 100.0]).reshape(1, 1, 3)
    w = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).reshape(1, 1, 3, 2)
    z = convolution(x, w, np.array([1000.0, 2000.0]))
    np.testing.assert_array_equal(z, [[[1531.0, 2642.0]]])


@pytest.mark.parametrize("case", CASES)
def test_it_is_what_loops_give(case: tuple[int, ...]) -> None:
    """Sliding windows and einsum give what six nested loops do, place by place."""
    x, w, b, _, how = example(case)
    assert dict(np.ndenumerate(convolution(x, w, b, **how))) == by_loops(x, w, b, **how)


def test_patches_say_what_a_place_sees() -> None:
    """With stride 2 and a margin of one zero, patch (1, 1) of 4 by 5 begins at pixel (1, 1)."""
    x = np.arange(20.0).reshape(4, 5, 1)
    seen = patches(x, 3, stride=2, padding=1)
    assert seen.shape == (2, 3, 1, 3, 3)
    np.testing.assert_array_equal(seen[1, 1, 0], [[6, 7, 8], [11, 12, 13], [16, 17, 18]])
    np.testing.assert_array_equal(seen[0, 0, 0], [[0, 0, 0], [0, 0, 1], [0, 5, 6]])


@pytest.mark.parametrize(
    ("n", "side", "stride", "padding", "out"),
    [(6, 3, 1, 0, 4), (6, 3, 1, 1, 6), (6, 3, 2, 1, 3), (7, 3, 2, 0, 3), (8, 3, 2, 0, 3)],
)
def test_sizes(n: int, side: int, stride: int, padding: int, out: int) -> None:
    """The side of the map, counted on squared paper."""
    z = convolution(np.ones((n, n, 1)), np.ones((side, side, 1, 1)), np.zeros(1), stride, padding)
    assert z.shape == (out, out, 1)
    assert map_size(n, side, stride, padding) == out


@pytest.mark.parametrize("case", CASES)
def test_the_size_is_that_of_the_map(case: tuple[int, ...]) -> None:
    """Rows and columns of a map are counted alike, each from its own length."""
    x, w, b, _, how = example(case)
    rows, columns = (map_size(n, len(w), **how) for n in x.shape[:2])
    assert convolution(x, w, b, **how).shape == (rows, columns, len(b))


def test_a_single_one_in_the_middle_changes_nothing() -> None:
    """The kernel that is 1 at its centre and 0 around gives the image back."""
    x = np.random.default_rng(0).normal(size=(5, 7, 1))
    one = np.zeros((3, 3, 1, 1))
    one[1, 1] = 1.0
    np.testing.assert_array_equal(convolution(x, one, np.zeros(1), padding=1), x)


@pytest.mark.parametrize(("stride", "by"), [(1, (1, 2)), (2, (2, 4))])
def test_a_shifted_image_gives_the_shifted_map(stride: int, by: tuple[int, int]) -> None:
    """Translation equivariance, exactly: a scene seen from elsewhere, away from its border."""
    x, w, b, _, _ = example((12, 13, 2, 3, 2, 1, 0))
    whole = convolution(x, w, b, stride)
    part = convolution(x[by[0] :, by[1] :], w, b, stride)
    np.testing.assert_array_equal(part, whole[by[0] // stride :, by[1] // stride :])


def test_a_shift_by_less_than_the_stride_is_no_shift_of_the_map() -> None:
    """With stride 2, moving the scene by one pixel gives numbers that were in no map before."""
    x, w, b, _, _ = example((12, 13, 2, 3, 2, 1, 0))
    moved = convolution(x[:, 1:], w, b, stride=2)
    assert not np.isin(moved, convolution(x, w, b, stride=2)).all()


def test_it_is_a_full_layer_with_shared_weights() -> None:
    """As a 36 by 16 matrix the nine weights stand sixteen times each, and the rest is 0."""
    w = np.arange(1.0, 10.0).reshape(3, 3, 1, 1)
    pixels = np.eye(36).reshape(36, 6, 6, 1)
    matrix = np.stack([convolution(pixel, w, np.zeros(1)).ravel() for pixel in pixels])
    values, counts = np.unique(matrix, return_counts=True)
    assert matrix.shape == (36, 16)
    assert dict(zip(values, counts, strict=True)) == {0.0: 432, **dict.fromkeys(range(1, 10), 16)}

    x = np.random.default_rng(1).integers(-9, 10, size=(6, 6, 1)).astype(float)
    np.testing.assert_array_equal(
        x.ravel() @ matrix, convolution(x, w, np.zeros(1)).ravel(), strict=True
    )


@pytest.mark.parametrize("case", CASES)
def test_gradients(gradient_error_exact: Callable[..., float], case: tuple[int, ...]) -> None:
    """By image, kernels and biases, they are those of E = sum of delta times maps."""
    x, w, b, delta, how = example(case)
    dx, dw, db = convolution_gradients(delta, x, w, **how)
    assert (
        gradient_error_exact(lambda x: np.sum(delta * convolution(x, w, b, **how)), x, dx) < 1e-14
    )
    assert (
        gradient_error_exact(lambda w: np.sum(delta * convolution(x, w, b, **how)), w, dw) < 1e-14
    )
    assert (
        gradient_error_exact(lambda b: np.sum(delta * convolution(x, w, b, **how)), b, db) < 1e-14
    )


@pytest.mark.parametrize("case", CASES)
def test_gradients_of_a_curved_error(
    gradient_error: Callable[..., float], case: tuple[int, ...]
) -> None:
    """Half the sum of squares of the maps has delta = the maps; central differences agree."""
    x, w, b, _, how = example(case)
    dx, dw, db = convolution_gradients(convolution(x, w, b, **how), x, w, **how)

    def error(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> float:
        return 0.5 * np.sum(convolution(x, w, b, **how) ** 2)

    assert gradient_error(lambda x: error(x, w, b), x, dx) < 1e-6
    assert gradient_error(lambda w: error(x, w, b), w, dw) < 1e-6
    assert gradient_error(lambda b: error(x, w, b), b, db) < 1e-6


@pytest.mark.parametrize("case", CASES)
def test_what_goes_forward_comes_back(case: tuple[int, ...]) -> None:
    """Without biases the maps are linear in image and kernels, so three sums are one number."""
    x, w, b, delta, how = example(case)
    dx, dw, _ = convolution_gradients(delta, x, w, **how)
    forward = np.sum(delta * convolution(x, w, np.zeros_like(b), **how))
    assert forward == np.sum(x * dx) == np.sum(w * dw)


def test_gradient_of_one_place_is_the_kernel_itself() -> None:
    """A delta of 1 at place (1, 2) hands the kernel to the pixels that this place saw."""
    w = np.arange(1.0, 10.0).reshape(3, 3, 1, 1)
    delta = np.zeros((4, 5, 1))
    delta[1, 2] = 1.0
    x = np.arange(42.0).reshape(6, 7, 1)
    dx, dw, db = convolution_gradients(delta, x, w)
    expected = np.zeros((6, 7, 1))
    expected[1:4, 2:5] = w[..., 0]
    np.testing.assert_array_equal(dx, expected)
    np.testing.assert_array_equal(dw[..., 0], x[1:4, 2:5])
    np.testing.assert_array_equal(db, [1.0])


def wrong_dx(
    delta: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int, *, slip: str
) -> np.ndarray:
    """Return dE/dx of an unpadded layer with one of the usual slips in it, or with none."""
    side = len(w)
    spread = np.zeros((x.shape[0] - side + 1, x.shape[1] - side + 1, delta.shape[2]))
    if slip == "delta not spread":
        spread[: delta.shape[0], : delta.shape[1]] = delta
    else:
        spread[::stride, ::stride] = delta
    if slip == "only the first map":
        spread[..., 1:] = 0.0
    back = w.swapaxes(2, 3)
    if slip != "kernel not flipped":
        back = back[::-1] if slip == "flipped one way" else back[::-1, ::-1]
    return convolution(spread, back, np.zeros(x.shape[2]), padding=side - 1)


@pytest.mark.parametrize(
    "slip",
    ["kernel not flipped", "flipped one way", "delta not spread", "only the first map"],
)
def test_the_check_rejects_wrong_gradients_by_the_image(
    gradient_error_exact: Callable[..., float], slip: str
) -> None:
    """Each slip in the way back to the image is far off; without one, nothing is."""
    x, w, b, delta, how = example((6, 8, 2, 3, 2, 2, 0))

    def error(x: np.ndarray) -> float:
        return np.sum(delta * convolution(x, w, b, **how))

    assert gradient_error_exact(error, x, wrong_dx(delta, x, w, 2, slip="none")) < 1e-14
    assert gradient_error_exact(error, x, wrong_dx(delta, x, w, 2, slip=slip)) > 0.1


@pytest.mark.parametrize(
    ("by", "wrong"),
    [
        pytest.param("w", lambda dw, db: dw[::-1, ::-1], id="kernel's gradient flipped"),
        pytest.param("w", lambda dw, db: dw.swapaxes(0, 1), id="rows for columns"),
        pytest.param("w", lambda dw, db: dw / 6, id="mean over the places"),
        pytest.param(
            "w",
            lambda dw, db: np.broadcast_to(dw.sum(axis=2, keepdims=True), dw.shape),
            id="all channels in each",
        ),
        pytest.param("b", lambda dw, db: db / 6, id="bias: mean for sum"),
        pytest.param("b", lambda dw, db: np.full_like(db, db.sum()), id="bias: all maps in each"),
    ],
)
def test_the_check_rejects_wrong_gradients_by_the_parameters(
    gradient_error_exact: Callable[..., float],
    by: str,
    wrong: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """Six places share the weights: their slopes add up, each at the weight's own position."""
    x, w, b, delta, how = example((6, 8, 2, 3, 2, 2, 0))
    assert delta.shape[:2] == (2, 3)
    _, dw, db = convolution_gradients(delta, x, w, **how)
    claimed = wrong(dw, db)
    if by == "w":
        found = gradient_error_exact(
            lambda w: np.sum(delta * convolution(x, w, b, **how)), w, claimed
        )
    else:
        found = gradient_error_exact(
            lambda b: np.sum(delta * convolution(x, w, b, **how)), b, claimed
        )
    assert found > 0.1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda x, w, b: convolution(x, w[::-1, ::-1], b), id="flipped kernel"),
        pytest.param(
            lambda x, w, b: convolution(x[..., :1], w[:, :, :1], b), id="channels not summed"
        ),
        pytest.param(lambda x, w, b: convolution(x, w, 0 * b), id="no bias"),
    ],
)
def test_the_loops_tell_wrong_layers(
    wrong: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
) -> None:
    """The comparison with loops would notice each of these in most places."""
    x, w, b, _, how = example((6, 5, 2, 3, 3, 1, 0))
    right = by_loops(x, w, b, **how)
    found = dict(np.ndenumerate(wrong(x, w, b)))
    assert found.keys() == right.keys()
    assert np.mean([found[place] != right[place] for place in right]) > 0.5
