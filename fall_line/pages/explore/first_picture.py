"""A small picture of an experiment, as text in the page's HTML: it stands where the plot will be until that is there.

Its coordinates are those of the plot, and it goes beyond the view on all sides, so that a browser that fits the view
into whatever room the plot has shows the same part of the plane as the plot will.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import lru_cache
from itertools import pairwise
from threading import BoundedSemaphore
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.figures.levels import contour_levels, place_among
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.loss import domain_losses, loss_grid
from fall_line.trajectories.run import last_finite, run
from landscapes import Box

PATIENCE = 0.12  # seconds that a page waits for its picture: one that takes longer comes too late
WAITING = 4  # pictures that are drawn or wait for it; pages that come on top have none
CELLS = 60  # of the grid along the longer side
MOST = 6000  # points of all paths: more would make the page wait, and it will draw them soon itself
UNITS = 1000  # of the picture along the longer side of the view
WIDEST, TALLEST = 3.2, 1.3  # plots have at most this width, and this height, in terms of the other side

Floats = NDArray[np.float64]

_rooms = BoundedSemaphore(WAITING)
_drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="first-picture")


def first_picture(experiment: Experiment) -> str:
    """Return the picture as SVG, or "" if it can't be had at once; then the next reader of the same will have it.

    Colours are those of both themes, as the custom properties `--l` and `--d`.
    """
    try:
        return _begun(experiment).result(timeout=PATIENCE)
    except (TookTooLong, _BusyError):
        return ""


class _BusyError(Exception):
    """Too many pictures wait to be drawn."""


@lru_cache(maxsize=256)
def _begun(experiment: Experiment) -> "Future[str]":
    if not _rooms.acquire(blocking=False):
        raise _BusyError
    try:
        return _drawing.submit(_attempted, experiment)
    except RuntimeError:  # the program is ending
        _rooms.release()
        raise _BusyError from None


def _attempted(experiment: Experiment) -> str:
    try:
        return _drawn(experiment)
    except Exception:  # whatever is wrong, the page itself tells it
        return ""
    finally:
        _rooms.release()


def _drawn(experiment: Experiment) -> str:
    view = experiment.shown
    scale = UNITS / max(view.x_high - view.x_low, view.y_high - view.y_low)
    place = _Place(view, scale)
    box = f"0 0 {_rounded(scale * (view.x_high - view.x_low))} {_rounded(scale * (view.y_high - view.y_low))}"
    return (
        f'<svg id="first-picture" viewBox="{box}" preserveAspectRatio="xMidYMid meet" aria-hidden="true">'
        f'{_surface(experiment, place)}<g class="first-paths">{_paths(experiment, place)}</g></svg>'
    )


class _Place:
    """Where points of the plane are in the picture."""

    def __init__(self, view: Box, scale: float) -> None:
        self.view, self.scale = view, scale

    def __call__(self, points: Floats) -> NDArray[np.int64]:
        """Return `points` (n, 2) in whole units of the picture, whose y grows downwards."""
        x = (points[:, 0] - self.view.x_low) * self.scale
        y = (self.view.y_high - points[:, 1]) * self.scale
        return np.rint(np.clip(np.stack([x, y], axis=1), -1e5, 1e5)).astype(np.int64)


def _surface(experiment: Experiment, place: _Place) -> str:
    """Return the bands between levels: of each level the part of the plane above it, the lowest first."""
    x, y = _grid(experiment.shown)
    losses = loss_grid(experiment.landscape, x, y)
    levels = contour_levels(experiment.surface, domain_losses(experiment.landscape), experiment.levels)
    heights = place_among(levels, losses)
    generator = contour_generator(x, y, np.ma.masked_invalid(heights), fill_type=FillType.OuterOffset)
    pieces = []
    for level in range(-1, len(levels)):
        filled: Any = generator.filled(float(level) if level >= 0 else -np.inf, np.inf)
        polygons, offsets = filled
        rings = [
            place(polygon[start:end])
            for polygon, starts in zip(polygons, offsets, strict=True)
            for start, end in pairwise(starts)
        ]
        outline = "".join(map(_ring, rings))
        if outline:
            pieces.append(f'<path style="{_colours(level, len(levels))}" d="{outline}"/>')
    return "".join(pieces)


def _colours(level: int, count: int) -> str:
    """Return the fill above `level` in both themes: that of the middle of the gap to the next, as in the plot."""
    share = (level + 1.5) / (count + 1)
    return ";".join(
        f"--{theme[0]}:{_between(PALETTES[theme].contour, min(1.0, max(0.0, share)))}" for theme in ("light", "dark")
    )


def _between(scale: tuple[str, ...], share: float) -> str:
    at = share * (len(scale) - 1)
    low = min(int(at), len(scale) - 2)
    (first, second) = ([int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in scale[low : low + 2])
    mixed = (round(a + (at - low) * (b - a)) for a, b in zip(first, second, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _paths(experiment: Experiment, place: _Place) -> str:
    if len(experiment.runs) * experiment.steps > MOST:
        return ""
    pieces = []
    for one, path in zip(experiment.runs, run(experiment), strict=True):
        if one.hidden:
            continue
        points = place(path.points[: last_finite(path) + 1])
        colours = ";".join(f"--{theme[0]}:{PALETTES[theme].runs[(one.style or 0) % 8]}" for theme in ("light", "dark"))
        pieces.append(f'<path style="{colours}" d="{_line(points)}"/>')
    return "".join(pieces)


def _grid(view: Box) -> tuple[Floats, Floats]:
    width, height = view.x_high - view.x_low, view.y_high - view.y_low
    wide, tall = max(width, WIDEST * height), max(height, TALLEST * width)
    cell = max(wide, tall) / CELLS
    return _ticks(view.x_low + width / 2, wide, cell), _ticks(view.y_low + height / 2, tall, cell)


def _ticks(middle: float, length: float, cell: float) -> Floats:
    return np.linspace(middle - length / 2, middle + length / 2, int(length / cell) + 2)


def _rounded(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _ring(points: NDArray[np.int64]) -> str:
    line = _line(_thinned(points))
    return f"{line}z" if line else ""


def _thinned(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `points` without every second one that lies less than a unit beside the line between its neighbours."""
    if len(points) < 5:
        return points
    before, here, after = points[:-2], points[1:-1], points[2:]
    along = after - before
    aside = np.abs(along[:, 0] * (here - before)[:, 1] - along[:, 1] * (here - before)[:, 0])
    straight = aside <= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1)
    stays = np.ones(len(points), dtype=bool)
    stays[1:-1] = ~(straight & (np.arange(1, len(points) - 1) % 2 == 1))
    return points[stays]


def _line(points: NDArray[np.int64]) -> str:
    """Return the path through `points` without those that stand still, each written as the way from the one before."""
    if not len(points):
        return ""
    ways = np.diff(points, axis=0)
    ways = ways[np.any(ways != 0, axis=1)]
    x, y = points[0]
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in ways) if len(ways) else ""
