"""The ordinary Dash way, for comparison: a slider whose callback returns the whole figure, contour and nine paths."""

import os

import numpy as np
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from benchmarks.experiments import nine_runs
from figures.theme import PALETTES
from trajectories.experiment import Experiment
from trajectories.loss import loss_grid
from trajectories.run import run

AXIS = np.linspace(-3, 3, 121)
EXPERIMENT = Experiment.model_validate(nine_runs(125))
LOSSES = loss_grid(EXPERIMENT, AXIS, AXIS)
LAYOUT = {"width": 1000, "height": 700, "xaxis_range": [-3, 3], "yaxis_range": [-3, 3], "uirevision": "same"}

app = Dash(__name__, assets_folder="none", update_title="")
app.layout = html.Div(
    [
        html.Div(
            dcc.Slider(-4, 1, 0.005, value=-2, id="rate", updatemode="drag", marks=None),
            style={"width": 600},
        ),
        dcc.Graph(id="plot"),
    ]
)


@app.callback(Output("plot", "figure"), Input("rate", "value"))
def draw(position: float) -> go.Figure:
    """Return contour and paths for the first run's learning rate, 10 to the power of `position`."""
    data = nine_runs(125)
    data["runs"][0]["hypers"] = {"learning_rate": 10**position}
    paths = run(Experiment.model_validate(data))
    lines = [
        go.Scatter(x=one.points[:, 0], y=one.points[:, 1], mode="lines", line_color=colour)
        for one, colour in zip(paths, [*PALETTES["light"].runs, "#777777"], strict=True)
    ]
    contour = go.Contour(x=AXIS, y=AXIS, z=LOSSES, ncontours=30, showscale=False)
    return go.Figure([contour, *lines], LAYOUT)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), debug=False)
