"""Under a hyperparameter that may follow a schedule: which kind, its numbers, and a small curve of it."""

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, clientside_callback, html

from fall_line.components import ids
from fall_line.components.attributes import aria, data, select_name
from fall_line.components.hyperparameter_slider import hyperparameter_slider
from fall_line.experiments.experiment_run import SCHEDULED, Run
from fall_line.experiments.schedules import SCHEDULES
from fall_line.hyperparameter import Hyper


def schedule_choices(run: Run, index: int, hypers: tuple[Hyper, ...], spoken: str) -> dict[str, html.Div]:
    """Return what stands under the hyperparameters of the run at `index`, by their keys.

    Of several hyperparameters that follow the same schedule the first has it.
    """
    first = {name: next((one for one in hypers if one.schedulable == kind), None) for name, kind in SCHEDULED.items()}
    return {hyper.key: _choice(run, index, name, hyper, spoken) for name, hyper in first.items() if hyper is not None}


def _choice(run: Run, index: int, name: str, hyper: Hyper, spoken: str) -> html.Div:
    chosen = run.schedules.get(name, {})
    kind = str(chosen.get("kind", "constant"))
    return html.Div(
        className="schedule",
        children=[
            html.Div([_select(index, name, kind, hyper, spoken), _curve(index, name)], className="schedule-head"),
            *_numbers(index, name, kind, chosen, spoken),
        ],
    )


def _select(index: int, name: str, kind: str, hyper: Hyper, spoken: str) -> dmc.Select:
    kinds = [{"value": "constant", "label": f"{hyper.symbol} constant"}]
    kinds += [{"value": one.key, "label": one.label} for one in SCHEDULES.values()]
    return dmc.Select(
        id=ids.schedule(name, index),
        data=kinds,
        value=kind,
        allowDeselect=False,
        size="xs",
        className="schedule-kind",
        attributes=select_name(f"Schedule of the {hyper.label} {hyper.symbol}, {spoken}"),
    )


def _curve(index: int, name: str) -> html.Div:
    return html.Div(className="schedule-curve", **data(run=index, schedule=name), **aria(hidden=True))


def _numbers(index: int, name: str, kind: str, chosen: dict[str, str | float], spoken: str) -> list:
    if kind == "constant":
        return []
    owner, owner_name = f"schedule-{index}-{name}", f"schedule of the {name.replace('_', ' ')}, {spoken}"
    known = SCHEDULES[kind]
    sliders = (hyperparameter_slider(owner, owner_name, one, float(chosen[one.key])) for one in known.hypers)
    return [*sliders, html.P(known.note, className="prose")]


clientside_callback(
    ClientsideFunction("schedules", "kind"), Input(ids.schedule(ALL, ALL), "value"), prevent_initial_call=True
)
