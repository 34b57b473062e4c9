"""The formula of the page on transfer learning."""

from snippets import transfer

from ..binding import Case, Draw, Function, update


@update("eq:layer-rate", of=transfer.step)
def layer_rate(draw: Draw, of: Function) -> Case:
    """A layer that is frozen, learns as usual, or something between, among others."""
    inputs, units = draw.sizes(2, low=1)
    w, slopes = draw.reals(inputs, units), draw.reals(inputs, units)
    alpha, rho = draw.positive(high=1), draw.real(0, 1)
    others = [draw.reals(units) for _ in range(2)]
    stepped = of([others[0], w, others[1]], [others[1], slopes, others[0]], [0.1, rho, 1], alpha)
    return Case({"w": w, "dE/dw": slopes, "alpha": alpha, "rho": rho}, updated={"w": stepped[1]})
