"""Trainings that go on from where they stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from fall_line.experiments.continuing import OF_RUN, OF_TRAINING
from fall_line.experiments.training_experiment import MAX_STEPS, TrainingExperiment
from fall_line.validation import InputError, quoted


def gone_on(
    experiment: TrainingExperiment, steps: int, hypers: Sequence[Mapping[str, float]], at: int, choices: dict[str, Any]
) -> dict[str, Any]:
    """Return the data of `experiment` for `steps` more from step `at` on, or from its end, not yet checked.

    Raises:
        InputError: something can't be used, or it has gone on with other values already.
    """
    turn = at or experiment.steps
    if experiment.continued:
        raise InputError(f"It goes on from step {experiment.continued['step']} already, and can do so once.")
    if not isinstance(at, int) or not 0 <= at <= experiment.steps:
        raise InputError(f"At is {quoted(at)}; it must be a step up to {experiment.steps}.")
    if not isinstance(steps, int) or not 1 <= steps <= MAX_STEPS - turn:
        raise InputError(
            f"Steps is {quoted(steps)}; it must be a whole number from 1 to {MAX_STEPS - turn}, 10000 in all."
        )
    if hypers and len(hypers) != len(experiment.runs):
        raise InputError(
            f"There are values for {len(hypers)} runs; there must be some, or {{}}, for each of {len(experiment.runs)}."
        )
    if unknown := [name for name in choices if name not in OF_TRAINING]:
        raise InputError(
            f"{quoted(unknown[0])} is the same all along; what can be others are {' and '.join(OF_TRAINING)}."
        )
    before = {"step": turn} | {name: getattr(experiment, name) for name in ("steps", *OF_TRAINING)}
    runs = [
        dict(run) | {"hypers": {**run.hypers, **values}, "before": {name: getattr(run, name) for name in OF_RUN}}
        for run, values in zip(experiment.runs, hypers or [{}] * len(experiment.runs), strict=True)
    ]
    return dict(experiment) | choices | {"steps": turn + steps, "continued": before, "runs": runs}
