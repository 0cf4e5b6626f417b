"""The parts of a picture of paths that move: which panels there are, and where their lines lie."""

import numpy as np

from fall_line.drawing.band import Band
from fall_line.drawing.fan import FAINT_LOSS, Fan, Kept
from fall_line.drawing.layout import Layout
from fall_line.drawing.losses import LEAST, loss_range
from fall_line.drawing.moving import REACH, Panel
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.scene import Floats, Scene


def panels(scene: Scene, places: Layout) -> list[Panel]:
    """Return the panels with moving parts: the surface, and the losses if they are shown."""
    place, scale = places.plot, places.scale
    lines, fan = path_pixels(scene, places, scene.points), path_pixels(scene, places, scene.fan[..., :2])
    found = [
        Fan(scene, place, scale, fan),
        Panel(scene, place, scale, lines, dots=True, cursor=None),
        Kept(scene, place, scale, lines, hop=True),
    ]
    if places.losses is not None:
        place, scale, last = places.losses, 0.85 * places.scale, max(scene.steps, 1)
        lines, fan = _loss_pixels(scene, place, scene.heights), _loss_pixels(scene, place, scene.fan[..., 2])
        found += [
            Band(scene, place, scale, _loss_pixels(scene, place, np.moveaxis(scene.band, -1, 1))),
            Fan(scene, place, scale, fan, FAINT_LOSS),
            Panel(scene, place, scale, lines, dots=False, cursor=(0, last)),
            Kept(scene, place, scale, lines, hop=False),
        ]
    return found


def path_pixels(scene: Scene, places: Layout, points: Floats) -> Floats:
    """Return (…, 2): where each of the points (…, 2) lies in the picture, pixels from the bottom left."""
    x_low, x_high, y_low, y_high = scene.view
    place = places.plot
    per_pixel = np.array([(x_high - x_low) / place.width, (y_high - y_low) / place.height])
    with np.errstate(over="ignore", invalid="ignore"):
        from_middle = points - np.array([x_low + x_high, y_low + y_high]) / 2
        far = np.abs(from_middle).max(axis=-1, keepdims=True) / (REACH * per_pixel.max())
        from_middle = from_middle / np.maximum(far, 1)
    middle = np.array([place.x + place.width / 2, scene.choices.height - place.y - place.height / 2])
    return middle + from_middle / per_pixel


def _loss_pixels(scene: Scene, place: Rectangle, heights: Floats) -> Floats:
    """Return (…, steps + 1, 2) for heights (…, steps + 1)."""
    low, high = loss_range(scene)
    if scene.logarithmic:
        low, high = np.log10(low), np.log10(high)
        heights = np.log10(np.maximum(heights, LEAST * 1e-4))
    with np.errstate(over="ignore", invalid="ignore"):
        y = scene.choices.height - place.bottom + (heights - low) / (high - low) * place.height
    x = place.x + np.arange(heights.shape[-1]) / max(scene.steps, 1) * place.width
    return np.stack([np.broadcast_to(x, y.shape), y], axis=-1)
