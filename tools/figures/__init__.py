"""The figures of the pages, computed from the snippets and drawn as SVG that follows the theme."""
