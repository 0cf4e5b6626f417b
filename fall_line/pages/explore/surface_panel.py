"""The surface's own numbers: parameters, start, steps, contour levels, lesson and formula."""

import dash_mantine_components as dmc
from dash import html

from fall_line.components.formula_text import formula_text
from fall_line.components.hyperparameter_slider import hyperparameter_slider, written
from fall_line.components.ids import field
from fall_line.experiments.experiment import Experiment
from fall_line.pages.explore import ids
from fall_line.pages.explore.catalogue import STEPS
from landscapes import PREFIX, Surface


def surface_numbers(experiment: Experiment) -> list:
    """Return everything in the rail that belongs to the surface and how the runs start on it."""
    surface = experiment.surface
    # The rail keeps the sliders of a typed surface while its formula goes on changing.
    spoken = "your formula" if surface.key.startswith(PREFIX) else surface.label
    return [
        *(
            hyperparameter_slider("surface", spoken, hyper, experiment.parameters[hyper.key])
            for hyper in surface.parameters
        ),
        hyperparameter_slider("experiment", "all runs", STEPS, experiment.steps, "steps"),
        html.Div([_start(experiment), _levels(experiment, surface)], className="start-and-levels"),
        html.Details(
            [html.Summary("About this surface"), html.Div(id=ids.SURFACE_FORMULA)],
            id=ids.FORMULA_SWITCH,
            hidden=surface.key.startswith(PREFIX),
        ),
    ]


def formula(surface: Surface) -> list:
    """Return what to see on `surface`, its typeset formula and its source."""
    minima = f"{len(surface.minima)} known minima are marked." if len(surface.minima) > 1 else ""
    return [
        html.P(surface.lesson, className="prose"),
        formula_text(f"J(x, y) = {surface.formula}"),
        html.P(f"{minima} Source: {surface.source}.".strip(), className="prose source"),
    ]


def _start(experiment: Experiment) -> html.Div:
    assert experiment.start is not None
    fields = [
        dmc.TextInput(
            id=field(axis),
            value=written(value),
            debounce=True,
            size="xs",
            leftSection=axis,
            attributes={"input": {"aria-label": f"Start {axis}", "inputMode": "decimal"}},
        )
        for axis, value in zip("xy", experiment.start, strict=True)
    ]
    return html.Div([html.Span("Start", className="hyper-symbol"), *fields], className="start-fields")


def _levels(experiment: Experiment, surface: Surface) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=ids.LEVELS,
        data=[
            {"value": "published", "label": "Published levels" if surface.levels else "Levels"},
            {"value": "automatic", "label": "Automatic"},
        ],
        value=experiment.levels,
        size="xs",
        fullWidth=True,
        className="choice" if surface.levels else "choice choice-idle",
        attributes={"root": {"aria-label": "Contour levels"}},
    )
