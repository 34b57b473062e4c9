"""What a reader yields and raises; the file's name is the caller's business."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a text, and the line it stands on, from 1."""

    url: str
    line: int


class Unreadable(Exception):  # noqa: N818 -- not an error of ours: it says what the text is
    """The text is not of the format it claims to be."""

    def __init__(self, line: int, message: str) -> None:
        """Take the line, from 1, and what is wrong there, as the end of a sentence."""
        super().__init__(message)
        self.line = line
        self.message = message
