"""The formulas of the page on gradient descent."""

from snippets import one_weight

from ..binding import Case, Draw, Function, derivative, update, value


def example(draw: Draw) -> dict[str, float]:
    """Return a weight, an input and a target."""
    return {"w": draw.real(), "x": draw.real(), "y": draw.real()}


def error(w: float, x: float, y: float) -> float:
    """Return the error as a function of what the page calls these three."""
    return one_weight.error(w, x, y)


@value(
    "eq:one-weight-error",
    of=one_weight.error,
    equal_mutants={r"E(w) = \frac{1}{2} (y - w x)^2": "A square hides a minus sign."},
)
def one_weight_error(draw: Draw, of: Function) -> Case:
    """Any weight and example."""
    values = example(draw)
    x, y = values["x"], values["y"]
    functions = {"E": lambda w: of(w, x, y)}
    return Case(values, functions=functions, expected=of(values["w"], x, y))


@derivative("eq:one-weight-derivative", of=one_weight.error_derivative)
def one_weight_derivative(draw: Draw, of: Function) -> Case:
    """Any weight and example; the left side is measured on the snippet's error."""
    values = example(draw)
    expected = of(values["w"], values["x"], values["y"])
    return Case(values, dependent={"E": error}, expected=expected)


@update("eq:gradient-step", of=one_weight.descend)
def gradient_step(draw: Draw, of: Function) -> Case:
    """One step of the descent, with a slope measured on the snippet's error."""
    values, alpha = example(draw), draw.positive(high=1)
    _, stepped = of(values["w"], values["x"], values["y"], alpha, steps=1)
    return Case(values | {"alpha": alpha}, dependent={"E": error}, updated={"w": stepped})


@value("eq:one-weight-distance", of=one_weight.descend)
def one_weight_distance(draw: Draw, of: Function) -> Case:
    """None to six updates, on both sides of the rate at which they diverge."""
    x, y, alpha = draw.positive(high=2), draw.real(), draw.positive(high=1)
    w, t = draw.real(), draw.whole(0, 6)
    weights = of(w, x, y, alpha, steps=t)
    values = {"x": x, "y": y, "alpha": alpha, "t": t, "w_0": w, "w_t": weights[-1]}
    return Case(values, expected=weights[-1] - y / x)
