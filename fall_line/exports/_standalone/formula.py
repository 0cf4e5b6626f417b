"""A formula as outlines, so that a page shows it without a font or a script."""

from collections.abc import Iterable
from html import escape

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from fall_line.drawing.formula import drawing_lock, mathtext

SIZE = 14  # pixels
COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}


def svg(formula: str) -> str:
    """Return J(x, y) = `formula`, LaTeX without dollar signs, as an SVG element in the colour of the text around it."""
    with drawing_lock:
        outline = TextPath((0, 0), mathtext(formula), SIZE, FontProperties(math_fontfamily="dejavusans"))
    box = outline.get_extents().padded(1)
    drawn = " ".join(
        COMMANDS[code] + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}" for value in _downwards(points)))
        for points, code in outline.iter_segments(simplify=False, curves=True)
    )
    return (
        f'<svg role="img" aria-label="J(x, y) = {escape(formula)}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'viewBox="{box.x0:.2f} {-box.y1:.2f} {box.width:.2f} {box.height:.2f}"><path d="{drawn}"/></svg>'
    )


def _downwards(points: Iterable[float]) -> list[float]:
    """SVG's y axis points down."""
    return [-value if place % 2 else value for place, value in enumerate(points)]
