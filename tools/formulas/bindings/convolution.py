"""The formulas of the page on convolution and pooling."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from snippets import convolution, pooling

from ..binding import Case, Draw, Function, derivative, value

SQUARE_KERNEL = {"w": "A kernel has as many rows as columns, r of each."}


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution layer before an image, with the maps that it should have made of it."""

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    wanted: np.ndarray

    @property
    def maps(self) -> np.ndarray:
        """What the layer makes of the image."""
        return convolution.convolution(self.x, self.w, self.b)

    @property
    def delta(self) -> np.ndarray:
        """The slopes of the error by the maps."""
        return np.asarray(self.maps - self.wanted)

    def error(self, x: np.ndarray, w: np.ndarray) -> float:
        """Return half the sum of the squared misses for an image and kernels."""
        maps = convolution.convolution(x, w, self.b)
        return 0.5 * float(np.sum((maps - self.wanted) ** 2))


def a_layer(draw: Draw) -> Layer:
    """Return a layer before an image that is not square; no two counts of the kernels are equal."""
    r, channels, kernels = draw.sizes(3, low=1, high=4)
    rows, columns = (r - 1 + size for size in draw.sizes(2, low=1, high=4))
    return Layer(
        x=draw.reals(rows, columns, channels),
        w=draw.reals(r, r, channels, kernels),
        b=draw.reals(kernels),
        wanted=draw.reals(rows - r + 1, columns - r + 1, kernels),
    )


def places(draw: Draw, *lengths: int) -> Iterator[int]:
    """Yield a whole number for each length, from 1 to it: the first, the last, or any."""
    for length in lengths:
        yield draw.whole(1, length)


@value("eq:convolution", of=convolution.convolution, square=SQUARE_KERNEL)
def convolved(draw: Draw, of: Function) -> Case:
    """One number of one map."""
    layer = a_layer(draw)
    i, j, k = places(draw, *layer.maps.shape)
    r, _, channels, _ = layer.w.shape
    z = of(layer.x, layer.w, layer.b)
    values = {"z": z, "x": layer.x, "w": layer.w, "b": layer.b, "r": r, "C": channels}
    return Case(values | {"i": i, "j": j, "k": k}, expected=z[i - 1, j - 1, k - 1])


@value("eq:convolution-size", of=convolution.map_size)
def convolution_size(draw: Draw, of: Function) -> Case:
    """Images as small as the kernel too, and strides that leave rows over."""
    r, padding, stride = draw.whole(1, 5), draw.whole(0, 3), draw.whole(1, 4)
    n = draw.whole(max(1, r - 2 * padding), 12)
    size = of(n, r, stride, padding)
    return Case({"I": size, "n": n, "r": r, "P": padding, "S": stride}, expected=size)


@derivative(
    "eq:convolution-weight-gradient", of=convolution.convolution_gradients, square=SQUARE_KERNEL
)
def weight_gradient(draw: Draw, of: Function) -> Case:
    """One weight; the left side is measured through the snippet's convolution."""
    layer = a_layer(draw)
    u, v, c, k = places(draw, *layer.w.shape)
    rows, columns, _ = layer.maps.shape
    values: dict[str, Any] = {"x": layer.x, "w": layer.w, "delta": layer.delta}
    _, by_weights, _ = of(layer.delta, layer.x, layer.w)
    return Case(
        values | {"u": u, "v": v, "c": c, "k": k, "I": rows, "J": columns},
        dependent={"E": lambda w: layer.error(layer.x, w)},
        expected=by_weights[u - 1, v - 1, c - 1, k - 1],
    )


@derivative(
    "eq:convolution-input-gradient", of=convolution.convolution_gradients, square=SQUARE_KERNEL
)
def input_gradient(draw: Draw, of: Function) -> Case:
    """One pixel, in the middle, at an edge or in a corner; the left side is measured."""
    layer = a_layer(draw)
    i, j, c = places(draw, *layer.x.shape)
    r, _, _, kernels = layer.w.shape
    border = ((r - 1, r - 1), (r - 1, r - 1), (0, 0))
    values: dict[str, Any] = {"x": layer.x, "w": layer.w, "r": r, "F": kernels}
    by_image, _, _ = of(layer.delta, layer.x, layer.w)
    return Case(
        values | {"delta_tilde": np.pad(layer.delta, border), "i": i, "j": j, "c": c},
        dependent={"E": lambda x: layer.error(x, layer.w)},
        expected=by_image[i - 1, j - 1, c - 1],
    )


@value("eq:max-pooling", of=pooling.pool)
def max_pooling(draw: Draw, of: Function) -> Case:
    """One window of a map, whose last rows and columns need not fill one."""
    r = draw.whole(1, 3)
    rows, columns, channels = draw.sizes(3, low=3, high=8)
    a = draw.reals(rows, columns, channels)
    i, j, c = places(draw, rows // r, columns // r, channels)
    return Case(
        {"a": a, "i": i, "j": j, "c": c, "r": r},
        functions={"maxpool": lambda a: of(a, r)},
        expected=of(a, r)[i - 1, j - 1, c - 1],
    )
