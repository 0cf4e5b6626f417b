"""Where runs are tuned: what is varied, by which criterion, and what the sweep found."""

import dash_mantine_components as dmc
from dash import html

from fall_line.components.attributes import aria
from fall_line.experiments.experiment_run import CRITERIA
from fall_line.pages.explore import ids


def tune_switch() -> html.Button:
    """Return the button that opens the panel."""
    return html.Button(
        "Tune…",
        id=ids.TUNE_SWITCH,
        className="button quiet",
        title="Try many values for each run and take the best: a fair comparison tunes all alike",
        **aria(expanded="false", controls=ids.TUNING),
    )


def tuning_panel() -> html.Div:
    """Return the panel, folded."""
    criteria = {key: word.capitalize() for key, word in CRITERIA.items()}
    return html.Div(
        id=ids.TUNING,
        className="tuning",
        hidden=True,
        children=[
            _choice(ids.TUNE_WHAT, {"rate": "Learning rate", "all": "All values"}, "rate", "What is tuned"),
            _choice(ids.TUNE_CRITERION, criteria, "final", "Criterion"),
            html.Button("Tune the runs shown", id=ids.TUNE, className="button primary"),
            html.Div(
                [html.P(id=ids.TUNED, role="status"), html.Button("Undo", id=ids.UNTUNE, className="button quiet")],
                className="tuned",
                id=ids.TUNED_ROW,
                hidden=True,
            ),
            html.Div(id=ids.TUNING_PLOT, className="tuning-plot"),
            html.A(
                "Save the sweep (CSV)",
                id=ids.SWEEP_FILE,
                className="tuning-file",
                href="#",
                download="sweep.csv",
                hidden=True,
            ),
        ],
    )


def _choice(id: str, options: dict[str, str], value: str, name: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=id,
        data=[{"value": key, "label": label} for key, label in options.items()],
        value=value,
        size="xs",
        fullWidth=True,
        attributes={"root": {"aria-label": name}},
    )
