"""TeX becomes the tree that it means, or is refused where it goes wrong."""

import string
from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tools.formulas import syntax
from tools.formulas.errors import FormulaError
from tools.formulas.pages import Formula, site_formulas
from tools.formulas.reading.parser import Names, parse
from tools.formulas.syntax import Node

LETTERS = frozenset(string.ascii_letters) - {"d", "e", "f", "g", "E", "T"}
GIVEN = Names(LETTERS | {"alpha", "beta", "y_hat"}, frozenset({"f", "g", "sigma", "softmax"}))


def names(values: str = "", functions: str = "", dependent: str = "") -> Names:
    """Return names from keys with spaces between them."""
    return Names(*(frozenset(keys.split()) for keys in (values, functions, dependent)))


def shown(value: object) -> str:
    """Return a tree in a short form: ``Sum(a, b, -)``."""
    match value:
        case syntax.Name():
            return value.key
        case syntax.Number():
            return value.text
        case Node():
            parts = (getattr(value, field.name) for field in fields(value) if field.name != "span")
            inner = ", ".join(shown(part) for part in parts if part not in (None, (), ""))
            return f"{type(value).__name__}({inner})"
        case tuple():
            return f"[{' '.join(map(shown, value))}]"
    return str(value)


def read(tex: str, given_names: Names = GIVEN) -> str:
    """Return the short form of a formula's tree."""
    return shown(parse(tex, given_names))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a + b - c", "Sum(Sum(a, b, +), c, -)"),
        ("-x^2", "Negative(Power(x, 2))"),
        ("-a b + c", "Sum(Negative(Product(a, b)), c, +)"),
        ("a - (b - c)", "Sum(a, Group(Sum(b, c, -)), -)"),
        ("2 a b", "Product(Product(2, a), b)"),
        ("0.50x", "Product(0.50, x)"),
        (r"a b \cdot c a", r"Product(Product(a, b), Product(c, a), \cdot)"),
        (r"a \odot B c", r"Product(a, Product(B, c), \odot)"),
        (r"a \cdot b \times c", r"Product(Product(a, b, \cdot), c, \times)"),
        ("a / b / c", "Quotient(Quotient(a, b), c)"),
        (r"a b / c \cdot x", r"Product(Quotient(Product(a, b), c), x, \cdot)"),
        (r"\frac{a + b}{2 c}", "Quotient(Sum(a, b, +), Product(2, c))"),
        (r"\frac12 x", "Product(Quotient(1, 2), x)"),
        (r"\dfrac a b", "Quotient(a, b)"),
        ("2^{-1}", "Power(2, Negative(1))"),
        ("x^{y^z}", "Power(x, Power(y, z))"),
        ("e^{(a + b)}", "Power(e, Group(Sum(a, b, +)))"),
        ("2^{(n)}", "Power(2, Group(n))"),
        (r"\sqrt{a} \sqrt[3]{b} \sqrt2", "Product(Product(Root(a), Root(b, 3)), Root(2))"),
        (r"\sqrt{x}^2", "Power(Root(x), 2)"),
        (r"\left( a \right) \bigl[ b \bigr]", "Product(Group(a), Group(b))"),
        (r"2 \{b\}", "Product(2, Group(b))"),
        ("{x}_i {y_i}^2", "Product(Indexed(x, [i]), Power(Indexed(y, [i]), 2))"),
    ],
)
def test_arithmetic(tex: str, expected: str) -> None:
    """Signs bind as they are used to, and a product without a sign the tightest."""
    assert read(tex) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("y_i", "Indexed(y, [i])"),
        ("y_{ij}", "Indexed(y, [i j])"),
        ("y_{i, j}", "Indexed(y, [i j])"),
        ("y_{12}", "Indexed(y, [12])"),
        ("y_{1j}", "Indexed(y, [1 j])"),
        (r"y_{\alpha\beta}", "Indexed(y, [alpha beta])"),
        ("n_{l+1}", "Indexed(n, [Sum(l, 1, +)])"),
        ("x_{2i+1}", "Indexed(x, [Sum(Product(2, i), 1, +)])"),
        ("x_{2i, j}", "Indexed(x, [Product(2, i) j])"),
        ("a_{(i-1)r+u, c}", "Indexed(a, [Sum(Product(Group(Sum(i, 1, -)), r), u, +) c])"),
        ("x_{i_j}", "Indexed(x, [Indexed(i, [j])])"),
        ("x^{(i)}", "Indexed(x, i)"),
        ("a^{[l]}", "Indexed(a, l)"),
        ("x^{(i)}_j", "Indexed(x, i, [j])"),
        ("W_{ij}^{(l+1)}", "Indexed(W, Sum(l, 1, +), [i j])"),
        ("x^{(n-1)/2}", "Power(x, Quotient(Group(Sum(n, 1, -)), 2))"),
        ("p^{[y = k]}", "Power(p, Iverson(Relation([y k], [=])))"),
        ("x_i^2", "Power(Indexed(x, [i]), 2)"),
        ("x^2_i", "Power(Indexed(x, [i]), 2)"),
        ("(A B)_{ij}", "Indexed(Group(Product(A, B)), [i j])"),
        (r"\operatorname{softmax}(z)_j", "Indexed(Call(softmax, [z]), [j])"),
        (r"W^\top x", "Product(Transpose(W), x)"),
        (r"W^{\top} W^\mathsf{T} W^{\mathrm T} W^\intercal", None),
        ("w^Tx", "Product(Transpose(w), x)"),
        (r"w_j^\top", "Transpose(Indexed(w, [j]))"),
        (r"W^{(l)\top}", "Transpose(Indexed(W, l))"),
        (r"(W^{(l)})^\top", "Transpose(Group(Indexed(W, l)))"),
    ],
)
def test_scripts(tex: str, expected: str | None) -> None:
    """Lowered things are indices; raised ones are an index in brackets, a transpose or a power."""
    if expected is None:
        expected = "Product(Product(Product({0}, {0}), {0}), {0})".format("Transpose(W)")
    assert read(tex) == expected


@pytest.mark.parametrize(
    ("tex", "values", "expected"),
    [
        ("W_1", "W_1", "W_1"),
        ("W_1", "W", "Indexed(W, [1])"),
        ("W_1", "W W_1", "W_1"),
        ("W_2", "W W_1", "Indexed(W, [2])"),
        (r"\delta^{o}_k", "delta^o k", "Indexed(delta^o, [k])"),
        (r"\delta_k^o", "delta^o k", "Indexed(delta^o, [k])"),
        (r"\delta^o", "delta o", "Power(delta, o)"),
        ("W_1^o", "W_1^o", "W_1^o"),
        ("W_1^o", "W_1 o", "Power(W_1, o)"),
        ("W_{xh}", "W_xh", "W_xh"),
        ("W_{xh}", "W_{xh}", "W_{xh}"),
        ("h_{t-1}", "h_{t-1}", "h_{t-1}"),
        ("h_{t-1}", "h t", "Indexed(h, [Sum(t, 1, -)])"),
        (r"E_\lambda", "E_lambda", "E_lambda"),
        (r"p_{\text{data}} p_\mathrm{data}", "", "Product(p_data, p_data)"),
        ("w^*", "w^*", "w^*"),
        ("x^T", "x T", "Power(x, T)"),
        (r"\hat{y}_i", "", "Indexed(y_hat, [i])"),
        (r"\hat{\mathbf y} \mathbf{\hat y}", "", "Product(y_hat, y_hat)"),
        (r"\widehat{y}", "", "y_hat"),
        (
            r"\bar\theta \tilde x \dot x \vec{x}",
            "",
            "Product(Product(Product(theta_bar, x_tilde), x_dot), x_vec)",
        ),
        (
            r"\mathcal{L} \boldsymbol{\Theta} \ell \varepsilon",
            "",
            "Product(Product(Product(L, Theta), ell), varepsilon)",
        ),
        (r"\mathrm{ab} \text{a b}", "", "Product(ab, ab)"),
        ("xy", "", "Product(x, y)"),
        (r"\Delta w", "Delta", "Product(Delta, w)"),
        (r"\frac{\partial E_\lambda}{\partial w_1}", "dE_lambda/dw_1", "Derivative(E_lambda, w_1)"),
    ],
)
def test_names(tex: str, values: str, expected: str) -> None:
    """What is raised or lowered is a label exactly when that key is given."""
    assert read(tex, names(values)) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\sigma(x)", "Call(sigma, [x])"),
        ("f(x, y)", "Call(f, [x y])"),
        (r"\alpha(1 - b)", "Product(alpha, Group(Sum(1, b, -)))"),
        (r"p(x) + p_i(x)^2", None),
        (
            r"\operatorname{relu}(x) \operatorname{sigmoid} y",
            "Product(Call(relu, [x]), Call(sigmoid, [y]))",
        ),
        (r"(\sin^2 x + a)", "Group(Sum(Call(sin, [x], 2), a, +))"),
        (r"(\log_2 x) a", "Product(Group(Call(log, [x], 2)), a)"),
        (r"(\max_j x_j) a", "Product(Group(Reduction(max, [Range(j)], Indexed(x, [j]))), a)"),
        (r"f\left[x\right]^2", "Power(Call(f, [x]), 2)"),
        (r"\ln x", "Call(ln, [x])"),
        (r"\ln x_i^2 + a", "Sum(Call(ln, [Power(Indexed(x, [i]), 2)]), a, +)"),
        (r"\ln(x)^2", "Power(Call(ln, [x]), 2)"),
        (r"\ln(1-p) y", "Product(Call(ln, [Sum(1, p, -)]), y)"),
        (r"\ln \frac{a}{b} \cdot c", r"Product(Call(ln, [Quotient(a, b)]), c, \cdot)"),
        (r"2 \ln \sigma(x)", "Product(2, Call(ln, [Call(sigma, [x])]))"),
        (r"\cos a \sin b", "Product(Call(cos, [a]), Call(sin, [b]))"),
        (r"\ln \sum_{i=1}^n a x_i", None),
        (r"\sin^2 x", "Call(sin, [x], 2)"),
        (r"\log_2 x \log_{10}(y)", "Product(Call(log, [x], 2), Call(log, [y], 10))"),
        (r"\mathrm{ln} x", "Call(ln, [x])"),
        (r"\operatorname{softmax} z", "Call(softmax, [z])"),
        (r"\operatorname{other}(z)", "Call(other, [z])"),
        (r"\max(a, b)", "Call(max, [a b])"),
        (r"\max\{0, x\}", "Call(max, [0 x])"),
        ("f'(x) g''(x)", "Product(Call(Prime(f, 1), [x]), Call(Prime(g, 2), [x]))"),
        (r"f^{\prime}(x)", "Call(Prime(f, 1), [x])"),
        (r"\tanh'(x)", "Call(Prime(tanh, 1), [x])"),
        (r"(f \circ g' \circ \exp)(x)", "Call(Composition([f Prime(g, 1) exp]), [x])"),
    ],
)
def test_calls(tex: str, expected: str | None) -> None:
    """A name is a function exactly when it is given as one, or standard; a call takes no more."""
    if expected is None and tex.startswith("p"):
        expected = "Sum(Product(p, Group(x)), Product(Indexed(p, [i]), Power(Group(x), 2)), +)"
    elif expected is None:
        expected = "Call(ln, [Reduction(sum, [Range(i, 1, n)], Product(a, Indexed(x, [i])))])"
    assert read(tex) == expected


@pytest.mark.parametrize(
    ("tex", "key", "expected"),
    [
        (r"\Delta w_{ij}", "Delta w", "Indexed(Delta w, [i j])"),
        (r"\Delta w_1", "Delta w_1", "Delta w_1"),
        (r"\Delta \hat{y}", "Delta y_hat", "Delta y_hat"),
        (r"\nabla E_1", "grad E_1", "Derivative(E_1)"),
        (r"\nabla E_1", "grad E", "Derivative(Indexed(E, [1]))"),
    ],
)
def test_keys_of_two_words(tex: str, key: str, expected: str) -> None:
    """A difference is one name, and a gradient that is given tells of labels too."""
    assert read(tex, Names(frozenset({key}))) == expected


@pytest.mark.parametrize(
    ("tex", "given_names", "expected"),
    [
        ("E(w) a", names("w a", dependent="E"), "Product(Call(E, [w]), a)"),
        ("E(w + a)", names("w a", dependent="E"), "Call(E, [Sum(w, a, +)])"),
        ("y(w)", names("w y", dependent="y"), "Call(y, [w])"),
        ("y(1 - w)", names("w y", dependent="y"), "Product(y, Group(Sum(1, w, -)))"),
        (r"\frac{\partial E(w)}{\partial w}", names("w dE/dw"), "Derivative(Call(E, [w]), w)"),
        (r"\nabla E(w)", names("w", "", "E"), "Derivative(Call(E, [w]))"),
    ],
)
def test_what_a_value_depends_on(tex: str, given_names: Names, expected: str) -> None:
    """It may stand in brackets behind it; a value that is given besides may be multiplied."""
    assert read(tex, given_names) == expected


def test_label_of_a_function() -> None:
    """A function may have a label."""
    assert read(r"f_\theta(x)", names("x", "f_theta")) == "Call(f_theta, [x])"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\sum_{i=1}^{m} x_i y_i + b", "Sum({}, b, +)"),
        (r"\sum_{i=1}^m x_i y_i", "{}"),
        (r"\sum^m_{i=1} x_i y_i", "{}"),
        (r"a \sum\limits_{i=1}^m x_i y_i", "Product(a, {})"),
    ],
)
def test_sum_takes_one_term(tex: str, expected: str) -> None:
    """A sum ends at a plus of its own level, and factors before it stay outside."""
    inner = "Reduction(sum, [Range(i, 1, m)], Product(Indexed(x, [i]), Indexed(y, [i])))"
    assert read(tex) == expected.format(inner)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\sum_i x", "Reduction(sum, [Range(i)], x)"),
        (r"\sum_{i, j} x", "Reduction(sum, [Range(i) Range(j)], x)"),
        (r"\sum_{ij} x", "Reduction(sum, [Range(i) Range(j)], x)"),
        (r"\prod_{i=j+1}^{n-1} x", "Reduction(prod, [Range(i, Sum(j, 1, +), Sum(n, 1, -))], x)"),
        (r"\max_{1 \le u, v \le r} x", "Reduction(max, [Range(u, 1, r) Range(v, 1, r)], x)"),
        (r"\arg\max_j x", "Reduction(argmax, [Range(j)], x)"),
        (r"\operatorname*{arg\,min}_j x", "Reduction(argmin, [Range(j)], x)"),
        (r"\operatorname{argmax}_j x", "Reduction(argmax, [Range(j)], x)"),
        (r"\argmax_j x", "Reduction(argmax, [Range(j)], x)"),
        (
            r"\prod_i x_i^y (1 - i)",
            "Reduction(prod, [Range(i)], Product(Power(Indexed(x, [i]), y), Group(Sum(1, i, -))))",
        ),
        (
            r"\min_i x_i / y_i",
            "Reduction(min, [Range(i)], Quotient(Indexed(x, [i]), Indexed(y, [i])))",
        ),
        (
            r"\sum_i \sum_j x \cdot y",
            r"Reduction(sum, [Range(i)], Reduction(sum, [Range(j)], Product(x, y, \cdot)))",
        ),
    ],
)
def test_ranges(tex: str, expected: str) -> None:
    """An index runs between bounds or along its axis."""
    assert read(tex) == expected


def test_value_left_out_of_a_sum() -> None:
    r"""``j \ne k`` leaves one value out, with bounds and without."""
    for tex in (r"\sum_{j \ne k} x", r"\sum_{j=1, j \neq k}^{n} x"):
        tree = parse(tex, GIVEN)
        assert isinstance(tree, syntax.Reduction)
        assert shown(tree.ranges[0].excluded) == "k"
        assert (tree.ranges[0].lower is None) == ("=" not in tex)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("[j = k]", "Iverson(Relation([j k], [=]))"),
        (r"[0 < x \leq 1] y", r"Product(Iverson(Relation([0 x 1], [< \le])), y)"),
        (r"\mathbb{1}[x > 0]", "Iverson(Relation([x 0], [>]))"),
        (r"\mathbf 1\{x > 0\}", "Iverson(Relation([x 0], [>]))"),
        (r"\mathbb{1}_{x > 0}", "Iverson(Relation([x 0], [>]))"),
        (
            r"\left|x\right| y \left|z\right|",
            "Product(Product(Fenced(absolute, x), y), Fenced(absolute, z))",
        ),
        ("|x||y|", "Product(Fenced(absolute, x), Fenced(absolute, y))"),
        ("|x| |y|", "Product(Fenced(absolute, x), Fenced(absolute, y))"),
        (r"\left| \lvert x \rvert - y \right|", "Fenced(absolute, Sum(Fenced(absolute, x), y, -))"),
        (r"\lVert w \rVert_2^2", "Power(Fenced(norm, w, 2), 2)"),
        (r"\|w\|^2_1", "Power(Fenced(norm, w, 1), 2)"),
        (
            r"\lVert W \rVert_F + \lVert w \rVert_\infty",
            "Sum(Fenced(norm, W, F), Fenced(norm, w, infty), +)",
        ),
        (r"\lfloor x \rfloor \lceil x \rceil", "Product(Fenced(floor, x), Fenced(ceiling, x))"),
        (
            r"\begin{cases} 1 & x \ge 0 \\ 0 & x < 0 \end{cases}",
            r"Cases([[1 Relation([x 0], [\ge])] [0 Relation([x 0], [<])]])",
        ),
        (
            r"\begin{cases} x, & \mbox{if } x > 0, \\ -x & \text{otherwise.} \end{cases}",
            r"Cases([[x Relation([x 0], [>])] [Negative(x) None]])",
        ),
    ],
)
def test_brackets(tex: str, expected: str) -> None:
    """Brackets that compute something."""
    assert read(tex) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\frac{\partial E}{\partial w_j}", "Derivative(E, Indexed(w, [j]))"),
        (r"\frac{dE}{dw}", "Derivative(E, w)"),
        (r"\frac{\mathrm{d} E}{\mathrm d w}", "Derivative(E, w)"),
        (
            r"\frac{\partial z_k^{(l+1)}}{\partial z_j^{(l)}}",
            "Derivative(Indexed(z, Sum(l, 1, +), [k]), Indexed(z, l, [j]))",
        ),
        (r"\frac{\partial (w x)}{\partial w}", "Derivative(Group(Product(w, x)), w)"),
        (
            r"\frac{\partial}{\partial w} (w x - y)^2 + 1",
            "Sum(Derivative(Power(Group(Sum(Product(w, x), y, -)), 2), w), 1, +)",
        ),
        (r"\frac{d}{dx} \sigma(x)", "Derivative(Call(sigma, [x]), x)"),
        (r"a \frac{d}{dx} \ln x", "Product(a, Derivative(Call(ln, [x]), x))"),
        (r"\partial E / \partial w", "Derivative(E, w)"),
        (r"\alpha \nabla E", "Product(alpha, Derivative(E))"),
        (r"\nabla_w E", "Derivative(E, w)"),
    ],
)
def test_derivatives(tex: str, expected: str) -> None:
    """Fractions of differentials, their inline form, and gradients."""
    assert read(tex) == expected


def test_quotient_that_looks_like_a_derivative() -> None:
    """A d with an index is a name."""
    assert read(r"\frac{d_j}{d_k}", names("d")) == "Quotient(Indexed(d, [j]), Indexed(d, [k]))"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a = b", "Relation([a b], [=])"),
        (r"a := b \equiv c \triangleq x", "Relation([a b c x], [= = =])"),
        (r"a \neq b \lt c \gt x \leq y \geq z", r"Relation([a b c x y z], [\ne < > \le \ge])"),
        (r"a \approx 0.5.", r"Relation([a 0.5], [\approx])"),
        (r"w \leftarrow w - \alpha g(x),", "Update(w, Sum(w, Product(alpha, Call(g, [x])), -))"),
        (r"\sigma^2 \gets x", None),
        (
            r"\begin{aligned} a &= b \\ &= c, \\[2pt] &\le x. \end{aligned}",
            r"Relation([a b c x], [= = \le])",
        ),
        (
            r"\begin{align*} a &= b \\ &\quad + c \\ & - x \end{align*}",
            "Relation([a Sum(Sum(b, c, +), x, -)], [=])",
        ),
        (
            r"\begin{aligned} a &= \bigl( b \\ &\quad + c \bigr) \end{aligned}",
            "Relation([a Group(Sum(b, c, +))], [=])",
        ),
        (
            r"\begin{equation}\begin{split} a = \\ b \end{split}\end{equation}",
            "Relation([a b], [=])",
        ),
        (
            r"\begin{gathered} a = b, \\ x = y \end{gathered}",
            "Claims([Relation([a b], [=]) Relation([x y], [=])])",
        ),
        (
            r"\begin{split} a &= \begin{cases} 1 & x>0 \\ 0 & x<0 \end{cases} \\ &= b \end{split}",
            r"Relation([a Cases([[1 Relation([x 0], [>])] [0 Relation([x 0], [<])]]) b], [= =])",
        ),
    ],
)
def test_claims(tex: str, expected: str | None) -> None:
    """Relations join sides, over lines as well; a line that begins otherwise is another claim."""
    given_names = names("x") if expected is None else GIVEN
    assert read(tex, given_names) == (expected or "Update(Power(sigma, 2), x)")


@pytest.mark.parametrize(
    ("tex", "target"),
    [
        ("E = 1", "E"),
        ("E(w) = 1", "Call(E, [w])"),
        (r"J(\theta_0, b) = 1", "Call(J, [Indexed(theta, [0]) b])"),
        (r"L_\delta(a) = 1", "Call(L_delta, [a])"),
        (r"\sigma(x) = 1", "Call(sigma, [x])"),
        (r"f'(x) = 1", "Call(Prime(f, 1), [x])"),
        (r"\delta^{h}_j = 1", "Indexed(delta^h, [j])"),
        (r"E_\lambda = a", "E_lambda"),
        (r"\frac{\partial E_\lambda}{\partial w_i} = 1", "Derivative(E_lambda, Indexed(w, [i]))"),
        ("a_k^{LS} = 1", "Indexed(a^LS, [k])"),
        ("a_i = 1", "Indexed(a, [i])"),
        ("a^h = 1", "Power(a, h)"),
        ("a^{ht} = 1", "Power(a, Product(h, t))"),
        ("e^x = 1", "Power(e, x)"),
        (r"e^{t\pi} = 1", "Power(e, Product(t, pi))"),
        (r"\sum_{\mu=1}^{h} a_\mu = 1", "Reduction(sum, [Range(mu, 1, h)], Indexed(a, [mu]))"),
        (r"\Delta w_{ij} \leftarrow 1", "Indexed(Delta w, [i j])"),
    ],
)
def test_targets(tex: str, target: str) -> None:
    """What a claim defines may have labels and arguments of its own, before it is given."""
    known = r"E" if "lambda" in tex else ""
    tree = parse(tex, names(f"a b h i j k lambda w x {known}"))
    first = tree.target if isinstance(tree, syntax.Update) else next(tree.children())
    assert shown(first) == target


@pytest.mark.parametrize(
    ("tex", "position", "words"),
    [
        ("", 0, "no formula"),
        (r"\quad .", 0, "no formula"),
        ("a +", 3, "breaks off"),
        ("a + + b", 4, "`+` cannot stand here"),
        ("+ a", 0, "a plus"),
        (r"a \cdot -b", 8, "`-` cannot stand here"),
        (r"a \foo b", 2, r"unknown command `\foo`"),
        (r"\begin{pmatrix} a \end{pmatrix}", 0, r"`\begin{pmatrix}`"),
        ("{a", 0, "without its `}`"),
        ("a}", 1, "without its `{`"),
        ("a_{}", 2, "empty braces"),
        (r"\frac{}{a}", 5, "empty braces"),
        ("x^2^3", 3, "double superscript"),
        ("x_i_j", 3, "double subscript"),
        ("x^12", 2, "one digit only"),
        (r"x^\frac{1}{2}", 2, "braces"),
        (r"\frac a", 7, "missing"),
        (r"\sqrt -a", 6, "braces"),
        ("a / b c", 2, "two ways"),
        (r"a / \sum_{i=1}^m b", 2, "two ways"),
        (r"\ln x y", 6, "not clear"),
        (r"\ln x (1 - x)", 6, "not clear"),
        (r"\sin 2x", 6, "not clear"),
        (r"\ln \sigma(x) y", 14, "not clear"),
        (r"\ln a / b", 6, "slash"),
        (r"\ln -x", 4, "begins with a sign"),
        (r"\frac{d}{dx} x y", 15, "ends its term"),
        (r"\frac{d}{dx} x \cdot y", 15, "ends its term"),
        (r"\partial E / \partial w x", 24, "ends its term"),
        (r"\max_j z_j / n", 7, "two ways"),
        (r"\max_j z_j \cdot c", 7, "two ways"),
        (r"\prod_i a_i \cdot b_i n", 8, "two ways"),
        (r"\prod_j v_j \sum_{i=1}^n x_i", 8, "two ways"),
        (r"x + y \quad n", 12, "quad"),
        (r"\sum_i -x", 7, "begins with a sign"),
        (r"a \odot b \cdot c", 10, "two ways"),
        ("x 2", 2, "number goes first"),
        ("2 3", 2, "number goes first"),
        ("x {2}", 2, "number goes first"),
        (r"2\frac{1}{2}", 1, "beside a fraction"),
        (r"\frac{a}{b}^2", 11, "brackets"),
        ("{a + b} c", 3, "braces show nothing"),
        (r"{\ln x} y", 6, "braces show nothing"),
        ("{x^2}_i", 0, "braces show nothing"),
        ("a * b", 2, r"`\cdot`"),
        ("(a, b)", 2, "list"),
        ("(a = b)", 3, "square brackets"),
        ("[a]_i = [b, c]", 10, "list"),
        ("(a]", 0, "not closed"),
        (r"\left( a )", 0, "do not pair"),
        (r"( a \right)", 0, "do not pair"),
        ("a)", 1, "`)` cannot stand here"),
        ("||x||", 1, "bars within bars"),
        ("|(|x|)|", 2, "bars within bars"),
        ("|x|_1", 3, "index"),
        (r"\lVert x \rVert_p", 16, "norm"),
        ("2_i", 1, "index"),
        ("x_{ij+1}", 3, "side by side"),
        ("x_{ij, k}", 3, "side by side"),
        ("x_{12k}", 3, "commas"),
        ("x_{(1)}", 3, "raised"),
        (r"W_{ij}^\top", 1, "transpose"),
        (r"W^\top_j", 1, "transpose"),
        ("W^{-1}_{ij}", 1, "beside a power"),
        ("W_{ij}^{-1}", 1, "beside a power"),
        ("W^2_{ij}", 1, "beside a power"),
        ("x^*", 2, "label"),
        ("x'", 1, "prime"),
        ("f'^2(x)", 2, "double superscript"),
        ("f'''(x)", 1, "two primes"),
        ("f'_i(x)", 1, "after its brackets"),
        ("f^2(x)", 1, "two ways"),
        ("f_i(x)", 1, "after its brackets"),
        (r"\sin^{-1} x", 6, "inverse"),
        ("f x", 0, "brackets"),
        ("a f", 2, "brackets"),
        (r"\max z", 0, "brackets"),
        ("p(x, 2)", 0, "not given as a function"),
        ("E(x)", 0, "not given as a function"),
        ("E_i(x)", 0, "not given as a function"),
        ("E[x]^2", 0, "not given as a function"),
        (r"2 \pi(x)", 2, "not given as a function"),
        (r"\nabla E(w)", 7, "not given as a function"),
        ("p(x|y)", 3, "no value"),
        ("|x|y|z|", 4, "bars that can be paired in two ways"),
        (r"\|x\| y \|z\|", 8, "bars that can be paired in two ways"),
        (r"\ln \sum_{i=1}^n x_i a", 4, "two ways"),
        (r"\ln \sum_{i=1}^n x_i \cdot 2", 4, "two ways"),
        (r"f \circ g(x)", 0, "brackets"),
        (r"(f \circ g)", 0, "argument"),
        (r"(f \circ a)(x)", 9, "both sides"),
        (r"a \circ b", 2, r"`\odot`"),
        (r"\sum x", 0, "index"),
        (r"\sum_{i=1} x", 6, "upper bound"),
        (r"\sum_{i}^{m} x", 10, "without a lower one"),
        (r"\sum_{i<j} x", 6, "range"),
        (r"\sum_{i=1, j=1}^m x", 12, "goes on"),
        (r"\argmax z", 0, "index"),
        (r"\arg z", 0, r"`\max`"),
        (r"\hat{y_i}", 6, "one letter"),
        (r"\mathbf{ab}", 9, "one letter"),
        (r"\hat 2", 0, "one letter"),
        (r"\frac{\partial E}{w}", 0, r"`\partial` stands above and below"),
        (r"\frac{\partial E}{\partial w^2}", 27, "derives by a name"),
        (r"\frac{\partial^2 E}{\partial w^2}", 14, "first derivatives"),
        (r"\frac{\partial w x}{\partial w}", 17, "one name"),
        (r"\nabla E^2", 0, "one name or call"),
        (r"\text{if } x", 0, "`cases`"),
        (r"\mathbb{1}", 0, "condition"),
        (r"\mathbb{1}[x]", 11, "comparison"),
        (r"\begin{cases} 1 \\ 0 \end{cases}", 16, "`&`"),
        (r"\begin{cases} 1 & \text{otherwise} \\ 0 & x > 0 \end{cases}", 38, "after `otherwise`"),
        (r"\begin{cases} 1 & \text{unless } x > 0 \end{cases}", 18, "begins no condition"),
        (r"\begin{cases} 1 & x > 0", 23, "breaks off"),
        ("a & b", 2, "stray `&`"),
        (r"a \\ b", 2, r"stray `\\`"),
        (r"\begin{aligned} a & b \end{aligned}", 18, "stray `&`"),
        (r"\begin{aligned} a &= b && c = x \end{aligned}", 23, "stray `&`"),
        (r"\begin{aligned} a = b \\ - c \end{aligned}", 25, "begins with `-`"),
        (r"\begin{aligned} a = \left( b \\ c \right) \end{aligned}", 29, r"\left"),
        (r"a = \begin{aligned} b \end{aligned}", 4, r"`\begin{aligned}`"),
        (r"a, \dots, b", 1, "list"),
        (r"a + \dots + b", 4, r"\dots"),
        (r"a \propto b", 2, r"\propto"),
        (r"a \in b", 2, r"\in"),
        (r"\infty", 0, "norm"),
        (r"a + b \leftarrow c", 6, "needs a name"),
        (r"a \leftarrow b = c", 15, "cannot stand here"),
    ],
)
def test_refusals(tex: str, position: int, words: str) -> None:
    """What is no formula, or can be read in two ways, is refused where it stands, in words."""
    with pytest.raises(FormulaError) as caught:
        parse(tex, GIVEN)
    assert words in caught.value.message
    assert caught.value.position == position


def test_two_labels_that_are_not_given_as_one() -> None:
    """Where each of two labels makes a name, neither is taken."""
    with pytest.raises(FormulaError, match="not both"):
        parse("W_1^o", names("W_1 W^o"))


def test_d_that_is_given_makes_no_derivative() -> None:
    """With a value d, its fractions could be either."""
    with pytest.raises(FormulaError, match="`d` is given"):
        parse(r"\frac{dx}{dy}", names("d x y"))


SITE = site_formulas().formulas
SITE_NAMES = names(
    "h w_0 w_t W_1 W_2 delta_1 delta_2 delta^h delta^o K", "f sigma relu softmax maxpool step"
)
DEFINITIONS = ("eq:gradient-vector", "eq:network-gradient", "eq:feedforward")
"""Those with dots in them, which are not computed."""


@pytest.mark.parametrize("formula", SITE, ids=[formula.label for formula in SITE])
def test_spans_of_the_site(formula: Formula) -> None:
    """Each piece of a display formula is read alike by itself, and a name can take its place."""
    tex = formula.tex
    if formula.label in DEFINITIONS:
        with pytest.raises(FormulaError):
            parse(tex, SITE_NAMES)
        return
    tree = parse(tex, SITE_NAMES)
    assert_spans(tex, tree)
    defined = next(tree.children()).span
    called = [node.function for node in tree.walk() if isinstance(node, syntax.Call)]
    for node in tree.walk():
        start, end = node.span
        whole = isinstance(node, syntax.Range | syntax.Relation | syntax.Update)
        if whole or node in called or (defined[0] <= start and end <= defined[1]):
            continue
        if not isinstance(node, syntax.Name):  # The name of a function cannot stand alone.
            assert shown(parse(tex[start:end], SITE_NAMES)) == shown(node)
        assert any(
            parses(f"{tex[:start]} {instead} {tex[end:]}") for instead in ("q", "(q + q)")
        ), tex[start:end]
        if isinstance(node, syntax.Group):
            assert tex[start:end].endswith((")", "]"))


def parses(tex: str) -> bool:
    """Return whether a formula of the site is one."""
    try:
        parse(tex, SITE_NAMES)
    except FormulaError:
        return False
    return True


def assert_spans(tex: str, tree: Node) -> None:
    """Check that each node stands within its parent and is not empty."""
    for node in tree.walk():
        start, end = node.span
        assert 0 <= start < end <= len(tex)
        for child in node.children():
            # An upper bound stands raised, apart from the rest of its range.
            assert isinstance(node, syntax.Range) or start <= child.span[0] <= child.span[1] <= end


MANY = (
    r"a b x y z W E w e d i j k m n 1 2 0.5 12 + - * / = < > ^ _ { } ( ) [ ] | , . ; ' & \\ \frac "
    r"\sqrt \sum \prod \max \arg \argmax \operatorname{softmax} \operatorname \text{if} \mathrm{d} "
    r"\text{otherwise} \text{train} \mathbf \mathbb{1} \hat \bar \Delta \nabla \partial \alpha f g "
    r"\sigma \ln \sin \cdot \times \odot \circ \top \mathsf{T} T \le \ne \approx \leftarrow \left "
    r"\right \bigl \{ \} \lvert \rvert \lVert \rVert \| \lfloor \rfloor \begin{cases} \end{cases} "
    r"\begin{aligned} \end{aligned} \infty \dots \prime := \foo \, _{i} ^{2} ^{(i)} _{ij} "
    r"\frac{a}{b} \frac{\partial ^\top f'(x) \sum_{i=1}^{m} x_i (x) {x} {} \max_{1\le"
)
PIECES = MANY.split()
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text("\\{}^_&ab1(.)| \n'", max_size=30),
    st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join),
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return a formula of the site with pieces replaced, added and left out."""
    words = draw(st.sampled_from(SITE)).tex.replace("{", " { ").replace("}", " } ").split()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(words)))
        words[place : place + draw(st.integers(0, 2))] = draw(
            st.lists(st.sampled_from(PIECES), max_size=2)
        )
    return " ".join(words)


@given(tex=TEXTS | spoilt())
@example(tex="x^{{}}")
@example(tex=r"\begin{aligned} \\ & \end{aligned}")
@example(tex="_")
@example(tex="\\")
def test_any_text_is_read_or_refused(tex: str) -> None:
    """Nothing but a FormulaError is raised for any text, and its place is in the text."""
    outcome = parsed(tex)
    if isinstance(outcome, Node):
        assert_spans(tex, outcome)
    else:
        assert outcome.position is not None
        assert 0 <= outcome.position <= len(tex)


def parsed(tex: str) -> Node | FormulaError:
    """Return the tree of a formula, or why there is none."""
    try:
        return parse(tex, GIVEN)
    except FormulaError as error:
        return error


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        (r"\left(", r"\right)"),
        ("[1 = ", "]"),
        ("{", "}"),
        (r"\lvert ", r"\rvert"),
        ("x^{", "}"),
        ("x_{", "}"),
        (r"x^{(", r")\top}"),
        (r"\frac{", "}{2}"),
        (r"\frac{1}{", "}"),
        (r"\sqrt{", "}"),
        (r"\hat{", "}"),
        (r"\mathbf{", "}"),
        (r"\Delta ", ""),
        (r"\ln ", ""),
        (r"\ln(", ")"),
        ("f(", ")"),
        ("a(", ")"),
        ("E(", ") = 1"),
        (r"(f \circ ", ")(x)"),
        (r"\sum_i ", ""),
        (r"\sum_{i=1}^{", "} x"),
        (r"\max_{1 \le i \le ", "} x"),
        (r"\nabla ", ""),
        (r"\frac{\partial ", r"}{\partial w}"),
        (r"\frac{d}{dw} ", ""),
        (r"\partial ", r"/ \partial w"),
        (r"\begin{cases}", r"& x > 0 \end{cases}"),
        (r"\begin{aligned}", r"\end{aligned}"),
        (r"\begin{aligned} a", r"\\ a \end{aligned}"),
        ("a ", ""),
        ("a + ", ""),
        ("a / ", ""),
        ("a = ", ""),
        ("'", ""),
        ("-", ""),
        ("{", ""),
        (r"\left", ""),
        ("&", ""),
    ],
)
def test_depth_and_length_are_bounded(opening: str, closing: str) -> None:
    """However deep or long, a formula is read or refused: no recursion fails, nothing explodes."""
    for times in (20, 49, 60, 3000):
        outcome = parsed(opening * times + "x" + closing * times)
        assert isinstance(outcome, FormulaError) or height(outcome) <= 120


def height(tree: Node) -> int:
    """Return the number of levels of a tree."""
    return 1 + max(map(height, tree.children()), default=0)


def test_what_nobody_writes_by_hand_is_refused() -> None:
    """Forty brackets are read; sixty, and more than a hundred terms in a row, are refused."""
    parse("(" * 40 + "x" + ")" * 40, GIVEN)
    for tex, words in (
        ("(" * 60 + "x" + ")" * 60, "too deeply nested"),
        ("x + " * 150 + "x", "in a row"),
        ("x " * 150, "in a row"),
        ("(x" + " + x" * 80 + ")" + " x" * 80, "too long"),
    ):
        with pytest.raises(FormulaError, match=words):
            parse(tex, GIVEN)
