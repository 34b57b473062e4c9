"""The formulas of the site: where they stand and what they say."""
