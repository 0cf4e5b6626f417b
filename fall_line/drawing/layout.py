"""Where everything stands in an exported picture.

A wide picture has the plot at the left and a column with step, legend and losses at its right; a square or tall one
has the plot at the top and the rest under it. Where the names of the runs take more room than that leaves, the
arrangement with the greatest plot is taken in which they fit. All lengths grow with the picture, so that a small
preview is the file in small.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil, sqrt

from fall_line.drawing.choices import Choices
from fall_line.drawing.legend import LINE, Legend, Words, legend
from fall_line.drawing.lettering import wrapped
from fall_line.drawing.letters import Letters, letters, smaller
from fall_line.drawing.rectangle import Rectangle
from fall_line.validation import InputError, quoted

WIDE = 1.2  # width : height from which the legend stands beside the plot
TALL = 0.8  # and up to which the losses stand under it
ENTRY = 44  # pixels for a run in a small legend
REFERENCE = 1200 * 800  # pixels of the picture for which lengths are given
# Whether values are shown, and how much of the picture the plot has at least: what is tried, the best first.
TRIED = {"small": ((True, 0.12),), "slide": ((True, 0.2), (False, 0.2), (False, 0.12), (False, 0.08))}
TRIED["large"] = TRIED["slide"]
LOWEST = 10  # height of a plot in terms of its axes' letters
CROWDED = 0.87  # how much smaller the small letters of many runs are
COUNTER = 10.6  # width of the counter's line in terms of its letters, for steps of five digits

COLUMNS = (1, 2, 3, 4)
WIDE_SHARES = [0.26 + 0.03 * index for index in range(16)]  # of the width, for the column beside the plot
TALL_SHARES = [0.68 - 0.03 * index for index in range(16)]  # of the height, for the plot


@dataclass(frozen=True)
class Layout:
    """The places in a picture.

    Attributes:
        scale: by what lengths given for a picture of 1200 × 800 are multiplied.
        letters: how large its words are.
        plot: inside the axes of the surface.
        losses: inside the axes of the loss panel, or None.
        legend: the runs' words and places.
        title, formula: left end and top of the first line, or None.
        title_lines: what the title says.
        counter: right end and top of the step counter's line in tall pictures, left end in wide ones.
        counter_right: which of the two.
        with_values: whether the legend has the values of hyperparameters, for which there may be no room.
    """

    scale: float
    letters: Letters
    plot: Rectangle
    losses: Rectangle | None
    legend: Legend
    title: tuple[float, float] | None
    title_lines: tuple[str, ...]
    formula: tuple[float, float] | None
    counter: tuple[float, float]
    counter_right: bool
    with_values: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what there is no room for."""
        return () if self.with_values else ("There is no room for the runs' values in text of this size.",)


@dataclass(frozen=True)
class _Wish:
    """One way to arrange a picture: which share the legend's column, or the plot, gets, and where the losses stand."""

    share: float
    columns: int
    losses: float  # of the height, for the losses
    beside: bool  # the legend, rather than over or under it


@lru_cache(512)
def layout(choices: Choices, words: Words) -> Layout:
    """Return where things stand in a picture of the chosen size with these words.

    Raises:
        InputError: the names don't fit.
    """
    width, height = choices.width, choices.height
    scale = min(sqrt(width * height / REFERENCE), min(width, height) / 660)
    runs = len(words.names)
    for with_values, least in TRIED[choices.text_size]:
        for size in smaller(choices, scale, _squeezed(choices, scale, runs)):
            found = _best(choices, words, size, scale, with_values, least)
            if found is not None:
                return found
    raise InputError(
        f"Text_size is {quoted(choices.text_size)}, in which title and names find no room in {width}×{height}; "
        "choose a smaller text, hide some runs or give them shorter names."
    )


def _squeezed(choices: Choices, scale: float, runs: int) -> float:
    """Return how much smaller the small letters of a legend of many runs are from the outset."""
    usual = _usual(choices, runs, scale)
    place, _ = _arranged(
        choices, Words("", ("",) * runs, ("0",) * runs), letters(choices, scale), scale, usual, with_values=True
    )
    each = place.height / (ceil(runs / usual.columns) or 1)
    return min(1.0, max(CROWDED, 1.2 * each / (ENTRY * scale)))


def _best(
    choices: Choices, words: Words, size: Letters, scale: float, with_values: bool, least: float
) -> Layout | None:
    """Return the usual arrangement if everything fits in it, else the one with the greatest plot, if there is one."""

    def arranged(wish: _Wish) -> Layout:
        return _arranged(choices, words, size, scale, wish, with_values)[1]

    def fits(found: Layout) -> bool:
        return found.legend.fits and _seen(choices, found, least)

    usual = arranged(_usual(choices, len(words.names), scale))
    if fits(usual) and not usual.legend.breaks:
        return usual
    found = [one for one in map(arranged, _wishes(choices)) if fits(one)]
    return max(found, key=lambda one: (-one.legend.breaks, _usefulness(one.plot)), default=None)


def _seen(choices: Choices, found: Layout, least: float) -> bool:
    """Return whether the plot has this share of the picture, ends of a strip not counted, and the losses some room."""
    plot, losses = found.plot, found.losses
    if losses is not None and min(losses.width, losses.height) <= 3 * found.letters.axis:
        return False
    short, long = sorted((choices.width, choices.height))
    high_enough = plot.width > 0 and plot.height > LOWEST * found.letters.axis
    return high_enough and plot.width * plot.height >= least * short * min(long, 2 * short)


def _usefulness(plot: Rectangle) -> float:
    """Return the plot's area, without what makes it a strip."""
    return min(plot.width, 1.6 * plot.height) * min(plot.height, 1.6 * plot.width)


def _usual(choices: Choices, runs: int, scale: float) -> _Wish:
    width, height = choices.width, choices.height
    if width >= WIDE * height:
        return _Wish(min(0.29, 330 * scale / width), 1, 0.3 if runs <= 8 else 0.2, beside=False)
    under = width <= TALL * height
    share = 0.56 if under else 0.6 if choices.loss_panel else 0.68
    columns = 2 if under or not choices.loss_panel or runs > 6 else 1
    return _Wish(share, columns, 0.0, beside=not under)


def _wishes(choices: Choices) -> Iterator[_Wish]:
    """Yield every arrangement that is tried where the usual one has no room for the names."""
    panel = choices.loss_panel
    if choices.width >= WIDE * choices.height:
        losses = ((0.3, False), (0.2, False), (0.22, True), (0.15, True)) if panel else ((0.0, False),)
        for share, columns, (height, beside) in product(WIDE_SHARES, COLUMNS, losses):
            yield _Wish(share, columns, height, beside)
    else:
        for share, columns, beside in product(TALL_SHARES, COLUMNS, (False, True) if panel else (False,)):
            yield _Wish(share, columns, 0.0, beside)


def _arranged(
    choices: Choices, words: Words, size: Letters, scale: float, wish: _Wish, with_values: bool
) -> tuple[Rectangle, Layout]:
    """Return the legend's box and the whole arrangement."""
    arrange = _wide if choices.width >= WIDE * choices.height else _tall
    return arrange(choices, words, size, scale, wish, with_values)


def _head(
    choices: Choices, title: tuple[str, ...], size: Letters, scale: float, line: bool
) -> tuple[float, float, float]:
    """Return the tops of title and formula and where the plot may begin; `line` is kept free for the counter."""
    y = 18 * scale
    lines = max(1, len(title)) if choices.title else int(line)
    formula = y + (LINE * size.title * lines + 0.3 * size.title if lines else 0)
    return y, formula, formula + (34 / 15 * size.formula if choices.formula else 0)


def _wide(
    choices: Choices, words: Words, size: Letters, scale: float, wish: _Wish, with_values: bool
) -> tuple[Rectangle, Layout]:
    """Arrange the legend beside the plot, with the losses under the one or the other."""
    width, height = choices.width, choices.height
    margin, axis, column = 18 * scale, size.axis / 12, wish.share * width
    left, foot = 52 * axis, 38 * axis
    across = width - column - left - 1.6 * margin
    title = wrapped(words.title, max(across, 1), size.title, bold=True)
    at, formula, top = _head(choices, title, size, scale, line=False)
    x, right = width - column, width - margin
    losses, plot_bottom, bottom = None, height - foot, height - foot
    if choices.loss_panel:
        losses_top = height - foot - wish.losses * height
        start, end = (left, left + across) if wish.beside else (x + 44 * axis, right)
        losses = Rectangle(start, losses_top, end - start, wish.losses * height).whole()
        if wish.beside:
            plot_bottom, bottom = losses_top - 26 * axis - 0.7 * foot, height - margin
        else:
            bottom = losses.y - 34 * axis
    plot = Rectangle(left, top, across, plot_bottom - top).whole()
    legend_top = margin + 40 / 17 * size.counter
    box = Rectangle(x, legend_top, right - x, bottom - legend_top)
    return box, Layout(
        scale, size, plot, losses, legend(box, words, size, wish.columns, with_values),
        (left, at) if choices.title else None, title, (left, formula) if choices.formula else None,
        (x, margin), counter_right=False, with_values=with_values,
    )  # fmt: skip


def _tall(
    choices: Choices, words: Words, size: Letters, scale: float, wish: _Wish, with_values: bool
) -> tuple[Rectangle, Layout]:
    """Arrange the legend under the plot, with the losses beside it or under it."""
    width, height = choices.width, choices.height
    margin, axis = 18 * scale, size.axis / 12
    left, right = 52 * axis, width - margin
    title = wrapped(words.title, max(right - COUNTER * size.counter - left, 1), size.title, bold=True)
    at, formula, top = _head(choices, title, size, scale, line=True)
    plot = Rectangle(left, top, right - left, min(height * wish.share, right - left)).whole()
    below_top = plot.bottom + 46 * axis
    below = Rectangle(left, below_top, right - left, height - margin - below_top)
    box, losses = _under(below, words, size, wish, choices.loss_panel, with_values)
    return box, Layout(
        scale, size, plot, losses, legend(box, words, size, wish.columns, with_values),
        (left, at) if choices.title else None, title, (left, formula) if choices.formula else None,
        (right, at), counter_right=True, with_values=with_values,
    )  # fmt: skip


def _under(
    below: Rectangle, words: Words, size: Letters, wish: _Wish, panel: bool, with_values: bool
) -> tuple[Rectangle, Rectangle | None]:
    """Return the places of legend and losses in the part under the plot."""
    if not panel:
        return below, None
    axis = size.axis / 12
    if wish.beside:
        half = below.width / 2
        losses = Rectangle(below.x + half + 40 * axis, below.y + 22 * axis, half - 40 * axis, below.height - 46 * axis)
        return Rectangle(below.x, below.y, half - 20 * axis, below.height), losses.whole()
    wanted = legend(below, words, size, wish.columns, with_values).height
    most = max(0.6 * below.height, below.height - 64 * axis - 8 * size.axis)
    box = Rectangle(below.x, below.y, below.width, min(wanted, most))
    top = box.bottom + 40 * axis
    return box, Rectangle(below.x, top, below.width, below.bottom - 24 * axis - top).whole()
