"""Frames, buttons and slider: a Plotly figure of growing paths that plays."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fall_line.figures.runs import Line, places
from fall_line.figures.theme import Palette

if TYPE_CHECKING:
    import plotly.graph_objects as go

Steps = NDArray[np.int64]

MILLISECONDS = 5000  # of an animation, unless it has few frames


def animate(figure: "go.Figure", lines: list[Line], shown: Steps, palette: Palette) -> None:
    """Give `figure` its frames, the slider and the buttons; at first it shows the whole paths."""
    contour, minima, start, *moving = figure.data
    # Plotly takes a contour away when it animates something else, unless that is filled down to it.
    figure.data = (contour, start, minima, *moving)
    start.update(fill="tonext", fillcolor="rgba(0, 0, 0, 0)")
    figure.frames = [_frame(places(lines, int(step)), str(step)) for step in shown]
    at_once = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}}
    pace = {"duration": MILLISECONDS / max(len(shown), 25), "redraw": False}
    figure.update_layout(
        updatemenus=[_buttons({**at_once, "frame": pace, "fromcurrent": True}, at_once, palette)],
        sliders=[_slider(shown, at_once, palette)],
    )


def _frame(where: list[dict[str, Any]], name: str) -> dict[str, Any]:
    data = [{"type": "scatter", **place} for place in ({}, *where)]
    return {"name": name, "data": data, "traces": [1, *range(3, 3 + len(where))]}


def _buttons(play: dict[str, Any], pause: dict[str, Any], palette: Palette) -> dict[str, Any]:
    return {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 56},
        "bgcolor": palette.paper,
        "bordercolor": palette.faint,
        "font": {"color": palette.ink, "size": 11},
        "buttons": [
            {"label": "Play", "method": "animate", "args": [None, play]},
            {"label": "Pause", "method": "animate", "args": [[None], pause]},
        ],
    }


def _slider(shown: Steps, at_once: dict[str, Any], palette: Palette) -> dict[str, Any]:
    steps = [{"label": str(step), "method": "animate", "args": [[str(step)], at_once]} for step in shown]
    return {
        "active": len(steps) - 1,
        "steps": steps,
        "x": 0.24,
        "len": 0.76,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 46},
        "currentvalue": {"prefix": "step ", "xanchor": "right", "font": {"color": palette.ink, "size": 12}},
        "font": {"color": palette.ink, "size": 10},
        "bgcolor": palette.ink,
        "activebgcolor": palette.ink,
        "bordercolor": palette.faint,
        "tickcolor": palette.faint,
        "ticklen": 3,
        "minorticklen": 0,
    }
