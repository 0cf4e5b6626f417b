"""The layout of the Train page."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from fall_line.components.attributes import aria, select_name
from fall_line.components.embedded import embedded_foot, rows
from fall_line.components.experiment_buttons import link_button, open_button, published_choice
from fall_line.components.export_dialog import export_button, export_dialog
from fall_line.components.header import header
from fall_line.components.hint import column_heads
from fall_line.components.messages import messages
from fall_line.components.player import player
from fall_line.components.plugin_notice import plugin_notice
from fall_line.components.published_note import published_note
from fall_line.components.run_list import method_choices, run_list
from fall_line.components.searching import SEARCHED, option
from fall_line.components.skip_links import skip_links
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS, name_of
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.experiments.training_look import TrainingLook, look_data
from fall_line.experiments.training_methods import training_methods
from fall_line.pages.train import ids
from fall_line.pages.train.answers import catalogue
from fall_line.pages.train.beginning import looked_at, opened
from fall_line.pages.train.continuing import before_words, continued_note, go_on_button
from fall_line.pages.train.methods import hypers_of
from fall_line.pages.train.network_panel import network_panel

INTRODUCTION = (
    "The same methods train a network: they change all of its weights, step by step, so that the loss falls. All runs "
    "begin with the same weights and meet the same points."
)
HEADS = (
    ("Run", ""),
    ("Outcome", "What became of the run; point at it for the whole story"),
    ("Loss", "Of the points that are trained on, after the last step, the L2 penalty included"),
    ("Validation loss", "Of the points that are kept back"),
    ("Accuracy", "Share of the points trained on whose class the network tells"),
    ("Validation accuracy", "Share of the points kept back whose class the network tells"),
    ("Least validation loss", "And the step at which it was met"),
)


def layout(search: str | None = None, **_: Any) -> dmc.Box:
    """Return the page for the experiment in the query string `search`, or the opening one."""
    experiment, problems = opened(search or "")
    look, more = looked_at(search or "", experiment)
    return dmc.Box(
        className="train",
        style=rows(len(experiment.runs)),
        children=[
            skip_links({"the settings": ids.SETTINGS, "the runs": ids.RUNS}),
            header(
                published_choice(ids.PUBLISHED, {"Trainings": _published()}, name_of(experiment)),
                open_button(ids.OPEN_FILE),
                link_button(ids.COPY_LINK),
                export_button(),
                current="Train",
            ),
            *plugin_notice(),
            messages(),
            html.Main(
                [_stage(look), _views(), player(go_on_button(), prefix=ids.PLAYER), _table(), _rail(experiment)],
                className="train-main",
            ),
            embedded_foot("/train"),
            *export_dialog("training"),
            *_stores(experiment, look, problems + more),
        ],
    )


def _published() -> list[dict[str, Any]]:
    return [option(one.name, one.title, (), about=(one.lesson,)) for one in PUBLISHED_TRAININGS.values()]


def _stage(look: TrainingLook) -> html.Section:
    return html.Section(
        className="train-stage",
        **aria(label="Training history"),
        children=[
            html.Div(
                className="panel-head",
                children=[
                    html.H2("History"),
                    dmc.Switch(id=ids.SMOOTH, label="Smooth", checked=look.smooth, size="xs"),
                    _axis(ids.LOSS_AXIS, {"log": "Log", "linear": "Linear"}, "Loss axis", look.loss_axis),
                    _axis(ids.ALONG, {"steps": "Steps", "epochs": "Epochs"}, "Axis of time", look.along),
                ],
            ),
            html.P(id=ids.PLOT_TEXT, className="caption train-caption"),
            html.Div(
                [html.Div(id=ids.PLOT, className="train-plot", **aria(hidden=True)), _progress()],
                className="train-frame",
            ),
            html.P(id=ids.SUMMARY, className="only-spoken", role="status"),
            html.Output(id=ids.WORKING, className="working", hidden=True),
            html.Div(id=ids.TIP, className="tooltip", hidden=True),
        ],
    )


def _axis(id: str, choices: dict[str, str], name: str, value: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=id,
        data=[{"value": key, "label": label} for key, label in choices.items()],
        value=value,
        size="xs",
        attributes={"root": {"aria-label": name}},
    )


def _progress() -> html.Div:
    return html.Div(
        id=ids.PROGRESS,
        className="train-progress",
        hidden=True,
        children=[
            html.Div(
                html.Div(id=ids.PROGRESS_BAR),
                className="progress-track",
                role="progressbar",
                **aria(label="Training", valuemin="0", valuemax="100"),
            ),
            html.Span(id=ids.PROGRESS_TEXT, className="progress-text"),
            html.Button("Train", id=ids.LONG, type="button", className="button", hidden=True),
            html.Button("Pause", id=ids.PAUSE, type="button", className="text-button"),
            html.Button("Cancel", id=ids.CANCEL, type="button", className="text-button"),
        ],
    )


def _views() -> html.Section:
    return html.Section(id=ids.VIEWS, className="train-views", **aria(label="What the networks have learned"))


def _table() -> html.Section:
    return html.Section(
        className="train-table",
        **aria(label="Outcomes"),
        children=html.Div(
            className="table-scroll",
            tabIndex="0",
            role="region",
            **aria(label="Outcomes of all runs"),
            children=html.Table([column_heads(HEADS), html.Tbody(id=ids.OUTCOMES)], className="outcomes"),
        ),
    )


def _rail(experiment: TrainingExperiment) -> html.Aside:
    methods = training_methods()
    return html.Aside(
        id=ids.SETTINGS,
        className="rail",
        **aria(label="Experiment"),
        children=[
            html.P(INTRODUCTION, className="prose introduction"),
            published_note(ids.LESSON),
            continued_note(),
            *network_panel(experiment),
            html.Section(
                className="rail-section",
                children=[
                    html.H2("Runs"),
                    html.Ol(
                        run_list(experiment.runs, [], methods=methods, schedules=True, hypers_of=hypers_of),
                        id=ids.RUNS,
                        className="runs",
                    ),
                    dmc.Select(
                        id=ids.ADD_RUN,
                        data=method_choices(methods),
                        placeholder="Add a run…",
                        **SEARCHED,
                        size="sm",
                        maxDropdownHeight=420,
                        attributes=select_name("Add a run"),
                    ),
                    before_words(),
                    html.P(
                        "Newton’s methods need the whole Hessian, of a network a square of numbers for every weight: "
                        "they are on the Explore page.",
                        className="prose",
                    ),
                ],
            ),
        ],
    )


def _stores(experiment: TrainingExperiment, look: TrainingLook, problems: list[str]) -> list[dcc.Store]:
    opening = {
        "experiment": experiment.model_dump(mode="json"),
        "look": look_data(look),
        "problems": problems,
        "published": name_of(experiment),
    }
    return [
        dcc.Store(id=ids.OPENING, data=opening),
        dcc.Store(id=ids.CATALOGUE, data=catalogue()),
        *(dcc.Store(id=id) for id in (ids.STRUCTURE, ids.OPENED, ids.SINK)),
    ]


dash.register_page("train", path="/train", title="Fall Line: Train", layout=layout)
