"""The step counter. Its signs are outlines made once, since laying out a text anew for every frame takes longer than
everything else in it.
"""

from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath, TextToPath
from matplotlib.transforms import Affine2D

from drawing.layout import Layout
from drawing.scene import Scene
from drawing.still import FONT, css
from figures.theme import PALETTES


class Counter:
    """`step 57 / 125` at its place in the layout; the digits don't move as they change."""

    def __init__(self, scene: Scene, places: Layout) -> None:
        size = 17 * places.scale
        font = FontProperties(family=FONT, size=size)
        width, _, _ = TextToPath().get_text_width_height_descent("0", font, ismath=False)
        self.digits = [TextPath((0, 0), str(digit), prop=font) for digit in range(10)]
        self.advance, self.places = width, len(str(scene.steps))
        self.head, self.tail = (TextPath((0, 0), text, prop=font) for text in ("step", f"/ {scene.steps}"))
        lengths = [
            TextToPath().get_text_width_height_descent(text, font, ismath=False)[0]
            for text in ("step ", f" / {scene.steps}", " ")
        ]
        self.before, after, self.space = lengths
        x, top = places.counter
        total = self.before + self.places * width + after
        self.x = x - total if places.counter_right else x
        self.y = scene.choices.height - top - size
        self.face = css(PALETTES[scene.choices.theme].ink)

    def draw(self, renderer: RendererBase, step: int) -> None:
        """Draw the counter at `step`."""
        pen = renderer.new_gc()
        pen.set_linewidth(0)
        renderer.draw_path(pen, self._outline(step), Affine2D().translate(self.x, self.y), self.face)

    def _outline(self, step: int) -> Path:
        written = str(step)
        start = self.before + (self.places - len(written)) * self.advance
        digits = [
            self.digits[int(sign)].transformed(Affine2D().translate(start + k * self.advance, 0))
            for k, sign in enumerate(written)
        ]
        tail = self.tail.transformed(Affine2D().translate(self.before + self.places * self.advance + self.space, 0))
        return Path.make_compound_path(self.head, *digits, tail)
