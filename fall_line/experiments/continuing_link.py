"""In a link: from which step a training goes on with other values, and what held until then.

`continued=500,steps=600,batch=20` and `run=adam,learning_rate=0.1,before_learning_rate=0.01`: only what differs.
"""

from typing import Any

from fall_line.experiments.continuing import OF_TRAINING
from fall_line.experiments.experiment_run import SCHEDULED
from fall_line.experiments.link import read_schedule, read_settings, write_schedule, write_settings
from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun

BEFORE = "before_"
CONSTANT = {"kind": "constant"}


def written_continuation(experiment: TrainingExperiment) -> str:
    """Return the step, and what was different before it, but for what belongs to runs."""
    before: dict[str, Any] = experiment.continued
    parts = [str(before["step"])]
    if before["steps"] != before["step"]:
        parts.append(f"steps={before['steps']}")
    changed = [name for name in OF_TRAINING if before[name] != getattr(experiment, name)]
    for name in changed:
        value = before[name]
        text = write_schedule(value or CONSTANT) if name == "batch_schedule" else write_settings({name: value})[0]
        parts.append(f"{name}={text}" if name == "batch_schedule" else text)
    return ",".join(parts)


def read_continuation(text: str) -> dict[str, Any]:
    """Return what such a text says, not yet checked."""
    step, *items = text.split(",")
    before: dict[str, Any] = dict(read_settings(items))
    if "batch_schedule" in before:
        before["batch_schedule"] = read_schedule(before["batch_schedule"])
    return {"step": step, **before}


def written_before(run: TrainingRun) -> list[str]:
    """Return the hyperparameters and schedules of `run` that were others before it went on."""
    if not run.before:
        return []
    hypers = {key: value for key, value in run.before["hypers"].items() if value != run.hypers[key]}
    schedules = run.before["schedules"]
    # A schedule that was the same is there too, for what is left out has been constant.
    names = [name for name in SCHEDULED if name in {**run.schedules, **schedules}] if schedules != run.schedules else []
    scheduled = [f"{BEFORE}{name}_schedule={write_schedule(schedules.get(name, CONSTANT))}" for name in names]
    return [*(f"{BEFORE}{item}" for item in write_settings(hypers)), *scheduled]


def read_before(run: dict[str, Any]) -> dict[str, Any]:
    """Return `run`, as a link describes it, with the values that it had before it went on apart from its others."""
    given = {key.removeprefix(BEFORE): text for key, text in run["hypers"].items() if key.startswith(BEFORE)}
    if not given:
        return run
    schedules = {name: given.pop(f"{name}_schedule") for name in SCHEDULED if f"{name}_schedule" in given}
    before: dict[str, Any] = {"hypers": given} if given else {}
    if schedules:
        before["schedules"] = {name: read_schedule(text) for name, text in schedules.items()}
    hypers = {key: text for key, text in run["hypers"].items() if not key.startswith(BEFORE)}
    return {**run, "hypers": hypers, "before": before}
