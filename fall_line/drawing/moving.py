"""What moves in a picture: lines that grow step by step, heads, and the cursor of the loss panel.

They are drawn by Matplotlib's renderers directly, without artists: a dozen short strokes a frame instead of a layout.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox
from numpy.typing import NDArray

from fall_line.drawing.choices import Choices
from fall_line.drawing.markers import CROSS, DASH, DISC, dashed, marker
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats
from fall_line.figures.theme import PALETTES

HERE = Affine2D()
REACH = 1e14  # pixels: points further away are moved to this distance, so that the renderer's numbers suffice
NEAR = 1e7  # pixels: from further away a line to one of those would be another line, and is left out
DOTS_UP_TO = 250  # steps up to which each has a dot, which shows how long the steps are


class Walked(Protocol):
    """What has runs that move."""

    @property
    def choices(self) -> Choices: ...
    @property
    def steps(self) -> int: ...
    @property
    def ends(self) -> NDArray[np.int64]: ...
    @property
    def styles(self) -> tuple[int, ...]: ...


class Panel:
    """Polylines of all runs inside one rectangle, which clips them.

    `lines` is (runs, steps + 1, 2) in pixels from the bottom left, as Matplotlib counts. A panel with a cursor, which
    shows the step, says which steps its left and right edges are.
    """

    def __init__(
        self,
        scene: Walked,
        place: Rectangle,
        scale: float,
        lines: Floats,
        dots: bool,
        cursor: tuple[float, float] | None,
    ) -> None:
        self.scene, self.scale, self.lines, self.dots, self.cursor = scene, scale, lines, dots, cursor
        height = scene.choices.height
        self.clip = Bbox([[place.x, height - place.bottom], [place.right, height - place.y]])
        self.palette = PALETTES[scene.choices.theme]
        self.pens: dict[tuple, GraphicsContextBase] = {}
        self.lengths = _lengths(lines) if any(map(dashed, scene.styles)) else None

    def grow(self, renderer: RendererBase, start: int, stop: int) -> None:
        """Draw the lines from step `start` to step `stop`."""
        for run, end in enumerate(self.scene.ends):
            last = min(stop, int(end))
            if last > start:
                self._stroke(renderer, run, self.lines[run, start : last + 1], start)
                if self.dots and self.scene.steps <= DOTS_UP_TO:
                    self._dots(renderer, run, self.lines[run, start + 1 : last + 1])

    def heads(self, renderer: RendererBase, time: float, first: int) -> None:
        """Draw the heads at step `time`, and what leads from the last whole step to them."""
        if self.cursor is not None:
            self._cursor(renderer, time, *self.cursor)
        else:
            self._start(renderer)
        for run, at, piece in self._heads(time):
            if len(piece) > 1 and time > first:
                self._stroke(renderer, run, piece, int(time))
            if self._inside(at):
                self._head(renderer, run, at, stopped=time >= self.scene.ends[run] < self.scene.steps)

    def _inside(self, at: Floats) -> bool:
        return bool(self.clip.x0 - 1 <= at[0] <= self.clip.x1 + 1 and self.clip.y0 - 1 <= at[1] <= self.clip.y1 + 1)

    def _heads(self, time: float) -> Iterator[tuple[int, Floats, Floats]]:
        for run, end in enumerate(self.scene.ends):
            if end < 0:
                continue
            whole = min(int(time), int(end))
            here = self.lines[run, whole]
            part = time - whole if whole < end else 0.0
            there = here + part * (self.lines[run, whole + 1] - here) if part > 0 else here
            yield run, there, np.array([here, there]) if part > 0 else here[None]

    def _pen(
        self, renderer: RendererBase, colour: str, width: float, clipped: bool = True, butt: bool = False
    ) -> GraphicsContextBase:
        """Return a pen, each kind made once: making one takes as long as a stroke with it."""
        kind = (colour, width, clipped, butt)
        if kind not in self.pens:
            pen = renderer.new_gc()
            pen.set_clip_rectangle(self.clip if clipped else None)
            pen.set_foreground(colour)
            pen.set_linewidth(width)
            pen.set_capstyle("butt" if butt else "round")
            pen.set_joinstyle("round")
            pen.set_snap(False)
            self.pens[kind] = pen
        return self.pens[kind]

    def _colour(self, run: int) -> str:
        return self.palette.runs[self.scene.styles[run] % 8]

    def _stroke(self, renderer: RendererBase, run: int, points: Floats, start: int) -> None:
        width = self.scene.choices.line_width * self.scale
        broken = dashed(self.scene.styles[run])
        pen = self._pen(renderer, self._colour(run), width, butt=broken)
        if self.lengths is not None and broken:
            pattern = [length * max(width / 2, 0.5) for length in DASH]
            pen.set_dashes(float(self.lengths[run, start]) % sum(pattern), pattern)
        away = np.abs(points).max(axis=1)
        gone = (np.maximum(away[1:], away[:-1]) > 0.9 * REACH) & (np.minimum(away[1:], away[:-1]) > NEAR)
        codes = [Path.MOVETO, *np.where(gone, Path.MOVETO, Path.LINETO)] if gone.any() else None
        renderer.draw_path(pen, Path(points, codes), HERE)

    def _dots(self, renderer: RendererBase, run: int, points: Floats) -> None:
        pen = self._pen(renderer, self._colour(run), 0)
        radius = 1.05 * (self.scene.choices.line_width + 0.3) * self.scale
        renderer.draw_markers(pen, DISC, Affine2D().scale(radius), Path(points), HERE, to_rgba(self._colour(run)))

    def _head(self, renderer: RendererBase, run: int, at: Floats, stopped: bool) -> None:
        size = self.scale * (4 + self.scene.choices.line_width)
        if stopped:
            pen = self._pen(
                renderer, self._colour(run), 1.5 * self.scene.choices.line_width * self.scale, clipped=False
            )
            renderer.draw_path(pen, CROSS, Affine2D().scale(0.85 * size).translate(*at))
            return
        pen = self._pen(renderer, self.palette.paper, 1.5 * self.scale, clipped=False)
        outline = marker(self.scene.styles[run])
        renderer.draw_path(pen, outline, Affine2D().scale(size).translate(*at), to_rgba(self._colour(run)))

    def _start(self, renderer: RendererBase) -> None:
        at = self.lines[0, 0] if len(self.lines) else np.full(2, np.nan)
        if self._inside(at):
            for colour, width in ((self.palette.paper, 4.5), (self.palette.ink, 2.0)):
                pen = self._pen(renderer, colour, width * self.scale, clipped=False)
                renderer.draw_path(pen, DISC, Affine2D().scale(6.5 * self.scale).translate(*at))

    def _cursor(self, renderer: RendererBase, time: float, first: float, last: float) -> None:
        if not first <= time <= last:
            return
        x = self.clip.x0 + (time - first) / (last - first) * self.clip.width
        pen = self._pen(renderer, self.palette.ink, max(1.0, self.scale))
        pen.set_alpha(0.5)
        renderer.draw_path(pen, Path([(x, self.clip.y0), (x, self.clip.y1)]), HERE)


def _lengths(lines: Floats) -> Floats:
    """Return how long each polyline is up to each of its points, so that dashes go on where they stopped."""
    with np.errstate(invalid="ignore", over="ignore"):
        pieces = np.hypot(*np.moveaxis(np.diff(lines, axis=1), -1, 0))
    pieces = np.where(np.isfinite(pieces), pieces, 0)
    return np.concatenate([np.zeros((len(lines), 1)), np.cumsum(pieces, axis=1)], axis=1)
