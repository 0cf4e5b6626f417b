"""Reads a JSON file that a reader opens."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.kinds import Kind
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.training_experiment import TrainingExperiment

Mend = Callable[[Any], tuple[BaseModel, list[str]]]
# What only an experiment of this kind has, and the page on which it is opened.
SUBJECTS: dict[Kind, str] = {
    Experiment.kind: "surface",
    ResponseExperiment.kind: "signal",
    TrainingExperiment.kind: "task",
}
PAGES: dict[Kind, str] = {
    Experiment.kind: "Explore",
    ResponseExperiment.kind: "Response",
    TrainingExperiment.kind: "Train",
}


def opened(file: dict[str, str], kind: Kind, mend: Mend) -> dict[str, Any]:
    """Return the experiment that `mend` finds in a file, of which there are name and text, and what can't be used.

    Without a run, or at least its `kind` of subject, that can be used it is no experiment, and nothing is opened.
    """
    try:
        data = json.loads(file["text"])
        experiment, problems = mend(data)
        _refuse_others(data, kind, mend)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ExperimentError) else "it isn't valid JSON"
        return {"experiment": None, "problems": [f"The file {file['name']} can't be used: {reason.rstrip('.')}."]}
    return {"experiment": experiment.model_dump(mode="json"), "problems": problems}


def _refuse_others(data: dict[str, Any], kind: Kind, mend: Mend) -> None:
    for other, name in SUBJECTS.items():
        if other != kind and name in data and SUBJECTS[kind] not in data:
            raise ExperimentError(f"it has a {name}, so open it on the page {PAGES[other]}")
    if "runs" in data and not any(_usable(one, mend) for one in _listed(data["runs"])):
        raise ExperimentError(_first_problem({"runs": data["runs"]}, mend, "none of its runs can be used"))
    subject = {name: data[name] for name in [SUBJECTS[kind]] if name in data}
    if "runs" not in data and (not subject or mend(subject)[1]):
        raise ExperimentError(_first_problem(subject, mend, f"an experiment has a {SUBJECTS[kind]} and a list of runs"))


def _listed(runs: Any) -> list[Any]:
    return runs if isinstance(runs, list) else []


def _usable(run: Any, mend: Mend) -> bool:
    """Whether `mend` takes over the method of `run`; without any it makes a run of its own."""
    made: Any = mend({"runs": [run]})[0]
    return isinstance(run, dict) and made.runs[0].optimizer.key == run.get("optimizer")


def _first_problem(data: dict[str, Any], mend: Mend, otherwise: str) -> str:
    return next(iter(mend(data)[1]), otherwise)
