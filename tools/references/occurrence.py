"""Where a link stands: what every source yields and every report tells, importing no parser."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A place where a link stands."""

    file: str
    """As it was named, relative if it is below the working directory; ``-`` for standard input."""
    line: int
    """From 1."""
    url: str
    """The link as the source has it, after decoding the escapes of its format."""
