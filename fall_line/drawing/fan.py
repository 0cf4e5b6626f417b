"""What noise and going back add to a panel: the paths of all seeds, and rings around the points that are kept."""

from typing import Protocol

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from fall_line.drawing.markers import DISC
from fall_line.drawing.moving import HERE, Panel, Walked
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats

THIN = 0.5  # of the width of the run's line
FAINT = 0.28  # how opaque each path is; many together are darker
FAINT_LOSS = 0.12  # and in the loss panel, over the band
DOTTED = (0.6, 2.6)  # of a line's width, on and off
RING = 8.5  # pixels


class Seeded(Walked, Protocol):
    """What has runs with several seeds."""

    @property
    def fan_ends(self) -> NDArray[np.int64]: ...


class Returning(Walked, Protocol):
    """What has runs that may go back at their end."""

    @property
    def kept(self) -> NDArray[np.int64]: ...


class Fan(Panel):
    """The paths of all seeds, thin and translucent: `lines` is (runs, seeds, steps + 1, 2). They have no heads."""

    def __init__(self, scene: Seeded, place: Rectangle, scale: float, lines: Floats, faint: float = FAINT) -> None:
        super().__init__(scene, place, scale, np.zeros((0, 1, 2)), dots=False, cursor=None)
        self.paths, self.path_ends, self.faint = lines, scene.fan_ends, faint

    def grow(self, renderer: RendererBase, start: int, stop: int) -> None:
        """Draw the paths from step `start` to step `stop`."""
        width = THIN * self.scene.choices.line_width * self.scale
        for run, seeds in enumerate(self.paths):
            pen = self._pen(renderer, self._colour(run), width, butt=True)
            pen.set_alpha(self.faint)
            for path, end in zip(seeds, self.path_ends[run], strict=True):
                if (last := min(stop, int(end))) > start:
                    renderer.draw_path(pen, Path(path[start : last + 1]), HERE)

    def heads(self, renderer: RendererBase, time: float, first: int) -> None:
        """Draw nothing."""


class Kept(Panel):
    """At the end of the last step a ring around the point to which each run goes back; with `hop` the way there."""

    def __init__(self, scene: Returning, place: Rectangle, scale: float, lines: Floats, hop: bool) -> None:
        super().__init__(scene, place, scale, lines, dots=False, cursor=None)
        self.kept, self.hop = scene.kept, hop

    def grow(self, renderer: RendererBase, start: int, stop: int) -> None:
        """Draw nothing."""

    def heads(self, renderer: RendererBase, time: float, first: int) -> None:  # noqa: ARG002
        """Draw rings and hops if `time` is the last step."""
        if time < self.scene.steps:
            return
        for run, step in enumerate(self.kept):
            if step >= 0:
                self._ring(renderer, run, self.lines[run, self.scene.ends[run]], self.lines[run, step])

    def _ring(self, renderer: RendererBase, run: int, end: Floats, kept: Floats) -> None:
        radius, colour = RING * self.scale, self._colour(run)
        length = float(np.hypot(*(end - kept)))
        if self.hop and self._inside(end) and length > radius:
            width = 1.6 * self.scale
            pen = self._pen(renderer, colour, width)
            pen.set_dashes(0, [share * width for share in DOTTED])
            renderer.draw_path(pen, Path([end, kept + (end - kept) * radius / length]), HERE)
        if self._inside(kept):
            # A rim sets it off from lines of the same colour.
            for ink, width in ((self.palette.paper, 4.6), (colour, 2.0)):
                pen = self._pen(renderer, ink, width * self.scale, clipped=False)
                renderer.draw_path(pen, DISC, Affine2D().scale(radius / 0.9).translate(*kept))
