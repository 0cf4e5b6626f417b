"""An answer to a signal as a readable query string, and back: `signal=rectangles&run=adam,beta1=0.9`."""

from typing import Any

from fall_line.experiments.drawn_signal import packed
from fall_line.experiments.link import read_run, write_run
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_responses import find
from fall_line.experiments.query_string import fields_of, query_of
from fall_line.experiments.response_experiment import LOOKED_AT, ResponseExperiment, mend


def to_query(experiment: ResponseExperiment) -> str:
    """Return `experiment` as a query string: `signal=rectangles&run=adam,beta1=0.9`.

    A typed signal is `signal=formula:sin(k/10)`, in which a plus is an addition.
    A drawn signal follows as `drawn=` and 400 characters: each value in fiftieths, plus 100, as a byte, in base64.
    `chosen=2`, `epochs=40,120` and `view=signals` come last, unless they have their defaults.
    """
    fields = [("signal", experiment.signal)]
    if experiment.drawn is not None:
        fields.append(("drawn", packed(experiment.drawn)))
    runs = [("run", write_run(run, index)) for index, run in enumerate(experiment.runs)]
    return query_of([*fields, *runs, *_looked_at(experiment)])


def _looked_at(experiment: ResponseExperiment) -> list[tuple[str, str]]:
    """Return the fields of what is looked at, less those that have their defaults."""
    given = [(name, getattr(experiment, name)) for name in LOOKED_AT]
    changed = [(name, value) for name, value in given if value != ResponseExperiment.model_fields[name].default]
    return [(name, _written(value)) for name, value in changed]


def from_query(query: str) -> tuple[ResponseExperiment, list[str]]:
    """Return the experiment in `query` with what can't be used left out, and a sentence for each such thing.

    `experiment=response/adam/spikes` stands for a published one; further fields change it.
    """
    try:
        fields = fields_of(query)
    except ExperimentError as error:
        return mend({})[0], [str(error)]
    published, problems = _published([value for name, value in fields if name == "experiment"])
    given: dict[str, Any] = {name: value for name, value in fields if name not in ("experiment", "run")}
    if "epochs" in given:
        given["epochs"] = given["epochs"].split(",")
    if runs := [read_run(value) for name, value in fields if name == "run"]:
        given["runs"] = runs
    experiment, more = mend(published | given)
    return experiment, problems + more


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(repr(one).removesuffix(".0") for one in value)
    return str(value)


def _published(names: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what the last of `names` stands for, and a sentence for each that is unknown."""
    data: dict[str, Any] = {}
    problems: list[str] = []
    for name in names:
        try:
            data = find(name).experiment.model_dump(exclude_none=True)
        except ExperimentError as error:
            problems.append(str(error))
    return data, problems
