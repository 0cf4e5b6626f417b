"""The frames of an animation, and single pictures.

What stays still is drawn once. Lines stay in the picture and grow by the steps that are new; heads, cursor and counter
are drawn over it and taken away again.
"""

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from fall_line.drawing.counter import Counter
from fall_line.drawing.formula import drawing_lock
from fall_line.drawing.layout import Layout, layout
from fall_line.drawing.moving import Panel
from fall_line.drawing.panels import panels
from fall_line.drawing.response import ResponseScene, response_layout, response_panels, response_still
from fall_line.drawing.scene import Scene
from fall_line.drawing.still import still
from fall_line.drawing.timeline import span
from fall_line.drawing.training import TrainingScene, training_layout, training_panels, training_still

Pixels = NDArray[np.uint8]
Drawable = Scene | ResponseScene | TrainingScene


class Stage:
    """A scene ready to be drawn at any step."""

    def __init__(self, scene: Drawable) -> None:
        self.panels: list[Panel]
        self.places = layout_of(scene)
        if isinstance(scene, TrainingScene):
            self.figure, self.panels = training_still(scene, self.places), training_panels(scene, self.places)
        elif isinstance(scene, ResponseScene):
            self.figure, self.panels = response_still(scene, self.places), response_panels(scene, self.places)
        else:
            self.figure, self.panels = still(scene, self.places), panels(scene, self.places)
        self.first, self.last = span(scene.choices, scene.steps)
        self.counter = Counter(scene, self.places)

    def over(self, renderer: RendererBase, time: float) -> None:
        """Draw what is taken away again: heads, cursor, counter."""
        for panel in self.panels:
            panel.heads(renderer, time, self.first)
        self.counter.draw(renderer, int(time))

    def grow(self, renderer: RendererBase, start: int, stop: int) -> None:
        """Let the lines grow from one step to another."""
        for panel in self.panels:
            panel.grow(renderer, start, stop)


def notes(scene: Drawable) -> tuple[str, ...]:
    """Return sentences about what has no room in a picture of `scene`."""
    return layout_of(scene).notes


def layout_of(scene: Drawable) -> Layout:
    """Return where things stand in a picture of `scene`.

    Raises:
        InputError: its words find no room.
    """
    if isinstance(scene, TrainingScene):
        return training_layout(scene)
    return response_layout(scene) if isinstance(scene, ResponseScene) else layout(scene.choices, scene.words)


def frames(scene: Drawable, times: NDArray[np.float64], last_first: bool = False) -> Iterator[Pixels]:
    """Yield the picture at each of the increasing `times`, steps with a fraction.

    Each is (height, width, 4) uint8, red, green, blue, alpha, and only good until the next is asked for. With
    `last_first` the last one comes before all others too: it has every colour, which a palette must know.
    """
    with drawing_lock:
        stage = Stage(scene)
        canvas = FigureCanvasAgg(stage.figure)
        canvas.draw()
    renderer = canvas.get_renderer()
    background = renderer.copy_from_bbox(stage.figure.bbox)
    for walk in ([times[-1:]] if last_first else []) + [times]:
        renderer.restore_region(background)
        yield from _walk(stage, renderer, walk)


def _walk(stage: Stage, renderer: RendererAgg, times: NDArray[np.float64]) -> Iterator[Pixels]:
    reached = stage.first
    for time in times:
        stage.grow(renderer, reached, int(time))
        reached = int(time)
        clean = renderer.copy_from_bbox(stage.figure.bbox)
        stage.over(renderer, float(time))
        yield np.asarray(renderer.buffer_rgba())
        renderer.restore_region(clean)


def picture(scene: Drawable, time: float | None = None) -> Pixels:
    """Return the picture at `time`, by default the last step shown: (height, width, 4) uint8 with alpha."""
    at = span(scene.choices, scene.steps)[1] if time is None else time
    return next(frames(scene, np.array([float(at)]))).copy()


class _Moving(Artist):
    """The moving parts as a part of the figure, for formats that keep lines as lines."""

    def __init__(self, stage: Stage, time: float) -> None:
        super().__init__()
        self.stage, self.time = stage, time
        self.set_zorder(10)  # above the axes

    def draw(self, renderer: RendererBase) -> None:
        self.stage.grow(renderer, self.stage.first, int(self.time))
        self.stage.over(renderer, self.time)


def whole_figure(scene: Drawable, time: float | None = None) -> Figure:
    """Return a Matplotlib figure of the picture at `time`, by default the last step shown."""
    stage = Stage(scene)
    stage.figure.add_artist(_Moving(stage, float(stage.last if time is None else time)))
    return stage.figure
