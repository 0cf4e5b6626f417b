"""Where to look at a surface of which nothing is known but its values, and where to start on it.

Both are proposed from the values on a coarse grid, so that a new surface is judged at once and always in the same way.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landscapes.surface import Box

HALVES = (3.0, 5.0, 10.0, 2.0, 1.0, 20.0, 50.0, 100.0)  # half the sides of the boxes, those preferred first
CELLS = 60  # an even number, so that the axes, where 1/x has no value, lie between the points
INNER = 0.85  # of a box; what lies further out is at its edge
GREATEST = 1e100  # losses beyond it count as not finite, so that no difference overflows
STEEP = 22.0  # times as high as the lowest tenth stand the highest fiftieth: the other surfaces divide here

Floats = NDArray[np.float64]
Values = Callable[[Floats, Floats], Floats]


def bounded(losses: Floats) -> Floats:
    """Return `losses`, NaN for everything that isn't finite or is beyond 1e100."""
    return np.where(np.abs(losses) <= GREATEST, losses, np.nan)


def grid(box: Box) -> tuple[Floats, Floats]:
    """Return x and y of 60 × 60 points that cover `box`."""
    x, y = np.meshgrid(np.linspace(box.x_low, box.x_high, CELLS), np.linspace(box.y_low, box.y_high, CELLS))
    return x, y


def square(half: float) -> Box:
    """Return the box around the origin with this `half` side."""
    return Box(-half, half, -half, half)


def proposed_half(values: Values, halves: tuple[float, ...] = HALVES) -> float | None:
    """Return half the side of the box around the origin that is shown, or None if no value in any is finite.

    Only boxes are considered in which nearly as much is finite as in the best. The first whose lowest point lies well
    inside is taken, else the first with any dip well inside, else the first.
    """
    losses = {half: values(*grid(square(half))) for half in halves}
    shares = {half: float(np.isfinite(one).mean()) for half, one in losses.items()}
    most = max(shares.values())
    if most == 0:
        return None
    eligible = [half for half in halves if shares[half] >= 0.9 * most]
    for holds in (_lowest_inside, _dip_inside):
        for half in eligible:
            if holds(losses[half]):
                return half
    return eligible[0]


def _inside() -> NDArray[np.bool_]:
    """Return which points of a box's grid do not lie at its edge."""
    ticks = np.abs(np.linspace(-1, 1, CELLS)) <= INNER
    return ticks[:, None] & ticks


def _lowest_inside(losses: Floats) -> bool:
    inner, edge = (losses[where] for where in (_inside(), ~_inside()))
    if not np.isfinite(inner).any():
        return False
    return not np.isfinite(edge).any() or bool(np.nanmin(inner) < np.nanmin(edge))


def _dip_inside(losses: Floats) -> bool:
    """Whether a point well inside is not higher than any of its eight neighbours and lower than five or more.

    A dip on an axis has its lowest points beside each other, two or, at the origin, four.
    """
    filled = np.where(np.isnan(losses), np.inf, losses)
    middle, size = filled[1:-1, 1:-1], CELLS - 2
    neighbours = [filled[1 + i : 1 + i + size, 1 + j : 1 + j + size] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    dips = np.all([middle <= other for other in neighbours], axis=0)
    dips &= np.sum([middle < other for other in neighbours], axis=0) >= 5
    return bool((dips & _inside()[1:-1, 1:-1]).any())


def proposed_start(values: Values, half: float, losses: Floats) -> tuple[float, float]:
    """Return a start in the box, whose grid has these `losses`: far from the lowest point, on a slope, not on a wall.

    It is one of 13 × 13 points well inside the box. Those with a slope come first, then those whose slope leads towards
    the middle, so that paths don't leave the box at once, then those that are lower than three quarters of the box,
    then the one furthest from the lowest point.
    """
    ticks = np.round(np.linspace(-0.75, 0.75, 13) * half, 6) + 0.0
    x, y = (axis.ravel() for axis in np.meshgrid(ticks, ticks))
    here, h = values(x, y), 1e-6 * half
    along, up = (values(x + h, y) - values(x - h, y)) / (2 * h), (values(x, y + h) - values(x, y - h)) / (2 * h)
    slopes = np.hypot(along, up)
    inwards = x * along + y * up > 0.5 * np.hypot(x, y) * slopes
    sloping = np.isfinite(slopes) & (slopes > 1e-6 * (np.nanmax(losses) - np.nanmin(losses)) / half)
    lowest = np.nanargmin(losses)
    away = np.hypot(x - grid(square(half))[0].flat[lowest], y - grid(square(half))[1].flat[lowest])
    order = np.lexsort((away, here <= np.nanquantile(losses, 0.75), inwards, sloping, np.isfinite(here)))
    if np.isfinite(here[order[-1]]):
        return float(x[order[-1]]), float(y[order[-1]])
    # It is finite only in patches that the 13 × 13 points miss.
    return float(grid(square(half))[0].flat[lowest]), float(grid(square(half))[1].flat[lowest])


def proposed_spacing(losses: Floats) -> Literal["linear", "log"]:
    heights = losses[np.isfinite(losses)] - np.nanmin(losses)
    low, high = np.quantile(heights, [0.1, 0.98])
    return "log" if high > STEEP * low else "linear"
