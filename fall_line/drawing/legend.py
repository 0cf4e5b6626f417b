"""The legend's words in their places: names wrap, and are never cut or made smaller."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from fall_line.drawing.lettering import broken, wrapped
from fall_line.drawing.letters import Letters
from fall_line.drawing.rectangle import Rectangle

LINE = 1.3  # of the letters' size
GAPS = (0.12, 0.65)  # between two runs, in terms of the name's size: at least, usually
VALUES_GAP = "   "


class Words(NamedTuple):
    """What is written in a picture.

    `remark` is what holds for all runs, or "".
    """

    title: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True)
class Legend:
    """The legend's words as lines, and where they stand.

    Attributes:
        places: one rectangle a run.
        names, values: the lines of each run.
        remark: the lines of what holds for all runs, under them.
        remark_at: where these begin, pixels from the left and from the top.
        height: of the whole with its usual gaps.
        fits: whether it is not higher than its box.
        breaks: how many names are broken within a word.
    """

    places: tuple[Rectangle, ...]
    names: tuple[tuple[str, ...], ...]
    values: tuple[tuple[str, ...], ...]
    remark: tuple[str, ...]
    remark_at: tuple[float, float]
    height: float
    fits: bool
    breaks: int


def legend(box: Rectangle, words: Words, letters: Letters, columns: int, with_values: bool = True) -> Legend:
    """Return the legend in a `box`, column by column; without values only names are there."""
    rows = max(1, ceil(len(words.names) / columns))
    wide = box.width / columns
    room = wide - letters.indent - 0.6 * letters.name
    names = tuple(wrapped(name, room, letters.name) for name in words.names)
    values = tuple(wrapped(one, room, letters.values, gap=VALUES_GAP) if with_values else () for one in words.values)
    remark = wrapped(words.remark, box.width - 0.6 * letters.name, letters.values)
    heights = [
        LINE * (letters.name * max(1, len(name)) + letters.values * len(one))
        for name, one in zip(names, values, strict=True)
    ]
    columns_of = [heights[first : first + rows] for first in range(0, len(heights), rows)]
    least, usual = (gap * letters.name for gap in GAPS)
    foot = (LINE * len(remark) + 0.5) * letters.values if remark else 0.0
    tallest = max((sum(column) for column in columns_of), default=0.0)
    gap = max(least, min(usual, (box.height - foot - tallest) / rows))
    places, bottom = _places(box, columns_of, wide, gap)
    return Legend(
        places, names, values, remark, (box.x, bottom + 0.5 * letters.values),
        height=tallest + usual * rows + foot,
        fits=room > 0 and tallest + least * rows + foot <= box.height + 1e-6,
        breaks=sum(broken(name, room, letters.name) for name in words.names),
    )  # fmt: skip


def _places(box: Rectangle, columns: list[list[float]], wide: float, gap: float) -> tuple[tuple[Rectangle, ...], float]:
    """Return a rectangle for each height in each column, and where the longest column ends."""
    places, bottom = [], box.y
    for column, heights in enumerate(columns):
        y = box.y
        for height in heights:
            places.append(Rectangle(box.x + column * wide, y, wide, height + gap))
            y += height + gap
        bottom = max(bottom, y)
    return tuple(places), bottom
