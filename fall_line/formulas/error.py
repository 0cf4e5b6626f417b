"""What a reader is told of a formula that can't be read."""

from fall_line.validation import InputError, quoted


class FormulaError(InputError):
    """A formula that can't be used; the text is one sentence that says where, why and how to mend it.

    Attributes:
        place: how many characters of the text stand before the piece in question, or None if it is all of it.
    """

    def __init__(self, sentence: str, place: int | None = None) -> None:
        super().__init__(sentence)
        self.place = place


def refused(piece: str, place: int, why: str) -> FormulaError:
    """Return the error that names `piece`, which begins after `place` characters, and says `why`."""
    return FormulaError(f"At character {place + 1}, {quoted(piece)}: {why}.", place)
