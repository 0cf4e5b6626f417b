"""Numbers as LaTeX, and as nodes of a formula."""

import math

import numpy as np
from numpy.typing import NDArray

from fall_line.explanations.latex import Number

Floats = NDArray[np.float64]


def along(value: Floats, axis: int | None) -> Floats:
    """Return what `value` is along an axis, 0 or 1; what has no axes, and with None all of it, as it is."""
    return value[axis] if axis is not None and value.shape == (2,) else value


def in_figures(value: float | Floats, digits: int) -> Number:
    """Return `value`, a number, pair or 2×2 matrix, with so many significant digits; only a number can be evaluated."""
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 0:
        return Number(in_latex(float(array), digits), float(array))
    rows = [" & ".join(in_latex(float(one), digits) for one in np.atleast_1d(line)) for line in array]
    column = r" \\ ".join(rows)
    return Number(rf"\begin{{pmatrix}} {column} \end{{pmatrix}}", None)


def in_latex(value: float, digits: int) -> str:
    """Return `value` as LaTeX with so many significant digits; powers of ten below a thousandth and from 100,000 on."""
    if math.isnan(value):
        return "\\mathrm{NaN}"
    if math.isinf(value):
        return "\\infty" if value > 0 else "-\\infty"
    if value and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{mantissa} \\cdot 10^{{{int(exponent)}}}"
    return f"{value + 0.0:.{digits}g}" if abs(value) < 10**digits else f"{value:.0f}"
