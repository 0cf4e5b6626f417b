"""The training of a network as a picture: losses and accuracies, of points trained on and of those kept back."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import NDArray

from fall_line.drawing.choices import Choices
from fall_line.drawing.fan import Fan, Kept
from fall_line.drawing.layout import Layout, layout
from fall_line.drawing.legend import Words
from fall_line.drawing.lettering import plain
from fall_line.drawing.losses import MOST, decades
from fall_line.drawing.moving import Panel
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats
from fall_line.drawing.still import DOTS, draw_axes, draw_legend, draw_title, fitting
from fall_line.figures.theme import PALETTES, Palette

CAPTIONS = (("Loss", "Loss of points kept back"), ("Accuracy", "Accuracy on points kept back"))
SHARE = 0.6  # of the plot's height, for the losses where there are accuracies too
FAINT = 0.25  # how opaque the curves of other seeds are
LEAST = 1e-16  # a loss below it is drawn there
RISE = 10  # times the greatest first loss: curves that rise further leave through the top, so that others are seen
FAR = 1e6  # pixels: curves that leave further go there
RATIO = 20  # of the greatest loss to the least from which their axis is logarithmic


@dataclass(frozen=True)
class TrainingScene:
    """The curves of the shown runs, and how they are to be drawn.

    Attributes:
        choices: how it looks and moves.
        title: what is learned.
        formula: the network and how it is trained, in words.
        curves: (runs, seeds, rows, columns, steps + 1): losses, and where there are classes accuracies; of points
            trained on, and if there are any of points kept back. NaN where they weren't looked at.
        ends: (runs,) the last finite step of the middle seed, -1 if there is none.
        fan_ends: (runs, seeds) that of each.
        lasts: (runs, seeds) the last step that was made.
        middle: (runs,) which of the seeds is in the middle.
        kept: (runs,) the step to whose weights each run goes back at its end, -1 if it stays.
        names, values: what each run is called and its hyperparameters as text.
        styles: which of the 16 line styles each run has.
        remark: what holds for all runs, or "".
        turn: the step from which it goes on with other values, or None.
    """

    choices: Choices
    title: str
    formula: str
    curves: Floats
    ends: NDArray[np.int64]
    fan_ends: NDArray[np.int64]
    lasts: NDArray[np.int64]
    middle: NDArray[np.int64]
    kept: NDArray[np.int64]
    names: tuple[str, ...]
    values: tuple[str, ...]
    styles: tuple[int, ...]
    remark: str = ""
    turn: int | None = None
    kind: ClassVar[str] = "training"
    counted: ClassVar[str] = "step"

    @property
    def steps(self) -> int:
        """How many steps the experiment has."""
        return self.curves.shape[-1] - 1

    @property
    def words(self) -> Words:
        """What is written in it."""
        return Words(self.title, self.names, self.values, self.remark)


def training_layout(scene: TrainingScene) -> Layout:
    """Return where things stand; the loss panel's place goes to the legend."""
    return layout(scene.choices.model_copy(update={"loss_panel": False}), scene.words)


def training_places(scene: TrainingScene, places: Layout) -> list[list[Rectangle]]:
    """Return the places of all curves, which share the plot's: rows of columns."""
    plot, gap = places.plot, 2.4 * places.letters.caption
    rows, columns = scene.curves.shape[2:4]
    beside = 1.3 * gap  # room for the last number of one axis and the first of the next
    wide = (plot.width - (columns - 1) * beside) / columns
    free = plot.height - rows * gap
    heights = [free] if rows == 1 else [SHARE * free, (1 - SHARE) * free]
    tops = [plot.y + gap, plot.y + 2 * gap + heights[0]]
    return [
        [Rectangle(plot.x + at * (wide + beside), top, wide, height).whole() for at in range(columns)]
        for top, height in zip(tops, heights, strict=False)
    ]


def is_logarithmic(scene: TrainingScene) -> bool:
    """Return whether the losses' axis is: all are above 0, and some much greater than others."""
    shown = _shown(scene, 0)
    return bool(shown.size and shown.min() > 0 and shown.max() > RATIO * shown.min())


def curve_range(scene: TrainingScene, row: int) -> tuple[float, float]:
    """Return the ends of a row's axis: all shares; round numbers if that of losses is logarithmic; else from 0."""
    if row == 1:
        return 0.0, 1.02
    shown = np.clip(_shown(scene, row), LEAST, MOST)
    if is_logarithmic(scene):
        return _round_numbers(shown.min() / 2.5, shown.min())[-1], _round_numbers(1.1 * shown.max(), 3 * shown.max())[0]
    return 0.0, 1.06 * float(shown.max(initial=LEAST))


def _round_numbers(low: float, high: float) -> Floats:
    """Return 1, 2 and 5 and their tenfolds from `low` to `high`."""
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.log10(high) + 1)
    numbers = np.outer(powers, (1.0, 2.0, 5.0)).ravel()
    return numbers[(numbers >= low * (1 - 1e-9)) & (numbers <= high * (1 + 1e-9))]


def _shown(scene: TrainingScene, row: int) -> Floats:
    """Return all numbers of a row's curves up to their ends, one after the other, none of them far above the first."""
    steps = np.arange(scene.steps + 1) <= scene.fan_ends[..., None, None]
    curves = scene.curves[:, :, row]
    first = np.where(steps, curves, -np.inf)[..., 0].max(initial=LEAST, where=np.isfinite(curves[..., 0]))
    return np.minimum(curves[steps & np.isfinite(curves)], RISE * first)


def training_still(scene: TrainingScene, places: Layout) -> Figure:
    """Return the figure of everything in `scene` that doesn't move."""
    choices, palette = scene.choices, PALETTES[scene.choices.theme]
    figure = Figure(figsize=(choices.width / DOTS, choices.height / DOTS), dpi=DOTS)
    figure.set_facecolor("none" if choices.transparent else palette.paper)
    all_places = training_places(scene, places)
    for row, line in enumerate(all_places):
        for column, place in enumerate(line):
            axes = _axes(figure, scene, row, place, places)
            axes.tick_params(labelbottom=row == len(all_places) - 1, labelleft=column == 0)
            _caption(figure, CAPTIONS[row][column], place, places, palette)
    draw_title(figure, places, palette)
    if places.formula is not None:
        size = 14 / 15 * places.letters.formula
        fitting(figure, places.formula, plain(scene.formula), places.plot.width, size, color=palette.ink)
    draw_legend(figure, scene, places)
    return figure


def _caption(figure: Figure, text: str, place: Rectangle, places: Layout, palette: Palette) -> None:
    size = places.letters.caption
    fitting(figure, (place.x, place.y - 0.6 * size), text, place.width, size, color=palette.ink, va="baseline")


def _axes(figure: Figure, scene: TrainingScene, row: int, place: Rectangle, places: Layout) -> Axes:
    palette, scale, letters = PALETTES[scene.choices.theme], places.scale, places.letters
    axes, limits = draw_axes(figure, place, palette, places), curve_range(scene, row)
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=palette.faint, linewidth=max(0.8, 0.8 * scale))
    axes.set_axisbelow(True)
    if scene.turn is not None and scene.turn < scene.steps:
        axes.axvline(scene.turn, color=palette.ink, linewidth=max(0.8, 0.9 * scale), linestyle=(0, (4, 3)), alpha=0.7)
    most = max(2, min(6, round(place.height / (4 * letters.axis))))
    if row == 0 and is_logarithmic(scene):
        axes.set_yscale("log")
        axes.yaxis.set_minor_locator(NullLocator())
        ticks = _round_numbers(*limits)
        if len(ticks) > 1.5 * most:
            low, high = 10 ** np.floor(np.log10(limits))
            ticks = decades(low, high, most)
        axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=most))
    across = max(1, min(6, round(place.width / (6 * letters.axis))))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=across, integer=True))
    axes.set(xlim=(0, scene.steps), ylim=limits)
    return axes


def training_panels(scene: TrainingScene, places: Layout) -> list[Panel]:
    """Return the panels with moving parts: of each place the curves of all seeds, and those in the middle."""
    found: list[Panel] = []
    for row, line in enumerate(training_places(scene, places)):
        for column, place in enumerate(line):
            lines = curve_pixels(scene, row, column, place)
            middle = lines[np.arange(len(lines)), scene.middle]
            scale = 0.85 * places.scale
            if lines.shape[1] > 1:
                found.append(Fan(scene, place, scale, lines, FAINT))
            found += [
                Panel(scene, place, scale, middle, dots=False, cursor=(0, max(scene.steps, 1))),
                Kept(scene, place, scale, middle, hop=False),
            ]
    return found


def curve_pixels(scene: TrainingScene, row: int, column: int, place: Rectangle) -> Floats:
    """Return (runs, seeds, steps + 1, 2): where each curve lies in the picture, pixels from the bottom left.

    Between two looks at the points a curve is straight; where a run stopped early it stays.
    """
    low, high = curve_range(scene, row)
    heights = scene.curves[:, :, row, column]
    if row == 0 and is_logarithmic(scene):
        heights = np.log10(np.maximum(heights, LEAST))
        low, high = np.log10(low), np.log10(high)
    with np.errstate(over="ignore", invalid="ignore"):
        y = scene.choices.height - place.bottom + (heights - low) / (high - low) * place.height
        y = np.where(np.isfinite(heights), np.clip(y, -FAR, FAR), np.nan)
    steps = np.minimum(np.arange(scene.steps + 1), scene.lasts[..., None])
    x = place.x + steps / max(scene.steps, 1) * place.width
    for run, seed in np.ndindex(*y.shape[:2]):
        known = np.flatnonzero(np.isfinite(y[run, seed]))
        if known.size:
            y[run, seed] = np.interp(np.arange(scene.steps + 1), known, y[run, seed, known])
    return np.stack([x, y], axis=-1)
