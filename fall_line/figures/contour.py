"""The contour plot of a surface: everything that stays still while paths move over it.

Plotly draws contours at equal distances only. So the loss is mapped to its place among the levels: the
k-th level becomes k, and Plotly draws the contours 0, 1, 2 …
"""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from fall_line.figures.levels import TABLE, place_among, way_back
from fall_line.figures.theme import PALETTES, Theme
from landscapes.surface import Box, Minimum

STRIPES = 4  # points of the grid from one stripe of a gap to the next
MARGIN = {"l": 38, "r": 10, "t": 16, "b": 31}  # room for numbers at the very ends of the axes

Floats = NDArray[np.float64]


def contour_figure(
    x: Floats,
    y: Floats,
    losses: Floats,
    levels: Floats,
    view: Box,
    minima: tuple[Minimum, ...],
    theme: Theme = "light",
) -> go.Figure:
    """Return the contour plot of `losses` (m, n) over `x` (n,) and `y` (m,) with one line at each of `levels`.

    Both axes have the same scale, and `view` is what is shown at first. Where a loss is not finite there are stripes.
    `layout.meta` holds the way back from a place among the levels to a loss, so that the page can tell the loss
    under the pointer.
    """
    palette = PALETTES[theme]
    scale = [[k / (len(palette.contour) - 1), colour] for k, colour in enumerate(palette.contour)]
    contour = go.Contour(
        x=x,
        y=y,
        z=place_among(levels, losses).astype(np.float32),
        contours={"start": 0, "end": len(levels) - 1, "size": 1},
        zmin=-1,
        zmax=len(levels),
        colorscale=scale,
        showscale=False,
        line={"width": 0.8, "color": palette.contour_line, "smoothing": 0},
        hoverinfo="none",
        name="loss",
    )
    gaps = [] if np.isfinite(losses).all() else [_gaps(x, y, losses, theme)]
    return go.Figure([contour, _marks(minima, theme), *gaps], _layout(levels, view, theme))


def _gaps(x: Floats, y: Floats, losses: Floats, theme: Theme) -> go.Heatmap:
    """Return stripes over all points whose loss is not finite, so that a gap isn't taken for a height."""
    palette = PALETTES[theme]
    rows, columns = np.indices(losses.shape)
    stripes = ((rows + columns) % STRIPES == 0).astype(float)
    return go.Heatmap(
        x=x,
        y=y,
        z=np.where(np.isfinite(losses), np.nan, stripes).astype(np.float32),
        zmin=0,
        zmax=1,
        colorscale=[[0, palette.paper], [1, palette.faint]],
        showscale=False,
        hoverinfo="skip",
        name="not finite",
    )


def _marks(minima: tuple[Minimum, ...], theme: Theme) -> go.Scatter:
    palette = PALETTES[theme]
    return go.Scatter(
        x=[one.x for one in minima],
        y=[one.y for one in minima],
        customdata=[one.loss for one in minima],
        mode="markers",
        marker={
            "symbol": ["star" if one.loss <= minima[0].loss + 1e-9 else "cross-thin" for one in minima],
            "size": 11,
            "color": palette.ink,
            "line": {"width": 1.6, "color": palette.ink},
        },
        hovertemplate="minimum (%{x:.4g}, %{y:.4g})<br>loss %{customdata:.5g}<extra></extra>",
        showlegend=False,
        name="minima",
    )


def axes(view: Box, ink: str, faint: str) -> dict[str, dict[str, Any]]:
    """Return both axes of a plot that shows `view`, with numbers in `ink` and ticks in `faint`."""
    axis: dict[str, Any] = {
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": faint,
        "tickfont": {"color": ink, "size": 11},
        "nticks": 9,
    }
    return {
        "xaxis": {**axis, "range": [view.x_low, view.x_high]},
        "yaxis": {**axis, "range": [view.y_low, view.y_high], "scaleanchor": "x", "scaleratio": 1},
    }


def _layout(levels: Floats, view: Box, theme: Theme) -> go.Layout:
    palette = PALETTES[theme]
    return go.Layout(
        margin=MARGIN,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor=palette.contour[-1],
        dragmode="pan",
        hovermode="closest",
        clickanywhere=True,
        showlegend=False,
        hoverlabel={"bgcolor": palette.paper, "font": {"color": palette.ink, "size": 12}, "bordercolor": palette.faint},
        meta={"losses": way_back(levels).tolist(), "per_level": TABLE},
        **axes(view, palette.ink, palette.faint),
    )
