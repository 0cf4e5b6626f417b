"""The ordinary Dash way, for comparison: a slider whose callback returns the whole figure, contour and nine paths."""

import os

import numpy as np
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from benchmarks.experiments import nine_runs
from fall_line.experiments.experiment import Experiment
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.loss import loss_grid
from fall_line.trajectories.run import run

AXIS = np.linspace(-3, 3, 121)
LAYOUT = {"width": 1000, "height": 700, "xaxis_range": [-3, 3], "yaxis_range": [-3, 3], "uirevision": "same"}


def create_app(steps: int) -> Dash:
    """Return the app; its runs have so many `steps`."""
    app = Dash(__name__, assets_folder="none", update_title="")
    rate = dcc.Slider(-4, 1, 0.005, value=-2, id="rate", updatemode="drag", marks=None)
    app.layout = html.Div([html.Div(rate, style={"width": 600}), dcc.Graph(id="plot")])
    losses = loss_grid(Experiment.model_validate(nine_runs(steps)).landscape, AXIS, AXIS)

    @app.callback(Output("plot", "figure"), Input("rate", "value"))
    def draw(position: float) -> go.Figure:
        """Return contour and paths for the first run's learning rate, 10 to the power of `position`."""
        data = nine_runs(steps)
        data["runs"][0]["hypers"] = {"learning_rate": 10**position}
        paths = run(Experiment.model_validate(data))
        lines = [
            go.Scatter(x=one.points[:, 0], y=one.points[:, 1], mode="lines", line_color=colour)
            for one, colour in zip(paths, [*PALETTES["light"].runs, "#777777"], strict=True)
        ]
        contour = go.Contour(x=AXIS, y=AXIS, z=losses, ncontours=30, showscale=False)
        return go.Figure([contour, *lines], LAYOUT)

    return app


if __name__ == "__main__":
    create_app(125).run(host="127.0.0.1", port=int(os.environ["PORT"]), debug=False)
