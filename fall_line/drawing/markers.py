"""The sixteen line styles as pictures draw them: eight colours, each with a marker; the second eight are dashed."""

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

DASH = (7.0, 4.0)  # pixels on and off for lines 2 pixels wide
UP = np.pi / 2


def _polygon(corners: int, turn: float, inner: float = 1.0) -> Path:
    """Return a regular polygon with radius 1, or a star whose inner corners have radius `inner`."""
    count = corners if inner == 1.0 else 2 * corners
    angles = turn + 2 * np.pi * np.arange(count + 1) / count
    radii = np.where(np.arange(count + 1) % 2, inner, 1.0)
    corner = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    return Path(corner * 1.15, closed=True)


DISC = Path.unit_circle().transformed(Affine2D().scale(0.9))
MARKERS = (
    DISC,
    _polygon(4, np.pi / 4),
    _polygon(3, UP),
    _polygon(4, 0),
    _polygon(3, -UP),
    _polygon(5, UP),
    _polygon(5, UP, 0.45),
    _polygon(6, 0),
)
CROSS = Path([(-1, -1), (1, 1), (-1, 1), (1, -1)], [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO])
STAR = _polygon(5, UP, 0.42)
PLUS = Path([(-1, 0), (1, 0), (0, -1), (0, 1)], [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO])


def marker(style: int) -> Path:
    """Return the outline of the head of a run with this style, about 1 in radius."""
    return MARKERS[style % 8]


def dashed(style: int) -> bool:
    """Return whether the line of this style is dashed."""
    return style >= 8
