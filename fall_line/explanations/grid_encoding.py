"""Heights on a grid as few bytes: those of the contour plot, which are smooth, take a tenth of their float32.

A height is written in 1024ths, which no screen can tell from the height itself. In place of each number stands by how
much it differs from what the three before it let expect: the second difference along rows and columns, modulo 2²⁴, with
its sign in the lowest bit (0, −1, 1, −2 → 0, 1, 2, 3). Of these numbers come first all high bytes, then all middle
ones, then all low ones, in base64; the compression on the way finds few things in each. The reader is
client/wire/grid.ts.

What is no number, and what is too great, has a mark of its own, the greatest number; its height stands in `outside`, as
float32 in base64.
"""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNIT = 1024  # of a height of 1
BITS = 24
MARK = (1 << (BITS - 1)) - 1
GREATEST = MARK / UNIT


def encoded(heights: NDArray[np.float64]) -> dict[str, Any]:
    """Return `heights` (rows, columns) as data for JSON: rows, columns, planes, and what is outside."""
    with np.errstate(over="ignore", invalid="ignore"):
        fits = np.abs(np.rint(heights * UNIT)) < MARK
    whole = np.where(fits, np.rint(np.where(fits, heights, 0.0) * UNIT), MARK).astype(np.int64)
    differences = np.diff(np.diff(whole, axis=0, prepend=0), axis=1, prepend=0)
    signed = ((differences + (1 << (BITS - 1))) & ((1 << BITS) - 1)) - (1 << (BITS - 1))
    zigzag = np.where(signed < 0, -2 * signed - 1, 2 * signed)
    planes = np.stack([(zigzag >> shift) & 255 for shift in (16, 8, 0)]).astype(np.uint8)
    rows, columns = heights.shape
    return {
        "rows": rows,
        "columns": columns,
        "planes": _base64(planes),
        "outside": _base64(heights[~fits].astype("<f4")),
    }


def _base64(numbers: NDArray[Any]) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")
