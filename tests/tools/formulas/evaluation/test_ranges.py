"""Sums, products, and the largest of what an index runs over."""

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation.evaluate import evaluate
from tools.formulas.evaluation.functions import NAMED

A = [[1, 2, 3], [4, 5, 6]]
LAYERS = [[[1, 2]], [[3], [4]], [[5, 6, 7]]]


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        (r"\sum_{i=1}^{m} x_i", {"m": 3, "x": [1, 2, 4]}, 7),
        (r"\sum_{i=1}^{m} x_i + 1", {"m": 2, "x": [1, 2]}, 4),
        (r"\sum_{i=1}^{m} x_i y_i - 1", {"m": 2, "x": [1, 2], "y": [3, 5]}, 12),
        (r"\sum_{i=1}^{m} (x_i + 1)", {"m": 2, "x": [1, 2]}, 5),
        (r"2 \sum_{i=1}^{3} i^2", {}, 28),
        (r"\sum_{i=1}^{0} i", {}, 0),
        (r"\prod_{i=1}^{0} i", {}, 1),
        (r"\prod_{i=1}^{4} i", {}, 24),
        (r"\sum_{i=-1}^{1} 2^i", {}, 3.5),
        (r"\sum_{i=1}^{2} \sum_{j=1}^{3} a_{ij}", {"a": A}, 21),
        (r"\sum_{i=1}^{3} \sum_{j=i}^{3} j", {}, 14),
        (r"\sum_{i=1}^{2} A^{(i)}", {"A": A}, [5, 7, 9]),
        (r"\sum_i x_i", {"x": [1, 2, 4]}, 7),
        (r"\sum_{i, j} a_{ij}", {"a": A}, 21),
        (r"\sum_j a_{ij} x_j", {"a": A, "x": [1, 0, 1], "i": 2}, 10),
        (r"\sum_i A^{(i)}_2", {"A": A}, 7),
        (r"\sum_i A^{(i)}", {"A": A}, [5, 7, 9]),
        (r"\sum_l w_l W^{(l)}_{1,1}", {"W": LAYERS, "w": [1, 10, 100]}, 531),
        (r"\sum_j W^{(l)}_{1j}", {"W": LAYERS, "l": 3}, 18),
        (r"\sum_k f(z)_k z_k", {"z": [0, np.log(3)]}, 0.75 * np.log(3)),
        (r"\sum_k \frac{\partial E}{\partial w_k}", {"dE/dw": [1, 2]}, 3),
        (r"\sum_k g_k \frac{\partial E}{\partial w}", {"dE/dw": 2, "g": [1, 2]}, 6),
        (r"\sum_{j \ne k} x_j", {"x": [1, 2, 4], "k": 2}, 5),
        (r"\prod_{j \ne k} x_j", {"x": [1, 2, 4], "k": 1}, 8),
        (r"\sum_{k=1}^{3} \prod_{j \ne k} x_j", {"x": [1, 2, 4]}, 14),
        (r"\max_j x_j", {"x": [1, 5, 2]}, 5),
        (r"\min_{1 \le j \le 3} x_j", {"x": [4, 5, 2]}, 2),
        (r"\max_{1 \le u, v \le r} a_{u, v}", {"a": A, "r": 2}, 5),
        (r"\arg\max_j x_j", {"x": [1, 5, 2]}, 2),
        (r"\operatorname{arg\,min}_j x_j", {"x": [1, 5, 0]}, 3),
        (r"\operatorname*{argmax}_{j} x_j", {"x": [7, 5, 0]}, 1),
        (r"x_{\arg\max_j x_j}", {"x": [1, 5, 2]}, 5),
    ],
)
def test_reductions(tex, values, expected):
    """A reduction computes one product term for each value of its indices."""
    functions = {"f": NAMED["softmax"]} if "f(" in tex else None
    np.testing.assert_allclose(evaluate(tex, values, functions), expected, rtol=1e-14)


def test_convolution():
    """Three sums over shifted indices are a convolution, here written as windows."""
    generator = np.random.default_rng(0)
    x, w, b = (generator.normal(size=shape) for shape in ((5, 6, 3), (2, 2, 3, 4), (4,)))
    tex = r"b_k + \sum_{u=1}^{r} \sum_{v=1}^{r} \sum_{c=1}^{C} w_{uvck} x_{i+u-1, j+v-1, c}"
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(0, 1))
    for i, j, k in ((1, 1, 1), (4, 5, 4), (2, 3, 2)):
        expected = b[k - 1] + (windows[i - 1, j - 1] * w[..., k - 1].transpose(2, 0, 1)).sum()
        values = {"x": x, "w": w, "b": b, "r": 2, "C": 3, "i": i, "j": j, "k": k}
        assert evaluate(tex, values) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("tex", "values", "message", "at"),
    [
        (r"\sum_{i=1}^{m} x_i", {"m": 3, "x": [1, 2]}, "index 3 is outside 1 ... 2", 15),
        (r"\sum_{i=1}^{-1} i", {}, "would run from 1 up to -1", None),
        (r"\sum_{i=1}^{m} i", {"m": 1.5}, "the upper bound must be whole", 12),
        (r"\sum_{i=a}^{3} i", {"a": [1]}, "the lower bound must be a number", 8),
        (r"\sum_{i=1}^{2} i", {"i": 1}, "i is given, and cannot be an index too", 0),
        (r"\sum_{i=1}^{2} \sum_{i=1}^{2} i", {}, "i is bound already", 15),
        (r"\sum_i 2", {}, "nothing tells how far i runs", None),
        (r"\sum_i x_{i+1}", {"x": [1, 2]}, "nothing tells how far i runs", None),
        (r"\sum_i x_i y_i", {"x": [1, 2], "y": [1, 2, 3]}, "lengths 2 and 3", None),
        (r"\sum_j \sum_{i=1}^{2} f(A^{(i)})_j", {"A": A}, "of unknown length", None),
        (r"\sum_{j \ne k} x_j", {"x": [1, 2], "k": 3}, "outside 1 ... 2", None),
        (r"\max_{1 \le i \le n} i", {"n": 0}, "the max of nothing", 0),
        (r"\arg\max_j x_j", {"x": [1, 5, 5]}, "reached at 2 indices", 0),
        (r"\arg\max_{1 \le i \le n} i", {"n": 0}, "the max of nothing", 0),
        (r"\arg\max_{i, j} a_{ij}", {"a": A}, "more than one index", 0),
        (r"\arg\min_{j} \max_{1 \le i \le 2} x_j", {"x": [1, 1]}, "reached at 2", 0),
        (r"\max_i A^{(i)}", {"A": A}, "the max of numbers only, not of an example vector of 3", 0),
        (r"\prod_i A^{(i)}", {"A": A}, "the prod of numbers only", 0),
        (r"\sum_{i=1}^{3} W^{(i)}", {"W": LAYERS}, "the shapes differ", 0),
    ],
)
def test_refusals(tex, values, message, at):
    """Bounds that do not fit, and what cannot be told for sure, are refused."""
    functions = {"f": NAMED["softmax"]} if "f(" in tex else None
    with pytest.raises(FormulaError) as caught:
        evaluate(tex, values, functions)
    assert message in caught.value.message
    assert caught.value.position is not None
    assert at is None or caught.value.position == at


def test_index_is_free_after_its_sum():
    """Two sums may use one index, one after the other."""
    assert evaluate(r"\sum_{i=1}^{2} i + \sum_{i=1}^{3} i", {}) == 9
