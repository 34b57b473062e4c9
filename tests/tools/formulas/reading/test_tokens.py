"""TeX becomes tokens, and what only sets a formula is left out."""

import pytest

from tools.formulas.errors import FormulaError
from tools.formulas.reading.tokens import LONGEST_NUMBER, Kind, Side, tokenize


def texts(tex: str) -> list[str]:
    """Return the texts of the tokens, without that of the end."""
    return [token.text for token in tokenize(tex)[:-1]]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("", []),
        ("a+b", ["a", "+", "b"]),
        ("xy12.5", ["x", "y", "12.5"]),
        ("x_1.", ["x", "_", "1", "."]),
        (".5", [".5"]),
        (r"\alpha x\beta2", [r"\alpha", "x", r"\beta", "2"]),
        (r"a\,b\;c\quad d\!e~f\ g", list("abcdefg")),
        (r"\displaystyle\sum\limits_i", [r"\sum", "_", "i"]),
        (r"x \label{eq:a_b} \tag{*} \notag", ["x"]),
        (r"\operatorname*{argmax} x^*", [r"\operatorname*", "{", *"argmax", "}", "x", "^", "*"]),
        (r"a\\[4pt]b\\c", ["a", r"\\", "b", r"\\", "c"]),
        (r"\begin {aligned} x\end{align*}", [r"\begin{aligned}", "x", r"\end{align*}"]),
        (r"\lbrace x \rbrace \Vert", [r"\{", "x", r"\}", r"\|"]),
        (r"\frac12 \frac1m", [r"\frac", "1", "2", r"\frac", "1", "m"]),
        (r"\frac345", [r"\frac", "3", "4", "5"]),
        (r"\frac{1}{12}", [r"\frac", "{", "1", "}", "{", "12", "}"]),
        ("a:=b", ["a", ":=", "b"]),
    ],
)
def test_texts(tex: str, expected: list[str]) -> None:
    """Spaces, sizes, labels and tags are no tokens; numbers and commands are whole."""
    assert texts(tex) == expected


def test_places() -> None:
    """Each token knows where it stands, and the end stands behind the last character."""
    tokens = tokenize(r" 12 \le x ")
    assert [(token.start, token.end) for token in tokens] == [(1, 3), (4, 7), (8, 9), (10, 10)]
    assert [token.kind for token in tokens] == [
        Kind.NUMBER,
        Kind.COMMAND,
        Kind.LETTER,
        Kind.END,
    ]


def test_size_becomes_part_of_its_bracket() -> None:
    r"""``\left (`` is one token, which says that it opens."""
    opening, _, closing, _ = tokenize(r"\left ( x \bigr]")
    assert (opening.text, opening.side, opening.start, opening.end) == ("(", Side.LEFT, 0, 7)
    assert (closing.text, closing.side) == ("]", Side.CLOSING)


@pytest.mark.parametrize(
    ("tex", "position", "word"),
    [
        ("a \u2212 b", 2, "not TeX"),
        ("\u03b1", 0, "not TeX"),
        ("a % b", 2, "'%'"),
        ("a \x00", 2, "x00"),
        ("a $", 2, "'$'"),
        ("a \\", 2, "backslash"),
        (r"x \left", 2, "bracket"),
        (r"\left x", 0, "bracket"),
        (r"\left \right )", 0, "bracket"),
        (r"\left.", 0, "bracket"),
        ("1,000", 2, "begins with 0"),
        ("2 + 1e-5", 4, "10^{"),
        ("x" + "1" * (LONGEST_NUMBER + 1), 1, "digits"),
        ("\u0663", 0, "not TeX"),
    ],
)
def test_what_is_no_token(tex: str, position: int, word: str) -> None:
    """It is refused where it stands, in words."""
    with pytest.raises(FormulaError) as caught:
        tokenize(tex)
    assert caught.value.position == position
    assert word in caught.value.message
