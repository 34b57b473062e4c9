"""Relations between the sides of a claim, and conditions."""

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation.evaluate import evaluate
from tools.formulas.evaluation.relations import DisagreementError

OVERLAP = r"\begin{cases} %s & x \ge 0 \\ %s & x \le 0 \end{cases}"
IF_ELSE = r"\begin{cases} %s & x %s 0 \\ %s & \text{otherwise} \end{cases}"


@pytest.mark.parametrize(
    "tex",
    [
        "1 = 1",
        "1 = 1 + 10^{-10}",
        r"0.1 + 0.2 = 0.3",
        r"1 - \frac{1}{3} - \frac{1}{3} - \frac{1}{3} = 0",
        r"1 \ne 1.00001",
        "1 < 2 < 3",
        r"1 \le 1 \le 2",
        r"2 > 1 \ge 1",
        "x = y",
        r"x^\top = z^\top",
        r"z^\top = y I",
        "x = y I",
        "A^{(1)} = x",
        r"x < 6",
        r"W = W",
        r"3.14159 \approx 3.14",
        r"3.14 \approx 3.14159",
        r"-3.14159 \approx -3.14",
        r"0.25 \approx 0.3",
        r"0.25 \approx 0.2",
        r"2.4 \approx 2",
        r"\frac{1}{800} \approx 1.2 \cdot 10^{-3}",
        r"12345 \approx 1.2 \times 10^4",
    ],
)
def test_relations_that_hold(tex):
    """A claim that holds, but for rounding, has the value of its first side."""
    values = {"x": [1, 5], "y": [1, 5], "z": [1, 5], "A": [[1, 5]], "W": [[1], [2, 3]]}
    values["I"] = [[1, 0], [0, 1]]
    evaluate(tex, values, allow_unused=True)


@pytest.mark.parametrize(
    "tex",
    [
        "1 = 1 + 10^{-8}",
        r"10^{-13} = 2 \cdot 10^{-13}",
        r"1 - 1 = 10^{-12}",
        "1 < 1",
        "1 > 1",
        r"1.1 \le 1",
        r"1 \ge 1.1",
        "1 < 3 < 2",
        "x = z",
        r"x^\top = x A",
        r"x^\top = x",
        r"x = z^\top",
        "x = 1",
        "x < 5",
        "W = V",
        r"3.14159 \approx 3.15",
        r"0.251 \approx 0.2",
        r"3.14159 \approx 3.140",
        r"\frac{1}{500} \approx 1.2 \cdot 10^{-3}",
    ],
)
def test_relations_that_do_not_hold(tex):
    """A claim that does not hold is refused, with both values and the place of the second."""
    values = {"x": [1, 5], "z": [1, 6], "A": [[1, 0], [0, 2]], "W": [[1], [2, 3]], "V": [1, 2]}
    with pytest.raises(DisagreementError, match="does not hold") as caught:
        evaluate(tex, values, allow_unused=True)
    assert caught.value.position > 0


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        ("x < A", "the shapes differ"),
        (r"x \approx 1", "for numbers"),
        (r"\sqrt{2} \approx \sqrt{2}", "a decimal number on one side"),
        (r"\sqrt{2} \approx 1.2 \cdot 10", "a decimal number on one side"),
        (r"\sqrt{2} \approx 1.2 \cdot 10^{1/2}", "a decimal number on one side"),
        (r"[1 \approx 1]", "condition"),
        (r"x \ne A", "the shapes differ"),
        (r"L \approx 0.3", "cannot be compared"),
        (r"L(x) \approx 0.3", "cannot be compared"),
        (r"0.1 + 0.2 \le 0.3", "too near"),
        (r"0.3 < 0.1 + 0.2", "too near"),
        (r"1 + 10^{-10} > 1", "too near"),
        (r"1 \ge 1 + 10^{-10}", "too near"),
        (r"1 \ne 1 + 10^{-10}", "too near"),
        (r"1 - \frac{1}{3} - \frac{1}{3} - \frac{1}{3} \ne 0", "too near"),
        (r"[0.1 + 0.2 = 0.3]", "too near"),
        (r"[0.1 + 0.2 - 0.3 > 0]", "too near"),
        (r"[0.1 x + 0.2 \ge 0.3]", "too near"),
        (r"\begin{cases} 1 & x < 5 + 10^{-12} \\ 0 & x > 5 \end{cases}", "too near"),
    ],
)
def test_relations_that_cannot_be_told(tex, message):
    """Sides that have no order, or no digits, are refused."""
    with pytest.raises(FormulaError, match=message) as caught:
        evaluate(tex, {"x": [1, 5], "A": [[1], [2]]}, allow_unused=True)
    assert not isinstance(caught.value, DisagreementError)


def test_numerical_derivatives_agree_less_nearly():
    """A numerical derivative may be a millionth off, and no more."""
    dependent = {"E": lambda w: w**2}
    for error, holds in ((3e-7, True), (3e-6, False)):
        values = {"w": 1, "c": 2 * (1 + error)}
        if holds:
            assert evaluate(r"\frac{dE}{dw} = c w", values, None, dependent) == pytest.approx(2)
        else:
            with pytest.raises(DisagreementError):
                evaluate(r"\frac{dE}{dw} = c w", values, None, dependent)


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("[j = k]", {"j": 1, "k": 1}, 1),
        ("[j = k]", {"j": 1, "k": 2}, 0),
        ("[0 < x < 1]", {"x": 0.5}, 1),
        ("[0 < x < 1]", {"x": 1}, 0),
        (r"[h > 0]", {"h": [-1, 0, 2]}, [0, 0, 1]),
        (r"y \odot [h \ge 0]", {"y": [3, 4, 5], "h": [-1, 0, 2]}, [0, 4, 5]),
        (r"\mathbb{1}[x \ne 2]", {"x": [[1, 2]]}, [[1, 0]]),
        (IF_ELSE % ("a", ">", "b"), {"x": 1, "a": 2, "b": 3}, 2),
        (IF_ELSE % ("a", ">", "b"), {"x": 0, "a": 2, "b": 3}, 3),
        (IF_ELSE % ("x", ">", "0"), {"x": [-1, 0, 2]}, [0, 0, 2]),
        (IF_ELSE % ("x", ">", "-x"), {"x": [[-1], [2]]}, [[1], [2]]),
        (IF_ELSE % ("1", ">", "0"), {"x": [1, 2]}, [1, 1]),
        (IF_ELSE % ("a", ">", "0"), {"x": 1, "a": [1, 2]}, [1, 2]),
        (IF_ELSE % (r"\ln x", ">", "0"), {"x": -1}, 0),
        (OVERLAP % ("x", "0"), {"x": 0}, 0),
        (OVERLAP % ("x", "2 x"), {"x": [3, 0, -1]}, [3, 0, -2]),
        (OVERLAP % ("x + 0.3", "0.1 + 0.2"), {"x": 0}, 0.3),
        (r"10^6 + [\epsilon > 0]", {"epsilon": 1e-12}, 1e6 + 1),
        (IF_ELSE % (r"\frac{1}{x}", r"\ne", "0"), {"x": 0}, 0),
        (IF_ELSE % (r"\ln x", ">", "0"), {"x": [-1, -2]}, [0, 0]),
    ],
)
def test_conditions(tex, values, expected):
    """A condition is 1 or 0, and chooses among cases; what is not taken is not computed."""
    found = evaluate(tex, values)
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("tex", "values", "message"),
    [
        (r"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}", {"x": 0}, "no case applies"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}", {"x": [1, 0]}, "no case applies"),
        (IF_ELSE % (r"\ln x", ">", "0"), {"x": [-1, 2]}, "logarithm"),
        (IF_ELSE % ("a", ">", "0"), {"x": [-1, 2], "a": [1, 2, 3]}, "the shapes differ"),
        ("[x > y]", {"x": [1, 2], "y": [1, 2, 3]}, "the shapes differ"),
        (OVERLAP % ("1", "0"), {"x": 0}, "two cases apply"),
        (OVERLAP % ("1", "0"), {"x": [1, 0, -1]}, "two cases apply"),
        (OVERLAP % ("x", "x + 1"), {"x": [1, 0, -1]}, "two cases apply"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & x < 1 \end{cases}", {"x": 0.5}, "two cases apply"),
        (OVERLAP % ("y", "z"), {"x": 0, "y": [1, 1], "z": [1]}, "the shapes differ"),
    ],
)
def test_conditions_that_are_refused(tex, values, message):
    """Cases that leave something out, and shapes that differ, are refused."""
    with pytest.raises(FormulaError, match=message):
        evaluate(tex, values)
