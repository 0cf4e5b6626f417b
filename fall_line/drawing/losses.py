"""The loss panel's axis: which heights it shows and from where to where."""

import numpy as np

from fall_line.drawing.scene import Floats, Scene

LEAST = 1e-16  # a height below it is rounding
MOST = 1e300  # the axis ends there, so that there is room for its next decade


def loss_range(scene: Scene) -> tuple[float, float]:
    """Return the ends of the loss axis: whole decades if it is logarithmic, else round numbers."""
    seeds = scene.fan[..., 2].reshape(-1, scene.steps + 1)
    heights, ends = np.concatenate([scene.heights, seeds]), np.concatenate([scene.ends, scene.fan_ends.ravel()])
    band = scene.band[np.isfinite(scene.band)]
    shown = np.clip(np.concatenate([finite_heights(heights, ends), band]), -MOST, MOST)
    if scene.logarithmic:
        shown = shown[shown > LEAST]
        return 10 ** np.floor(np.log10(shown.min())), 10 ** np.ceil(np.log10(shown.max()) + 0.05)
    if not shown.size:
        return 0.0, 1.0
    low, high = float(shown.min()), float(shown.max())
    spread = max(high - low, 1e-9 * max(abs(low), abs(high)))
    spread = spread if spread > 1 / MOST else 1.0
    step = 10 ** np.floor(np.log10(spread)) / 2
    return np.floor(low / step) * step, np.ceil(high / step + 0.1) * step


def decades(low: float, high: float, most: int = 6) -> Floats:
    """Return at most `most` powers of ten between two of them, evenly spaced, with 1 among them if it is between."""
    first, last = round(np.log10(low)), round(np.log10(high))
    stride = (last - first) // most + 1
    return 10.0 ** np.arange(-(-first // stride) * stride, last + 1, stride)


def finite_heights(heights: Floats, ends: np.ndarray) -> Floats:
    """Return all heights up to each run's last finite step, one after the other."""
    return np.concatenate([[], *(row[: end + 1] for row, end in zip(heights, ends, strict=True))])


def can_be_logarithmic(heights: Floats, ends: np.ndarray, known_floor: bool) -> bool:
    """Return whether a logarithmic axis can show the heights: above a known floor, or all of them positive."""
    shown = finite_heights(heights, ends)
    return bool(shown.size and (shown > LEAST).any() and (known_floor or shown.min() > 0))
