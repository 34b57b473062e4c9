"""Every figure of the site by its name."""

from pathlib import Path

from . import activations, losses, one_weight, streetlights

DIRECTORY = Path(__file__).resolve().parents[2] / "docs" / "assets" / "figures"

FAMILIES = (one_weight, streetlights, activations, losses)

DRAWINGS = {drawing.name: drawing for family in FAMILIES for drawing in family.DRAWINGS}
