"""The formulas of the page on backpropagation.

The network has three layers, and every number of examples or units is another one. What has a value
for each layer is a tuple, counted from 1 as the layers are. So the evaluator knows no layer 0, and
where a formula needs what the layer below puts out, layers are drawn from the second on.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from snippets import activations, backpropagation, cross_entropy, streetlights
from snippets.backpropagation import Layer, Layers

from ..binding import Case, Draw, Function, definition, derivative, update, value

L = 3

Values = tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Network:
    """A network with the examples it is given, and all that becomes of them."""

    x: np.ndarray
    y: np.ndarray
    layers: Layers

    @cached_property
    def W(self) -> Values:
        """The matrices."""
        return tuple(W for W, _ in self.layers)

    @cached_property
    def b(self) -> Values:
        """The biases."""
        return tuple(b for _, b in self.layers)

    @cached_property
    def n(self) -> np.ndarray:
        """The numbers of units, from the first layer on."""
        return np.array([len(b) for b in self.b])

    @cached_property
    def outputs(self) -> list[np.ndarray]:
        """What the layers put out, after x itself."""
        return backpropagation.forward(self.x, self.layers)

    @property
    def a(self) -> Values:
        """What the layers put out, from the first on."""
        return tuple(self.outputs[1:])

    @cached_property
    def z(self) -> Values:
        """The pre-activations."""
        return tuple(map(backpropagation.layer_sum, self.outputs[:-1], self.layers))

    @property
    def last_delta(self) -> np.ndarray:
        """The slopes of the cross-entropy at the last pre-activations."""
        return np.asarray(self.outputs[-1] - self.y)

    @cached_property
    def delta(self) -> Values:
        """The slopes of the cross-entropy at all pre-activations."""
        return tuple(backpropagation.deltas(self.last_delta, self.outputs, self.layers))

    @cached_property
    def slopes(self) -> Layers:
        """The slopes of the cross-entropy by all weights and biases."""
        return backpropagation.gradients(self.x, self.y, self.layers)

    def error_of(self, W: Values, b: Values) -> float:
        """Return the cross-entropy with other matrices or biases."""
        prediction = backpropagation.forward(self.x, list(zip(W, b, strict=True)))[-1]
        return cross_entropy.binary_cross_entropy(self.y, prediction)

    def error_from(self, l: int, z: np.ndarray) -> float:
        """Return the cross-entropy with other pre-activations in layer `l`."""
        z = np.atleast_2d(z)
        unchanged = np.eye(z.shape[1]), np.zeros(z.shape[1])
        prediction = backpropagation.forward(z, [unchanged, *self.layers[l:]])[-1]
        return cross_entropy.binary_cross_entropy(self.y, prediction)


def network(draw: Draw, *, examples: bool) -> Network:
    """Return a network with one example, or with some that may be a single one.

    Targets are 0, 1 or between. No unit is so sure that its slope is lost.
    """
    m, *sizes = draw.sizes(L + 2, low=1, high=6)
    if not examples:
        m = 1
    return Network(
        x=draw.reals(m, sizes[0], low=-1, high=1),
        y=draw.reals(m, sizes[-1], low=0, high=1),
        layers=[layer(draw, *shape) for shape in pairwise(sizes)],
    )


def layer(draw: Draw, n_in: int, n_out: int) -> Layer:
    """Return a matrix and biases."""
    return draw.reals(n_in, n_out, low=-1, high=1), draw.reals(n_out, low=-1, high=1)


def single(values: Values) -> Values:
    """Return the values of the only example, without their first axis."""
    return tuple(value for (value,) in values)


@value("eq:layer-sum", of=backpropagation.layer_sum)
def layer_sum(draw: Draw, of: Function) -> Case:
    """Any layer but the first, for one example: a row."""
    net, l = network(draw, examples=False), draw.whole(2, L)
    (expected,) = of(net.a[l - 2], net.layers[l - 1])
    a, b = single(net.a), net.b
    z = single(net.z)
    return Case({"z": z, "a": a, "W": net.W, "b": b, "l": l}, expected=expected)


@value("eq:layer-output", of=backpropagation.forward)
def layer_output(draw: Draw, of: Function) -> Case:
    """A hidden layer with its tanh, or the last with its sigmoid; some examples."""
    net, l = network(draw, examples=True), draw.whole(1, L)
    expected = of(net.x, net.layers)[l]
    f = activations.tanh if l < L else activations.sigmoid
    return Case({"a": net.a, "z": net.z, "l": l}, functions={"f": f}, expected=expected)


definition(
    "eq:feedforward",
    reason="Its dots stand for as many layers as there are, and its W is not a matrix but a name "
    "for all of eq:layer-sum; that and eq:layer-output, of which it is the chain, are checked.",
)

definition(
    "eq:network-gradient",
    reason="It gives all slopes one name, and its dots stand for as many as there are; what each "
    "is, eq:weight-slope, eq:weight-gradient and eq:bias-gradient say, and they are checked.",
)


@update("eq:network-weight-step", of=backpropagation.step)
def netweight_step(draw: Draw, of: Function) -> Case:
    """Any weight of any layer."""
    net, alpha = network(draw, examples=True), draw.positive()
    l = draw.whole(1, L)
    i, j = (draw.whole(1, size) for size in net.W[l - 1].shape)
    W = tuple(W for W, _ in of(net.layers, net.slopes, alpha))
    by_W = tuple(dW for dW, _ in net.slopes)
    values = {"W": net.W, "dE/dW": by_W, "alpha": alpha, "l": l, "i": i, "j": j}
    return Case(values, updated={"W": W})


@update("eq:network-bias-step", of=backpropagation.step)
def netbias_step(draw: Draw, of: Function) -> Case:
    """Any bias of any layer."""
    net, alpha = network(draw, examples=True), draw.positive()
    l = draw.whole(1, L)
    j = draw.whole(1, net.n[l - 1])
    b = tuple(b for _, b in of(net.layers, net.slopes, alpha))
    by_b = tuple(db for _, db in net.slopes)
    values = {"b": net.b, "dE/db": by_b, "alpha": alpha, "l": l, "j": j}
    return Case(values, updated={"b": b})


@derivative("eq:delta", of=backpropagation.deltas)
def delta(draw: Draw, of: Function) -> Case:
    """Any unit of any layer; the slope is measured on the network from there on."""
    net, l = network(draw, examples=False), draw.whole(1, L)
    j = draw.whole(1, net.n[l - 1])
    found = of(net.last_delta, net.outputs, net.layers)
    return Case(
        {"delta": single(net.delta), "z": single(net.z), "l": l, "j": j},
        dependent={"E": lambda z: net.error_from(l, z[l - 1])},
        expected=found[l - 1][0, j - 1],
    )


def next_sums(net: Network) -> Function:
    """Return the pre-activations as a function of those one layer below, for one example."""

    def z(z: Values) -> Values:
        below = zip(z[:-1], net.layers[1:], strict=True)
        return z[0], *(
            backpropagation.layer_sum(activations.tanh(sums), layer) for sums, layer in below
        )

    return z


@derivative("eq:delta-chain", of=backpropagation.deltas)
def delta_chain(draw: Draw, of: Function) -> Case:
    """Any unit of any hidden layer; how it moves the next layer's sums is measured."""
    net, l = network(draw, examples=False), draw.whole(1, L - 1)
    j = draw.whole(1, net.n[l - 1])
    found = of(net.last_delta, net.outputs, net.layers)
    return Case(
        {
            "delta": single(net.delta),
            "z": single(net.z),
            "n": net.n,
            "l": l,
            "j": j,
        },
        dependent={"z": next_sums(net)},
        expected=found[l - 1][0, j - 1],
    )


@derivative("eq:delta-link", of=backpropagation.deltas)
def delta_link(draw: Draw, of: Function) -> Case:
    """Any weight above the first layer: what a delta of 1 at one unit becomes at another below."""
    net, l = network(draw, examples=False), draw.whole(1, L - 1)
    j, k = draw.whole(1, net.n[l - 1]), draw.whole(1, net.n[l])
    unit = np.eye(net.n[l])[k - 1 : k]
    found = of(unit, net.outputs[: l + 2], net.layers[: l + 1])
    return Case(
        {"z": single(net.z), "W": net.W, "l": l, "j": j, "k": k},
        functions={"f": activations.tanh},
        dependent={"z": next_sums(net)},
        expected=found[l - 1][0, j - 1],
    )


@derivative("eq:weight-slope", of=backpropagation.backward)
def weight_slope(draw: Draw, of: Function) -> Case:
    """Any weight above the first layer, for one example; the left side is measured."""
    net, l = network(draw, examples=False), draw.whole(2, L)
    i, j = (draw.whole(1, size) for size in net.W[l - 1].shape)
    by_W, _ = of(net.last_delta, net.outputs, net.layers)[l - 1]
    return Case(
        {
            "W": net.W,
            "a": single(net.a),
            "delta": single(net.delta),
            "l": l,
            "i": i,
            "j": j,
        },
        dependent={"E": lambda W: net.error_of(W, net.b)},
        expected=by_W[i - 1, j - 1],
    )


@derivative("eq:delta-output", of=backpropagation.squared_delta)
def delta_output(draw: Draw, of: Function) -> Case:
    """Some examples; f is the last layer's sigmoid, and the slopes of the error are measured."""
    net = network(draw, examples=True)
    prediction, y = net.outputs[-1], net.y

    def error(z: Values) -> float:
        return streetlights.error(activations.sigmoid(z[-1]), y)  # half the squared error

    delta = of(prediction, y)
    return Case(
        {"delta": (*net.delta[:-1], delta), "L": L, "z": net.z, "y_hat": prediction, "y": y},
        functions={"f": activations.sigmoid},
        dependent={"E": error},
        expected=delta,
    )


@value("eq:delta-hidden", of=backpropagation.deltas)
def delta_hidden(draw: Draw, of: Function) -> Case:
    """Any hidden layer, with its tanh; some examples."""
    net, l = network(draw, examples=True), draw.whole(1, L - 1)
    found = of(net.last_delta, net.outputs, net.layers)
    return Case(
        {"delta": net.delta, "W": net.W, "z": net.z, "l": l},
        functions={"f": activations.tanh},
        expected=found[l - 1],
    )


@derivative("eq:weight-gradient", of=backpropagation.backward)
def weight_gradient(draw: Draw, of: Function) -> Case:
    """Any matrix above the first, some examples; the left side is measured."""
    net, l = network(draw, examples=True), draw.whole(2, L)
    by_W, _ = of(net.last_delta, net.outputs, net.layers)[l - 1]
    return Case(
        {"W": net.W, "a": net.a, "delta": net.delta, "l": l},
        dependent={"E": lambda W: net.error_of(W, net.b)},
        expected=by_W,
    )


@derivative("eq:bias-gradient", of=backpropagation.backward)
def bias_gradient(draw: Draw, of: Function) -> Case:
    """Any bias of any layer, some examples; the left side is measured."""
    net, l = network(draw, examples=True), draw.whole(1, L)
    j = draw.whole(1, net.n[l - 1])
    _, by_b = of(net.last_delta, net.outputs, net.layers)[l - 1]
    return Case(
        {"b": net.b, "delta": net.delta, "m": len(net.x), "l": l, "j": j},
        dependent={"E": lambda b: net.error_of(net.W, b)},
        expected=by_b[j - 1],
    )


def two_layers(draw: Draw) -> Network:
    """Return the network of the notes, with one hidden layer, and one example."""
    n, hidden, K = draw.sizes(3, low=1)
    return Network(
        x=draw.reals(1, n, low=-1, high=1),
        y=draw.reals(1, K, low=0, high=1),
        layers=[layer(draw, n, hidden), layer(draw, hidden, K)],
    )


@value("eq:delta-hidden-unit", of=backpropagation.deltas)
def delta_hidden_unit(draw: Draw, of: Function) -> Case:
    """Any hidden unit."""
    net = two_layers(draw)
    hidden, K = net.n
    j = draw.whole(1, hidden)
    delta_h, delta_o = single(net.delta)
    found = of(net.last_delta, net.outputs, net.layers)
    return Case(
        {
            "delta^h": delta_h,
            "delta^o": delta_o,
            "h": net.z[0][0],
            "W": net.W[1],
            "K": int(K),
            "j": j,
        },
        functions={"f": activations.tanh},
        expected=found[0][0, j - 1],
    )


@value("eq:hidden-weight-update", of=backpropagation.step)
def hidden_weight_update(draw: Draw, of: Function) -> Case:
    """What the snippet's step adds to any weight of the hidden layer."""
    net, alpha = two_layers(draw), draw.positive()
    w = net.W[0]
    i, j = (draw.whole(1, size) for size in w.shape)
    stepped, _ = of(net.layers, net.slopes, alpha)[0]
    delta_h, _ = single(net.delta)
    change = stepped - w
    return Case(
        {
            "Delta w": change,
            "alpha": alpha,
            "delta^h": delta_h,
            "x": net.x[0],
            "i": i,
            "j": j,
        },
        expected=change[i - 1, j - 1],
    )
