"""The formulas of the page on activation functions."""

from snippets import activations

from ..binding import Case, Draw, Function, derivative, value

SIGMOID = {"sigma": activations.sigmoid}
CORNER = "They differ at 0 only, where the ReLU has a corner and no slope."


@value("eq:relu", of=activations.relu)
def relu(draw: Draw, of: Function) -> Case:
    """Any number."""
    x = draw.reals()
    return Case({"x": x}, functions={"relu": of}, expected=of(x))


@value("eq:sigmoid", of=activations.sigmoid)
def sigmoid(draw: Draw, of: Function) -> Case:
    """Any number, far out on both sides too."""
    x = draw.reals(low=-30, high=30)
    return Case({"x": x}, functions={"sigma": of}, expected=of(x))


@value("eq:tanh", of=activations.tanh)
def tanh(draw: Draw, of: Function) -> Case:
    """Any number."""
    x = draw.reals()
    return Case({"x": x}, expected=of(x))


@derivative(
    "eq:relu-derivative",
    of=activations.relu_slope,
    equal_mutants={
        r"\operatorname{relu}'(x) = \begin{cases} 1 & x \ge 0 \\ 0 & x < 0 \end{cases}": CORNER,
        r"\operatorname{relu}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}": CORNER,
    },
)
def relu_derivative(draw: Draw, of: Function) -> Case:
    """Numbers on both sides of the corner; at the corner there is no slope."""
    x = draw.positives() * (1 if draw.number % 2 else -1)
    return Case({"x": x}, functions={"relu": activations.relu}, expected=of(activations.relu(x)))


@derivative("eq:sigmoid-derivative", of=activations.sigmoid_slope)
def sigmoid_derivative(draw: Draw, of: Function) -> Case:
    """Any number; the left side is measured on the snippet's sigmoid."""
    x = draw.reals()
    return Case({"x": x}, functions=SIGMOID, expected=of(activations.sigmoid(x)))


@derivative("eq:tanh-derivative", of=activations.tanh_slope)
def tanh_derivative(draw: Draw, of: Function) -> Case:
    """Any number; the left side is measured."""
    x = draw.reals()
    return Case({"x": x}, expected=of(activations.tanh(x)))


@derivative("eq:sigmoid-derivation", of=activations.sigmoid_slope)
def sigmoid_derivation(draw: Draw, of: Function) -> Case:
    """Any number; the left side is measured on the snippet's sigmoid."""
    x = draw.reals()
    return Case({"x": x}, functions=SIGMOID, expected=of(activations.sigmoid(x)))
