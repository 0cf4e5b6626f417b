"""What stands where a plot will be, until its numbers are there."""

import plotly.graph_objects as go


def empty_axes() -> go.Figure:
    """Return a figure without axes, marks or background."""
    hidden = {"visible": False}
    return go.Figure(
        layout={"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
    )
