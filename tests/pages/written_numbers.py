"""Reads the numbers in a text, however they are set: ``1,216``, ``1{,}216``, ``1.2·10⁻⁵``."""

import re
from dataclasses import dataclass

NUMBER = re.compile(
    r"""(?<! [\w.,^] ) (?<! \^\{ ) (?<! \^\{- ) (?<! \\tag\{ )
    (?P<digits> \d{1,3} (?: (?:,|\{,\}) \d{3} )+ (?!\d) (?:\.\d+)? | \d+ (?:\.\d+)? )
    (?: \s? (?:·|\\cdot) \s? 10 (?: (?P<raised> [⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+ ) | \^\{?(?P<tex>-?\d+)\}? ) )?
    (?P<percent> [\s\\,]* % )?""",
    re.VERBOSE,
)
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as it is written, without its sign."""

    text: str
    digits: str
    """Its digits with their point, without the power of ten and without commas."""
    exponent: int

    @classmethod
    def found(cls, match: re.Match[str]) -> "Typed":
        """Return the number that a match of `NUMBER` is."""
        exponent = int((match["raised"] or "0").translate(RAISED)) + int(match["tex"] or 0)
        digits = match["digits"].replace("{,}", "").replace(",", "")
        return cls(match[0].strip(), digits, exponent - (2 if match["percent"] else 0))

    @property
    def significant(self) -> int:
        """How many of its digits say something; the zeros at the end of a whole number may not."""
        digits = self.digits if "." in self.digits else self.digits.rstrip("0")
        return len(digits.replace(".", "").lstrip("0"))

    def rounds(self, value: float) -> bool:
        """Return whether it is a value rounded to as many digits."""
        places = len(self.digits.partition(".")[2])
        return f"{abs(value) / 10.0**self.exponent:.{places}f}" == self.digits


def numbers(text: str) -> list[Typed]:
    """Return every number in a text, in words or in TeX."""
    return [Typed.found(match) for match in NUMBER.finditer(text)]
