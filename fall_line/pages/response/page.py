"""The layout of the Response page."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from fall_line.components.attributes import aria, select_name
from fall_line.components.embedded import embedded_foot, rows
from fall_line.components.experiment_buttons import link_button, open_button, published_choice
from fall_line.components.export_dialog import export_button, export_dialog
from fall_line.components.formula_field import OWN, picked
from fall_line.components.header import header
from fall_line.components.hint import column_heads
from fall_line.components.messages import messages
from fall_line.components.plugin_notice import plugin_notice
from fall_line.components.published_note import published_note
from fall_line.components.run_list import method_choices, run_list
from fall_line.components.searching import SEARCHED, option
from fall_line.components.skip_links import skip_links
from fall_line.experiments.drawn_signal import DRAWN
from fall_line.experiments.published_responses import (
    COMPARED,
    METHODS,
    PUBLISHED_RESPONSES,
    PublishedResponse,
    name_of,
)
from fall_line.experiments.response_experiment import ResponseExperiment, answering
from fall_line.experiments.signals import SIGNALS
from fall_line.pages.response import ids
from fall_line.pages.response.answers import catalogue
from fall_line.pages.response.beginning import opened
from fall_line.pages.response.formula_panel import formula_panel
from fall_line.pages.response.published_values import published_values

INTRODUCTION = (
    "A method sees nothing of a surface but its slope, one gradient after the other. Here it is fed a gradient "
    "signal, a value an epoch, and the curves show what it makes of it: minus its update at each epoch. Gradient "
    "descent at η = 1 answers with the signal itself."
)
VIEWS = {"curves": "One plot", "methods": "All methods", "signals": "All signals", "run": "One run, all signals"}


def layout(search: str | None = None, **_: Any) -> dmc.Box:
    """Return the page for the experiment in the query string `search`, or the opening one."""
    experiment, problems = opened(search or "")
    return dmc.Box(
        className="response",
        style=rows(len(experiment.runs)),
        children=[
            skip_links({"the settings": ids.SETTINGS, "the runs": ids.RUNS}),
            header(
                published_choice(ids.PUBLISHED, _published(), name_of(experiment)),
                open_button(ids.OPEN_FILE),
                link_button(ids.COPY_LINK),
                export_button(),
                current="Response",
            ),
            *plugin_notice(),
            messages(),
            html.Main([_stage(experiment), _readings(), _rail(experiment)], className="response-main"),
            embedded_foot("/response"),
            *export_dialog("response"),
            *_stores(experiment, problems),
        ],
    )


def _published() -> dict[str, list[dict[str, Any]]]:
    groups = {COMPARED: "Methods compared"} | {method.name: method.title for method in METHODS}
    return {
        title: [_published_option(one) for key, one in PUBLISHED_RESPONSES.items() if key.split("/")[1] == name]
        for name, title in groups.items()
    }


def _published_option(one: PublishedResponse) -> dict[str, Any]:
    methods = [run.optimizer for run in one.experiment.runs]
    words = (word for method in methods for word in (method.label, *method.also))
    return option(one.name, one.title, words, about=(one.lesson,))


def _stage(experiment: ResponseExperiment) -> html.Section:
    return html.Section(
        className="response-stage",
        **aria(label="Signal and responses"),
        children=[
            html.Div(
                className="panel-head",
                children=[
                    dmc.SegmentedControl(
                        id=ids.VIEW,
                        data=[{"value": key, "label": label} for key, label in VIEWS.items()],
                        value=experiment.view,
                        size="xs",
                        attributes={"root": {"aria-label": "What is shown"}},
                    ),
                    html.Span(id=ids.PLOT_TEXT, className="caption"),
                    html.Div(
                        className="zoom",
                        role="group",
                        **aria(label="Zoom along the epochs"),
                        children=[
                            _zoom("−", "Zoom out", ids.ZOOM_OUT),
                            _zoom("+", "Zoom in", ids.ZOOM_IN),
                            _zoom("All", "All epochs", ids.ALL_EPOCHS),
                        ],
                    ),
                ],
            ),
            html.Div(id=ids.PLOT, className="response-plot"),
            html.Div(id=ids.GRID, className="response-grid", hidden=True),
            html.Output(id=ids.WORKING, className="working", hidden=True),
        ],
    )


def _zoom(sign: str, name: str, id: str) -> html.Button:
    return html.Button(sign, id=id, className="zoom-button", title=name, **aria(label=name))


def _readings() -> html.Section:
    heads = (
        ("Run", "Click a run to see its memory in the plot"),
        ("−Update", "Minus the update; with gradient descent at η = 1 it is the gradient itself"),
        ("Memory", "What the method carries from epoch to epoch"),
    )
    return html.Section(
        className="response-readings",
        **aria(label="Readings"),
        children=[
            html.Div(
                className="epoch",
                children=[
                    html.Output(id=ids.EPOCH_TEXT, className="epoch-text"),
                    html.Div(id=ids.EPOCH),
                    html.A("Explore these runs", id=ids.EXPLORE, href="/", title="Let all of them descend a surface"),
                ],
            ),
            html.Div(
                className="readings-scroll",
                tabIndex="0",
                role="region",
                **aria(label="Readings of all runs"),
                children=html.Table(
                    className="readings",
                    children=[
                        column_heads(heads),
                        html.Tbody(id=ids.READINGS),
                    ],
                ),
            ),
        ],
    )


def _rail(experiment: ResponseExperiment) -> html.Aside:
    return html.Aside(
        id=ids.SETTINGS,
        className="rail",
        **aria(label="Experiment"),
        children=[
            html.P(INTRODUCTION, className="prose introduction"),
            published_note(ids.LESSON),
            _signal_section(experiment),
            _runs_section(experiment),
        ],
    )


def _signal_section(experiment: ResponseExperiment) -> html.Section:
    return html.Section(
        className="rail-section",
        children=[
            html.H2("Gradient signal"),
            dmc.Select(
                id=ids.SIGNAL,
                data=_signal_choices(),
                value=picked(experiment.signal),
                allowDeselect=False,
                **SEARCHED,
                size="sm",
                maxDropdownHeight=420,
                attributes=select_name("Gradient signal"),
            ),
            formula_panel(experiment),
            html.P(id=ids.SIGNAL_TEXT, className="prose"),
            html.Button("Start from 0", id=ids.FLAT, className="button flat-button", hidden=True),
        ],
    )


def _runs_section(experiment: ResponseExperiment) -> html.Section:
    return html.Section(
        className="rail-section",
        children=[
            html.H2("Runs"),
            html.Ol(run_list(experiment.runs, [], published_values, answering()), id=ids.RUNS, className="runs"),
            dmc.Select(
                id=ids.ADD_RUN,
                data=method_choices(answering()),
                placeholder="Add a run…",
                **SEARCHED,
                size="sm",
                maxDropdownHeight=420,
                attributes=select_name("Add a run"),
            ),
            html.P(
                "Line searches and second-order methods need a loss and its curvature, which a signal doesn’t "
                "have: they are on the Explore page.",
                className="prose",
            ),
        ],
    )


def _signal_choices() -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {"Published": [], "More": []}
    for one in SIGNALS.values():
        groups["Published" if one.published else "More"].append(option(one.key, one.label, about=(one.formula,)))
    groups["Your own"] = [OWN, option(DRAWN, "Drawn by hand", ("draw", "sketch"))]
    return [{"group": group, "items": items} for group, items in groups.items()]


def _stores(experiment: ResponseExperiment, problems: list[str]) -> list[dcc.Store]:
    opening = {
        "experiment": experiment.model_dump(mode="json"),
        "problems": problems,
        "published": name_of(experiment),
    }
    return [
        dcc.Store(id=ids.OPENING, data=opening),
        dcc.Store(id=ids.CATALOGUE, data=catalogue()),
        *(dcc.Store(id=id) for id in (ids.STRUCTURE, ids.OPENED, ids.SINK)),
    ]


dash.register_page("response", path="/response", title="Fall Line: Response", layout=layout)
