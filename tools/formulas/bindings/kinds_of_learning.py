"""The formulas of the page on kinds of learning."""

from snippets import parametric

from ..binding import Case, Draw, Function, value


@value(
    "eq:mean-squared-error",
    of=parametric.mean_squared_error,
    equal_mutants={
        r"E = \frac{1}{m} \sum_{i=1}^{m} (y_i - \hat{y}_i)^2": "A square hides a minus sign."
    },
)
def mean_squared_error(draw: Draw, of: Function) -> Case:
    """Predictions and targets of one to five examples."""
    (m,) = draw.sizes(1, low=1)
    y_hat, y = draw.reals(m), draw.reals(m)
    error = of(y_hat, y)
    return Case({"E": error, "y_hat": y_hat, "y": y, "m": m}, expected=error)


@value("eq:straight-line", of=parametric.line)
def straight_line(draw: Draw, of: Function) -> Case:
    """One input, with any slope and intercept."""
    x, w, b = draw.real(), draw.real(), draw.real()
    y_hat = of(x, w, b)
    return Case({"y_hat": y_hat, "x": x, "w": w, "b": b}, expected=y_hat)
