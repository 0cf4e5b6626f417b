"""The table of outcomes, with what it depends on above it."""

import dash_mantine_components as dmc
from dash import html

from fall_line.components.attributes import aria, data
from fall_line.components.hint import column_heads
from fall_line.components.hyperparameter_slider import written
from fall_line.components.ids import field
from fall_line.experiments.experiment import Experiment
from fall_line.pages.explore import ids

HEADS = (
    ("Run", ""),
    ("Outcome", "What became of the run; rest on it or tap for the whole sentence"),
    ("Final loss", "Loss after the last step; of several seeds the median and, in brackets, the quartiles"),
    ("Best loss at step", "The least loss met on the way; a training script would keep this point"),
    (
        "Steps to tolerance",
        "First step whose loss is within the tolerance of the lowest known minimum; of several seeds that of the "
        "median, and how many have such a step",
    ),
    ("Path length", "Length of the path in the plane"),
)


def outcomes_panel(experiment: Experiment) -> html.Div:
    """Return the panel of the experiment; the page's own code fills the table."""
    head = [
        html.H2("Outcomes"),
        html.Span(id=ids.OUTCOMES_CAPTION, className="caption"),
        _return_best(experiment),
        _tolerance(experiment),
    ]
    return html.Div([html.Div(head, className="panel-head"), _table()], className="table-panel")


def _table() -> html.Div:
    return html.Div(
        id=ids.OUTCOMES,
        className="table-scroll",
        tabIndex="0",
        role="region",
        **aria(label="Outcomes of all runs"),
        children=html.Table([column_heads(HEADS), html.Tbody(id=ids.OUTCOMES_BODY)], className="outcomes"),
    )


def _tolerance(experiment: Experiment) -> html.Label:
    text = dmc.TextInput(
        id=field("tolerance"),
        value=written(experiment.tolerance),
        debounce=True,
        size="xs",
        attributes={"input": {"aria-label": "Tolerance for steps to tolerance", "inputMode": "decimal"}},
    )
    return html.Label(["Tolerance", text], className="tolerance")


def _return_best(experiment: Experiment) -> dmc.Switch:
    return dmc.Switch(
        id=ids.RETURN_BEST,
        label="Return to best",
        checked=experiment.return_best,
        size="xs",
        attributes={"root": data(hint="At its end each run goes back to the best point that it has met")},
    )
