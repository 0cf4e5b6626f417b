"""Answers to a gradient signal as a picture: the signal above, what each method makes of it below."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from fall_line.drawing.choices import Choices
from fall_line.drawing.layout import Layout, layout
from fall_line.drawing.legend import Words
from fall_line.drawing.lettering import plain
from fall_line.drawing.moving import Panel
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats
from fall_line.drawing.still import DOTS, draw_axes, draw_legend, draw_title, fitting
from fall_line.figures.theme import PALETTES

SHARE = 0.26  # of the plot's height, for the signal


@dataclass(frozen=True)
class ResponseScene:
    """A signal, the shown runs' answers, and how they are to be drawn.

    Attributes:
        choices: how it looks and moves.
        title: what is answered.
        formula: how the signal is made, in words.
        signal: (n,) the gradient at each epoch.
        updates: (runs, n) minus the update at each epoch.
        ends: (runs,) the last finite epoch, -1 if there is none.
        epochs: the first and the last epoch that the axes show.
        names, values: what each run is called and its hyperparameters as text.
        styles: which of the 16 line styles each run has.
        remark: what holds for all runs, or "".
    """

    choices: Choices
    title: str
    formula: str
    signal: Floats
    updates: Floats
    ends: NDArray[np.int64]
    epochs: tuple[float, float]
    names: tuple[str, ...]
    values: tuple[str, ...]
    styles: tuple[int, ...]
    remark: str = ""
    kind: ClassVar[str] = "response"
    counted: ClassVar[str] = "epoch"

    @property
    def steps(self) -> int:
        """The last epoch."""
        return len(self.signal) - 1

    @property
    def words(self) -> Words:
        """What is written in it."""
        return Words(self.title, self.names, self.values, self.remark)


def response_layout(scene: ResponseScene) -> Layout:
    """Return where things stand; the loss panel's place goes to the legend."""
    return layout(scene.choices.model_copy(update={"loss_panel": False}), scene.words)


def response_places(places: Layout) -> tuple[Rectangle, Rectangle]:
    """Return the places of the signal and of the answers, which share the plot's."""
    plot, gap = places.plot, 2.4 * places.letters.caption
    least = 0.3 * (plot.height - 2.7 * gap)  # of a low plot the captions take most
    top = Rectangle(plot.x, plot.y + gap, plot.width, max(SHARE * plot.height - gap, least))
    below = Rectangle(plot.x, top.bottom + 1.7 * gap, plot.width, plot.bottom - top.bottom - 1.7 * gap)
    return top.whole(), below.whole()


def response_still(scene: ResponseScene, places: Layout) -> Figure:
    """Return the figure of everything in `scene` that doesn't move."""
    choices, palette = scene.choices, PALETTES[scene.choices.theme]
    figure = Figure(figsize=(choices.width / DOTS, choices.height / DOTS), dpi=DOTS)
    figure.set_facecolor("none" if choices.transparent else palette.paper)
    scale, (top, below) = places.scale, response_places(places)
    signal = _curves_axes(figure, scene, top, places, value_range(scene.signal[None]))
    signal.plot(np.arange(len(scene.signal)), scene.signal, color=palette.ink, linewidth=1.5 * scale)
    signal.tick_params(labelbottom=False)
    _curves_axes(figure, scene, below, places, value_range(scene.updates))
    for place, text in ((top, "Gradient g"), (below, "−Update of each run")):
        size = places.letters.caption
        fitting(figure, (place.x, place.y - 1.6 * size), text, place.width, size, color=palette.ink)
    draw_title(figure, places, palette)
    if places.formula is not None:
        size = 14 / 15 * places.letters.formula
        fitting(figure, places.formula, plain(scene.formula), top.width, size, color=palette.ink)
    draw_legend(figure, scene, places)
    return figure


def _curves_axes(
    figure: Figure, scene: ResponseScene, place: Rectangle, places: Layout, limits: tuple[float, float]
) -> Axes:
    palette, scale = PALETTES[scene.choices.theme], places.scale
    axes = draw_axes(figure, place, palette, places)
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=palette.faint, linewidth=max(0.8, 0.8 * scale))
    axes.set_axisbelow(True)
    axes.axhline(0, color=palette.ink, linewidth=max(0.8, 0.8 * scale), alpha=0.6)
    axes.xaxis.set_major_locator(
        MaxNLocator(nbins=max(2, min(7, round(place.width / (5 * places.letters.axis)))), integer=True)
    )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=max(2, round(place.height / (5 * places.letters.axis)))))
    axes.set(xlim=scene.epochs, ylim=limits)
    return axes


def value_range(values: Floats) -> tuple[float, float]:
    """Return a range that holds 0 and all finite `values`, with a little room."""
    finite = values[np.isfinite(values) & (np.abs(values) < 1e300)]
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def response_panels(scene: ResponseScene, places: Layout) -> list[Panel]:
    """Return the panels with moving parts: the cursor over the signal, and the answers."""
    top, below = response_places(places)
    alone = replace(scene, updates=scene.updates[:0], ends=scene.ends[:0], styles=())
    nothing = np.zeros((0, len(scene.signal), 2))
    return [
        Panel(alone, top, places.scale, nothing, dots=False, cursor=scene.epochs),
        Panel(scene, below, places.scale, update_pixels(scene, below), dots=False, cursor=scene.epochs),
    ]


def update_pixels(scene: ResponseScene, place: Rectangle) -> Floats:
    """Return (runs, n, 2): where each answer lies in the picture, pixels from the bottom left."""
    low, high = value_range(scene.updates)
    first, last = scene.epochs
    x = place.x + (np.arange(len(scene.signal)) - first) / (last - first) * place.width
    y = scene.choices.height - place.bottom + (scene.updates - low) / (high - low) * place.height
    return np.stack([np.broadcast_to(x, y.shape), y], axis=-1)
