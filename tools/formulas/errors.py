"""What is wrong with a formula, and where."""


class FormulaError(Exception):
    """A formula that is refused; its text is one clause without a full stop, for the user."""

    def __init__(self, message: str, position: int | None = None) -> None:
        """Say what is wrong.

        Args:
            message: what, with the piece of TeX that it is about.
            position: of that piece, as an offset into the TeX; None for what has no one place,
                such as a value that the formula does not use.
        """
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        """Return the message, with the place counted from 1."""
        if self.position is None:
            return self.message
        return f"{self.message} (at character {self.position + 1})"
