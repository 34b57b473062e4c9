"""Derivatives in formulas: given ones and numerical ones."""

import math

import numpy as np
import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.evaluation.arrays import row
from tools.formulas.evaluation.evaluate import evaluate, sides
from tools.formulas.evaluation.functions import NAMED


def squares(w):
    """Return the sum of the squares of all entries."""
    return float((w**2).sum())


def two_layers(w):
    """Return the product of the sums of the squares of two layers."""
    first, second = w
    return squares(first) * squares(second)


def softmax(z):
    """Return the softmax of a vector."""
    return np.exp(z) / np.exp(z).sum()


def network(z):
    """Return the layers that follow from each: twice the one before, and then its sum."""
    first, *_ = z
    second = 2 * first[::-1]
    return first, second, np.array([second.sum()])


@pytest.mark.parametrize(
    ("tex", "values", "dependent", "expected"),
    [
        (r"\frac{dE}{dw}", {"w": 3}, {"E": lambda w: w**2}, 6),
        (r"\frac{\partial E}{\partial w}", {"w": 3}, {"E": lambda w: w**2}, 6),
        (r"\frac{\partial E}{\partial w_j}", {"w": [1, 5], "j": 2}, {"E": squares}, 10),
        (r"\frac{\partial E}{\partial w}", {"w": [1, 5]}, {"E": squares}, [2, 10]),
        (r"\frac{\partial E}{\partial w_{1,2}}", {"w": [[1, 5]]}, {"E": squares}, 10),
        (r"\nabla E", {"w": [1, 5]}, {"E": squares}, [2, 10]),
        (r"\nabla_w E", {"w": [1, 5]}, {"E": squares}, [2, 10]),
        (r"\frac{\partial E_\lambda}{\partial w}", {"w": 3}, {"E_lambda": lambda w: w**2}, 6),
        (r"\frac{\partial s_1}{\partial z_k}", {"z": [0, 0], "k": 2}, {"s": softmax}, -0.25),
        (
            r"\frac{\partial z_k^{(l+1)}}{\partial z_j^{(l)}}",
            {"z": ([1, 2], [9, 9], [9]), "l": 1, "j": 1, "k": 2},
            {"z": network},
            2,
        ),
        (
            r"\frac{\partial z_k^{(3)}}{\partial z_j^{(1)}}",
            {"z": ([1, 2], [9, 9], [9]), "j": 1, "k": 1},
            {"z": network},
            2,
        ),
        (
            r"\frac{\partial E}{\partial w^{(l)}}",
            {"w": ([[1, 2]], [[3], [4]]), "l": 2},
            {"E": two_layers},
            [[30], [40]],
        ),
        (
            r"\frac{\partial E}{\partial w_{ij}^{(l)}}",
            {"w": ([[1, 2]], [[3], [4]]), "l": 1, "i": 1, "j": 2},
            {"E": two_layers},
            100,
        ),
        (r"\frac{\partial E}{\partial w} + E", {"w": 3}, {"E": lambda w: w**2}, 15),
        (r"\frac{d}{dw} (w x - y)^2", {"w": 3, "x": 2, "y": 1}, {}, 20),
        (r"\frac{\partial}{\partial w_2} (w^\top w)", {"w": [1, 5]}, {}, 10),
        (r"\frac{d}{dw} E", {"w": 3}, {"E": lambda w: w**2}, 6),
        (r"\frac{d}{dw} (2 E)", {"w": 3}, {"E": lambda w: w**2}, 12),
        (r"\sum_{j=1}^{2} \frac{\partial E}{\partial w_j}", {"w": [1, 5]}, {"E": squares}, 12),
        (r"\sum_j \frac{\partial E}{\partial w_j}", {"w": [1, 5]}, {"E": squares}, 12),
    ],
)  # fmt: skip
def test_numerical_derivatives(tex, values, dependent, expected):
    """A derivative is that of what depends on a value, or of an expression, entry by entry."""
    found = evaluate(tex, values, None, dependent)
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_one_derivative_given_and_one_computed():
    """A chain rule may take one slope from what is given, and the other from a function."""
    tex = r"\frac{dE}{dh} = \frac{1}{q} \frac{dE}{dg}"
    values = {"h": 3, "q": 0.5, "dE/dg": 12}
    assert evaluate(tex, values, None, {"E": lambda h, q: (h / q) ** 2}) == pytest.approx(24)


def test_gradient_by_all_layers():
    """The derivative by layers is a tuple of arrays."""
    weights = (np.array([[1.0, 2.0]]), np.array([3.0]))
    dependent = {"E": lambda w: squares(w[0]) + squares(w[1])}
    found = evaluate(r"\nabla_w E", {"w": weights}, None, dependent)
    assert isinstance(found, tuple)
    np.testing.assert_allclose(found[0], [[2, 4]], rtol=1e-9)
    np.testing.assert_allclose(found[1], [6], rtol=1e-9)


def test_gradient_lies_as_its_vector():
    """The derivative by a row is a row."""
    values = {"w": row([1, 5]), "v": [1, 2]}
    tex = r"\frac{\partial E}{\partial w} v"
    assert evaluate(tex, values, None, {"E": squares}) == pytest.approx(22)


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        (r"\frac{\partial E}{\partial w}", {"dE/dw": 4}, 4),
        (r"\frac{\partial E}{\partial w_j}", {"dE/dw": [4, 5], "j": 2}, 5),
        (r"\nabla_w E", {"dE/dw": [4, 5]}, [4, 5]),
        (r"\nabla E", {"grad E": [4, 5]}, [4, 5]),
        (r"\frac{\partial E}{\partial w^{(l)}}", {"dE/dw": ([[1, 2]], [3]), "l": 1}, [[1, 2]]),
        (
            r"\frac{\partial E}{\partial w_{ij}^{(l)}}",
            {"dE/dw": ([[1, 2]], [[3]]), "l": 1, "i": 1, "j": 2},
            2,
        ),
        (r"\frac{\partial s_j}{\partial z_k}", {"ds/dz": [[1, 2], [3, 4]], "j": 1, "k": 2}, 2),
        (r"\frac{\partial E_\lambda}{\partial w_i}", {"dE_lambda/dw": [7], "i": 1}, 7),
        (r"w - \alpha \frac{dE}{dw}", {"w": 1, "alpha": 0.5, "dE/dw": 4}, -1),
    ],
)
def test_given_derivatives(tex, values, expected):
    """A derivative may be given, and is indexed as its denominator is."""
    np.testing.assert_array_equal(evaluate(tex, values), expected)
    assert not any(side.numerical for side in sides(tex, values))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("f'(x)", 1 - math.tanh(0.4) ** 2),
        ("f''(x)", -2 * math.tanh(0.4) * (1 - math.tanh(0.4) ** 2)),
        (r"\frac{d}{dx} f(x)", 1 - math.tanh(0.4) ** 2),
        (r"f(x) - \sin'(x)", math.tanh(0.4) - math.cos(0.4)),
    ],
)
def test_primes(tex, expected):
    """A prime is the derivative of a function, at what it is applied to."""
    assert evaluate(tex, {"x": 0.4}, {"f": np.tanh}) == pytest.approx(expected, rel=1e-8)


def test_prime_goes_entry_by_entry():
    """The derivative of a function of numbers applies to arrays of any shape."""
    x = np.array([[0.1, -0.2, 0.3]])
    np.testing.assert_allclose(evaluate("f'(x)", {"x": x}, {"f": np.tanh}), 1 - np.tanh(x) ** 2)


@pytest.mark.parametrize(
    ("tex", "values", "functions", "dependent", "message"),
    [
        (r"1 + \frac{dE}{dw}", {"w": 1}, {}, {}, "what E depends on is not given"),
        (r"1 + \frac{dE}{dw}", {"w": 1, "E": 1}, {}, {}, "what E depends on is not given"),
        (r"\frac{dE}{dv}", {"w": 1, "v": 1}, {}, {"E": lambda w: w}, "does not depend on v"),
        (r"\frac{dE}{dv}", {"w": 1}, {}, {"E": lambda w: w}, "v is not given as a value"),
        (r"\frac{d}{dw} (x^2)", {"w": 1, "x": 1}, {}, {}, "does not depend on w"),
        (r"\frac{dE}{dw}", {}, {}, {"E": lambda w: w}, "E depends on w, which is not given"),
        (r"\frac{ds}{dz}", {"z": [1, 2]}, {}, {"s": lambda z: z}, "derivative of a vector of 2"),
        (r"\frac{dE}{dw_3}", {"w": [1, 2]}, {}, {"E": squares}, "index 3 is outside"),
        (r"\frac{dE}{dw}", {"w": 0}, {}, {"E": "abs"}, "does not tell what it depends on"),
        (r"\frac{dE}{dw}", {"w": 0}, {}, {"E": lambda w: abs(w)}, "no derivative at 0"),
        (r"\frac{ds_k}{dW^{(l)}}", {"ds/dW": [1, 2], "k": 1, "l": 1}, {}, {}, "too many indices"),
        (r"\nabla E", {"w": 1, "b": 1}, {}, {"E": lambda w, b: w}, r"\nabla_w"),
        (r"\nabla (w^2)", {"w": 1}, {}, {}, r"\nabla_w"),
        (r"\nabla J(v)", {"grad J": 1}, {}, {}, "v is not given"),
        (r"J(w) + \frac{dJ}{dw}", {"dJ/dw": 1, "w": 1}, {}, {}, "the function J is not given"),
        (
            r"\frac{dE}{dw}",
            {"w": 1, "dE/dw": 1},
            {},
            {"E": lambda w: w},
            "dE/dw is given, and E as a function besides",
        ),
        (r"\nabla E", {"w": 1, "grad E": 1}, {}, {"E": lambda w: w}, "grad E is given, and E as"),
        ("f'(x)", {"x": 0}, {"f": NAMED["relu"]}, {}, "no derivative at 0"),
        ("f'(z)", {"z": [1, 2]}, {"f": NAMED["softmax"]}, {}, "f fails: it needs a vector"),
        (r"\ln'(x)", {"x": -1}, {}, {}, "the logarithm of a negative number"),
        (r"\frac{d}{dx} f'(x)", {"x": 1}, {"f": np.tanh}, {}, "inside another"),
        (r"\frac{d}{dx} \ln(x - 1)", {"x": 1}, {}, {}, "the logarithm of 0"),
        (r"\frac{dE}{dw}", {"w": 1}, {}, {"E": lambda w: w / 0}, "E fails: float division by zero"),
        (r"\frac{dE}{dw}", {"w": 1}, {}, {"E": lambda w: "a"}, "what E returns must be a number"),
        (r"\frac{dE}{dw}", {"w": 1}, {}, {"E": lambda w: math.nan}, "what E returns must be fin"),
    ],
)
def test_refusals(tex, values, functions, dependent, message):
    """A derivative that cannot be computed for sure is refused."""
    with pytest.raises(FormulaError) as caught:
        evaluate(tex, values, functions, dependent)
    assert message in caught.value.message


def test_values_are_as_before_after_a_derivative():
    """Moving a value for a derivative leaves no trace, even after an error."""
    tex = r"w - \frac{dE}{dw} + \frac{dE}{dw} = w"
    assert evaluate(tex, {"w": 3}, None, {"E": lambda w: w**2}) == pytest.approx(3)
    values = {"w": 1e-5}
    assert evaluate(r"\frac{d}{dw} (w \ln w)", values) == pytest.approx(math.log(1e-5) + 1)


def test_dependent_values_by_their_parameters():
    """Other parameters are held still, defaults are no parameters, and lambda is lambda_."""
    dependent = {"E": lambda w, lambda_, scale=3: scale * lambda_ * w}
    values = {"w": 2, "lambda": 5}
    assert evaluate(r"\frac{\partial E}{\partial \lambda}", values, None, dependent) == (
        pytest.approx(6)
    )


def test_dependent_value_is_computed_where_it_stands_by_itself():
    """E stands for what its function makes of the values, and so does E(w)."""
    dependent = {"E": lambda w: w**2}
    for tex in ("E + 1", "E(w) + 1", "E(w) + 1 = w^2 + 1", r"E(\mathbf w) + 1"):
        assert evaluate(tex, {"w": 3}, None, dependent) == 10
    assert evaluate("E(w) = w^2", {"w": 3}, None, dependent) == 9
    with pytest.raises(FormulaError, match="does not hold"):
        evaluate("E(w) = 2 w^2", {"w": 3}, None, dependent)
    for tex in ("E(v)", "E(w + v)", "E(2)", "E(w, v)", r"\frac{\partial E(v)}{\partial w}"):
        with pytest.raises(FormulaError, match="E depends on w"):
            evaluate(tex, {"w": 3, "v": 1}, None, dependent, allow_unused=True)


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        (r"\frac{\partial E(w)}{\partial w}", {"w": 3}, 6),
        (r"\frac{d E(w)}{dw} = 2 w", {"w": 3}, 6),
        (r"\nabla E(w)", {"w": 3}, 6),
        (r"\frac{\partial J(w)}{\partial w_j}", {"w": [3, 4], "j": 2, "dJ/dw": [7, 8]}, 8),
        (r"w - \nabla J(w)", {"w": 3, "grad J": 2}, 1),
        (r"\frac{\partial f(w)}{\partial w}", {"w": 3}, 27),
        (r"\frac{\partial f(w)}{\partial w} = 27", {"w": 3}, 27),
    ],
)
def test_what_is_derived_may_have_its_argument(tex, values, expected):
    """The argument says nothing new: it is what one derives by, or is given as well."""
    functions = {"f": lambda w: w**3} if "f(" in tex else None
    dependent = {"E": lambda w: w**2} if "E(" in tex else None
    assert evaluate(tex, values, functions, dependent) == pytest.approx(expected)


def test_condition_beside_a_derivative():
    """A condition is compared by itself, and the side that it stands in stays a numerical one."""
    for tex in (r"f'(x) \cdot [x > 0]", r"[x > 0] \cdot f'(x)"):
        (side,) = sides(tex, {"x": 2}, {"f": NAMED["square"]})
        assert side.numerical
    (side,) = sides(r"[f'(x) > 0]", {"x": 2}, {"f": NAMED["square"]})
    assert side.value == 1


def test_updates():
    """An update by a numerical derivative equals one by a given derivative."""
    tex = r"w \leftarrow w - \alpha \nabla E"
    w = np.array([1.0, 5.0])
    numerical = evaluate(tex, {"w": w, "alpha": 0.1}, None, {"E": squares})
    exact = evaluate(tex, {"w": w, "alpha": 0.1, "grad E": 2 * w})
    np.testing.assert_allclose(numerical, exact, rtol=1e-9)
    np.testing.assert_allclose(exact, [0.8, 4.0])
