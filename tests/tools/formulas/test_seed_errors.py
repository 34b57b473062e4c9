"""What the original notes had wrong in formulas is noticed, if it comes back.

Each is written in this site's letters, so that it fails for its mistake and for nothing else.
``docs/errata.md`` names these tests.
"""

from dataclasses import replace

import pytest

from tools.formulas.bindings import all_bindings
from tools.formulas.checking import check
from tools.formulas.pages import site_formulas

FORMULAS = site_formulas().by_label()
BINDINGS = all_bindings()

MISTAKES = {
    # By the numbers of the original's formulas in tests/data/seed_coverage.yml.
    "F1": ("eq:softmax", r"\sum(z)_j = \frac{e^{z_j}}{\sum_{k=1}^{K} e^{z_k}}"),
    "F3": (
        "eq:binary-cross-entropy",
        r"E = -\sum_{i=1}^{m} y_i \ln p_i + (1 - y_i) \ln(1 - p_i)",
    ),
    "F4": ("eq:cross-entropy", r"E = -\sum_{i=1}^{m} \sum_{j=1}^{K} y_{ij} l n (p_{ij})"),
    "F5": (
        "eq:logistic-mean-error",
        r"\frac{E}{m} = -\frac{1}{m} \sum_{i=1}^{m} (1 - y_i) \ln(1 - \hat{y}_i) "
        r"+ y_i \ln \hat{y}_i",
    ),
    "F6": (
        "eq:logistic-error",
        r"E = -\sum_{i=1}^{m} (1 - y_i) \ln(1 - \sigma(x^{(i)} w + b)) "
        r"+ y_i \ln \sigma(x^{(i)} w + b)",
    ),
    "F9": ("eq:logistic-weights", r"w_j' \leftarrow w_j - \alpha (\hat{y} - y) x_j"),
    "F12": (
        "eq:network-weight-step",
        r"W_{ij}^{(l)} \leftarrow W_{ij}^{(l)} - \alpha \frac{\delta E}{\delta W_{ij}^{(l)}}",
    ),
    "F13": (
        "eq:delta-hidden-unit",
        r"\delta^{h}_j = \sum W_{jk} \delta^{0}_k f'(h_j)",
    ),
    "F14": ("eq:hidden-weight-update", r"\Delta w_{ij} = \alpha \delta^{h}_j x_i"),
    # One at a time, where the original had several at once or none in a formula.
    "zero-for-o": (
        "eq:delta-hidden-unit",
        r"\delta^{h}_j = f'(h_j) \sum_{k=1}^{K} W_{jk} \delta^{0}_k",
    ),
    "sum-without-index": (
        "eq:delta-hidden-unit",
        r"\delta^{h}_j = f'(h_j) \sum W_{jk} \delta^{o}_k",
    ),
    "uphill": ("eq:logistic-weights", r"w_j \leftarrow w_j + \alpha (\hat{y} - y) x_j"),
    "twice-the-error": ("eq:one-weight-error", r"E(w) = (w x - y)^2"),
    "half-the-slope": ("eq:one-weight-derivative", r"\frac{dE}{dw} = \frac{1}{2} (w x - y) x"),
    "sum-for-mean": (
        "eq:logistic-mean-error",
        r"\frac{E}{m} = "
        r"-\sum_{i=1}^{m} \left( y_i \ln \hat{y}_i + (1 - y_i) \ln(1 - \hat{y}_i) \right)",
    ),
    "output-for-slope": (
        "eq:relu-derivative",
        r"\operatorname{relu}'(x) = \begin{cases} x & x > 0 \\ 0 & x < 0 \end{cases}",
    ),
    "divided-by-classes": (
        "eq:cross-entropy-gradient",
        r"\frac{\partial E}{\partial z_k} = \frac{p_k - y_k}{3}",
    ),
}


@pytest.mark.parametrize(("label", "tex"), MISTAKES.values(), ids=MISTAKES.keys())
def test_what_the_notes_said_is_rejected(label: str, tex: str) -> None:
    """The check of the formula fails, and says so with the page and the line."""
    assert not check(FORMULAS[label], BINDINGS[label]).fault
    wrong = replace(FORMULAS[label], tex=tex)
    fault = check(wrong, BINDINGS[label]).fault
    assert fault.startswith(f"docs/{wrong.page}:{wrong.line}: {label}")
