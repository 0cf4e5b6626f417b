"""What stands where a plot will be, until its numbers are there."""

import plotly.graph_objects as go

from fall_line.figures.contour import MARGIN, axes
from landscapes import Box

GREY = "#808a96"  # can be read in both themes


def empty_axes(view: Box) -> go.Figure:
    """Return a figure that shows `view` of a surface, but for the surface: paths can be drawn over it."""
    clear = "rgba(0,0,0,0)"
    return go.Figure(
        layout={
            "margin": MARGIN,
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "dragmode": "pan",
            **axes(view, GREY, clear),
        }
    )
