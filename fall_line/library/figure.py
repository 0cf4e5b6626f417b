"""An experiment as one Plotly figure, for notebooks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.noise_words import picture_words
from fall_line.figures.animation import animate
from fall_line.figures.contour import contour_figure
from fall_line.figures.levels import contour_levels
from fall_line.figures.runs import MARKUP, Line, looks, places, wrapped
from fall_line.figures.theme import PALETTES, Palette, Theme
from fall_line.figures.thinning import Floats, Range, Steps, thinned
from fall_line.hyperparameter import Hyper
from fall_line.trajectories.loss import domain_losses, loss_grid
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import kept_step, last_finite, run
from fall_line.validation import InputError, one_of, refusal, whole
from landscapes import Box

SIDES = {"width": (600, 4000), "height": (400, 4000)}  # pixels
PLOT, GREATEST_PLOT = 540, 760  # side of the plot unless sizes are given, pixels
FAR = 1e20  # SVG knows no numbers beyond about 1e38
CELL = 4  # pixels between two points of the contour's grid
SPARE = 0.2  # of the view, drawn beyond each edge for panning
MOST_TICKS = 600  # of the grid along one axis
DOTS_UP_TO = 250  # steps; beyond it their dots would run together
MOST_FRAMES = 100
MOST_POINTS = 2000  # of a path in an animation
POINTS_IN_FRAMES = 500_000  # of all paths in all frames, each at most 21 bytes

TOP, LEFT, BOTTOM, CONTROLS = 74, 54, 46, 70  # margins and what the buttons need, pixels
LETTER, ROW, GAP = 6.3, 16, 5  # of the legend: width of a letter, height of a line, space between runs, pixels
SAMPLE, SAMPLE_SPACE = 46, 84  # a sample in the legend, with the space around it, pixels


def descent_figure(
    experiment: Experiment,
    *,
    theme: Theme = "light",
    frames: int = 0,
    width: int | None = None,
    height: int | None = None,
) -> go.Figure:
    """Return the paths of `experiment` over the contour lines of its surface.

    Hidden runs are left out. A path ends with its marker, or with a × where it stopped
    being finite.

    With `frames`, 2 to 100, the figure moves: it has a slider and the buttons Play and Pause. Every frame holds the
    paths up to its step, so paths longer than 300 to 2000 points are thinned to those that shape them most, and the
    figure's JSON stays below 15 MB. Without frames every point is kept; 16 runs of 10,000 steps are 13 MB.

    `width` and `height` are the figure's, pixels from 600 × 400 to 4000 × 4000; by default they suit the view and the
    legend. Both axes always have one scale: the view is widened where the plot's shape asks for it.

    Raises:
        InputError: something can't be used; the text says what is allowed.
    """
    count, *sides = _checked(theme, frames, width, height)
    view = experiment.shown
    shown = np.unique(np.linspace(0, experiment.steps, count).round().astype(np.int64))
    lines = _lines(experiment, view, shown)
    size, margin = _sizes(lines, view, sides, count > 0)
    figure = _contour(experiment, _widened(view, size, margin), size[0] - margin["l"] - margin["r"], theme)
    palette = PALETTES[theme]
    _lay_out(figure, experiment, size, margin, palette)
    traces = zip(looks(lines, experiment.steps <= DOTS_UP_TO, palette), places(lines, experiment.steps), strict=True)
    figure.add_traces([_start(experiment, palette), *(look | place for look, place in traces)])
    if count:
        animate(figure, lines, shown, palette)
    if experiment.return_best:
        figure.add_trace(_rings(lines, palette))
    return figure


def _checked(theme: Any, frames: Any, width: Any, height: Any) -> tuple[int, int | None, int | None]:
    """Return frames, width and height as numbers."""
    try:
        one_of("theme", theme, tuple(PALETTES))
        count = whole("frames", frames, 0, MOST_FRAMES)
        if count == 1:
            raise refusal("frames", frames, f"0 or a whole number from 2 to {MOST_FRAMES}")
        wide, high = (
            None if side is None else whole(name, side, *SIDES[name])
            for name, side in (("width", width), ("height", height))
        )
    except ValueError as refused:
        text = str(refused)
        raise InputError(f"{text[0].upper()}{text[1:]}.") from None
    return count, wide, high


def _lines(experiment: Experiment, view: Range, shown: Steps) -> list[Line]:
    visible = [(one, path) for one, path in zip(experiment.runs, run(experiment), strict=True) if not one.hidden]
    most = min(MOST_POINTS, POINTS_IN_FRAMES // max(1, len(visible) * len(shown)))
    lines = []
    for one, path in visible:
        end = last_finite(path)
        kept = np.arange(end + 1)
        if len(shown) and len(kept) > most:
            kept = thinned(path.points[: end + 1], np.union1d(shown[shown <= end], [end]), most, view)
        scheduled = _values(one.optimizer.hypers, one.hypers, one.schedule_words)
        back = kept_step(experiment, path)
        values = scheduled if back is None else f"{scheduled}  kept:\N{NO-BREAK SPACE}step\N{NO-BREAK SPACE}{back}"
        points, stopped = path.points[kept], end < experiment.steps
        numbers = np.column_stack([kept, points, path.losses[kept]])
        lines.append(Line(one.name, values, one.style or 0, stopped, _within_reach(points), numbers))
    return lines


def _within_reach(points: Floats) -> Floats:
    """Return `points`, those that are too far to be drawn nearer, in the same direction."""
    greatest = np.abs(points).max(axis=1, keepdims=True, initial=FAR)
    return np.where(greatest > FAR, points / greatest * FAR, points)


def _values(hypers: tuple[Hyper, ...], values: dict[str, float], after: Callable[[Hyper], str] = lambda _: "") -> str:
    # A value must not be torn from its symbol.
    return "  ".join(
        f"{hyper.symbol} {_written(values[hyper.key])}{after(hyper)}".replace(" ", "\N{NO-BREAK SPACE}")
        for hyper in hypers
    )


def _written(value: float) -> str:
    """Return `value` with at most six significant digits."""
    mantissa, e, exponent = f"{value:.6g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def _sizes(
    lines: list[Line], view: Range, sides: list[int | None], moving: bool
) -> tuple[tuple[int, int], dict[str, int]]:
    """Return the figure's width and height, and its margins, the right one with room for the legend."""
    legend = [wrapped(line) for line in lines]
    wide = max((LETTER * len(text) for name, values in legend for text in (*name, *values)), default=0)
    tall = sum((ROW * (len(name) + len(values)) + GAP for name, values in legend), 2 * ROW)
    margin = {"l": LEFT, "r": SAMPLE_SPACE + round(wide), "t": TOP, "b": BOTTOM + CONTROLS * moving}
    aside, above = margin["l"] + margin["r"], margin["t"] + margin["b"]
    shape = float(np.clip((view[1] - view[0]) / (view[3] - view[2]), 0.6, 2))
    width, height = sides
    if width is None:
        width = aside + round((height - above) * shape if height else min(max(PLOT, tall) * shape, GREATEST_PLOT))
    if height is None:
        height = above + round(max((width - aside) / shape, 0 if sides[0] else tall))
    return (max(width, SIDES["width"][0]), max(height, SIDES["height"][0])), margin


def _widened(view: Range, size: tuple[int, int], margin: dict[str, int]) -> Range:
    """Return the smallest view around `view` that has the plot's shape."""
    x_low, x_high, y_low, y_high = view
    wide, high = max(size[0] - margin["l"] - margin["r"], 100), max(size[1] - margin["t"] - margin["b"], 100)
    scale = max((x_high - x_low) / wide, (y_high - y_low) / high)
    more_x, more_y = (scale * wide - (x_high - x_low)) / 2, (scale * high - (y_high - y_low)) / 2
    return x_low - more_x, x_high + more_x, y_low - more_y, y_high + more_y


def _contour(experiment: Experiment, view: Range, wide: int, theme: Theme) -> go.Figure:
    landscape = experiment.landscape
    levels = contour_levels(experiment.surface, domain_losses(landscape), experiment.levels)
    step = (view[1] - view[0]) / max(wide, 100) * CELL
    x, y = _ticks(view[0], view[1], step), _ticks(view[2], view[3], step)
    return contour_figure(x, y, loss_grid(landscape, x, y), levels, Box(*view), minima_of(landscape), theme)


def _ticks(low: float, high: float, step: float) -> Floats:
    extra = SPARE * (high - low)
    return np.linspace(low - extra, high + extra, min(MOST_TICKS, int((high - low + 2 * extra) / step) + 2))


def _lay_out(
    figure: go.Figure, experiment: Experiment, size: tuple[int, int], margin: dict[str, int], palette: Palette
) -> None:
    assert experiment.start is not None
    surface = experiment.surface
    noise = "" if experiment.noise == "none" else f"  noise: {picture_words(experiment)}"
    steps = "1 step" if experiment.steps == 1 else f"{experiment.steps:,} steps"
    start = ", ".join(_written(value).replace("-", "−") for value in experiment.start)
    subtitle = f"{steps} from ({start})  {_values(surface.parameters, experiment.parameters)}{noise}"
    figure.update_layout(
        width=size[0],
        height=size[1],
        margin=margin,
        title={
            "text": surface.label.translate(MARKUP),
            "subtitle": {"text": subtitle, "font": {"size": 12, "color": palette.ink}},
            "font": {"size": 16, "color": palette.ink},
            "x": 0,
            "xref": "paper",
            "y": 1 - 26 / size[1],
            "yanchor": "middle",
        },
        paper_bgcolor=palette.paper,
        font={"color": palette.ink, "size": 12},
        showlegend=True,
        legend={
            "x": 1,
            "y": 1,
            "bgcolor": "rgba(0,0,0,0)",
            "itemsizing": "trace",
            "tracegroupgap": 3,
            "itemwidth": SAMPLE,
        },
        # Both serve the page, which tells the loss under the pointer.
        clickanywhere=False,
        meta=None,
    )
    figure.update_xaxes(title={"text": "x", "standoff": 6})
    figure.update_yaxes(title={"text": "y", "standoff": 6})


def _rings(lines: list[Line], palette: Palette) -> dict[str, Any]:
    """Return a ring around the best point of each run, to which it goes back at its end."""
    best = [(line, int(np.argmin(line.numbers[:, 3]))) for line in lines if len(line.numbers)]
    colours = [palette.runs[line.style % 8] for line, _ in best]
    return {
        "type": "scatter",
        "x": [line.points[at, 0] for line, at in best],
        "y": [line.points[at, 1] for line, at in best],
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 20, "color": colours, "line": {"width": 2, "color": colours}},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "kept",
    }


def _start(experiment: Experiment, palette: Palette) -> dict[str, Any]:
    assert experiment.start is not None
    return {
        "type": "scatter",
        "x": experiment.start[:1],
        "y": experiment.start[1:],
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 15, "color": palette.ink, "line": {"width": 2}},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "start",
    }
