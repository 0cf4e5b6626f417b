"""A formula as outlines, so that a page shows it without a font or a script."""

import re
from collections.abc import Iterable
from html import escape
from threading import Lock

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

SIZE = 14  # pixels
COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}

# Matplotlib lays out formulas with one parser for all threads.
_one_at_a_time = Lock()


def svg(formula: str) -> str:
    """Return J(x, y) = `formula`, LaTeX without dollar signs, as an SVG element in the colour of the text around it."""
    with _one_at_a_time:
        outline = TextPath(
            (0, 0), f"$J(x, y) = {_braced(formula)}$", SIZE, FontProperties(math_fontfamily="dejavusans")
        )
    box = outline.get_extents().padded(1)
    drawn = " ".join(
        COMMANDS[code] + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}" for value in _downwards(points)))
        for points, code in outline.iter_segments(simplify=False, curves=True)
    )
    return (
        f'<svg role="img" aria-label="J(x, y) = {escape(formula)}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'viewBox="{box.x0:.2f} {-box.y1:.2f} {box.width:.2f} {box.height:.2f}"><path d="{drawn}"/></svg>'
    )


def _braced(formula: str) -> str:
    """LaTeX as Matplotlib understands it: one kind of fraction, with braces around both parts."""
    parts = re.compile(r"\\[td]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)")
    return parts.sub(lambda found: r"\frac" + "".join(f"{{{part.strip('{}')}}}" for part in found.groups()), formula)


def _downwards(points: Iterable[float]) -> list[float]:
    """SVG's y axis points down."""
    return [-value if place % 2 else value for place, value in enumerate(points)]
