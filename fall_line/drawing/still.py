"""What stays still in a picture: the surface with its contour, axes, title and legend, as a Matplotlib figure.

The figure has 72 dots an inch, so that Matplotlib's points are pixels.
"""

from typing import Any, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, NullLocator
from matplotlib.transforms import Affine2D

from fall_line.drawing.choices import Choices
from fall_line.drawing.formula import mathtext
from fall_line.drawing.layout import Layout
from fall_line.drawing.legend import LINE
from fall_line.drawing.lettering import FONT, plain
from fall_line.drawing.letters import Letters
from fall_line.drawing.losses import decades, loss_range
from fall_line.drawing.markers import DASH, PLUS, STAR, dashed, marker
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats, Scene
from fall_line.figures.theme import PALETTES, Palette

ROOMY = 1e100  # contour levels beyond it are counted in the greatest of them
DOTS = 72


class Named(Protocol):
    """What a legend tells of: runs with styles."""

    @property
    def choices(self) -> Choices: ...
    @property
    def styles(self) -> tuple[int, ...]: ...


def still(scene: Scene, places: Layout) -> Figure:
    """Return the figure of everything in `scene` that doesn't move."""
    choices, palette = scene.choices, PALETTES[scene.choices.theme]
    figure = Figure(figsize=(choices.width / DOTS, choices.height / DOTS), dpi=DOTS)
    figure.set_facecolor("none" if choices.transparent else palette.paper)
    _surface(figure, scene, places, palette)
    _words(figure, scene, places, palette)
    draw_legend(figure, scene, places)
    if places.losses is not None:
        _losses(figure, scene, places, palette)
    return figure


def band_colours(palette: Palette, levels: int) -> Floats:
    """Return (levels + 1, 3) colours: below the first level, between each two, above the last; as Plotly has them."""
    stops = np.linspace(0, 1, len(palette.contour))
    at = np.arange(levels + 1) / levels
    channels = np.array([to_rgb(colour) for colour in palette.contour]).T
    return np.column_stack([np.interp(at, stops, channel) for channel in channels])


def css(colour: str) -> tuple[float, float, float, float]:
    """Return red, green, blue and alpha, 0 to 1, of a colour written `#rrggbb` or `rgba(r, g, b, a)`."""
    if not colour.startswith("rgba("):
        return to_rgba(colour)
    red, green, blue, alpha = (float(part) for part in colour[5:-1].split(","))
    return red / 255, green / 255, blue / 255, alpha


def draw_axes(figure: Figure, place: Rectangle, palette: Palette, places: Layout) -> Axes:
    """Return new axes whose inside is `place`."""
    scale = places.scale
    width, height = figure.get_size_inches() * DOTS
    box = (place.x / width, 1 - place.bottom / height, place.width / width, place.height / height)
    axes = figure.add_axes(box)
    axes.tick_params(length=4 * scale, width=max(1, scale), color=palette.ink, pad=3 * scale)
    axes.tick_params(labelsize=places.letters.axis, labelcolor=palette.ink, labelfontfamily=FONT)
    for spine in axes.spines.values():
        spine.set(linewidth=max(1, round(scale)), color=palette.faint)
    return axes


def _surface(figure: Figure, scene: Scene, places: Layout, palette: Palette) -> None:
    scale = places.scale
    axes = draw_axes(figure, places.plot, palette, places)
    axes.set_facecolor(palette.contour[-1])
    # Matplotlib reckons a little beyond the levels, and the greatest numbers leave no room for that.
    unit = greatest if (greatest := float(np.abs(scene.levels).max())) > ROOMY else 1.0
    losses, levels = np.ma.masked_invalid(scene.losses / unit), scene.levels / unit
    if losses.count():
        colours = band_colours(palette, len(levels))
        axes.contourf(scene.x, scene.y, losses, levels=levels, colors=list(colours), extend="both", antialiased=False)
        line = css(palette.contour_line)
        axes.contour(
            scene.x, scene.y, losses, levels=levels, colors=[line], linewidths=0.8 * max(scale, 0.6), linestyles="solid"
        )
    _gaps(axes, scene, palette)
    _minima(axes, scene, palette, scale)
    axes.set(xlim=scene.view[:2], ylim=scene.view[2:])
    for axis, length in ((axes.xaxis, places.plot.width), (axes.yaxis, places.plot.height)):
        ticks = max(2, min(9, round(length / (4.5 * places.letters.axis))))
        axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))


def _gaps(axes: Axes, scene: Scene, palette: Palette) -> None:
    """Stripe what isn't finite, so that it isn't taken for a height."""
    gaps = ~np.isfinite(scene.losses)
    if gaps.any():
        x, y = scene.x, scene.y
        striped = axes.contourf(x, y, gaps.astype(float), levels=[0.5, 1.5], colors=[palette.paper], hatches=["//"])
        striped.set(edgecolor=palette.faint, linewidth=0)


def _minima(axes: Axes, scene: Scene, palette: Palette, scale: float) -> None:
    for x, y, loss in scene.minima:
        lowest = loss <= scene.minima[0][2] + 1e-9
        outline, size = (STAR, 5.4) if lowest else (PLUS, 5.0)
        marks = PathCollection(
            [outline.transformed(Affine2D().scale(size * scale))],
            offsets=[(x, y)],
            offset_transform=axes.transData,
            facecolor=palette.ink if lowest else "none",
            edgecolor=palette.ink,
            linewidths=1.6 * scale,
        )
        marks.set_transform(Affine2D())
        axes.add_collection(marks, autolim=False)


def _words(figure: Figure, scene: Scene, places: Layout, palette: Palette) -> None:
    draw_title(figure, places, palette)
    if places.formula is not None:
        room = places.plot.right - places.formula[0]
        text = mathtext(scene.formula)
        size = places.letters.formula
        fitting(figure, places.formula, text, room, size, color=palette.ink, math_fontfamily="dejavusans")


def draw_title(figure: Figure, places: Layout, palette: Palette) -> None:
    """Write the title, if it is shown, in as many lines as it takes."""
    if places.title is not None:
        x, y = places.title
        write_lines(figure, (x, y), places.title_lines, places.letters.title, weight="bold", color=palette.ink)


def write_lines(figure: Figure, at: tuple[float, float], lines: tuple[str, ...], size: float, **style: Any) -> float:
    """Write lines of a reader's text below each other and return where the next one would begin."""
    x, y = at
    for line in lines:
        place_text(figure, (x, y), plain(line), fontsize=size, **style)
        y += LINE * size
    return y


def place_text(figure: Figure, at: tuple[float, float], text: str, **style: Any) -> Text:
    """Write `text` with its top left corner at `at`, pixels from the picture's top left."""
    width, height = figure.get_size_inches() * DOTS
    style = {"va": "top", "fontfamily": FONT} | style
    return figure.text(at[0] / width, 1 - at[1] / height, text, **style)


def fitting(figure: Figure, at: tuple[float, float], text: str, room: float, size: float, **style: Any) -> None:
    """Write one line, smaller where it would be wider than `room`."""
    words = place_text(figure, at, text, fontsize=size, **style)
    # More than once, since the widths of small letters are whole pixels.
    while (taken := words.get_window_extent().width) > room and size > 1:
        size = max(0.97 * size * room / taken, 1)
        words.set_fontsize(size)


def draw_legend(figure: Figure, scene: Named, places: Layout) -> None:
    """Draw each run's swatch, name and values, and what holds for all."""
    for index in range(len(scene.styles)):
        _entry(figure, scene, places, index)
    words = places.legend
    style: Any = {"color": PALETTES[scene.choices.theme].ink, "alpha": 0.75}
    write_lines(figure, words.remark_at, words.remark, places.letters.values, **style)


def _entry(figure: Figure, scene: Named, places: Layout, index: int) -> None:
    palette, size, entry = PALETTES[scene.choices.theme], places.letters, places.legend.places[index]
    _swatch(figure, scene, places, index)
    at = (entry.x + size.indent, entry.y)
    y = write_lines(figure, at, places.legend.names[index], size.name, color=palette.ink)
    write_lines(figure, (at[0], y), places.legend.values[index], size.values, color=palette.ink, alpha=0.75)


def _swatch(figure: Figure, scene: Named, places: Layout, index: int) -> None:
    """Draw the line of a run and its marker, at the middle of the first line of its name."""
    style, size, entry = scene.styles[index], places.letters, places.legend.places[index]
    colour = PALETTES[scene.choices.theme].runs[style % 8]
    width, height = figure.get_size_inches() * DOTS
    y = 1 - (entry.y + 0.62 * size.name) / height
    ends = (entry.x / width, (entry.x + size.swatch) / width)
    thick = scene.choices.line_width * min(size.swatch / 30, 1.6 * places.scale)
    pattern: Any = (0, [length * thick / 2 / thick for length in DASH]) if dashed(style) else "-"
    figure.add_artist(Line2D(ends, (y, y), color=colour, linewidth=thick, linestyle=pattern))
    marked: Any = {"marker": marker(style), "markersize": 0.76 * size.name, "markeredgewidth": 0}
    figure.add_artist(Line2D([sum(ends) / 2], [y], color=colour, **marked))


def _ticks(length: float, letters: Letters, most: int) -> int:
    """Return how many numbers stand along an axis of this length."""
    return max(1, min(most, round(length / (1.8 * letters.axis))))


def _losses(figure: Figure, scene: Scene, places: Layout, palette: Palette) -> None:
    assert places.losses is not None
    scale, letters = places.scale, places.letters
    axes = draw_axes(figure, places.losses, palette, places)
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=palette.faint, linewidth=max(0.8, 0.8 * scale))
    axes.tick_params(labelsize=11 / 12 * letters.axis, length=0)
    if scene.logarithmic:
        axes.set_yscale("log")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_yticks(decades(*loss_range(scene), most=_ticks(places.losses.height, letters, 6)))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=_ticks(places.losses.height, letters, 5)))
    across = _ticks(0.4 * places.losses.width, letters, 5)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=across, integer=True))
    axes.set(xlim=(0, scene.steps), ylim=loss_range(scene))
    at = (places.losses.x - 40 / 12 * letters.axis, places.losses.y - 2 * letters.axis)
    caption = f"Loss {scene.loss_caption}".strip()
    fitting(figure, at, caption, places.losses.right - at[0], letters.caption, color=palette.ink)
