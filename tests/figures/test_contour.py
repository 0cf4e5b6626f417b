"""The contour figure is a valid one, keeps circles round, and marks the minima where they are."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from fall_line.experiments.mending import check
from fall_line.figures.contour import contour_figure
from fall_line.figures.levels import contour_levels, place_among
from fall_line.trajectories.loss import loss_grid
from landscapes import SURFACES, Box


def figure(key: str, view: Box | None = None, theme="light", choice="published") -> go.Figure:
    surface = SURFACES[key]
    experiment = check({"surface": key, "runs": [{"optimizer": "momentum"}]})
    view = view or surface.domain
    x, y = np.linspace(view.x_low, view.x_high, 41), np.linspace(view.y_low, view.y_high, 31)
    losses = loss_grid(experiment.landscape, x, y)
    levels = contour_levels(surface, losses, choice)
    return contour_figure(x, y, losses, levels, view, surface.minima, theme)


@pytest.mark.parametrize("key", SURFACES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_json_is_valid_and_finite(key, theme):
    """Plotly validates what it reads again; NaN and Infinity are no JSON for a browser."""
    text = figure(key, theme=theme).to_json()
    again = go.Figure(json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the JSON")))
    assert [trace.type for trace in again.data] == ["contour", "scatter"]


def test_a_circle_looks_round():
    layout = figure("wobbly").layout
    assert (layout.yaxis.scaleanchor, layout.yaxis.scaleratio) == ("x", 1)
    assert layout.xaxis.scaleanchor is None


def test_the_view_is_shown():
    layout = figure("wobbly", Box(-1, 2, 0, 5)).layout
    assert (*layout.xaxis.range, *layout.yaxis.range) == (-1, 2, 0, 5)


@pytest.mark.parametrize("key", ["basins_and_walls", "himmelblau", "saddle", "six_hump_camel"])
def test_minima_are_marked_where_they_are(key):
    marks = figure(key).data[1]
    minima = SURFACES[key].minima
    assert list(zip(marks.x, marks.y, marks.customdata, strict=True)) == [tuple(one) for one in minima]


def test_the_lowest_minima_are_stars():
    assert figure("basins_and_walls").data[1].marker.symbol == ("star", *["cross-thin"] * 8)
    assert set(figure("himmelblau").data[1].marker.symbol) == {"star"}


def test_lines_are_drawn_at_the_levels():
    """z is float32: 60 levels are good to 60 · 6e-8."""
    surface = SURFACES["wobbly"]
    contour = figure("wobbly").data[0]
    levels = np.array(surface.levels)
    x, y = np.meshgrid(contour.x.astype(float), contour.y.astype(float))
    losses = np.asarray(surface.value(x, y))
    assert (contour.contours.start, contour.contours.end, contour.contours.size) == (0, len(levels) - 1, 1)
    # x and y are float32 too: slopes up to 30 times 2e-7, four lines a unit.
    np.testing.assert_allclose(contour.z, place_among(levels, losses), rtol=0, atol=60 * 6e-8 + 4 * 30 * 2e-7)


def test_rows_are_y_and_columns_are_x():
    contour = figure("saddle").data[0]
    assert contour.z.shape == (31, 41)
    # x² − y² is highest at the left and right edge, lowest above and below.
    assert contour.z[15, 0] > contour.z[15, 20] > contour.z[0, 20]


def test_a_constant_surface_and_gaps_are_drawn():
    x, y = np.linspace(-1, 1, 5), np.linspace(-1, 1, 4)
    losses = np.full((4, 5), 3.0)
    levels = contour_levels(SURFACES["saddle"], losses, "automatic")
    plain = contour_figure(x, y, losses, levels, Box(-1, 1, -1, 1), ())
    assert np.isfinite(plain.data[0].z).all()
    losses[1, 2] = np.nan
    torn = contour_figure(x, y, losses, levels, Box(-1, 1, -1, 1), ())
    assert np.isnan(torn.data[0].z).sum() == 1
    json.loads(torn.to_json())
