"""The layout of the Explore page."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from fall_line.components.attributes import aria, data, select_name
from fall_line.components.embedded import embedded_foot, rows
from fall_line.components.experiment_buttons import link_button, open_button, published_choice
from fall_line.components.export_dialog import export_button, export_dialog
from fall_line.components.formula_field import OWN, picked
from fall_line.components.header import header
from fall_line.components.icon import icon_button
from fall_line.components.messages import messages
from fall_line.components.player import player
from fall_line.components.plugin_notice import plugin_notice
from fall_line.components.published_note import published_note
from fall_line.components.run_list import method_choices, run_list
from fall_line.components.searching import SEARCHED, option
from fall_line.components.skip_links import skip_links
from fall_line.experiments.embedding import read_embedding
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.published import PUBLISHED, Published, name_of
from fall_line.figures.empty import empty_axes
from fall_line.figures.losses import losses_figure
from fall_line.pages.explore import ids
from fall_line.pages.explore.answers import titled_lesson
from fall_line.pages.explore.beginning import opened
from fall_line.pages.explore.catalogue import catalogue
from fall_line.pages.explore.formula_panel import formula_panel
from fall_line.pages.explore.inspector_panel import inspect_button, inspector_panel
from fall_line.pages.explore.noise_panel import noise_panel
from fall_line.pages.explore.outcomes_panel import outcomes_panel
from fall_line.pages.explore.surface_panel import surface_numbers
from fall_line.pages.explore.tuning_panel import tune_switch, tuning_panel
from landscapes import SURFACES

GROUPS = {"cross-method": "Five methods", "nesterov-gamma": "Nesterov's γ", "gallery": "Gallery"}


def layout(search: str | None = None, **_: Any) -> dmc.Box:
    """Return the page for the experiment in the query string `search`, or the opening one."""
    experiment, problems = opened(search or "")
    embedding = read_embedding(search or "")[0]
    return dmc.Box(
        className="explore",
        style=rows(len(experiment.runs)),
        children=[
            skip_links({"the settings": ids.SETTINGS, "the runs": ids.RUNS, "the outcomes": ids.OUTCOMES}),
            header(
                published_choice(ids.PUBLISHED, _published(), name_of(experiment)),
                open_button(ids.OPEN_FILE),
                link_button(ids.COPY_LINK),
                export_button(),
                current="Explore",
            ),
            *plugin_notice(),
            messages(),
            html.Main(
                className="explore-main",
                children=[
                    _stage(experiment, zooms=embedding is None),
                    player(inspect_button()),
                    inspector_panel(),
                    _rail(experiment),
                    _results(experiment),
                ],
            ),
            embedded_foot("/"),
            html.Div(id=ids.TOOLTIP, className="tooltip", hidden=True, **aria(hidden=True)),
            *export_dialog("surface"),
            *_stores(experiment, problems),
        ],
    )


def _published() -> dict[str, list[dict[str, Any]]]:
    return {
        title: [_published_option(one) for key, one in PUBLISHED.items() if key.startswith(f"{group}/")]
        for group, title in GROUPS.items()
    }


def _published_option(one: Published) -> dict[str, Any]:
    surface, methods = one.experiment.surface, [run.optimizer for run in one.experiment.runs]
    words = (word for method in methods for word in (method.label, *method.also))
    return option(one.name, one.title, (surface.label, *surface.also, *words), about=(one.lesson,))


def _stage(experiment: Experiment, *, zooms: bool) -> html.Section:
    config: Any = {
        "scrollZoom": zooms,  # in a frame the wheel scrolls the page around it
        "responsive": True,
        "displaylogo": False,
        "doubleClick": False,
        "modeBarButtons": [["zoomIn2d", "zoomOut2d"]],
    }
    return html.Section(
        className="stage",
        **aria(label="Surface and paths"),
        children=[
            dcc.Graph(
                id=ids.PLOT,
                figure=empty_axes(experiment.shown),
                config=config,
                className="surface-plot",
                responsive=True,
            ),
            html.Ul(id=ids.LEGEND, className="legend", tabIndex="0", **aria(label="Runs drawn")),
            html.Output(id=ids.WORKING, className="working", hidden=True),
            html.Output(id=ids.SURFACE_NOTE, className="surface-note", hidden=True),
            html.Div(icon_button("home", "Show the whole surface (H)", ids.WHOLE_VIEW), className="view-buttons"),
            html.Output(id=ids.READOUT, className="readout", **aria(hidden=True)),
        ],
    )


def _results(experiment: Experiment) -> html.Section:
    return html.Section(
        className="results",
        **aria(label="Losses and outcomes"),
        children=[
            html.Div(
                className="loss-panel",
                children=[
                    html.Div(
                        className="panel-head",
                        children=[
                            html.H2("Loss"),
                            html.Span(id=ids.LOSS_CAPTION, className="caption"),
                            _choice(
                                ids.LOSS_AXIS, {"log": "log", "linear": "linear"}, experiment.loss_axis, "Loss axis"
                            ),
                        ],
                    ),
                    dcc.Graph(
                        id=ids.LOSSES,
                        figure=losses_figure(),
                        config={"displayModeBar": False, "responsive": True},
                        className="loss-plot",
                        responsive=True,
                    ),
                ],
            ),
            outcomes_panel(experiment),
            html.P(id=ids.SUMMARY, className="only-spoken", role="status"),
        ],
    )


def _choice(id: str, options: dict[str, str], value: str, name: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=id,
        data=[{"value": key, "label": label} for key, label in options.items()],
        value=value,
        size="xs",
        className="choice",
        attributes={"root": {"aria-label": name}},
    )


def _rail(experiment: Experiment) -> html.Aside:
    return html.Aside(
        id=ids.SETTINGS,
        className="rail",
        **aria(label="Experiment"),
        children=[
            published_note(ids.LESSON, *titled_lesson(name_of(experiment))),
            _surface_section(experiment),
            noise_panel(experiment),
            _runs_section(experiment),
        ],
    )


def _surface_section(experiment: Experiment) -> html.Section:
    listed = [option(one.key, one.label, one.also, about=(one.lesson,)) for one in SURFACES.values()]
    return html.Section(
        className="rail-section",
        children=[
            html.H2("Surface"),
            dmc.Select(
                id=ids.SURFACE,
                data=[OWN, *sorted(listed, key=lambda one: one["label"])],
                value=picked(experiment.surface.key),
                allowDeselect=False,
                **SEARCHED,
                size="sm",
                maxDropdownHeight=420,
                attributes=select_name("Surface"),
            ),
            formula_panel(experiment),
            html.Div(surface_numbers(experiment), id=ids.SURFACE_NUMBERS),
        ],
    )


def _runs_section(experiment: Experiment) -> html.Section:
    return html.Section(
        className="rail-section",
        children=[
            html.Div(
                className="panel-head",
                children=[
                    html.H2("Runs"),
                    dmc.Switch(
                        id=ids.LINK_RATES,
                        label="Link η",
                        checked=experiment.link_learning_rates,
                        size="xs",
                        attributes={"root": data(hint="One learning rate moved moves all by the same factor")},
                    ),
                    tune_switch(),
                ],
            ),
            tuning_panel(),
            html.Ol(run_list(experiment.runs, [], schedules=True, responses=True), id=ids.RUNS, className="runs"),
            dmc.Select(
                id=ids.ADD_RUN,
                data=method_choices(),
                placeholder="Add a run…",
                **SEARCHED,
                size="sm",
                maxDropdownHeight=420,
                attributes=select_name("Add a run"),
            ),
        ],
    )


def _stores(experiment: Experiment, problems: list[str]) -> list:
    opening = {
        "experiment": experiment.model_dump(mode="json"),
        "problems": problems,
        "published": name_of(experiment),
    }
    return [
        dcc.Store(id=ids.OPENING, data=opening),
        dcc.Store(id=ids.CATALOGUE, data=catalogue(experiment)),
        *(dcc.Store(id=id) for id in (ids.STRUCTURE, ids.OPENED, ids.SINK)),
    ]


dash.register_page("explore", path="/", title="Fall Line", layout=layout)
