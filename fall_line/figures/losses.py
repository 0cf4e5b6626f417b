"""The axes on which the loss curves are drawn; the curves themselves move with the player and are drawn over it."""

import plotly.graph_objects as go

from fall_line.figures.theme import PALETTES, Theme

MARGIN = {"l": 44, "r": 12, "t": 8, "b": 32}


def losses_figure(theme: Theme = "light") -> go.Figure:
    """Return empty axes: steps to the right, loss upwards, linear or logarithmic as set later."""
    palette = PALETTES[theme]
    axis = {
        "zeroline": False,
        "gridcolor": palette.faint,
        "tickfont": {"color": palette.ink, "size": 11},
        "fixedrange": True,
        "nticks": 6,
    }
    return go.Figure(
        [go.Scatter(x=[0], y=[1], mode="markers", marker={"opacity": 0}, hoverinfo="skip")],
        go.Layout(
            margin=MARGIN,
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            showlegend=False,
            dragmode=False,
            hovermode=False,
            xaxis={**axis, "range": [0, 125], "showgrid": False, "title": {"text": "step", "standoff": 4}},
            yaxis={**axis, "type": "log", "range": [-6, 1], "exponentformat": "e"},
            font={"color": palette.ink, "size": 11},
        ),
    )
