r"""Names in TeX and the keys they stand for: ``\mathbf z`` is z, ``\hat{y}`` is y_hat."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import FormulaError
from ..evaluation.functions import STANDARD
from .reader import Reader
from .tokens import PUNCTUATION, Kind, Token

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
LETTERS: Mapping[str, str] = {f"\\{name}": name for name in (*GREEK.split(), "ell")}
"""Commands that are one letter, and its key."""

ACCENTS: Mapping[str, str] = {
    r"\hat": "hat",
    r"\widehat": "hat",
    r"\bar": "bar",
    r"\overline": "bar",
    r"\tilde": "tilde",
    r"\widetilde": "tilde",
    r"\dot": "dot",
    r"\vec": "vec",
}
"""What they add to a key."""

FONTS = frozenset(
    (r"\mathbf", r"\boldsymbol", r"\bm", r"\mathcal", r"\mathsf", r"\mathfrak", r"\mathscr")
)
"""They change nothing, and stand on a single letter."""

WORDS = frozenset((r"\mathrm", r"\mathit", r"\text", r"\textrm", r"\mbox", r"\operatorname"))
WORDS |= {r"\operatorname*"}
"""They make one name of several letters."""

OPERATORS: Mapping[str, str] = {r"\argmax": "argmax", r"\argmin": "argmin"}


@dataclass(frozen=True, slots=True)
class Word:
    """A name as it stands in the formula, without scripts."""

    key: str
    span: tuple[int, int]
    upright: bool = False
    r"""Whether it is set as a word, like ``\ln`` and ``\text{train}``."""


class NameReader(Reader):
    """Reads names."""

    def at_name(self) -> bool:
        """Return whether a name comes next."""
        return _begins_name(self.token)

    def word(self) -> Word:
        """Take a name, without its scripts.

        Raises:
            FormulaError: when an accent or a font has no single letter under it.
        """
        with self.nested():
            token = self.take()
            if token.kind is Kind.LETTER:
                return Word(token.text, (token.start, token.end))
            if token.text == r"\Delta" and _begins_name(self.token) and self._changes():
                changed = self.word()
                return Word(f"Delta {changed.key}", (token.start, changed.span[1]))
            if token.text in LETTERS:
                return Word(LETTERS[token.text], (token.start, token.end))
            if token.text in ACCENTS:
                word = self._under(token)
                return Word(f"{word.key}_{ACCENTS[token.text]}", self.since(token.start))
            if token.text in FONTS:
                return Word(self._under(token).key, self.since(token.start))
            if token.text in WORDS:
                return self._upright(token)
            if token.text == r"\arg":
                return self._arg(token)
            return Word(token.text[1:], (token.start, token.end), upright=True)

    def _changes(self) -> bool:
        r"""Return whether ``\Delta`` in front of a name is part of the name."""
        return "Delta" not in self.names.values

    def _arg(self, arg: Token) -> Word:
        operator = self.accept(r"\max", r"\min")
        if operator is None:
            raise FormulaError(r"`\arg` needs `\max` or `\min` after it", arg.start)
        return Word(f"arg{operator.text[1:]}", self.since(arg.start), upright=True)

    def _under(self, command: Token) -> Word:
        """Take the one name that an accent or a font is applied to."""
        if self.at("{"):
            return self.within(self.braces(), lambda: self._alone(command))
        return self._single(command)

    def _single(self, command: Token) -> Word:
        if not self.at_name():
            raise FormulaError(f"`{command.text}` needs one letter", command.start)
        return self.word()

    def _alone(self, command: Token) -> Word:
        word = self._single(command)
        if not self.ended():
            message = f"`{command.text}` goes on one letter, and indices outside its braces"
            raise FormulaError(message, self.token.start)
        return word

    def _upright(self, command: Token) -> Word:
        """Take the letters that a word is made of."""
        if not self.at("{"):
            return Word(self._single(command).key, self.since(command.start), upright=True)
        part = self.braces()
        tokens = list(self.tokens_of(part))
        while len(tokens) > 1 and tokens[-1].text in PUNCTUATION:
            tokens.pop()
        if all(_in_word(token) for token in tokens) and tokens[0].kind is Kind.LETTER:
            key = "".join(token.text for token in tokens)
        else:
            key = self.within(part, lambda: self._alone(command)).key
        return Word(key, self.since(command.start), upright=True)


def _in_word(token: Token) -> bool:
    return token.kind in (Kind.LETTER, Kind.NUMBER) or token.text == "-"


def _begins_name(token: Token) -> bool:
    if token.kind is Kind.LETTER:
        return True
    if token.kind is not Kind.COMMAND:
        return False
    text = token.text
    return (
        text in LETTERS
        or text in ACCENTS
        or text in FONTS
        or text in WORDS
        or text in OPERATORS
        or text == r"\arg"
        or text[1:] in STANDARD
    )
