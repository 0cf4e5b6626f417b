"""Where everything stands in an exported picture.

A wide picture has the plot at the left and a column with step, legend and losses at its right; a square or tall one
has the plot at the top and the rest under it. All lengths grow with the picture, so that a small preview is the file
in small.
"""

from dataclasses import dataclass
from math import ceil, sqrt
from typing import NamedTuple

from fall_line.drawing.choices import Choices

WIDE = 1.2  # width : height from which the legend stands beside the plot
TALL = 0.8  # and up to which the losses stand under it
ENTRY = 44  # pixels for a run in the legend
REFERENCE = 1200 * 800  # pixels of the picture for which lengths are given


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


@dataclass(frozen=True)
class Layout:
    """The places in a picture.

    Attributes:
        scale: by what lengths given for a picture of 1200 × 800 are multiplied.
        plot: inside the axes of the surface.
        losses: inside the axes of the loss panel, or None.
        legend: one rectangle a run.
        small: by what the legend's type is smaller than usual, for many runs.
        title, formula: left end and top of the line, or None.
        counter: right end and top of the step counter's line in tall pictures, left end in wide ones.
        counter_right: which of the two.
    """

    scale: float
    plot: Rectangle
    losses: Rectangle | None
    legend: tuple[Rectangle, ...]
    small: float
    title: tuple[float, float] | None
    formula: tuple[float, float] | None
    counter: tuple[float, float]
    counter_right: bool


def layout(choices: Choices, runs: int) -> Layout:
    """Return where things stand in a picture of the chosen size with `runs` runs."""
    width, height = choices.width, choices.height
    scale = min(sqrt(width * height / REFERENCE), min(width, height) / 660)
    return (_wide if width >= WIDE * height else _tall)(choices, runs, scale)


def _head(choices: Choices, scale: float, always: bool) -> tuple[float, float, float]:
    """Return the tops of title and formula and where the plot may begin."""
    y = 18 * scale
    title = y
    if choices.title or always:
        y += 32 * scale
    formula = y
    if choices.formula:
        y += 34 * scale
    return title, formula, y


def _wide(choices: Choices, runs: int, scale: float) -> Layout:
    width, height = choices.width, choices.height
    margin, column = 18 * scale, min(0.29 * width, 330 * scale)
    title, formula, top = _head(choices, scale, always=False)
    left = 52 * scale
    plot = Rectangle(left, top, width - column - left - 1.6 * margin, height - top - 38 * scale).whole()
    x, right = width - column, width - margin
    losses_height = (0.3 if runs <= 8 else 0.2) * height
    losses_top = height - 38 * scale - losses_height
    losses = Rectangle(x + 44 * scale, losses_top, right - x - 44 * scale, losses_height).whole()
    legend_top = 18 * scale + 40 * scale
    legend_bottom = losses.y - 34 * scale if choices.loss_panel else plot.bottom
    legend = Rectangle(x, legend_top, right - x, legend_bottom - legend_top)
    entries, small = _entries(legend, runs, 1, scale)
    return Layout(
        scale, plot, losses if choices.loss_panel else None, entries, small,
        (left, title) if choices.title else None, (left, formula) if choices.formula else None,
        (x, 18 * scale), counter_right=False,
    )  # fmt: skip


def _tall(choices: Choices, runs: int, scale: float) -> Layout:
    width, height = choices.width, choices.height
    margin, left = 18 * scale, 52 * scale
    title, formula, top = _head(choices, scale, always=True)
    under = width <= TALL * height
    right = width - margin
    share = 0.56 if under else 0.6 if choices.loss_panel else 0.68
    plot_height = min(height * share, right - left)
    plot = Rectangle(left, top, right - left, plot_height).whole()
    below = Rectangle(left, plot.bottom + 46 * scale, right - left, height - margin - plot.bottom - 46 * scale)
    columns = _columns(runs, under or not choices.loss_panel)
    legend, losses = _under(below, choices.loss_panel, under, ceil(runs / columns) * ENTRY * scale, scale)
    entries, small = _entries(legend, runs, columns, scale)
    return Layout(
        scale, plot, losses, entries, small,
        (left, title) if choices.title else None, (left, formula) if choices.formula else None,
        (right, title), counter_right=True,
    )  # fmt: skip


def _columns(runs: int, broad: bool) -> int:
    """Return in how many columns a legend under the plot stands, as broad as the plot or half as broad."""
    if broad:
        return 2
    return 1 if runs <= 6 else 2


def _under(
    below: Rectangle, panel: bool, stacked: bool, wanted: float, scale: float
) -> tuple[Rectangle, Rectangle | None]:
    """Return the places of legend and losses in the part under the plot; a legend wants a height."""
    if not panel:
        return below, None
    axis = 24 * scale  # room for the numbers under the axis
    if stacked:
        legend = Rectangle(below.x, below.y, below.width, min(wanted, 0.55 * below.height))
        top = legend.bottom + 40 * scale
        return legend, Rectangle(below.x, top, below.width, below.bottom - axis - top).whole()
    half = below.width / 2
    losses = Rectangle(
        below.x + half + 40 * scale, below.y + 22 * scale, half - 40 * scale, below.height - axis - 22 * scale
    )
    return Rectangle(below.x, below.y, half - 20 * scale, below.height), losses.whole()


def _entries(box: Rectangle, runs: int, columns: int, scale: float) -> tuple[tuple[Rectangle, ...], float]:
    """Return a rectangle for each run, column by column, and how much smaller than usual they are."""
    rows = ceil(runs / columns)
    usual = ENTRY * scale
    each = min(usual, box.height / max(rows, 1))
    wide = box.width / columns
    places = [Rectangle(box.x + k // rows * wide, box.y + k % rows * each, wide, each) for k in range(runs)]
    return tuple(places), min(1.0, 1.2 * each / usual)
