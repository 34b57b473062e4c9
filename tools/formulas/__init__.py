"""The formulas of the site: where they stand, what they compute, and what they must equal."""
