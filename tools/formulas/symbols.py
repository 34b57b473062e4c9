r"""Which symbols a formula uses: its letters with their accents, its words, and its signs.

It reads tokens, not the tree: an inline formula may be a piece such as ``\sum_j`` or ``(0, 1)``,
and what stands in it should be explained too.
"""

from collections.abc import Iterator

from .reading.tokens import Kind, Token, tokenize

ACCENTS = frozenset((r"\hat", r"\bar", r"\tilde", r"\dot", r"\vec"))
WORDS = frozenset((r"\operatorname", r"\operatorname*"))
PROSE = frozenset((r"\text", r"\textbf", r"\mathrm"))
"""Commands whose argument is prose."""

FORMS = (r"\begin{", r"\end{")

EVERYDAY = frozenset(
    (
        *(r"\frac", r"\tfrac", r"\sqrt", r"\times", r"\pm", r"\mp", r"\infty", r"\dots", r"\ldots"),
        *(r"\le", r"\ge", r"\ne", r"\approx", r"\to", r"\\", r"\,", r"\mid", r"\in"),
        *(r"\{", r"\}", r"\lvert", r"\rvert", r"\mathbf", r"\mathbb", r"\%"),
    )
)
"""Signs that a reader of this site knows from school, and commands that only set the formula."""


def symbols(tex: str) -> frozenset[str]:
    r"""Return the symbols of a formula, or of a piece of one.

    Args:
        tex: what stands between the dollar signs.

    Returns:
        Letters (``w``), accented ones (``\hat{y}``), words (``\operatorname{relu}``), and all other
        commands that need an explanation (``\alpha``, ``\odot``, ``\ln``).

    Raises:
        FormulaError: for a character that cannot stand in a formula.
    """
    return frozenset(_symbols(tokenize(tex)))


def _symbols(tokens: list[Token]) -> Iterator[str]:
    rest = iter(tokens)
    for token in rest:
        if token.text in ACCENTS or token.text in WORDS:
            yield f"{token.text}{{{_argument(rest)}}}"
        elif token.text in PROSE:
            _argument(rest)
        elif token.kind is Kind.LETTER or (
            token.kind is Kind.COMMAND
            and token.text not in EVERYDAY
            and not token.text.startswith(FORMS)
        ):
            yield token.text


def _argument(rest: Iterator[Token]) -> str:
    """Return the text of the next token, or of the braces that it opens."""
    text, depth = "", 0
    for token in rest:
        depth += (token.text == "{") - (token.text == "}")
        text += "" if token.text in ("{", "}") else token.text
        if depth == 0:
            break
    return text
