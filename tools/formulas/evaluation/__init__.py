"""Tree and values -> number or array."""
