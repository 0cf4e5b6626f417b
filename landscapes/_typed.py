"""A surface whose formula a reader typed.

Where to look and where to start is proposed from the values at the parameters' defaults, computed by NumPy on a coarse
grid, so that a new formula is judged at once and always in the same way.
"""

from functools import lru_cache, partial
from typing import Literal

import numpy as np
from jax import Array
from numpy.typing import NDArray

from fall_line.formulas import Formula, FormulaError, parse
from landscapes.surface import Box, Surface

PREFIX = "formula:"
MAX_LABEL = 48

HALVES = (3.0, 5.0, 10.0, 2.0, 1.0, 20.0, 50.0, 100.0)  # half the sides of the boxes, those preferred first
CELLS = 60  # an even number, so that the axes, where 1/x has no value, lie between the points
INNER = 0.85  # of a box; what lies further out is at its edge
GREATEST = 1e100  # losses beyond it count as not finite, so that no difference overflows
STEEP = 22.0  # times as high as the lowest tenth stand the highest fiftieth: the other surfaces divide here

Floats = NDArray[np.float64]


@lru_cache(maxsize=256)
def typed_surface(text: str) -> Surface:
    """Return the surface J(x, y) that the formula `text` describes; its key is `formula:` and the text.

    Raises:
        FormulaError: the formula can't be used; the text says where and why.
    """
    formula = parse(text)
    half = _half(formula)
    x, y = _grid(half)
    losses = _losses(formula, x, y)

    def value(x: Array, y: Array, /, **parameters: Array) -> Array:
        return formula.value(x=x, y=y, **parameters)

    def grid_value(x: Floats, y: Floats, /, **parameters: float) -> Floats:
        return formula.numpy(x=x, y=y, **parameters)

    return Surface(
        key=f"{PREFIX}{formula.text}",
        label=formula.text if len(formula.text) <= MAX_LABEL else f"{formula.text[: MAX_LABEL - 1]}…",
        value=value,
        domain=Box(-half, half, -half, half),
        start=_start(formula, half, losses),
        minima=(),
        formula=formula.latex,
        lesson=_lesson(formula, losses),
        source="typed by the reader",
        parameters=formula.parameters,
        spacing=_spacing(losses),
        grid_value=grid_value,
        listed=False,
    )


def _grid(half: float) -> tuple[Floats, Floats]:
    ticks = np.linspace(-half, half, CELLS)
    x, y = np.meshgrid(ticks, ticks)
    return x, y


def _losses(formula: Formula, x: Floats, y: Floats) -> Floats:
    """Return J at the parameters' defaults, NaN for everything that isn't finite or is beyond 1e100."""
    defaults = {hyper.key: hyper.default for hyper in formula.parameters}
    losses = formula.numpy(x=x, y=y, **defaults)
    return np.where(np.abs(losses) <= GREATEST, losses, np.nan)


def _half(formula: Formula) -> float:
    """Return half the side of the box around the origin that is shown.

    Only boxes are considered in which nearly as much is finite as in the best. The first whose lowest point lies well
    inside is taken, else the first with any dip well inside, else the first.

    Raises:
        FormulaError: the formula is finite in none of them.
    """
    losses = {half: _losses(formula, *_grid(half)) for half in HALVES}
    shares = {half: float(np.isfinite(values).mean()) for half, values in losses.items()}
    most = max(shares.values())
    if most == 0:
        box = f"x and y from −{max(HALVES):g} to {max(HALVES):g}"
        raise FormulaError(f"The formula is nowhere finite, or beyond {GREATEST:g} everywhere, for {box}.")
    eligible = [half for half in HALVES if shares[half] >= 0.9 * most]
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


def _start(formula: Formula, half: float, losses: Floats) -> tuple[float, float]:
    """Return a start far from the lowest point, on a slope, and not on the highest walls.

    It is one of 13 × 13 points well inside the box. Those with a slope come first, then those whose slope leads towards
    the middle, so that paths don't leave the box at once, then those that are lower than three quarters of the box,
    then the one furthest from the lowest point.
    """
    ticks = np.round(np.linspace(-0.75, 0.75, 13) * half, 6) + 0.0
    x, y = (axis.ravel() for axis in np.meshgrid(ticks, ticks))
    here, h = _losses(formula, x, y), 1e-6 * half
    at = partial(_losses, formula)
    along, up = (at(x + h, y) - at(x - h, y)) / (2 * h), (at(x, y + h) - at(x, y - h)) / (2 * h)
    slopes = np.hypot(along, up)
    inwards = x * along + y * up > 0.5 * np.hypot(x, y) * slopes
    sloping = np.isfinite(slopes) & (slopes > 1e-6 * (np.nanmax(losses) - np.nanmin(losses)) / half)
    lowest = np.nanargmin(losses)
    away = np.hypot(x - _grid(half)[0].flat[lowest], y - _grid(half)[1].flat[lowest])
    order = np.lexsort((away, here <= np.nanquantile(losses, 0.75), inwards, sloping, np.isfinite(here)))
    if np.isfinite(here[order[-1]]):
        return float(x[order[-1]]), float(y[order[-1]])
    # It is finite only in patches that the 13 × 13 points miss.
    return float(_grid(half)[0].flat[lowest]), float(_grid(half)[1].flat[lowest])


def _spacing(losses: Floats) -> Literal["linear", "log"]:
    heights = losses[np.isfinite(losses)] - np.nanmin(losses)
    low, high = np.quantile(heights, [0.1, 0.98])
    return "log" if high > STEEP * low else "linear"


def _lesson(formula: Formula, losses: Floats) -> str:
    """Return what a reader should know of the surface."""
    sentences = list(formula.warnings)
    blank = 1 - float(np.isfinite(losses).mean())
    if blank > 0:
        share = f"{blank:.0%}" if blank >= 0.01 else "less than 1%"
        sentences.append(f"It is not finite in {share} of the view: left blank.".replace("%", " %"))
    if np.nanmax(losses) == np.nanmin(losses):
        sentences.append("It is level: no method moves on it.")
    return " ".join(sentences) or "Your own formula: drag the start to see which paths it has."
