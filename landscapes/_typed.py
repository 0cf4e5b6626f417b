"""A surface whose formula a reader typed.

Where to look and where to start is proposed from the values at the parameters' defaults, computed by NumPy.
"""

from functools import lru_cache, partial

import numpy as np
from jax import Array

from fall_line.formulas import Formula, FormulaError, parse
from landscapes._proposal import (
    GREATEST,
    HALVES,
    Floats,
    Values,
    bounded,
    grid,
    proposed_half,
    proposed_spacing,
    proposed_start,
    square,
)
from landscapes.surface import Surface

PREFIX = "formula:"
MAX_LABEL = 48


@lru_cache(maxsize=256)
def typed_surface(text: str) -> Surface:
    """Return the surface J(x, y) that the formula `text` describes; its key is `formula:` and the text.

    Raises:
        FormulaError: the formula can't be used; the text says where and why.
    """
    formula = parse(text)
    values = partial(_losses, formula)
    half = _half(values)
    domain = square(half)
    losses = values(*grid(domain))

    def value(x: Array, y: Array, /, **parameters: Array) -> Array:
        return formula.value(x=x, y=y, **parameters)

    def grid_value(x: Floats, y: Floats, /, **parameters: float) -> Floats:
        return formula.numpy(x=x, y=y, **parameters)

    return Surface(
        key=f"{PREFIX}{formula.text}",
        label=formula.text if len(formula.text) <= MAX_LABEL else f"{formula.text[: MAX_LABEL - 1]}…",
        value=value,
        domain=domain,
        start=proposed_start(values, half, losses),
        minima=(),
        formula=formula.latex,
        lesson=_lesson(formula, losses),
        source="typed by the reader",
        parameters=formula.parameters,
        spacing=proposed_spacing(losses),
        grid_value=grid_value,
        listed=False,
    )


def _losses(formula: Formula, x: Floats, y: Floats) -> Floats:
    """Return J at the parameters' defaults, NaN for everything that isn't finite or is beyond 1e100."""
    return bounded(formula.numpy(x=x, y=y, **{hyper.key: hyper.default for hyper in formula.parameters}))


def _half(values: Values) -> float:
    half = proposed_half(values)
    if half is None:
        box = f"x and y from −{max(HALVES):g} to {max(HALVES):g}"
        raise FormulaError(f"The formula is nowhere finite, or beyond {GREATEST:g} everywhere, for {box}.")
    return half


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
