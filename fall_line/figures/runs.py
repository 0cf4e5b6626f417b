"""Runs as Plotly traces: their lines, heads and crosses, as the page draws them."""

import textwrap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.figures.theme import Palette

Floats = NDArray[np.float64]

NAME_LETTERS, VALUE_LETTERS = 36, 40  # longer lines of the legend are broken
# Eight markers, and the second eight styles are dashed.
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "pentagon", "star", "hexagon2")
DASH = "7px,4px"
HOVER = "<br>step %{customdata[0]}<br>x %{customdata[1]}<br>y %{customdata[2]}<br>loss %{customdata[3]}<extra></extra>"
# What Plotly would read as a tag, an entity, a placeholder or a formula.
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "%": "&#37;", "$": "&#36;"})


class Line(NamedTuple):
    """What is drawn of one run: its finite points, or in an animation of a long path some of them.

    Attributes:
        name, values: what the run is called, and its hyperparameters.
        style: which of the 16 line styles.
        stopped: whether it stopped being finite before the last step.
        points (n, 2): where it is drawn.
        numbers (n, 4): step, x, y and loss as they are.
    """

    name: str
    values: str
    style: int
    stopped: bool
    points: Floats
    numbers: Floats


def wrapped(line: Line) -> tuple[list[str], list[str]]:
    """Return the name and the values as the legend has them, in short lines."""
    return textwrap.wrap(line.name, NAME_LETTERS), textwrap.wrap(line.values, VALUE_LETTERS)


def _markup(texts: list[str]) -> str:
    """Return lines of text so that Plotly shows them as they are."""
    return "<br>".join(text.translate(MARKUP) for text in texts)


def looks(lines: list[Line], dots: bool, palette: Palette) -> list[dict[str, Any]]:
    """Return what stays of the traces: first the paths, then the heads, then the crosses of the runs that stopped."""
    paths, heads, crosses = [], [], []
    for number, line in enumerate(lines):
        colour, dash = palette.runs[line.style % len(SYMBOLS)], DASH if line.style >= len(SYMBOLS) else "solid"
        run = {"type": "scatter", "legendgroup": str(number), "line": {"color": colour, "width": 2, "dash": dash}}
        name, values = map(_markup, wrapped(line))
        paths.append(run | _path(line, name, colour, dots))
        heads.append(run | _head(line, f"{name}<br><span style='font-size:10.5px'>{values}</span>", colour, palette))
        if line.stopped:
            crosses.append(run | _cross(name, colour))
    return paths + heads + crosses


def _path(line: Line, name: str, colour: str, dots: bool) -> dict[str, Any]:
    return {
        "customdata": line.numbers,
        "mode": "lines+markers" if dots else "lines",
        "marker": {"size": 4.2, "color": colour},
        "hovertemplate": f"<b>{name}</b>{HOVER}",
        "showlegend": False,
        "name": name,
    }


def _head(line: Line, name: str, colour: str, palette: Palette) -> dict[str, Any]:
    """Return the look of the marker at the end of a path; it stands for the run in the legend too."""
    edge = {"color": palette.paper, "width": 1.5}
    return {
        "mode": "lines+markers",
        "marker": {"symbol": SYMBOLS[line.style % len(SYMBOLS)], "size": 13, "color": colour, "line": edge},
        "hoverinfo": "skip",
        "name": name,
    }


def _cross(name: str, colour: str) -> dict[str, Any]:
    return {
        "mode": "markers",
        "marker": {"symbol": "x-thin", "size": 10, "line": {"color": colour, "width": 3}},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": name,
    }


def places(lines: list[Line], step: int) -> list[dict[str, Any]]:
    """Return where the traces of `looks` are once `step` steps are done."""
    paths, heads, crosses = [], [], []
    for line in lines:
        count = int(np.searchsorted(line.numbers[:, 0], step, side="right"))
        paths.append({"x": line.points[:count, 0], "y": line.points[:count, 1]})
        x, y = line.points[count - 1].tolist() if count else (None, None)
        there, nowhere = {"x": [x], "y": [y]}, {"x": [None], "y": [None]}
        over = line.stopped and count == len(line.points)
        heads.append(nowhere if over else there)
        if line.stopped:
            crosses.append(there if over else nowhere)
    return paths + heads + crosses
