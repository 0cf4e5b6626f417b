"""A training as a readable query string, and back: `task=two_spirals&layers=16,16&run=adam,learning_rate=0.01`."""

from typing import Any

from fall_line.experiments.continuing_link import read_before, read_continuation, written_before, written_continuation
from fall_line.experiments.link import read_run, write_run
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_trainings import find
from fall_line.experiments.query_string import fields_of, query_of
from fall_line.experiments.training_experiment import OF_TASK, TrainingExperiment, mend
from fall_line.experiments.training_look import READERS

NONE = "none"  # hidden layers
PLAIN = ("l2", "seed", "seeds", "return_best", "patience")


def to_query(experiment: TrainingExperiment) -> str:
    """Return `experiment` as a query string; what the task begins with and what has its default is left out.

    A network without hidden layers is `layers=none`, a batch of all points `batch=all`, a schedule of the batch
    `batch_schedule=exponential:final=0.01`. A training that goes on with other values has the step from which they hold
    and what was different until then, `continued=500,batch=20`; so has a run, `before_learning_rate=0.1`.
    """
    fields = [("task", experiment.task.key)]
    changed = [name for name in OF_TASK if getattr(experiment, name) != getattr(experiment.task, name)]
    fields += [(name, _written(name, getattr(experiment, name))) for name in changed]
    if experiment.batch_schedule:
        chosen = dict(experiment.batch_schedule)
        numbers = [f"{key}={_written(key, value)}" for key, value in chosen.items() if key != "kind"]
        fields.append(("batch_schedule", ":".join([str(chosen["kind"]), *numbers])))
    given = [(name, getattr(experiment, name)) for name in PLAIN]
    if experiment.continued:
        fields.append(("continued", written_continuation(experiment)))
    defaults = {name: TrainingExperiment.model_fields[name].default for name in PLAIN}
    fields += [(name, _written(name, value)) for name, value in given if value != defaults[name]]
    return query_of(
        [*fields, *(("run", write_run(run, index, written_before(run))) for index, run in enumerate(experiment.runs))]
    )


def from_query(query: str) -> tuple[TrainingExperiment, list[str]]:
    """Return the experiment in `query` with what can't be used left out, and a sentence for each such thing.

    `experiment=train/digits/five-methods` stands for a published one; further fields change it. What the link says of
    how it is looked at is read by `training_look`.
    """
    try:
        fields = fields_of(query)
    except ExperimentError as error:
        return mend({})[0], [str(error)]
    published, problems = _published([value for name, value in fields if name == "experiment"])
    apart = ("experiment", "run", *READERS)
    given: dict[str, Any] = {name: _read(name, value) for name, value in fields if name not in apart}
    if runs := [read_run(value) for name, value in fields if name == "run"]:
        given["runs"] = [read_before(run) for run in runs]
    experiment, more = mend(published | given)
    return experiment, problems + more


def _published(names: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what the last of `names` stands for, and a sentence for each that is unknown."""
    data: dict[str, Any] = {}
    problems: list[str] = []
    for name in names:
        try:
            data = find(name).experiment.model_dump()
        except ExperimentError as error:
            problems.append(str(error))
    return data, problems


def _read(name: str, value: str) -> Any:
    if name == "layers":
        return [] if value == NONE else value.split(",")
    if name == "continued":
        return read_continuation(value)
    if name == "batch_schedule":
        kind, *numbers = value.split(":")
        return {"kind": kind, **dict(number.partition("=")[::2] for number in numbers)}
    return value


def _written(name: str, value: Any) -> str:
    if name == "layers":
        return ",".join(map(str, value)) or NONE
    if name == "batch" and value == 0:
        return "all"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value).lower()
