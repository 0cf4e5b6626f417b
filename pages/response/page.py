"""The layout of the Response page."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from components.attributes import aria
from components.header import header
from components.icon import icon
from components.run_list import method_choices, run_list
from pages.response import ids
from pages.response.answers import catalogue
from trajectories.published_responses import METHODS, OPENING_RESPONSE, PUBLISHED_RESPONSES, find, name_of
from trajectories.response_experiment import DRAWN, ResponseExperiment, from_query
from trajectories.signals import SIGNALS

VIEWS = {"one": "One plot", "methods": "All methods", "signals": "All signals"}


def layout(search: str | None = None, **_: Any) -> dmc.Box:
    """Return the page for the experiment in the query string `search`, or the opening one."""
    experiment, problems = from_query(search) if search else (find(OPENING_RESPONSE).experiment, [])
    return dmc.Box(
        className="response",
        children=[
            header(
                _published_choice(name_of(experiment)),
                _open_button(),
                _save_button(),
                _link_button(),
                current="Response",
            ),
            html.P(id=ids.CONNECTION, className="connection", role="status", hidden=True),
            html.P(id=ids.PROBLEM, className="problem", role="alert", hidden=True),
            html.Main([_stage(), _readings(), _rail(experiment)], className="response-main"),
            *_stores(experiment, problems),
        ],
    )


def _published_choice(name: str | None) -> dmc.Select:
    names = {one.title: [key for key in PUBLISHED_RESPONSES if key.split("/")[1] == one.name] for one in METHODS}
    return dmc.Select(
        id=ids.PUBLISHED,
        data=[
            {"group": title, "items": [{"value": key, "label": PUBLISHED_RESPONSES[key].title} for key in keys]}
            for title, keys in names.items()
        ],
        value=name,
        placeholder="Experiments…",
        size="xs",
        searchable=True,
        maxDropdownHeight=480,
        className="published-choice",
        attributes={"input": {"aria-label": "Published experiments"}},
    )


def _open_button() -> dcc.Upload:
    return dcc.Upload(
        id=ids.OPEN_FILE,
        accept=".json",
        max_size=1_000_000,
        className="upload",
        children=html.Span([icon("open"), html.Span("Open", className="button-text")], className="button"),
    )


def _save_button() -> html.Button:
    return html.Button(
        [icon("download"), html.Span("Save", className="button-text")],
        id=ids.SAVE_FILE,
        className="button",
        title="Save this experiment as a JSON file",
        **aria(label="Save this experiment as a JSON file"),
    )


def _link_button() -> html.Div:
    return html.Div(
        className="copy",
        children=[
            html.Button(
                [icon("link"), html.Span("Copy link", className="button-text")],
                id=ids.COPY_LINK,
                className="button",
                **aria(label="Copy link"),
            ),
            html.Output(id=ids.COPIED, className="copied", hidden=True),
        ],
    )


def _stage() -> html.Section:
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
                        value="one",
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
        ("Surface", "Let the run descend a surface"),
        ("Memory", "What the method carries from epoch to epoch"),
    )
    return html.Section(
        className="response-readings",
        **aria(label="Readings"),
        children=[
            html.Div(
                className="epoch",
                children=[html.Output(id=ids.EPOCH_TEXT, className="epoch-text"), html.Div(id=ids.EPOCH)],
            ),
            html.Div(
                className="readings-scroll",
                tabIndex="0",
                role="region",
                **aria(label="Readings of all runs"),
                children=html.Table(
                    className="readings",
                    children=[
                        html.Thead(html.Tr([html.Th(text, title=hint, scope="col") for text, hint in heads])),
                        html.Tbody(id=ids.READINGS),
                    ],
                ),
            ),
        ],
    )


def _rail(experiment: ResponseExperiment) -> html.Aside:
    return html.Aside(
        className="rail",
        **aria(label="Experiment"),
        children=[
            html.P(id=ids.LESSON, className="lesson"),
            html.Section(
                className="rail-section",
                children=[
                    html.H2("Gradient signal"),
                    dmc.Select(
                        id=ids.SIGNAL,
                        data=_signal_choices(),
                        value=experiment.signal,
                        allowDeselect=False,
                        searchable=True,
                        size="sm",
                        maxDropdownHeight=420,
                        attributes={"input": {"aria-label": "Gradient signal"}},
                    ),
                    html.P(id=ids.SIGNAL_TEXT, className="prose"),
                    html.Button("Start from 0", id=ids.FLAT, className="button flat-button", hidden=True),
                ],
            ),
            html.Section(
                className="rail-section",
                children=[
                    html.H2("Runs"),
                    html.Ol(run_list(experiment.runs, []), id=ids.RUNS, className="runs"),
                    dmc.Select(
                        id=ids.ADD_RUN,
                        data=method_choices(),
                        placeholder="Add a run…",
                        searchable=True,
                        size="sm",
                        maxDropdownHeight=420,
                        attributes={"input": {"aria-label": "Add a run"}},
                    ),
                ],
            ),
        ],
    )


def _signal_choices() -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, str]]] = {"Published": [], "More": []}
    for one in SIGNALS.values():
        groups["Published" if one.published else "More"].append({"value": one.key, "label": one.label})
    groups["Your own"] = [{"value": DRAWN, "label": "Drawn by hand"}]
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
