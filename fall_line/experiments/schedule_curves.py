"""The course of what follows a schedule, for a small curve of it."""

from typing import Any

import numpy as np

from fall_line.experiments.experiment_run import SCHEDULED, Run
from fall_line.experiments.schedules import Floats, factors

POINTS = 60  # of a curve


def thinned(values: Floats) -> Floats:
    """Return no more than 60 of `values`, the first and the last among them."""
    return values[np.unique(np.linspace(0, len(values) - 1, POINTS).round().astype(int))]


def schedule_curves(run: Run, steps: int) -> dict[str, list[float]]:
    """Return the values of each scheduled hyperparameter at no more than 60 steps of a run of `steps` steps.

    The keys are those of the schedules, `learning_rate` and `momentum`; of several that follow one the first is told.
    """
    return {name: thinned(_course(run, name, steps)).tolist() for name in run.schedules}


def _course(run: Run, name: str, steps: int) -> Floats:
    """Return η·f(k) or 1 − (1−γ)·f(k), not below 0, for each step k."""
    value = next(run.hypers[one.key] for one in run.optimizer.hypers if one.schedulable == SCHEDULED[name])
    numbers: dict[str, Any] = dict(run.schedules[name])
    factor = factors(numbers.pop("kind"), numbers, steps)
    return value * factor if SCHEDULED[name] == "rate" else np.maximum(0.0, 1 - (1 - value) * factor)
