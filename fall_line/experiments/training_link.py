"""A training as a readable query string, and back."""

from typing import Any

from fall_line.experiments.link import read_run, write_run
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_trainings import find
from fall_line.experiments.query_string import fields_of, query_of
from fall_line.experiments.training_experiment import OF_TASK, TrainingExperiment, mend

PLAIN = (
    "layers",
    "activation",
    "initialization",
    "validation",
    "steps",
    "batch",
    "l2",
    "seed",
    "seeds",
    "return_best",
    "patience",
)


def to_query(experiment: TrainingExperiment) -> str:
    """Return `experiment` as a query string."""
    fields = [("task", experiment.task.key)]
    runs = [("run", write_run(run, index)) for index, run in enumerate(experiment.runs)]
    for name in PLAIN:
        value = getattr(experiment, name)
        default = getattr(experiment.task, name) if name in OF_TASK else TrainingExperiment.model_fields[name].default
        if value != default:
            fields.append((name, ",".join(map(str, value)) if isinstance(value, tuple) else str(value).lower()))
    return query_of([*fields, *runs])


def from_query(query: str) -> tuple[TrainingExperiment, list[str]]:
    """Return the experiment in `query` with what can't be used left out, and a sentence for each such thing."""
    fields = fields_of(query)
    data: dict[str, Any] = {}
    for name, value in fields:
        if name == "experiment":
            try:
                data |= find(value).experiment.model_dump(exclude_none=True)
            except ExperimentError as error:
                return mend({})[0], [str(error)]
    given: dict[str, Any] = {name: value for name, value in fields if name not in ("experiment", "run")}
    if "layers" in given:
        given["layers"] = [one for one in given["layers"].split(",") if one]
    if runs := [read_run(value) for name, value in fields if name == "run"]:
        given["runs"] = runs
    return mend(data | given)
