"""The figure of an experiment, as a notebook asks for it."""

from typing import Any

import plotly.graph_objects as go

import fall_line as fl


def descent(experiment: Any, **choices: Any) -> go.Figure:
    """The figure of what `fl.descend` takes: an experiment, a published name, a link or a file."""
    return fl.descend(experiment).figure(**choices)
