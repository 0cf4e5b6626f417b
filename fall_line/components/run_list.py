"""The list of runs: one row each, that unfolds to all of its hyperparameters, its formula and its variant."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import chain
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, clientside_callback, html
from dash.development.base_component import Component

from fall_line.components import ids
from fall_line.components.attributes import aria, data, select_name
from fall_line.components.formula_text import formula_text
from fall_line.components.hyperparameter_slider import hyperparameter_slider, written
from fall_line.components.icon import icon, icon_button
from fall_line.components.schedule_choice import schedule_choices
from fall_line.components.searching import SEARCHED, option
from fall_line.experiments.experiment_run import Run
from fall_line.hyperparameter import Hyper
from fall_line.typesetting import gathered
from optimizers import OPTIMIZERS, Optimizer

FIRST = "Begin with these"
More = Callable[[Run, int], list]
Hypers = Callable[[Optimizer], tuple[Hyper, ...]]


def run_list(
    runs: tuple[Run, ...],
    unfolded: list[int],
    more: More = lambda *_: [],
    methods: Mapping[str, Optimizer] = OPTIMIZERS,
    schedules: bool = False,
    responses: bool = False,
    hypers_of: Hypers = lambda optimizer: optimizer.hypers,
) -> list[html.Li]:
    """Return the rows of `runs`; those whose index is in `unfolded` are open.

    `more(run, index)` is what an open row has besides, before everything else; `methods` are offered in its place.
    With `schedules` an open row has schedules under the hyperparameters that may follow one; with `responses` the menu
    of a row leads to how its run answers a gradient signal. `hypers_of` a method are its hyperparameters with the
    defaults that they have on this page.
    """
    count = len(runs)
    return [
        _row(run, index, index in unfolded, more, methods, schedules, _menu(run, index, count, responses), hypers_of)
        for index, run in enumerate(runs)
    ]


def _row(
    run: Run,
    index: int,
    open_: bool,
    more: More,
    methods: Mapping[str, Optimizer],
    schedules: bool,
    menu: dmc.Menu,
    hypers_of: Hypers,
) -> html.Li:
    hypers = hypers_of(run.optimizer)
    owner, spoken = f"run-{index}", spoken_name(run, index)
    under = schedule_choices(run, index, hypers, spoken) if open_ and schedules else {}
    first, *others = (
        [
            hyperparameter_slider(owner, spoken, hyper, run.hypers[hyper.key]),
            *([_words(hyper)] if open_ else []),
            *filter(None, [under.get(hyper.key)]),
        ]
        for hyper in hypers
    )
    return html.Li(
        id=f"run-{index}",
        className="run" + (" run-hidden" if run.hidden else ""),
        **data(run=index),
        children=[
            _head(run, index, open_, menu),
            *([html.P(run.optimizer.summary, className="prose method-summary")] if open_ else []),
            *first,
            html.Div(_values(run), className="run-values", hidden=open_),
            html.Div(className="run-tuned", **data(run=index)),
            html.Div(
                [*more(run, index), *_details(run, index, list(chain.from_iterable(others)), methods)] if open_ else [],
                className="run-details",
                hidden=not open_,
            ),
        ],
    )


def _words(hyper: Hyper) -> html.P:
    """What a hyperparameter is called and what turning it does."""
    name = f"{hyper.label[:1].upper()}{hyper.label[1:]}"
    return html.P(
        [html.Span(name, className="hyper-name"), f". {hyper.note}" if hyper.note else ""], className="hyper-words"
    )


def spoken_name(run: Run, index: int) -> str:
    """Return what a screen reader calls the run, e.g. `run 2: Adam`."""
    return f"run {index + 1}: {run.name}"


def _head(run: Run, index: int, open_: bool, menu: dmc.Menu) -> html.Div:
    spoken = spoken_name(run, index)
    show = "Show" if run.hidden else "Hide"
    return html.Div(
        className="run-head",
        children=[
            html.Button(
                html.Canvas(width="44", height="32", className="swatch", **data(style=run.style)),
                id=ids.of_run("hide", index),
                className="swatch-button",
                title=f"{show} this run",
                **aria(label=f"{show} {spoken}"),
            ),
            dmc.TextInput(
                id=ids.of_run("name", index),
                value=run.name,
                debounce=True,
                variant="unstyled",
                size="sm",
                className="run-name",
                attributes={"input": {"aria-label": f"Name of {spoken}", "maxLength": 60, "spellCheck": "false"}},
            ),
            icon_button(
                "chevron-up" if open_ else "chevron-down",
                f"{'Fold' if open_ else 'Unfold'} {spoken}: all hyperparameters, formula, variant",
                ids.of_run("unfold", index),
                expanded=open_,
            ),
            menu,
        ],
    )


def _menu(run: Run, index: int, count: int, responses: bool) -> dmc.Menu:
    spoken = spoken_name(run, index)
    items = [
        ("duplicate", "copy", "Duplicate", count == 16),
        ("up", "arrow-up", "Move up", index == 0),
        ("down", "arrow-down", "Move down", index == count - 1),
        ("remove", "trash", "Remove", count == 1),
    ]
    if responses:
        items.append(("response", "response", "Response to a gradient", run.optimizer.needs_loss))
    return dmc.Menu(
        position="bottom-end",
        shadow="md",
        children=[
            dmc.MenuTarget(icon("dots"), boxWrapperProps=_menu_button(spoken)),
            dmc.MenuDropdown(
                [
                    dmc.MenuItem(label, id=ids.action(name, index), leftSection=icon(image), disabled=off)
                    for name, image, label, off in items
                ]
            ),
        ],
    )


def _menu_button(spoken: str) -> dict[str, Any]:
    """The button is the element of which Mantine says that it opens a menu; by itself it would put one around it."""
    label = f"Duplicate, move or remove {spoken}"
    return {"component": "button", "type": "button", "className": "icon-button", "w": None, "title": label} | aria(
        label=label
    )


def _values(run: Run) -> str:
    """The values that a folded row shows; of the learning rate, which has its slider, only the schedule."""
    first, *hypers = run.optimizer.hypers
    values = (f"{hyper.symbol} {written(run.hypers[hyper.key])}{run.schedule_words(hyper)}" for hyper in hypers)
    rate = run.schedule_words(first)
    return "  ".join([*([f"{first.symbol}{rate}"] if rate else []), *values])


def _details(run: Run, index: int, sliders: list[Component], methods: Mapping[str, Optimizer]) -> list:
    optimizer = run.optimizer
    return [
        *sliders,
        dmc.Select(
            id=ids.of_run("method", index),
            data=method_choices(methods),
            value=run.optimizer.key,
            allowDeselect=False,
            **SEARCHED,
            size="xs",
            label="Method",
            className="run-method",
            attributes=select_name(f"Method of {spoken_name(run, index)}"),
        ),
        formula_text(gathered(optimizer.formula)),
        html.P(optimizer.variant, className="prose"),
        html.P(optimizer.source, className="prose source"),
    ]


def method_choices(methods: Mapping[str, Optimizer] = OPTIMIZERS) -> list[dict]:
    """Return `methods` as a picker takes them: those with which a course begins, then the others by family."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in methods.values():
        groups.setdefault(FIRST if one.taught else one.family, []).append(_choice(one))
    return [{"group": group, "items": items} for group, items in groups.items()]


def _choice(one: Optimizer) -> dict[str, Any]:
    words = (word for hyper in one.hypers for word in (hyper.symbol, hyper.key, hyper.label))
    return option(one.key, one.label, (*one.also, one.family), one.summary, words)


def method_numbers(methods: Mapping[str, Optimizer] = OPTIMIZERS) -> dict[str, Any]:
    """Return the label and hyperparameters of each of `methods`, as the page's own code needs them for the list."""
    return {
        key: {"label": one.label, "hypers": {hyper.key: asdict(hyper) for hyper in one.hypers}}
        for key, one in methods.items()
    }


for _function, _id, _property in (
    ("action", ids.action(ALL, ALL), "n_clicks"),
    ("unfold", ids.of_run("unfold", ALL), "n_clicks"),
    ("hide", ids.of_run("hide", ALL), "n_clicks"),
    ("rename", ids.of_run("name", ALL), "value"),
    ("method", ids.of_run("method", ALL), "value"),
):
    clientside_callback(ClientsideFunction("runs", _function), Input(_id, _property), prevent_initial_call=True)
