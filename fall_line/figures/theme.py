"""Colours of plots and runs, in light and dark.

The run colours follow Okabe and Ito's palette for colour-blind readers, each shifted until it stands out against the
contour (at least 3:1) in its theme. Sixteen runs take eight colours twice: the second time round lines are dashed.
"""

from typing import Literal, NamedTuple

Theme = Literal["light", "dark"]


class Palette(NamedTuple):
    """The colours of one theme.

    Attributes:
        ink: text and ticks.
        faint: axis and grid lines.
        paper: what lies behind the plots.
        contour_line: lines between levels.
        contour: colour scale of the fill, from the lowest level to the highest.
        runs: eight line colours.
    """

    ink: str
    faint: str
    paper: str
    contour_line: str
    contour: tuple[str, ...]
    runs: tuple[str, ...]


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ink="#3d4754",
        faint="#d5dae1",
        paper="#ffffff",
        contour_line="rgba(52, 72, 98, 0.22)",
        contour=("#c3d5e6", "#d6e2ec", "#e6edf1", "#f1f3f0", "#f8f5ec"),
        runs=("#0063a6", "#c8500a", "#007a5a", "#a8317f", "#8a6100", "#1b7fb5", "#6a3fb0", "#1f2732"),
    ),
    "dark": Palette(
        ink="#b6c0cc",
        faint="#343c47",
        paper="#14181e",
        contour_line="rgba(205, 220, 240, 0.13)",
        contour=("#0f1a27", "#172431", "#202d3a", "#2b3641", "#384049"),
        runs=("#56b4e9", "#f28e3c", "#2fc79a", "#e58ac0", "#f0d04a", "#8fc6ff", "#b79bf0", "#f2f4f7"),
    ),
}
