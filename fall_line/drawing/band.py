"""What lies between the quartiles of all seeds' losses, shaded in each run's colour."""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path

from fall_line.drawing.moving import HERE, Panel
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats, Scene

SHADE = 0.25  # how opaque it is
FAR = 1e5  # pixels; what lies further away is drawn there


class Band(Panel):
    """The bands of the loss panel: `edges` is (runs, 2, steps + 1, 2), the lower and the upper, in pixels."""

    def __init__(self, scene: Scene, place: Rectangle, scale: float, edges: Floats) -> None:
        super().__init__(scene, place, scale, np.zeros((0, 1, 2)), dots=False, cursor=None)
        # An edge that is not finite has left through the top.
        self.edges = np.clip(np.where(np.isfinite(edges), edges, FAR), -FAR, FAR)

    def grow(self, renderer: RendererBase, start: int, stop: int) -> None:
        """Draw the bands from step `start` to step `stop`."""
        for run, (lower, upper) in enumerate(self.edges):
            x = self._columns(lower[:, 0], start, stop)
            if len(x) > 1:
                low, high = (np.interp(x, *edge.T) for edge in (lower, upper))
                outline = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])])
                pen = self._pen(renderer, self._colour(run), 0)
                pen.set_alpha(SHADE)
                renderer.draw_path(pen, Path(outline, closed=False), HERE, pen.get_rgb()[:3])

    def _columns(self, x: Floats, start: int, stop: int) -> Floats:
        """Return where the outline has corners: the steps, and at both ends whole pixels.

        Pieces that are drawn one after the other meet there without a seam.
        """
        left, right = np.floor(x[start]), x[stop] if stop == self.scene.steps else np.floor(x[stop])
        inner = x[start + 1 : stop]
        return np.concatenate([[left], inner[(inner > left) & (inner < right)], [right]]) if right > left else x[:0]

    def heads(self, renderer: RendererBase, time: float, first: int) -> None:
        """Draw nothing."""
