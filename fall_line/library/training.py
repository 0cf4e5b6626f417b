"""Trainings of networks by one call: `train` with `run` for each of the runs."""

from collections.abc import Sequence
from os import PathLike, fspath
from typing import Any

from fall_line.experiments.experiment_run import Run
from fall_line.experiments.reading import read_any
from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun, check
from fall_line.experiments.training_methods import training_methods
from fall_line.library.descending import listed_runs, run
from fall_line.library.given_run import GivenRun
from fall_line.library.trainings import Trainings
from fall_line.validation import InputError, quoted
from networks import TASKS, Task, own_task


def train(task: Any, *, runs: Sequence[Any] | None = None, steps: int | None = None, **choices: Any) -> Trainings:
    """Train a network on a task by each of the runs and return what became of them.

    Args:
        task: the key of a task such as `two_spirals`; a `networks.Task` of your own; or a whole experiment: a
            published name such as `train/digits/five-methods`, a share link or its query string, the path of a JSON
            file or what it holds, or a `TrainingExperiment`. What is given besides changes it.
        runs: what `run` returns, or just methods as `run` takes them; 1 to 16. A learning rate that isn't given is one
            that is made for weights.
        steps: 1 to 10,000; the task's by default.
        choices: any other field of `TrainingExperiment`: `layers`, `activation`, `initialization`, `batch`,
            `batch_schedule`, `validation`, `l2`, `seed`, `seeds`, `return_best`, `patience`.

    Raises:
        InputError: something can't be used; the text names it and says what is allowed.
    """
    data = _experiment(task) | choices
    if steps is not None:
        data["steps"] = steps
    if runs is not None:
        data["runs"] = [_training_run(one) for one in listed_runs(runs)]
    if "runs" not in data:
        raise InputError(f"Say which methods train, e.g. runs=['adam']; there are {', '.join(training_methods())}.")
    return Trainings(check(data))


def _training_run(one: Any) -> Any:
    if isinstance(one, TrainingRun):
        return one
    given = one if isinstance(one, Run) else run(one)
    return given.training() if isinstance(given, GivenRun) else dict(given)


def _experiment(task: Any) -> dict[str, Any]:
    """Return the fields that `task` stands for."""
    if isinstance(task, TrainingExperiment):
        return dict(task)
    if isinstance(task, dict):
        return dict(task)
    if isinstance(task, Task):
        return {"task": task if any(task is one for one in TASKS.values()) else own_task(task)}
    if not isinstance(task, str | PathLike):
        raise InputError(f"The task is {quoted(task)}; it must be one of {', '.join(TASKS)}.")
    text = fspath(task)
    if text in TASKS or not any(sign in text for sign in "/=?."):
        return {"task": text}
    found = read_any(text)
    if not isinstance(found, TrainingExperiment):
        raise InputError(f"{quoted(text)} trains no network; use descend for it.")
    return dict(found)
