"""Which losses get a contour line, and where any loss stands among them."""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from landscapes.surface import Surface

COUNT = 28
NEGLIGIBLE = 1e-8  # of the greatest loss: differences too small for a contour line
ROUNDING = 1e-9  # of a step: an end that is a level but for its last digits gets no level beyond it
FARTHEST = 1e9  # levels beyond the first and the last
ORDINARY = (1e-100, 1e100)  # losses that are counted as they are
TABLE = 8  # entries a level in the table that leads back

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
    if np.ptp(finite / _unit(finite)) <= NEGLIGIBLE * np.abs(finite / _unit(finite)).max():
        level = float(finite[0])
        apart = max(1.0, abs(level))
        return np.array([level, level + apart] if np.isfinite(level + apart) else [level - apart, level])
    unit = _unit(finite)
    made = (_log_spaced if surface.spacing == "log" else _evenly_spaced)(finite / unit)
    with np.errstate(over="ignore"):
        levels = made * unit
    return levels[np.isfinite(levels)]


def _unit(losses: Floats) -> float:
    """Return the power of ten in which `losses` are counted, so that no difference or quotient of them overflows."""
    greatest = float(np.abs(losses).max())
    return (
        1.0 if greatest == 0 or ORDINARY[0] <= greatest <= ORDINARY[1] else float(10.0 ** np.floor(np.log10(greatest)))
    )


def _evenly_spaced(losses: Floats) -> Floats:
    low, high = float(losses.min()), float(np.quantile(losses, 0.995))
    if high - low <= NEGLIGIBLE * np.abs(losses).max():
        high = float(losses.max())
    rough = (high - low) / COUNT
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * min((1, 2, 2.5, 5, 10), key=lambda factor: abs(np.log(factor * power / rough)))
    return np.arange(np.floor(low / step + ROUNDING), np.ceil(high / step - ROUNDING) + 1) * step


def _log_spaced(losses: Floats) -> Floats:
    low = float(losses.min())
    height = losses - low
    top = float(height.max())
    bottom = min(max(float(np.quantile(height, 0.004)), top * 1e-6), top / 10)
    return low + np.geomspace(bottom, top, COUNT)


def place_among(levels: Floats, losses: Floats) -> Floats:
    """Return where each loss stands among the levels: k at the k-th level, increasing between and beyond them.

    Between levels it is a monotone cubic (Fritsch and Carlson 1980). A piecewise linear map would have kinks at the
    levels, just where Plotly interpolates to find the contour, and lines would zigzag where the spacing changes.
    Beyond the levels it goes on with the last slope, up to a place that still is a number for Plotly. Losses that are
    not finite stay as NaN.
    """
    unit, finite = _unit(levels), np.isfinite(losses)
    with np.errstate(over="ignore"):
        levels, losses = levels / unit, losses / unit
    curve = PchipInterpolator(levels, np.arange(len(levels), dtype=np.float64))
    ends = curve.derivative()([levels[0], levels[-1]])
    slopes = np.where(ends > 0, ends, 1 / np.diff(levels)[[0, -1]])
    within = np.clip(losses, levels[0], levels[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        beyond = np.clip((losses - within) * np.where(losses < levels[0], slopes[0], slopes[1]), -FARTHEST, FARTHEST)
    return np.where(finite, curve(within) + beyond, np.nan)


def way_back(levels: Floats) -> Floats:
    """Return the losses at the places 0, 1/8, 2/8 … among the levels: a table to read `place_among` backwards."""
    fine = np.interp(np.linspace(0, len(levels) - 1, 40 * len(levels)), np.arange(len(levels)), levels)
    places = np.arange(TABLE * (len(levels) - 1) + 1) / TABLE
    return np.interp(places, place_among(levels, fine), fine)
