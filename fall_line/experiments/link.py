"""An experiment as a readable query string, and back.

    surface=rotated_quadratic,condition_number=25,angle=30&start=2,1&steps=125
    &run=momentum,learning_rate=0.01,gamma=0.9&run=adam,learning_rate=0.25,hidden,label=Adam,%20hidden

Each `run` is a method followed by its values; `label` comes last and takes the rest, commas included. A schedule is
`learning_rate_schedule=cosine:final=0.01`. A typed surface is `surface=formula:a*x^2+y^2` with its parameters in
`parameters=a=2`; `query_string` says which plus is one. Numbers are written so that they read back as the same float64.
`experiment=cross-method/wobbly` stands for a published experiment; further fields change it.
"""

import re
from collections.abc import Sequence
from typing import Any

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import SCHEDULED, Run
from fall_line.experiments.mending import ExperimentError, mend
from fall_line.experiments.published import find
from fall_line.experiments.query_string import fields_of, query_of
from landscapes import PREFIX

DIGITS = re.compile(r"\d+(?:[eE][-+]?\d+)?")
PLAIN = (
    "levels",
    "loss_axis",
    "tolerance",
    "link_learning_rates",
    "step",
    "noise",
    "sigma",
    "batch",
    "seed",
    "seeds",
    "return_best",
)


def to_query(experiment: Experiment) -> str:
    """Return `experiment` as a query string, without the question mark and, after the runs, without defaults."""
    assert experiment.start is not None
    fields = [
        *_surface(experiment),
        ("start", ",".join(map(_number, experiment.start))),
        ("steps", str(experiment.steps)),
        *(("run", write_run(run, index)) for index, run in enumerate(experiment.runs)),
    ]
    if experiment.view is not None:
        fields.append(("view", ",".join(map(_number, experiment.view))))
    for name in PLAIN:
        value = getattr(experiment, name)
        if value != Experiment.model_fields[name].default:
            fields.append((name, _number(value) if isinstance(value, float) else str(value).lower()))
    return query_of(fields)


def unlinkable(experiment: Experiment) -> str:
    """Return the name of what a link can't carry, a surface or a method made in Python, or "" if it carries all."""
    surface = experiment.surface
    own = [] if surface.listed or surface.key.startswith(PREFIX) else [surface.label]
    own += [run.name for run in experiment.runs if not run.optimizer.listed]
    return own[0] if own else ""


def _surface(experiment: Experiment) -> list[tuple[str, str]]:
    parameters = write_settings(experiment.parameters)
    key = experiment.surface.key
    if not key.startswith(PREFIX):
        return [("surface", ",".join([key, *parameters]))]
    # A formula may hold commas.
    return [("surface", key), *([("parameters", ",".join(parameters))] if parameters else [])]


def from_query(query: str) -> tuple[Experiment, list[str]]:
    """Return the experiment in `query` with what can't be used left out, and a sentence for each such thing."""
    try:
        fields = fields_of(query)
    except ExperimentError as error:
        return mend({})[0], [str(error)]
    data: dict[str, Any] = {}
    problems: list[str] = []
    for name in (value for field, value in fields if field == "experiment"):
        try:
            data = find(name).experiment.model_dump(exclude_none=True)
        except ExperimentError as error:
            problems.append(str(error))
    experiment, more = mend(_changed(data, fields))
    return experiment, problems + more


def _changed(published: dict[str, Any], fields: list[tuple[str, str]]) -> dict[str, Any]:
    """Return `published` with the other fields' values instead of its own; a different surface brings its own start."""
    given: dict[str, Any] = {}
    for name, value in fields:
        if name != "experiment":
            _read_field(given, name, value)
    if given.get("surface", published.get("surface")) != published.get("surface"):
        published = {name: value for name, value in published.items() if name != "start"}
    return published | given


def _read_field(data: dict[str, Any], name: str, value: str) -> None:
    if name == "run":
        runs = data.setdefault("runs", [])
        if isinstance(runs, list):
            runs.append(read_run(value))
    elif name == "surface" and value.startswith(PREFIX):
        data["surface"] = value
        data.setdefault("parameters", {})
    elif name == "surface":
        data["surface"], *settings = value.split(",")
        data["parameters"] = read_settings(settings)
    elif name == "parameters":
        data["parameters"] = read_settings(value.split(",")) if "=" in value else value
    elif name in ("start", "view"):
        data[name] = value.split(",")
    else:
        data[name] = value


def read_run(text: str) -> dict[str, Any]:
    """Return the run that a link's `run` field describes, not yet checked."""
    values, found, label = text.partition(",label=")
    optimizer, *items = values.split(",")
    run: dict[str, Any] = {"optimizer": optimizer}
    if found:
        run["label"] = label
    if "hidden" in items:
        items.remove("hidden")
        run["hidden"] = True
    settings = read_settings(items)
    run |= {name: settings.pop(name) for name in ("style", "tuned") if name in settings}
    schedules = {name: settings.pop(f"{name}_schedule") for name in SCHEDULED if f"{name}_schedule" in settings}
    if schedules:
        run["schedules"] = {name: read_schedule(text) for name, text in schedules.items()}
    run["hypers"] = settings
    return run


def read_schedule(text: str) -> dict[str, str]:
    """Return the schedule in a text like `cosine:final=0.01`."""
    kind, *numbers = text.split(":")
    return {**read_settings(numbers), "kind": kind}


def read_settings(items: list[str]) -> dict[str, str]:
    """Return names and values; what follows a value and is digits alone is the rest of it, after a decimal comma."""
    joined: list[str] = []
    for item in items:
        if joined and "=" in joined[-1] and DIGITS.fullmatch(item):
            joined[-1] += f",{item}"
        else:
            joined.append(item)
    return {name: value for name, _, value in (item.partition("=") for item in joined)}


def write_run(run: Run, index: int, more: Sequence[str] = ()) -> str:
    """Return a link's `run` field for the run at `index` of the list, with `more` values besides its own."""
    parts = [run.optimizer.key, *write_settings(run.hypers), *_schedules(run), *more]
    if run.hidden:
        parts.append("hidden")
    if run.style != index:
        parts.append(f"style={run.style}")
    if run.tuned:
        parts.append(f"tuned={run.tuned}")
    if run.label:
        parts.append(f"label={run.label}")
    return ",".join(parts)


def _schedules(run: Run) -> list[str]:
    return [f"{name}_schedule={write_schedule(one)}" for name, one in run.schedules.items()]


def write_schedule(schedule: dict[str, Any]) -> str:
    """Return a schedule as such a text."""
    return ":".join([schedule["kind"], *write_settings({key: one for key, one in schedule.items() if key != "kind"})])


def write_settings(values: dict[str, float]) -> list[str]:
    """Return names with their values, as in `gamma=0.9`."""
    return [f"{key}={_number(value)}" for key, value in values.items()]


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
