"""Every figure of the site by its name."""

from pathlib import Path

from . import (
    activations,
    backpropagation,
    batches,
    convolution,
    kinds,
    logistic_regression,
    losses,
    one_weight,
    perceptron,
    regularization,
    site_map,
    streetlights,
    transfer,
)

DIRECTORY = Path(__file__).resolve().parents[2] / "docs" / "assets" / "figures"

FAMILIES = (
    site_map,
    kinds,
    one_weight,
    batches,
    perceptron,
    streetlights,
    activations,
    losses,
    logistic_regression,
    backpropagation,
    regularization,
    convolution,
    transfer,
)

DRAWINGS = {drawing.name: drawing for family in FAMILIES for drawing in family.DRAWINGS}
