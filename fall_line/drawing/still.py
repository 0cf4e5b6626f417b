"""What stays still in a picture: the surface with its contour, axes, title and legend, as a Matplotlib figure.

The figure has 72 dots an inch, so that Matplotlib's points are pixels.
"""

from bisect import bisect_right
from functools import cache
from typing import Any, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, NullLocator
from matplotlib.transforms import Affine2D

from fall_line.drawing.choices import Choices
from fall_line.drawing.formula import mathtext
from fall_line.drawing.layout import Layout, Rectangle
from fall_line.drawing.losses import decades, loss_range
from fall_line.drawing.markers import DASH, PLUS, STAR, dashed, marker
from fall_line.drawing.scene import Floats, Scene
from fall_line.figures.theme import PALETTES, Palette

ROOMY = 1e100  # contour levels beyond it are counted in the greatest of them
DOTS = 72
BACKSLASH = "\\"  # stands only before a dollar sign
FONT = "DejaVu Sans"  # comes with Matplotlib, so that a picture is the same everywhere


class Named(Protocol):
    """What a legend tells of: runs with names, values and styles."""

    @property
    def choices(self) -> Choices: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def styles(self) -> tuple[int, ...]: ...


def still(scene: Scene, places: Layout) -> Figure:
    """Return the figure of everything in `scene` that doesn't move."""
    choices, palette = scene.choices, PALETTES[scene.choices.theme]
    figure = Figure(figsize=(choices.width / DOTS, choices.height / DOTS), dpi=DOTS)
    figure.set_facecolor("none" if choices.transparent else palette.paper)
    _surface(figure, scene, places, palette)
    _words(figure, scene, places, palette)
    for index, entry in enumerate(places.legend):
        draw_entry(figure, scene, places, entry, index)
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


def draw_axes(figure: Figure, place: Rectangle, palette: Palette, scale: float) -> Axes:
    """Return new axes whose inside is `place`."""
    width, height = figure.get_size_inches() * DOTS
    box = (place.x / width, 1 - place.bottom / height, place.width / width, place.height / height)
    axes = figure.add_axes(box)
    axes.tick_params(length=4 * scale, width=max(1, scale), color=palette.ink, pad=3 * scale)
    axes.tick_params(labelsize=12 * scale, labelcolor=palette.ink, labelfontfamily=FONT)
    for spine in axes.spines.values():
        spine.set(linewidth=max(1, round(scale)), color=palette.faint)
    return axes


def _surface(figure: Figure, scene: Scene, places: Layout, palette: Palette) -> None:
    scale = places.scale
    axes = draw_axes(figure, places.plot, palette, scale)
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
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 5, 10]))


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
    ink, scale = palette.ink, places.scale
    if places.title is not None:
        room = (places.counter[0] if places.counter_right else places.plot.right) - places.title[0]
        room -= 180 * scale if places.counter_right else 0
        fitting(figure, places.title, plain(scene.title), room, size=20 * scale, weight="bold", color=ink)
    if places.formula is not None:
        room = places.plot.right - places.formula[0]
        text = mathtext(scene.formula)
        fitting(figure, places.formula, text, room, size=15 * scale, color=ink, math_fontfamily="dejavusans")


def place_text(figure: Figure, at: tuple[float, float], text: str, **style: Any) -> Text:
    """Write `text` with its top left corner at `at`, pixels from the picture's top left."""
    width, height = figure.get_size_inches() * DOTS
    style = {"va": "top", "fontfamily": FONT} | style
    return figure.text(at[0] / width, 1 - at[1] / height, text, **style)


def fitting(
    figure: Figure, at: tuple[float, float], text: str, room: float, size: float, cut: bool = False, **style: Any
) -> None:
    """Write one line, smaller where it would be wider than `room`; what may be cut ends with … instead of tiny."""
    words = place_text(figure, at, text, fontsize=size, **style)
    least = 0.8 * size if cut else 1.0
    # More than once, since the widths of small letters are whole pixels.
    while (taken := words.get_window_extent().width) > room and size > least:
        size = max(0.97 * size * room / taken, least)
        words.set_fontsize(size)

    def width(kept: int) -> float:
        words.set_text(f"{text[:kept].rstrip(BACKSLASH)}…")
        return words.get_window_extent().width

    if cut and taken > room:
        width(max(0, bisect_right(range(len(text)), room, key=width) - 1))


def plain(text: str) -> str:
    """A reader's text, in which a dollar sign is no formula, and a box stands for what the font lacks."""
    written = "".join(sign if ord(sign) in _signs() else "□" for sign in text)
    return written.replace("\\", "∖").replace("$", r"\$")


@cache
def _signs() -> frozenset[int]:
    """Return the code points of all signs in the font."""
    return frozenset(get_font(findfont(FONT)).get_charmap())


def draw_entry(figure: Figure, scene: Named, places: Layout, entry: Rectangle, index: int) -> None:
    """Draw a run's swatch, name and values."""
    palette, style = PALETTES[scene.choices.theme], scene.styles[index]
    size = places.scale * places.small
    colour = palette.runs[style % 8]
    width, height = figure.get_size_inches() * DOTS
    y = 1 - (entry.y + 9 * size) / height
    ends = (entry.x / width, (entry.x + 30 * size) / width)
    thick = scene.choices.line_width * size
    pattern: Any = (0, [length * thick / 2 / thick for length in DASH]) if dashed(style) else "-"
    figure.add_artist(Line2D(ends, (y, y), color=colour, linewidth=thick, linestyle=pattern))
    figure.add_artist(
        Line2D([sum(ends) / 2], [y], marker=marker(style), markersize=11 * size, color=colour, markeredgewidth=0)
    )
    text = entry.x + 40 * size
    room = entry.right - text - 14 * size
    fitting(figure, (text, entry.y), plain(scene.names[index]), room, 14.5 * size, cut=True, color=palette.ink)
    fitting(figure, (text, entry.y + 20 * size), scene.values[index], room, 12 * size, color=palette.ink, alpha=0.75)


def _losses(figure: Figure, scene: Scene, places: Layout, palette: Palette) -> None:
    assert places.losses is not None
    scale = places.scale
    axes = draw_axes(figure, places.losses, palette, scale)
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=palette.faint, linewidth=max(0.8, 0.8 * scale))
    axes.tick_params(labelsize=11 * scale, length=0)
    if scene.logarithmic:
        axes.set_yscale("log")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_yticks(decades(*loss_range(scene)))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.set(xlim=(0, scene.steps), ylim=loss_range(scene))
    at = (places.losses.x - 40 * scale, places.losses.y - 24 * scale)
    caption = f"Loss {scene.loss_caption}".strip()
    fitting(figure, at, caption, places.losses.right - at[0], 12.5 * scale, color=palette.ink)
