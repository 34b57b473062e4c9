"""TeX -> tree: the documented subset, strictly."""
