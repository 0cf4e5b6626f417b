"""The step counter. Its signs are outlines made once, since laying out a text anew for every frame takes longer than
everything else in it.
"""

from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath, TextToPath
from matplotlib.transforms import Affine2D

from fall_line.drawing.layout import Layout
from fall_line.drawing.lettering import FONT
from fall_line.drawing.response import ResponseScene
from fall_line.drawing.scene import Scene
from fall_line.drawing.still import css
from fall_line.drawing.training import TrainingScene
from fall_line.figures.theme import PALETTES


class Counter:
    """`step 57 / 125`, or epochs, at its place in the layout."""

    def __init__(self, scene: Scene | ResponseScene | TrainingScene, places: Layout) -> None:
        self.size = places.letters.counter
        self.font = FontProperties(family=FONT, size=self.size)
        self.signs = {sign: (TextPath((0, 0), sign, prop=self.font), self._width(sign)) for sign in "0123456789"}
        tail = f" / {scene.steps}"
        self.head, self.before = TextPath((0, 0), f"{scene.counted} ", prop=self.font), self._width(f"{scene.counted} ")
        self.tail, self.after = TextPath((0, 0), tail, prop=self.font), self._width(tail)
        self.x, top = places.counter
        self.to_the_right = places.counter_right
        self.y = scene.choices.height - top - self.size
        self.face = css(PALETTES[scene.choices.theme].ink)

    def _width(self, text: str) -> float:
        return TextToPath().get_text_width_height_descent(text, self.font, ismath=False)[0]

    def draw(self, renderer: RendererBase, step: int) -> None:
        """Draw the counter at `step`."""
        outline, width = self._outline(step)
        x = self.x - width if self.to_the_right else self.x
        pen = renderer.new_gc()
        pen.set_linewidth(0)
        renderer.draw_path(pen, outline, Affine2D().translate(x, self.y), self.face)

    def _outline(self, step: int) -> tuple[Path, float]:
        """Return the counter's outline, from its left end, and its width."""
        pieces: list[Path] = [self.head]
        at = self.before
        for sign in str(step):
            outline, width = self.signs[sign]
            pieces.append(outline.transformed(Affine2D().translate(at, 0)))
            at += width
        pieces.append(self.tail.transformed(Affine2D().translate(at, 0)))
        return Path.make_compound_path(*pieces), at + self.after
