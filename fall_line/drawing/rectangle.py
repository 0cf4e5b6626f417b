"""A part of a picture."""

from typing import NamedTuple


class Rectangle(NamedTuple):
    """A part of the picture, pixels from the left and from the top."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def whole(self) -> "Rectangle":
        """The same with its edges on whole pixels, so that frames and lines are crisp."""
        x, y = round(self.x), round(self.y)
        return Rectangle(x, y, round(self.right) - x, round(self.bottom) - y)
