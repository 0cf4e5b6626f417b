"""Which losses get a contour line."""

import numpy as np
from numpy.typing import NDArray

from landscapes.surface import Surface

COUNT = 28
NEGLIGIBLE = 1e-9  # of the greatest loss: differences too small for a contour

Floats = NDArray[np.float64]


def contour_levels(surface: Surface, losses: Floats, choice: str) -> Floats:
    """Return strictly increasing levels for `losses`, the values over the surface's domain.

    `choice` is `published`, which gives the surface's own levels where it has some, or `automatic`, which makes
    round levels from the values: evenly spaced, or evenly spaced in the logarithm of the height above the least
    value where the surface asks for it.
    """
    if choice == "published" and surface.levels is not None:
        return np.array(surface.levels)
    finite = losses[np.isfinite(losses)]
    if finite.size == 0:
        return np.array([0.0, 1.0])
    if np.ptp(finite) <= NEGLIGIBLE * np.abs(finite).max():
        return finite[0] + np.array([0.0, max(1.0, abs(float(finite[0])))])
    return _log_spaced(finite) if surface.spacing == "log" else _evenly_spaced(finite)


def _evenly_spaced(losses: Floats) -> Floats:
    low, high = float(losses.min()), float(np.quantile(losses, 0.995))
    if high - low < NEGLIGIBLE * np.abs(losses).max():
        high = float(losses.max())
    rough = (high - low) / COUNT
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * min((1, 2, 2.5, 5, 10), key=lambda factor: abs(np.log(factor * power / rough)))
    return np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step


def _log_spaced(losses: Floats) -> Floats:
    low = float(losses.min())
    height = losses - low
    top = float(height.max())
    bottom = max(float(np.quantile(height, 0.004)), top * 1e-6)
    return low + np.geomspace(bottom, top, COUNT)


def place_among(levels: Floats, losses: Floats) -> Floats:
    """Return where each loss stands among the levels: k at the k-th level, linear between and beyond them.

    Not finite losses stay as they are.
    """
    numbers = np.arange(len(levels), dtype=np.float64)
    inner = np.interp(losses, levels, numbers)
    below = (losses - levels[0]) / (levels[1] - levels[0])
    above = numbers[-1] + (losses - levels[-1]) / (levels[-1] - levels[-2])
    placed = np.where(losses < levels[0], below, np.where(losses > levels[-1], above, inner))
    return np.where(np.isfinite(losses), placed, np.nan)
