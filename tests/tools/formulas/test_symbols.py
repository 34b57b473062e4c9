"""Which symbols a formula uses."""

import pytest

from tools.formulas.symbols import symbols


@pytest.mark.parametrize(
    ("tex", "used"),
    [
        ("w x + 2 b", "w x b"),
        (r"\hat{y}_i - \hat y", r"\hat{y} i"),
        (r"\hat{y_i}", r"\hat{y_i}"),
        (r"\operatorname{relu}'(z^{(l)})", r"\operatorname{relu} z l"),
        (r"\frac{1}{m} \sum_{i=1}^m \alpha_i", r"m \sum i \alpha"),
        (r"W^\top \odot [h > 0]", r"W \top \odot h"),
        (r"\begin{cases} 1 & x \ge 0 \\ 0 & \text{if not} \end{cases}", "x"),
        (r"\left( \tfrac{a}{b} \right), \dots \label{eq:name}", "a b"),
        ("", ""),
    ],
)
def test_symbols(tex: str, used: str) -> None:
    """Letters with their accents, words and signs; numbers, prose and everyday signs are left."""
    assert symbols(tex) == frozenset(used.split())
