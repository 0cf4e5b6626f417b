"""What a tuning sweep found: the criterion over the learning rate, one curve a run, the chosen value marked."""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from fall_line.figures.runs import DASH, MARKUP, SYMBOLS
from fall_line.figures.theme import PALETTES, Palette, Theme

Floats = NDArray[np.float64]

LEAST = 1e-16  # a height of 0 stands here on a logarithmic axis


class Curve(NamedTuple):
    """What is drawn of one run.

    Attributes:
        name, style: what the run is called, and which of the 16 line styles is its.
        rates: (n,) the learning rates tried.
        scores: (n,) the criterion, infinite where there is none; for losses the height above the lowest known.
        texts: (n,) what the hover says of each.
        chosen: which is chosen, or None.
        joined: whether the points belong on a line, because only the learning rate differs.
    """

    name: str
    style: int
    rates: Floats
    scores: Floats
    texts: list[str]
    chosen: int | None
    joined: bool


def tuning_figure(curves: list[Curve], title: str, log: bool, ceiling: float, theme: Theme) -> go.Figure:
    """Return the sweep of all `curves`; first a trace for each curve, then a marker for each chosen value.

    Args:
        curves: one a run.
        title: what the upright axis shows.
        log: whether that axis is logarithmic.
        ceiling: how high it reaches at least as far as curves do; what lies far above leaves through the top.
        theme: light or dark.
    """
    palette = PALETTES[theme]
    traces = [*(_curve(one, log, palette) for one in curves), *(_chosen(one, log, palette) for one in curves)]
    axis: dict[str, Any] = {"zeroline": False, "gridcolor": palette.faint, "fixedrange": True, "exponentformat": "e"}
    return go.Figure(
        traces,
        go.Layout(
            height=190,
            margin={"l": 46, "r": 10, "t": 6, "b": 34},
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            showlegend=False,
            dragmode=False,
            hovermode="closest",
            xaxis={**axis, "type": "log", "title": {"text": "learning rate η", "standoff": 4}, "dtick": 1},
            yaxis={**axis, "type": "log" if log else "linear", "title": {"text": title, "standoff": 2}, "nticks": 5}
            | _range(curves, log, ceiling),
            font={"color": palette.ink, "size": 11},
        ),
    )


def _heights(one: Curve, log: bool) -> list[float | None]:
    least = LEAST if log else -np.inf
    return [max(float(score), least) if np.isfinite(score) else None for score in one.scores]


def _range(curves: list[Curve], log: bool, ceiling: float) -> dict[str, Any]:
    shown = [value for one in curves for value in _heights(one, log) if value is not None and value <= ceiling]
    if not shown:
        return {}
    low, high = min(shown), max(shown)
    if log:
        return {"range": [np.log10(low) - 0.4, np.log10(high) + 0.4]}
    edge = 0.06 * (high - low or 1.0)
    return {"range": [low - edge, high + edge]}


def _curve(one: Curve, log: bool, palette: Palette) -> go.Scatter:
    colour = palette.runs[one.style % len(SYMBOLS)]
    return go.Scatter(
        x=one.rates.tolist(),  # the page reads single values of it
        y=_heights(one, log),
        mode="lines+markers" if one.joined else "markers",
        line={"color": colour, "width": 1.5, "dash": DASH if one.style >= len(SYMBOLS) else "solid"},
        marker={"color": colour, "size": 4, "opacity": 1 if one.joined else 0.5},
        text=one.texts,
        name=one.name.translate(MARKUP),  # the page changes it when the run gets another
        hovertemplate="<b>%{fullData.name}</b><br>%{text}<extra></extra>",
    )


def _chosen(one: Curve, log: bool, palette: Palette) -> go.Scatter:
    height = None if one.chosen is None else _heights(one, log)[one.chosen]
    return go.Scatter(
        x=[None if one.chosen is None else one.rates[one.chosen]],
        y=[height],
        mode="markers",
        hoverinfo="skip",
        marker={
            "color": palette.runs[one.style % len(SYMBOLS)],
            "symbol": SYMBOLS[one.style % len(SYMBOLS)],
            "size": 12,
            "line": {"color": palette.paper, "width": 1.5},
        },
    )
